package dev.mackerelredmine.store;

import dev.mackerelredmine.people.WhoIsOnIt;
import java.util.Optional;

/**
 * Whether an escalation goes on, by what is known of its ticket now.
 *
 * @param endedFor null while it runs
 * @param isAnswered whether somebody took the ticket, or did something to it after having been asked about it anew
 * @param incidentDoes whether the ticket of its incident escalates in its place
 * @param people who is on the ticket, as JSON; or null
 */
record EscalationStanding(
        long id,
        String endedFor,
        boolean isStopped,
        boolean isGone,
        boolean isOpen,
        String people,
        boolean isAnswered,
        boolean fires,
        boolean incidentDoes) {

    static final String RECOVERED = "recovered";
    static final String INCIDENT_GOES_ON = "its incident goes on";

    private static final String ACKNOWLEDGED_BY = "acknowledged by ";

    /** Why nobody has to answer to the ticket any more; null: somebody has to. */
    String settledFor() {
        if (isGone) {
            return "gone";
        }
        if (isAnswered) {
            return acknowledgedBy(whoHasIt());
        }
        if (!fires) {
            return RECOVERED;
        }
        if (incidentDoes) {
            return INCIDENT_GOES_ON;
        }
        return isOpen ? null : "closed";
    }

    /** Why no page of it is sent any more; null: they are sent. */
    String dropsPagesFor() {
        if (endedFor != null) {
            return endedFor;
        }
        return isStopped ? "stopped" : settledFor();
    }

    private String whoHasIt() {
        WhoIsOnIt known = people == null ? WhoIsOnIt.NOBODY : TicketRow.read(people, WhoIsOnIt.class);
        return known.hasSomebody() ? known.acknowledged().by().name() : "somebody";
    }

    static String acknowledgedBy(String person) {
        return ACKNOWLEDGED_BY + person;
    }

    static Optional<String> whoAcknowledged(String endedFor) {
        return endedFor.startsWith(ACKNOWLEDGED_BY)
                ? Optional.of(endedFor.substring(ACKNOWLEDGED_BY.length()))
                : Optional.empty();
    }
}
