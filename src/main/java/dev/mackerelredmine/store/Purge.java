package dev.mackerelredmine.store;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/** Deletes what is over since before a time: a few in one transaction, so that nobody waits long for it. */
final class Purge {

    private static final int ALERTS = 50;
    private static final int EVENTS = 200;

    private final StoreSql sql;
    private final long before;

    Purge(StoreSql sql, Instant before) {
        this.sql = sql;
        this.before = before.toEpochMilli();
    }

    /** The last alert looked at; empty when there was none, or when it is too young, as all that come after it are. */
    OptionalLong alertsAfter(long after) {
        List<Long> alerts = sql.alertsAfter(after, ALERTS);
        OptionalLong last = alerts.stream().mapToLong(Long::longValue).max().stream()
                .filter(alert -> !sql.cameInSince(alert, before))
                .findFirst();
        alerts.stream().filter(alert -> sql.isOver(alert, before)).forEach(this::alert);
        return last;
    }

    private void alert(long alert) {
        long problem = sql.problemOf(alert).id();
        sql.forgetGraphs(alert, Long.MAX_VALUE);
        sql.purgeActions(alert);
        sql.purgeSteps(alert);
        sql.purgeEvents(alert);
        sql.purgeAlert(alert);
        sql.purgeTickets(problem);
        sql.purgeProblem(problem);
    }

    /** How many. */
    int others() {
        return sql.purgeOtherEvents(before, EVENTS);
    }
}
