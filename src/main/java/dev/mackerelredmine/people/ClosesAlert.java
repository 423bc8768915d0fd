package dev.mackerelredmine.people;

import java.util.Locale;

/** Which alerts a person closes at Mackerel by closing their ticket, as the setting ticket.close-closes-alert writes it. */
public enum ClosesAlert {
    NEVER,
    /** Those that Mackerel will not close by itself, because it no longer looks at what they are about. */
    WHEN_ORPHANED,
    ALWAYS;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
