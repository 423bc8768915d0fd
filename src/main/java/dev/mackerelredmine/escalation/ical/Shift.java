package dev.mackerelredmine.escalation.ical;

import java.time.Instant;
import java.util.Comparator;

/** Whose turn it is from a time on and before another. */
record Shift(Instant from, Instant to, String name) {

    /** Where several are at once, the one that begins last; of those, the one that ends first. */
    static final Comparator<Shift> LAST_BEGUN = Comparator.comparing(Shift::from)
            .thenComparing(Shift::to, Comparator.reverseOrder())
            .thenComparing(Shift::name);

    boolean isAt(Instant at) {
        return !at.isBefore(from) && at.isBefore(to);
    }

    boolean overlaps(Instant start, Instant end) {
        return from.isBefore(end) && to.isAfter(start);
    }
}
