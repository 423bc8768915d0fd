package dev.mackerelredmine.escalation.ical;

import dev.mackerelredmine.escalation.Rota;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Who is on call by a calendar, and by one whose events count before. */
final class FeedRota implements Rota {

    private final Feed base;
    private final Feed overrides;

    /** @param overrides null: there is none */
    FeedRota(Feed base, Feed overrides) {
        this.base = base;
        this.overrides = overrides;
    }

    @Override
    public Optional<String> onCall(Instant at) {
        return Optional.ofNullable(overrides)
                .flatMap(it -> it.at(at))
                .or(() -> base.at(at))
                .map(Shift::name)
                .filter(name -> !name.isEmpty());
    }

    public Instant holdsUntil(Instant at) {
        return feeds().stream()
                .flatMap(feed -> feed.calendar().stream())
                .map(calendar -> calendar.nextChange(at))
                .min(Comparator.naturalOrder())
                .orElse(at.plus(1, ChronoUnit.DAYS));
    }

    List<Feed> feeds() {
        return overrides == null ? List.of(base) : List.of(base, overrides);
    }

    static Stream<Feed> feeds(Rota rota) {
        return rota instanceof FeedRota it ? it.feeds().stream() : Stream.empty();
    }
}
