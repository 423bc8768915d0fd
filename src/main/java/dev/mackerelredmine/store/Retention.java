package dev.mackerelredmine.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/** Deletes what is over for longer than it is to be kept: a few rows in one transaction, so that nobody waits long for it. */
public final class Retention {

    private static final int ALERTS = 50;
    private static final int EVENTS = 200;
    private static final int ESCALATIONS = 50;

    private final Database database;
    private final Duration keep;
    private final Duration keepFigures;
    private final HousekeepingSql sql;
    private final TicketSql tickets;
    private final Openings openings;
    private final OperateSql operate;

    Retention(Database database, Duration keep, Duration keepFigures, Openings openings) {
        this.database = database;
        this.keep = keep;
        this.keepFigures = keepFigures;
        this.sql = database.sql(HousekeepingSql.class);
        this.tickets = database.sql(TicketSql.class);
        this.openings = openings;
        this.operate = database.sql(OperateSql.class);
    }

    public void purge() {
        Instant before = Instant.now().minus(keep);
        OptionalLong last = OptionalLong.of(0);
        while (last.isPresent()) {
            last = purgeAlerts(before, last.getAsLong());
        }
        database.inTransaction(() -> operate.purgePauses(before.toEpochMilli()));
        while (purgeOthers(before) + purgeEscalations(before) > 0) {
            // the next few
        }
        openings.purge(Instant.now().minus(keepFigures));
    }

    /**
     * Looks at the next few alerts after this one, and deletes those that are over since before then. Answers the last alert looked at;
     * empty when there was none, or when it is too young, as all that come after it are.
     */
    OptionalLong purgeAlerts(Instant before, long after) {
        long limit = before.toEpochMilli();
        return database.inTransaction(() -> {
            List<Long> alerts = sql.alertsAfter(after, ALERTS);
            OptionalLong last = alerts.stream().mapToLong(Long::longValue).max().stream()
                    .filter(alert -> !sql.cameInSince(alert, limit))
                    .findFirst();
            alerts.stream().filter(alert -> sql.isOver(alert, limit)).forEach(this::purge);
            return last;
        });
    }

    private void purge(long alert) {
        openings.sumUpBeforeItIsDeleted(alert);
        List<Long> problems = sql.problemsOf(alert);
        tickets.forgetGraphs(alert, Long.MAX_VALUE);
        sql.purgeActions(alert);
        sql.purgeSteps(alert);
        sql.purgeEvents(alert);
        sql.purgeAlert(alert);
        problems.forEach(problem -> {
            sql.purgeTickets(problem);
            sql.purgeProblem(problem);
        });
    }

    /** Deletes the next few of what is no alert and came in before then; zero when there are no more. */
    int purgeOthers(Instant before) {
        return database.inTransaction(() -> sql.purgeOtherEvents(before.toEpochMilli(), EVENTS));
    }

    /** The same of escalations that ended before then, with their pages. */
    int purgeEscalations(Instant before) {
        return database.inTransaction(() -> {
            List<Long> ended = sql.escalationsEndedBefore(before.toEpochMilli(), ESCALATIONS);
            ended.forEach(escalation -> {
                openings.sumUpPagesOf(escalation);
                sql.purgeEscalation(escalation);
            });
            return ended.size();
        });
    }
}
