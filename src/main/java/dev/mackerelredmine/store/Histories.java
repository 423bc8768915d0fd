package dev.mackerelredmine.store;

import dev.mackerelredmine.mackerel.NotificationReader;
import dev.mackerelredmine.ticket.AlertHistory;
import dev.mackerelredmine.ticket.Change;
import dev.mackerelredmine.ticket.Ticket;
import dev.mackerelredmine.ticket.Told;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Puts together, out of the store's rows, what is known of an alert. */
final class Histories {

    private final NotificationReader reader;

    Histories(NotificationReader reader) {
        this.reader = reader;
    }

    AlertHistory history(StoreSql sql, Problem problem, long alert) {
        AlertRow row = sql.alert(alert);
        AlertHistory history = history(sql, problem, alert, row, told(sql, alert, row), row.told());
        return history.opensAfterItsEnd() ? history(sql, problem, alert, row, null, 0) : history;
    }

    private AlertHistory history(StoreSql sql, Problem problem, long alert, AlertRow row, Told told, long after) {
        List<Change> changes = changes(sql, problem, alert, after);
        boolean isLate =
                told != null && changes.stream().anyMatch(change -> Change.IN_ORDER.compare(change, told.newest()) < 0);
        Ticket ticket = row.ticketId() == null ? Ticket.NONE : ticket(sql, sql.ticket(row.ticketId()), alert);
        Ticket last =
                sql.lastTicket(problem).map(found -> ticket(sql, found, alert)).orElse(Ticket.NONE);
        return new AlertHistory(
                alert,
                row.key(),
                told,
                changes,
                isLate ? Change.repetitions(changes(sql, problem, alert, 0)) : Set.of(),
                ticket,
                ticket.issue() == null ? last : Ticket.NONE,
                sql.newestGraph(alert, problem.received()).orElse(null));
    }

    private List<Change> changes(StoreSql sql, Problem problem, long alert, long after) {
        return sql.changes(alert, after, problem.received()).stream()
                .map(change -> change.read(reader))
                .toList();
    }

    private Told told(StoreSql sql, long alert, AlertRow row) {
        return row.newest() == null
                ? null
                : new Told(
                        sql.change(alert, row.newest()).read(reader),
                        sql.change(alert, row.headline()).read(reader),
                        row.resends(),
                        Instant.ofEpochMilli(row.notedAt()),
                        row.madeAnew());
    }

    private static Ticket ticket(StoreSql sql, TicketRow row, long alert) {
        return row.ticket(sql.otherStatuses(row.id(), alert));
    }

    AlertRecord record(StoreSql sql, NamedAlert named) {
        Problem problem = sql.problemOf(named.id());
        AlertRow row = sql.alert(named.id());
        List<Change> events = sql.changes(named.id(), 0, Long.MAX_VALUE).stream()
                .map(change -> change.read(reader))
                .toList();
        return new AlertRecord(
                row.key(),
                named.isFromPreview(),
                problem.toString(),
                history(sql, problem, named.id()),
                events,
                sql.steps(named.id()),
                named.parked(),
                named.parkedUntil(),
                named.failure());
    }
}
