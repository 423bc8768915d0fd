package dev.mackerelredmine.operate;

/** What a person asked for cannot be done as it was asked for; the message says what to do. */
public final class RefusedActException extends RuntimeException {

    private static final long serialVersionUID = 1;

    RefusedActException(String message) {
        super(message);
    }
}
