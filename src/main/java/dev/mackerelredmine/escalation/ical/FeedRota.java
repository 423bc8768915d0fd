package dev.mackerelredmine.escalation.ical;

import dev.mackerelredmine.escalation.Rota;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Who is on call by a calendar, and by one whose events count before. */
final class FeedRota implements Rota {

    private static final Duration LOOK_AHEAD = Duration.ofDays(30);
    private static final int MOST_OVERLAPS = 5;

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

    @Override
    public Instant holdsUntil(Instant at) {
        return feeds().stream()
                .flatMap(feed -> feed.calendar().stream())
                .map(calendar -> calendar.nextChange(at))
                .min(Comparator.naturalOrder())
                .orElse(at.plus(1, ChronoUnit.DAYS));
    }

    /** By the last fetch. */
    @Override
    public List<String> failures(ZoneId zone) {
        return feeds().stream()
                .filter(feed -> feed.calendar().isEmpty() || feed.failure() != null)
                .map(feed -> its(feed) + " cannot be fetched: " + feed.failure()
                        + (feed.lastGood() == null
                                ? ""
                                : " (the copy of " + time(zone).format(feed.lastGood()) + " counts)"))
                .toList();
    }

    @Override
    public List<String> overlaps(Instant now, ZoneId zone) {
        return feeds().stream()
                .flatMap(feed -> feed.calendar().stream()
                        .flatMap(it -> it.overlaps(now, LOOK_AHEAD).stream())
                        .limit(MOST_OVERLAPS)
                        .map(it -> its(feed) + " has " + shown(it.first()) + " and " + shown(it.second())
                                + " at once from " + time(zone).format(it.from()) + ": " + shown(it.second())
                                + " is on call, whose shift begins last"))
                .toList();
    }

    private String its(Feed feed) {
        return feed == base ? "its calendar" : "its calendar of overrides";
    }

    private static DateTimeFormatter time(ZoneId zone) {
        return DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm").withZone(zone);
    }

    private static String shown(String name) {
        return name.isEmpty() ? "an event without a title" : name;
    }

    List<Feed> feeds() {
        return overrides == null ? List.of(base) : List.of(base, overrides);
    }

    static Stream<Feed> feeds(Rota rota) {
        return rota instanceof FeedRota it ? it.feeds().stream() : Stream.empty();
    }
}
