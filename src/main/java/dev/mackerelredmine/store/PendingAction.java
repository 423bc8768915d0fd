package dev.mackerelredmine.store;

import dev.mackerelredmine.ticket.AlertKey;
import dev.mackerelredmine.ticket.TicketState;
import dev.mackerelredmine.ticket.TicketState.Names;
import org.jdbi.v3.core.mapper.reflect.JdbiConstructor;

/**
 * What is to follow a change of a ticket.
 *
 * @param issue Redmine's number of the ticket
 * @param state what is known of the ticket now; null where that is forgotten
 * @param kind the word of what was done to it, such as {@code create} or {@code close}
 * @param upTo the place of the last event that was told with that
 * @param notification what came in last of it, as JSON and out of its envelope
 * @param headline the newest one of the highest severity, as JSON
 */
public record PendingAction(
        long id,
        String org,
        String alertKey,
        long issue,
        TicketState state,
        String kind,
        long upTo,
        int tries,
        String notification,
        String headline) {

    @JdbiConstructor
    public PendingAction(
            long id,
            String org,
            String alertKey,
            long issue,
            String state,
            String kind,
            long upTo,
            int tries,
            String notification,
            String headline) {
        this(
                id,
                org,
                alertKey,
                issue,
                state == null ? null : TicketRow.read(state, TicketState.class),
                kind,
                upTo,
                tries,
                notification,
                headline);
    }

    /** The ticket in Redmine's words, as far as they are known. */
    public Names names() {
        return state == null || state.names() == null ? Names.UNKNOWN : state.names();
    }

    public AlertKey key() {
        return new AlertKey(org, alertKey);
    }

    /** The same for the same change of the same ticket, whoever is told of it, and how often. */
    public String name() {
        return nameOf(key(), kind, upTo);
    }

    /** Which try the present one is, such as {@code attempt 3 of 10}. */
    public String attempt() {
        return "attempt " + (tries + 1) + " of " + Actions.MOST_TRIES;
    }

    public static String nameOf(AlertKey key, String kind, long upTo) {
        return key + ":" + kind + ":" + upTo;
    }
}
