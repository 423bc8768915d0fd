package dev.mackerelredmine.store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Actions that follow changes of tickets: each runs at least once, one at a time. An action is queued with the change itself, so that a
 * crash forgets none. One that fails is retried with a growing wait, and parked after its last try, until the next start.
 */
public final class Actions {

    /** How often an action is tried before it is parked. */
    public static final int MOST_TRIES = 10;

    private final Database database;
    private final String stream;
    private final Backoff backoff;
    private final Duration lease;
    private final Clock clock;

    Actions(Database database, String stream, Backoff backoff, Duration lease, Clock clock) {
        this.database = database;
        this.stream = stream;
        this.backoff = backoff;
        this.lease = lease;
        this.clock = clock;
    }

    /** The next one that is due, now the caller's; null where there is none. */
    public PendingAction claim() {
        return database.inTransaction(sql -> {
            Optional<Long> claimed = sql.claimAction(
                    stream, clock.millis(), clock.instant().plus(lease).toEpochMilli());
            return claimed.map(sql::action).orElse(null);
        });
    }

    public void done(PendingAction action) {
        database.inTransaction(sql -> {
            sql.actionDone(action.id());
            return null;
        });
    }

    /** When it is tried again; null where it was its last try, and it is parked. */
    public Instant failed(PendingAction action, String why) {
        boolean wasLast = action.tries() + 1 >= MOST_TRIES;
        Instant dueAt = clock.instant().plus(backoff.after(action.tries(), ThreadLocalRandom.current()));
        database.inTransaction(sql -> {
            if (wasLast) {
                sql.actionParked(action.id(), why);
            } else {
                sql.actionAgain(action.id(), dueAt.toEpochMilli(), why);
            }
            return null;
        });
        return wasLast ? null : dueAt;
    }
}
