package dev.mackerelredmine.store;

import dev.mackerelredmine.people.WhoIsOnIt;
import java.util.Optional;

/**
 * An escalation that an acknowledgement ended, of which it is time to look whether there was word since. Times are milliseconds since 1970.
 *
 * @param policy its snapshot, as JSON
 * @param people who is on the ticket, as JSON; or null
 * @param updatedAt when the ticket was last changed in Redmine; null: not known
 * @param lasts whether somebody still has the ticket, it is open, and no other escalation has begun since
 * @param fires whether an alert of it does
 */
public record QuietEscalation(
        long id,
        long issue,
        String policyName,
        String policy,
        long againAt,
        String people,
        Long acknowledgedAt,
        Long updatedAt,
        boolean lasts,
        boolean fires) {

    /** Since when there was no word of it. */
    public long since() {
        return Math.max(acknowledgedAt == null ? 0 : acknowledgedAt, updatedAt == null ? 0 : updatedAt);
    }

    /** The name of who has the ticket. */
    public Optional<String> whoHasIt() {
        WhoIsOnIt known = people == null ? WhoIsOnIt.NOBODY : TicketRow.read(people, WhoIsOnIt.class);
        return known.hasSomebody() ? Optional.of(known.acknowledged().by().name()) : Optional.empty();
    }
}
