package dev.mackerelredmine.store;

import java.util.Locale;

/** What an action is for. */
public enum Purpose {
    /** The steps of ticket-changed.camel.yaml. */
    STEPS,
    /** The memo of the alert at Mackerel. */
    MEMO,
    /** The closing of the alert at Mackerel. */
    CLOSE_ALERT;

    /** As the store writes it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
