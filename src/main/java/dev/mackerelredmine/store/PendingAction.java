package dev.mackerelredmine.store;

import dev.mackerelredmine.people.WhoIsOnIt;
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
 * @param upTo the place of the last event that was reported with that
 * @param person where it follows what a person did: who, in which journal of Redmine, and to whom the ticket was given; else null
 * @param onIt who is on the ticket now
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
        Person person,
        WhoIsOnIt onIt,
        String notification,
        String headline) {

    /**
     * @param name as Redmine shows it
     * @param givenTo whose the ticket is now, where that is another; else null
     */
    public record Person(long journal, String name, String givenTo) {}

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
            Long journal,
            String person,
            String givenTo,
            String people,
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
                journal == null ? null : new Person(journal, person, givenTo),
                people == null ? WhoIsOnIt.NOBODY : TicketRow.read(people, WhoIsOnIt.class),
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

    /** The same for the same change of the same ticket, whoever gets it, and how often. */
    public String name() {
        String name = nameOf(key(), kind, upTo);
        return person == null ? name : name + ":" + person.journal();
    }

    /** Which try the present one is, such as {@code attempt 3 of 10}. */
    public String attempt() {
        return "attempt " + (tries + 1) + " of " + Actions.MOST_TRIES;
    }

    public static String nameOf(AlertKey key, String kind, long upTo) {
        return key + ":" + kind + ":" + upTo;
    }
}
