package dev.mackerelredmine.store;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Makes alerts due once more. What a ticket shows stays as it is; an alert that has none is worked out from all of its events.
 * It delivers nothing itself: the running service does, or the next that starts.
 */
public final class Replays {

    private final Database database;
    private final String stream;
    private final Clock clock;
    private final ReplaySql sql;
    private final InboxSql inbox;
    private final TicketSql tickets;

    Replays(Database database, String stream, Clock clock) {
        this.database = database;
        this.sql = database.sql(ReplaySql.class);
        this.inbox = database.sql(InboxSql.class);
        this.tickets = database.sql(TicketSql.class);
        this.stream = stream;
        this.clock = clock;
    }

    /** The alerts that are meant, by the names that {@link Histories#records} takes. A preview's tickets have no number in Redmine. */
    public List<Replayable> ofAlert(String meant) {
        AlertName name = AlertName.of(meant);
        return found(() -> sql.alertsAnywhere(name.org(), name.id(), name.issue()).stream()
                .filter(alert -> name.issue() == null || !alert.isFromPreview())
                .map(NamedAlert::id)
                .toList());
    }

    /** The alerts of which something came in since then, and that have no ticket, or are put aside. */
    public List<Replayable> since(Instant time) {
        return found(() -> sql.alertsSince(stream, time.toEpochMilli()));
    }

    /** Several previews may have seen the same alert. */
    private List<Replayable> found(Supplier<List<Long>> query) {
        return database.read(() -> {
            List<Replayable> alerts = new ArrayList<>();
            for (long id : query.get()) {
                Replayable alert = sql.replayable(stream, id);
                if (alerts.stream().noneMatch(alert::isSameAlert)) {
                    alerts.add(alert);
                }
            }
            return List.copyOf(alerts);
        });
    }

    /**
     * Each alert in a transaction of its own, so that what comes in meanwhile need not wait for all of them.
     *
     * @param person who has them replayed
     */
    public void replay(List<Replayable> alerts, String person) {
        alerts.forEach(alert -> database.inTransaction(() -> {
            long id = alert.fromPreview() ? takeOver(alert) : alert.id();
            sql.forgetReported(id);
            sql.replay(id, clock.millis());
            tickets.addStepOf(person, id, clock.millis(), alert.issue(), 0, "replay", alert.what());
        }));
    }

    /** What previews saw is copied to where it is delivered from, with the times at which it came in. */
    private long takeOver(Replayable alert) {
        inbox.addProblem(stream, alert.problemKey());
        inbox.addAlert(stream, alert.problemKey(), alert.org(), alert.alertKey(), alert.host());
        for (PreviewedEvent event : sql.previewed(stream, alert.org(), alert.alertKey())) {
            inbox.receiveOne(stream, alert.org(), alert.alertKey(), Urgency.OTHER, clock.millis());
            inbox.addAlertEvent(
                    stream,
                    alert.org(),
                    alert.alertKey(),
                    event.receivedAt(),
                    event.kind(),
                    event.channel(),
                    event.notification());
            inbox.cameIn(stream, alert.org(), alert.alertKey());
        }
        sql.takeOverStatus(stream, alert.org(), alert.alertKey());
        return sql.alertNamed(stream, alert.org(), alert.alertKey()).id();
    }
}
