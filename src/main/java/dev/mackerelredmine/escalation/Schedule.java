package dev.mackerelredmine.escalation;

import dev.mackerelredmine.ticket.policy.OfficeHours;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;

/** When the steps of a policy are due. Rounds count from 1, steps from 0. */
public final class Schedule {

    private Schedule() {}

    /** When an escalation starts that is asked for now: at once, or when the policy's hours begin next. A holiday counts as a Sunday. */
    public static Instant start(EscalationPolicy policy, Instant now, Set<LocalDate> holidays) {
        return policy.hours() == null ? now : OfficeHours.next(policy.hours(), now, holidays);
    }

    /** When a step is due. */
    public static Instant due(EscalationPolicy policy, Instant start, int round, int step) {
        Duration last = policy.steps().get(policy.steps().size() - 1).at();
        return start.plus(last.plus(policy.repeatAfter()).multipliedBy(round - 1L))
                .plus(policy.steps().get(step).at());
    }

    public record Place(int round, int step) {}

    /** What comes after a step; empty after the last step of the last round. */
    public static Optional<Place> next(EscalationPolicy policy, Place place) {
        if (place.step() + 1 < policy.steps().size()) {
            return Optional.of(new Place(place.round(), place.step() + 1));
        }
        return place.round() <= policy.repeat() ? Optional.of(new Place(place.round() + 1, 0)) : Optional.empty();
    }
}
