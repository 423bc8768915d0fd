package dev.mackerelredmine.ticket;

import java.util.Locale;

/** What the ticket of an alert needs next, before Redmine is asked; routes/engine/deliver.camel.yaml calls a route for each. */
public enum NextStep {
    CREATE,
    /** A creation was begun, and nobody knows what became of it. */
    LOOK_UP,
    /** An end came in of which no beginning is known: the ticket may stem from an earlier store. */
    ADOPT,
    /** Redmine shows the ticket, and {@link Lifecycle} decides by that. */
    SHOW,
    /** Only a graph came in. */
    ATTACH,
    NOTHING;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
