package dev.mackerelredmine.store;

/**
 * An escalation that an acknowledgement ended, of which it is time to look whether there was word since. Times are milliseconds since 1970.
 *
 * @param updatedAt when the ticket was last changed in Redmine; null: not known
 * @param lasts whether somebody still has the ticket, it is open, and no other escalation has begun since
 * @param fires whether an alert of it does
 */
public record QuietEscalation(
        long id,
        long ticketId,
        long issue,
        String policyName,
        long againAt,
        Long acknowledgedAt,
        Long updatedAt,
        boolean lasts,
        boolean fires) {

    /** Since when there was no word of it. */
    public long since() {
        return Math.max(acknowledgedAt == null ? 0 : acknowledgedAt, updatedAt == null ? 0 : updatedAt);
    }
}
