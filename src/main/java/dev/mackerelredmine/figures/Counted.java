package dev.mackerelredmine.figures;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Which alerts a figure counts; its word is that of the figure's row (docs/figures.md). */
public enum Counted {
    ALERTS((opening, now) -> true),
    CRITICAL((opening, now) -> opening.severity() == 3),
    UNKNOWN((opening, now) -> opening.severity() == 2),
    WARNING((opening, now) -> opening.severity() == 1),
    TO_TICKET((opening, now) -> opening.hasTicket()),
    TO_ACKNOWLEDGE((opening, now) -> opening.isAcknowledgedSinceItOpened()),
    COULD_BE_ACKNOWLEDGED((opening, now) -> opening.couldBeAcknowledged(now)),
    ACKNOWLEDGED((opening, now) -> opening.isAcknowledged()),
    RECOVERED_BY_ITSELF((opening, now) -> opening.isClosed() && !opening.byHand()),
    CLOSED_BY_HAND((opening, now) -> opening.isClosed() && opening.byHand()),
    OPEN((opening, now) -> !opening.isClosed()),
    NEVER_ACKNOWLEDGED((opening, now) -> !opening.isAcknowledged()),
    RECOVERED_UNSEEN((opening, now) -> opening.isClosed() && !opening.isAcknowledged()),
    SHORT((opening, now) -> opening.isShort()),
    /** This depends on the other alerts of the problem, too: see {@link Flaps}. */
    FLAPPING((opening, now) -> true);

    private final Rule rule;

    private interface Rule {
        boolean takes(Opening opening, long now);
    }

    Counted(Rule rule) {
        this.rule = rule;
    }

    boolean takes(Opening opening, long now) {
        return rule.takes(opening, now);
    }

    public static Optional<Counted> of(String word) {
        return Arrays.stream(values())
                .filter(counted -> counted.toString().equals(word))
                .findFirst();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
