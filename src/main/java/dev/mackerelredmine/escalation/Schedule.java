package dev.mackerelredmine.escalation;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;

/** When the steps of a policy are due. Rounds count from 1, steps from 0. */
public final class Schedule {

    private Schedule() {}

    /** When an escalation starts that is asked for now: at once, or when the policy's hours begin next. A holiday counts as a Sunday. */
    public static Instant start(EscalationPolicy policy, Instant now, Set<LocalDate> holidays) {
        throw new UnsupportedOperationException();
    }

    /** When a step is due. */
    public static Instant due(EscalationPolicy policy, Instant start, int round, int step) {
        throw new UnsupportedOperationException();
    }

    public record Place(int round, int step) {}

    /** What comes after a step; empty after the last step of the last round. */
    public static Optional<Place> next(EscalationPolicy policy, Place place) {
        throw new UnsupportedOperationException();
    }
}
