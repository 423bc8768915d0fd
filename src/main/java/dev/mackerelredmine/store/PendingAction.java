package dev.mackerelredmine.store;

import dev.mackerelredmine.ticket.AlertKey;

/**
 * What is to be done besides, after a ticket was changed.
 *
 * @param issue Redmine's number of the ticket
 * @param kind the word of what was done to it, such as {@code create} or {@code close}
 * @param upTo the place of the last event that was told with that
 * @param notification what came in last of it, as JSON and out of its envelope
 */
public record PendingAction(
        long id, String org, String alertKey, long issue, String kind, long upTo, int tries, String notification) {

    public AlertKey key() {
        return new AlertKey(org, alertKey);
    }

    /** The same for the same change of the same ticket, whoever is told of it, and how often. */
    public String name() {
        return key() + ":" + kind + ":" + upTo;
    }
}
