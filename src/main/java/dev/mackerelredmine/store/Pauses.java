package dev.mackerelredmine.store;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** People hold deliveries: what is posted is taken meanwhile, and each service on this store delivers nothing until they go on. */
public final class Pauses {

    private final Database database;
    private final String stream;
    private final Clock clock;
    private final OperateSql sql;

    Pauses(Database database, String stream, Clock clock) {
        this.database = database;
        this.stream = stream;
        this.clock = clock;
        this.sql = database.sql(OperateSql.class);
    }

    /** False where they were paused already. */
    public boolean pause(String person) {
        return database.inTransaction(() -> sql.pause(stream, person, clock.millis())) > 0;
    }

    /** False where they were not paused. */
    public boolean resume(String person) {
        return database.inTransaction(() -> sql.resume(stream, person, clock.millis())) > 0;
    }

    /** Up to when deliveries were held last: now, where they are; long ago, where they never were. What waited until then was not stuck. */
    public Instant heldUntil() {
        return database.read(() -> sql.standing(stream).isPresent()
                ? clock.instant()
                : Instant.ofEpochMilli(sql.lastResumed(stream).orElse(0L)));
    }

    /** The one that stands. */
    public Optional<Pause> now() {
        return database.read(() -> sql.standing(stream));
    }
}
