package dev.mackerelredmine.escalation;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * People who take turns, one after the other and round again. A turn is as long as the clock on the wall says: where the clock is changed,
 * it is handed over at the same time of the day as before. Before its start nobody is on call.
 */
public final class TurnsRota implements Rota {

    private final LocalDateTime start;
    private final Duration every;
    private final ZoneId zone;
    private final List<String> people;

    /**
     * @param start of the first turn, in the zone
     * @param every how long a turn is
     */
    public TurnsRota(LocalDateTime start, Duration every, ZoneId zone, List<String> people) {
        this.start = start;
        this.every = every;
        this.zone = zone;
        this.people = List.copyOf(people);
    }

    @Override
    public Optional<String> onCall(Instant at) {
        if (at.isBefore(begin(0))) {
            return Optional.empty();
        }
        return Optional.of(people.get((int) Math.floorMod(turn(at), (long) people.size())));
    }

    @Override
    public Set<String> people() {
        return new LinkedHashSet<>(people);
    }

    @Override
    public Instant holdsUntil(Instant at) {
        return begin(at.isBefore(begin(0)) ? 0 : turn(at) + 1);
    }

    /** By the clock on the wall; where it is put back, no earlier turn comes back, and where it is put on, none begins too early. */
    private long turn(Instant at) {
        Duration passed = Duration.between(start, LocalDateTime.ofInstant(at, zone));
        long turn = Math.floorDiv(passed.getSeconds(), every.getSeconds());
        while (begin(turn).isAfter(at)) {
            turn--;
        }
        while (!begin(turn + 1).isAfter(at)) {
            turn++;
        }
        return turn;
    }

    private Instant begin(long turn) {
        return start.plusSeconds(turn * every.getSeconds()).atZone(zone).toInstant();
    }
}
