package dev.mackerelredmine.web;

import dev.mackerelredmine.redmine.RedmineBreaker.Outage;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What pages say of Redmine itself.
 *
 * @param address null in a preview
 * @param outage empty while it is there
 */
public record RedmineSide(String address, Supplier<Optional<Outage>> outage) {

    boolean isPreview() {
        return address == null;
    }

    boolean isAway() {
        return outage.get().isPresent();
    }

    /** The address of a ticket; null where there is none. */
    String ticket(Long issue) {
        return address == null || issue == null ? null : address + "/issues/" + issue;
    }
}
