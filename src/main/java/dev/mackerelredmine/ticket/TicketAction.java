package dev.mackerelredmine.ticket;

import java.util.Locale;

/** What is to be done in Redmine for one alert; the routes of deliver.camel.yaml and ticket.camel.yaml go by these words. */
public enum TicketAction {
    CREATE,
    /** A creation was begun, and nobody knows what became of it. */
    LOOK_UP,
    /** An end came in of which no beginning is known: the ticket may stem from an earlier store. */
    ADOPT,
    /** What is next depends on what Redmine shows. */
    SHOW,
    /** Only a graph came in. */
    ATTACH,
    NOTE,
    CLOSE,
    REOPEN,
    /** A new alert of the same problem belongs to the problem's ticket. */
    JOIN,
    /** A person closed the ticket, and the alert still fires. */
    REMIND,
    /** It was said again, and that is only counted. */
    COUNT,
    NOTHING;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
