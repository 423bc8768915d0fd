package dev.mackerelredmine.store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the operator was told, so that it is told once: by one of several services, and not again after a restart. Whoever may tell
 * something has a minute for it; what was not told then is told by the next who looks.
 */
public final class NoticeBoard {

    private static final Duration TO_TELL_IT = Duration.ofMinutes(1);
    private static final int MOST_AT_ONCE = 1000;

    private final Database database;
    private final String stream;
    private final Clock clock;
    private final HousekeepingSql sql;

    NoticeBoard(Database database, String stream, Clock clock) {
        this.database = database;
        this.sql = database.sql(HousekeepingSql.class);
        this.stream = stream;
        this.clock = clock;
    }

    /** Whether the caller is to tell this, because nobody has, or it was before then. */
    public boolean raise(String kind, Instant againIfBefore) {
        return database.inTransaction(() -> sql.raiseNotice(stream, kind, now(), until(), againIfBefore.toEpochMilli()))
                > 0;
    }

    /** Whether the caller is to tell that this is over, because it was told that it is not. */
    public boolean end(String kind) {
        return database.inTransaction(() -> sql.endNotice(stream, kind, now(), until())) > 0;
    }

    /** When this was told, if it was, and stands. */
    public Optional<Instant> toldAt(String kind) {
        return database.read(() -> sql.noticeToldAt(stream, kind)).map(Instant::ofEpochMilli);
    }

    public void told(String kind) {
        database.inTransaction(() -> sql.noticeTold(stream, kind, now()));
    }

    public void forget(String kind) {
        database.inTransaction(() -> sql.forgetNotice(stream, kind));
    }

    /** The parked alerts of which nobody was told. */
    public List<Parked> parkedUntold() {
        return database.read(() -> sql.parkedUntold(stream, MOST_AT_ONCE));
    }

    public void toldOf(List<Parked> alerts) {
        database.inTransaction(() -> alerts.forEach(alert -> sql.parkedTold(alert.id())));
    }

    /** What was to be done besides and is parked, of which nobody was told. */
    public List<Parked> parkedActionsUntold() {
        return database.read(() -> sql.parkedActionsUntold(stream, MOST_AT_ONCE));
    }

    public void toldOfActions(List<Parked> actions) {
        database.inTransaction(() -> actions.forEach(action -> sql.parkedActionTold(action.id())));
    }

    private long now() {
        return clock.millis();
    }

    private long until() {
        return clock.instant().plus(TO_TELL_IT).toEpochMilli();
    }
}
