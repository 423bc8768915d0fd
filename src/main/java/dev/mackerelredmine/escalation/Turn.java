package dev.mackerelredmine.escalation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A time in which the same person is on call.
 *
 * @param person empty: nobody
 */
public record Turn(Instant from, Instant to, Optional<String> person) {

    /** All from one time to another, one after the other. */
    public static List<Turn> of(Rota rota, Instant from, Instant to) {
        List<Turn> turns = new ArrayList<>();
        for (Instant at = from; at.isBefore(to); ) {
            Optional<String> person = rota.onCall(at);
            Instant next = rota.holdsUntil(at);
            Instant end = next.isBefore(to) ? next : to;
            Turn last = turns.isEmpty() ? null : turns.get(turns.size() - 1);
            if (last != null && last.person.equals(person)) {
                turns.set(turns.size() - 1, new Turn(last.from, end, person));
            } else {
                turns.add(new Turn(at, end, person));
            }
            at = end;
        }
        return turns;
    }
}
