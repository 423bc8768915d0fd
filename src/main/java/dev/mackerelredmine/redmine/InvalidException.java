package dev.mackerelredmine.redmine;

import java.util.List;

/** Redmine itself says that fields of an issue are not valid, and did nothing. With less in it, the same may be taken. */
public final class InvalidException extends ParkedException {

    private final transient List<String> errors;

    /** @param errors what Redmine says, in the language of the API key's user; never empty */
    public InvalidException(String message, List<String> errors) {
        super(message);
        this.errors = List.copyOf(errors);
    }

    public List<String> errors() {
        return errors;
    }
}
