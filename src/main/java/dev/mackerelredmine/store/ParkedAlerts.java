package dev.mackerelredmine.store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Has parked alerts tried again: of those that are parked for one reason one within each minute, after an hour one in ten minutes. When one of
 * them gets its ticket or its note, the reason is gone, and all others are due. It survives a restart, and of several services on one
 * store only one takes each turn.
 */
public final class ParkedAlerts {

    static final Duration SOON = Duration.ofSeconds(50);
    static final Duration LATER = Duration.ofMinutes(10);
    static final Duration LONG = Duration.ofHours(1);

    private final Database database;
    private final String stream;
    private final Clock clock;

    ParkedAlerts(Database database, String stream, Clock clock) {
        this.database = database;
        this.stream = stream;
        this.clock = clock;
    }

    /** Makes the next parked alert due of one reason whose turn it is, and answers whether there may be more reasons. */
    public boolean tryNext() {
        return database.inTransaction(sql -> {
            Instant now = clock.instant();
            Optional<String> cause = sql.claimParkedCause(
                    stream,
                    now.toEpochMilli(),
                    now.minus(LONG).toEpochMilli(),
                    now.plus(SOON).toEpochMilli(),
                    now.plus(LATER).toEpochMilli());
            cause.ifPresent(reason -> sql.nextParked(stream, reason)
                    .ifPresentOrElse(
                            alert -> makeDue(sql, reason, alert), () -> sql.forgetParkedCause(stream, reason)));
            return cause.isPresent();
        });
    }

    private void makeDue(StoreSql sql, String cause, long alert) {
        sql.parkedTried(stream, cause, alert);
        sql.makeTrialDue(alert, clock.millis());
    }

    /**
     * What is said of one alert, without what differs between alerts that are parked for the same reason: numbers of tickets, above all.
     */
    static String cause(String reason) {
        return reason.replaceAll("(?<=[/#])\\d+|\\d+(?= times)", "N");
    }

    /** An alert was parked. */
    static void parked(StoreSql sql, String stream, String cause, long now) {
        sql.addParkedCause(stream, cause, now, now + SOON.toMillis());
    }

    /** An alert that was parked has its ticket, or its note: all others that are parked for the same reason are due; how many. */
    static int mended(StoreSql sql, String stream, String cause, long now) {
        sql.forgetParkedCause(stream, cause);
        sql.makeParkedDue(stream, cause, now);
        return sql.releaseParked(stream, cause);
    }

    /** The clock went back: what would be tried hours from now is tried now. */
    static void afterClockWentBack(StoreSql sql, String stream, long now, long apart) {
        sql.parkedCausesNow(stream, now, now + LATER.toMillis() + apart);
    }
}
