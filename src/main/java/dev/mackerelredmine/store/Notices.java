package dev.mackerelredmine.store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the operator was notified of, so that it is sent once: by one of several services, and not again after a restart. Whoever may send
 * something has a minute for it; what was not sent then is sent by the next who looks.
 */
public final class Notices {

    private static final Duration TO_TELL_IT = Duration.ofMinutes(1);
    private static final int MOST_AT_ONCE = 1000;

    private final Database database;
    private final String stream;
    private final Clock clock;
    private final HousekeepingSql sql;

    Notices(Database database, String stream, Clock clock) {
        this.database = database;
        this.sql = database.sql(HousekeepingSql.class);
        this.stream = stream;
        this.clock = clock;
    }

    /** Whether the caller is to send this, because nobody has, or it was before then. */
    public boolean raise(String kind, Instant againIfBefore) {
        return database.inTransaction(() -> sql.raiseNotice(stream, kind, now(), until(), againIfBefore.toEpochMilli()))
                > 0;
    }

    /** Whether the caller is to send that this is over, because it was sent that it is not. */
    public boolean end(String kind) {
        return database.inTransaction(() -> sql.endNotice(stream, kind, now(), until())) > 0;
    }

    /** Whether the caller is to send this now: while it lasts, once, and again if it was sent before then. Once it is over, it begins anew. */
    public boolean isDue(String kind, boolean lasts, Instant againIfBefore) {
        if (lasts) {
            return raise(kind, againIfBefore);
        }
        if (sentAt(kind).isPresent() && end(kind)) {
            forget(kind);
        }
        return false;
    }

    /** When this was sent, if it was, and stands. */
    public Optional<Instant> sentAt(String kind) {
        return database.read(() -> sql.noticeSentAt(stream, kind)).map(Instant::ofEpochMilli);
    }

    public void sent(String kind) {
        database.inTransaction(() -> sql.noticeSent(stream, kind, now()));
    }

    public void forget(String kind) {
        database.inTransaction(() -> sql.forgetNotice(stream, kind));
    }

    /** The parked alerts of which nobody was notified. */
    public List<Parked> unreportedParked() {
        return database.read(() -> sql.unreportedParked(stream, MOST_AT_ONCE));
    }

    public void reportedParked(List<Parked> alerts) {
        database.inTransaction(() -> alerts.forEach(alert -> sql.parkedReported(alert.id())));
    }

    /** The parked actions after ticket changes of which nobody was notified. */
    public List<Parked> unreportedActions() {
        return database.read(() -> sql.unreportedActions(stream, MOST_AT_ONCE));
    }

    public void reportedActions(List<Parked> actions) {
        database.inTransaction(() -> actions.forEach(action -> sql.actionReported(action.id())));
    }

    private long now() {
        return clock.millis();
    }

    private long until() {
        return clock.instant().plus(TO_TELL_IT).toEpochMilli();
    }
}
