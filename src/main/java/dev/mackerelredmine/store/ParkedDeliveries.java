package dev.mackerelredmine.store;

import dev.mackerelredmine.ticket.AlertHistory;
import dev.mackerelredmine.ticket.PendingWrite.Marks;
import java.time.Clock;
import java.util.List;

/** What Redmine would not take, for people to look at, to have delivered once more, and to drop. */
public final class ParkedDeliveries {

    private final Database database;
    private final String stream;
    private final Histories histories;
    private final Replays replays;
    private final Clock clock;
    private final OperateSql sql;
    private final TicketSql tickets;
    private final ReplaySql alerts;

    ParkedDeliveries(Database database, String stream, Histories histories, Replays replays, Clock clock) {
        this.database = database;
        this.stream = stream;
        this.histories = histories;
        this.replays = replays;
        this.clock = clock;
        this.sql = database.sql(OperateSql.class);
        this.tickets = database.sql(TicketSql.class);
        this.alerts = database.sql(ReplaySql.class);
    }

    public List<ParkedRow> all() {
        return database.read(() -> sql.parked(stream));
    }

    /** For what they are, the most frequent first. */
    public List<ParkedReason> reasons() {
        return database.read(() -> sql.parkedReasons(stream));
    }

    /** Actions after ticket changes that are parked until the next start. */
    public long actions() {
        return database.read(() -> sql.parkedActions(stream));
    }

    /** The store's numbers of the alerts that are meant, by the names that {@link Histories#records} takes. */
    public List<Long> named(String meant) {
        AlertName name = AlertName.of(meant);
        return database.read(() -> alerts.alertsAnywhere(name.org(), name.id(), name.issue())).stream()
                .map(NamedAlert::id)
                .toList();
    }

    /** It is due at once, as any other alert that is replayed. */
    public void retry(ParkedRow alert, String person) {
        replays.replay(List.of(database.read(() -> alerts.replayable(stream, alert.id()))), person);
    }

    /**
     * What came in of the alert counts as reported, as if the policy had skipped it. What comes in later is delivered.
     *
     * @return false where it is being delivered, or is not parked any more: then nothing is dropped
     */
    public boolean drop(ParkedRow alert, String reason, String person) {
        return database.inTransaction(() -> {
            if (sql.holdParked(alert.id(), clock.millis()) == 0) {
                return false;
            }
            AlertHistory history = histories.history(tickets.problemOf(alert.id()), alert.id());
            tickets.report(alert.id(), history.last(), Marks.of(history.counted(clock.instant())));
            tickets.forgetGraphs(alert.id(), history.last());
            tickets.addStepOf(
                    person,
                    alert.id(),
                    clock.millis(),
                    alert.issue(),
                    history.last(),
                    "drop",
                    reason + " (it was parked: " + alert.reason() + ")");
            return true;
        });
    }
}
