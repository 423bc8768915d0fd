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
    private final HousekeepingSql sql;

    Actions(Database database, StoreOptions settings, Clock clock) {
        this.database = database;
        this.stream = settings.stream();
        this.backoff = settings.backoff();
        this.lease = settings.lease();
        this.clock = clock;
        this.sql = database.sql(HousekeepingSql.class);
    }

    /** At a start. @param leasedUpTo what another runs for longer than that is left to it */
    void makeAllDue(long leasedUpTo) {
        sql.makeActionsDue(stream, clock.millis(), leasedUpTo);
    }

    /** The next one that is due for the steps of ticket-changed.camel.yaml, now the caller's; null where there is none. */
    public PendingAction claim() {
        return claimFor(Purpose.STEPS);
    }

    /** The same for any purpose. Its name is another, because of two methods of one name Camel may call the wrong one. */
    public PendingAction claimFor(Purpose purpose) {
        return database.inTransaction(() -> {
            Optional<Long> claimed = sql.claimAction(
                    stream,
                    purpose.toString(),
                    clock.millis(),
                    clock.instant().plus(lease).toEpochMilli());
            return claimed.map(sql::action).orElse(null);
        });
    }

    public void done(PendingAction action) {
        database.inTransaction(() -> sql.actionDone(action.id()));
    }

    /** When it is tried again; null where it was its last try, and it is parked. */
    public Instant failed(PendingAction action, String why) {
        boolean wasLast = action.tries() + 1 >= MOST_TRIES;
        Instant dueAt = clock.instant().plus(backoff.after(action.tries(), ThreadLocalRandom.current()));
        database.inTransaction(() -> {
            if (wasLast) {
                sql.actionParked(action.id(), why);
            } else {
                sql.actionAgain(action.id(), dueAt.toEpochMilli(), why);
            }
        });
        return wasLast ? null : dueAt;
    }
}
