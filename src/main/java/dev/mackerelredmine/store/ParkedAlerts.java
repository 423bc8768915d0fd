package dev.mackerelredmine.store;

import dev.mackerelredmine.redmine.ParkedException;
import dev.mackerelredmine.ticket.AlertHistory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Alerts that Redmine will not take. Of those that are parked for one reason, one is tried each minute, and after an hour one in ten
 * minutes. When one of them gets its ticket or its note, the reason is gone, and all others are due. A restart changes nothing of it, and
 * only one of several services on one store takes each turn.
 */
public final class ParkedAlerts {

    private static final Logger LOG = LoggerFactory.getLogger(ParkedAlerts.class);

    static final Duration SOON = Duration.ofSeconds(50);
    static final Duration LATER = Duration.ofMinutes(10);
    static final Duration LONG = Duration.ofHours(1);

    private final Database database;
    private final String stream;
    private final Steps steps;
    private final Clock clock;
    private final DeliverySql sql;
    private final TicketSql tickets;

    ParkedAlerts(Database database, String stream, Steps steps, Clock clock) {
        this.database = database;
        this.steps = steps;
        this.sql = database.sql(DeliverySql.class);
        this.tickets = database.sql(TicketSql.class);
        this.stream = stream;
        this.clock = clock;
    }

    /**
     * The alert is parked until another event of its problem comes in, its turn comes among those that are parked for the same reason, or
     * the service is started again; whether that is news, because it was not parked, or for another reason.
     *
     * @param project in which its ticket was to be; null where that could not be decided
     */
    public boolean park(Problem problem, AlertHistory history, String project, ParkedException reason) {
        String why = reason.getMessage();
        String cause = cause(why);
        return database.inTransaction(() -> {
            tickets.notDone(problem);
            tickets.forgetFailures(history.alert());
            boolean isNews = !sql.parkedCause(history.alert()).equals(Optional.of(cause));
            long now = clock.millis();
            if (sql.park(problem, history.alert(), project, why, cause, history.isUrgent(), now) == 0) {
                return false;
            }
            sql.addParkedCause(stream, cause, now, now + SOON.toMillis());
            if (isNews) {
                steps.add(history.alert(), history.ticket().issue(), history.last(), "park", why);
            }
            return isNews;
        });
    }

    /** Makes the next parked alert due of one reason whose turn it is, and answers whether there may be more reasons. */
    public boolean tryNext() {
        return database.inTransaction(() -> {
            Instant now = clock.instant();
            Optional<String> cause = sql.claimParkedCause(
                    stream,
                    now.toEpochMilli(),
                    now.minus(LONG).toEpochMilli(),
                    now.plus(SOON).toEpochMilli(),
                    now.plus(LATER).toEpochMilli());
            cause.ifPresent(reason -> sql.nextParked(stream, reason)
                    .ifPresentOrElse(alert -> makeDue(reason, alert), () -> sql.forgetParkedCause(stream, reason)));
            return cause.isPresent();
        });
    }

    private void makeDue(String cause, long alert) {
        sql.parkedTried(stream, cause, alert);
        sql.makeTrialDue(alert, clock.millis());
    }

    /**
     * What is said of one alert, without what differs between alerts that are parked for the same reason: numbers of tickets, above all.
     */
    static String cause(String reason) {
        return reason.replaceAll("(?<=[/#])\\d+|\\d+(?= times)", "N");
    }

    /** An alert that was parked has its ticket, or its note: all others that are parked for the same reason are due. */
    void causeCorrected(String cause) {
        sql.forgetParkedCause(stream, cause);
        sql.makeParkedDue(stream, cause, clock.millis());
        int others = sql.releaseParked(stream, cause);
        database.afterCommit(() -> LOG.info(
                "An alert that was parked is delivered, and so are {} more that were parked for the same reason: {}",
                others,
                cause));
    }

    /** The clock went back: what would be tried hours from now is tried now. */
    void afterClockWentBack(long apart) {
        long now = clock.millis();
        sql.parkedCausesNow(stream, now, now + LATER.toMillis() + apart);
    }
}
