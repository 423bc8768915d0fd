package dev.mackerelredmine.escalation;

import dev.mackerelredmine.escalation.Schedule.Place;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a policy does where nobody answers.
 *
 * @param start from when its steps count
 */
public record Plan(Instant start, List<Step> steps) {

    /**
     * One step of a round.
     *
     * @param step 0, 1 …
     * @param at when it is taken: at once, where the step before it in the round reaches nobody
     */
    public record Step(int round, int step, Instant at, Recipients who) {}

    public Plan {
        steps = List.copyOf(steps);
    }

    /** Of an escalation that is asked for at a time. Who is on call then is as the file says now. */
    public static Plan of(EscalationFile file, EscalationPolicy policy, Instant asked, Set<LocalDate> holidays) {
        Instant start = Schedule.start(policy, asked, holidays);
        List<Step> steps = new ArrayList<>();
        Optional<Place> place = Optional.of(new Place(1, 0));
        while (place.isPresent()) {
            Step last = steps.isEmpty() ? null : steps.get(steps.size() - 1);
            steps.add(step(file, policy, at(policy, start, place.get(), last), place.get()));
            place = Schedule.next(policy, place.get());
        }
        return new Plan(start, steps);
    }

    private static Instant at(EscalationPolicy policy, Instant start, Place place, Step last) {
        boolean isAtOnce = last != null
                && last.round() == place.round()
                && last.who().recipients().isEmpty();
        return isAtOnce ? last.at() : Schedule.due(policy, start, place.round(), place.step());
    }

    private static Step step(EscalationFile file, EscalationPolicy policy, Instant at, Place place) {
        return new Step(
                place.round(),
                place.step(),
                at,
                Recipients.of(file, policy.steps().get(place.step()), at));
    }
}
