package dev.mackerelredmine.people;

import java.util.Locale;

/** What a person did to a ticket that says something about who is on it. */
public enum How {
    /** Became the assignee by their own act. */
    ASSIGNEE,
    /** Changed the status. */
    STATUS,
    /** Wrote a note, being the assignee. */
    NOTE,
    /** Wrote a note, having been notified by an escalation that runs. */
    ANSWER,
    /** Closed the ticket. */
    CLOSED,
    /** Made another person, or a group, the assignee. */
    HAND_OVER,
    /** Emptied the assignee, or set the status back to that of the ticket's creation. */
    TAKEN_BACK,
    /** It was us: the fault came back, and we opened the ticket again. */
    REOPENED;

    /** As the setting ticket.acknowledged-by writes it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
