package dev.mackerelredmine.redmine.check;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** Whether the clocks agree: retries, leases and what is old enough go by ours, the tickets' times by Redmine's. */
final class ClockLines {

    private static final String OF_REDMINE = "clock of Redmine";
    private static final String OF_POSTGRESQL = "clock of PostgreSQL";
    private static final Duration MOST = Duration.ofSeconds(5);

    private final Redmine redmine;
    private final Optional<Callable<Duration>> postgresql;

    /** @param postgresql how far the clock of the store's server is ahead of ours; none where the store is a file */
    ClockLines(Redmine redmine, Optional<Callable<Duration>> postgresql) {
        this.redmine = redmine;
        this.postgresql = postgresql;
    }

    List<Line> lines() {
        return Stream.concat(
                        Stream.of(new Line(OF_REDMINE, this::ofRedmine)),
                        postgresql.stream().map(clock -> new Line(OF_POSTGRESQL, () -> ofPostgresql(clock))))
                .toList();
    }

    private Finding ofRedmine() {
        redmine.user();
        Duration ahead = redmine.userAnswer().ahead();
        return ahead == null
                ? Finding.ok(OF_REDMINE, "is not shown, because its answers have no Date header")
                : compared(OF_REDMINE, ahead);
    }

    private static Finding ofPostgresql(Callable<Duration> clock) {
        try {
            return compared(OF_POSTGRESQL, clock.call());
        } catch (Exception e) {
            return Finding.wrong(
                    OF_POSTGRESQL,
                    "could not be asked: " + e.getMessage(),
                    "Check store.url, store.user and store.password, and whether the server runs");
        }
    }

    static Finding compared(String subject, Duration ahead) {
        return ahead.abs().compareTo(MOST) <= 0
                ? Finding.ok(subject, "agrees with this machine's")
                : Finding.wrong(
                        subject,
                        "is " + ahead.abs().toSeconds() + " s " + (ahead.isNegative() ? "behind" : "ahead of")
                                + " this machine's",
                        "Set both by NTP");
    }
}
