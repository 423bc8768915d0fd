package dev.mackerelredmine.store;

import dev.mackerelredmine.mackerel.NotificationReader;
import dev.mackerelredmine.people.WhoIsOnIt;
import dev.mackerelredmine.ticket.AlertHistory;
import dev.mackerelredmine.ticket.Change;
import dev.mackerelredmine.ticket.Membership.Role;
import dev.mackerelredmine.ticket.Reported;
import dev.mackerelredmine.ticket.Ticket;
import java.time.Instant;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Puts together, out of the store's rows, what is known of an alert. */
public final class Histories {

    /** Of an incident, as its ticket lists them. */
    private static final int MOST_MEMBERS = 100;

    private final Database database;
    private final NotificationReader reader;
    private final TicketSql sql;
    private final ReplaySql alerts;
    private final EscalationSql escalations;
    private final Memberships memberships;
    private final OperateSql operate;
    private final PageSql pages;
    private final OpeningSql openings;
    private final OverviewSql overviews;

    Histories(Database database, NotificationReader reader) {
        this.database = database;
        this.reader = reader;
        this.sql = database.sql(TicketSql.class);
        this.alerts = database.sql(ReplaySql.class);
        this.escalations = database.sql(EscalationSql.class);
        this.memberships = new Memberships(database, reader);
        this.operate = database.sql(OperateSql.class);
        this.pages = database.sql(PageSql.class);
        this.openings = database.sql(OpeningSql.class);
        this.overviews = database.sql(OverviewSql.class);
    }

    /**
     * What is known of the alerts that are meant, in whatever stream: one, unless two organizations have the same id, or a ticket has
     * several alerts.
     *
     * @param meant the alert's id, {@code org/id}, its address at Mackerel, or {@code #} and the number of its ticket
     */
    public List<AlertRecord> records(String meant) {
        AlertName name = AlertName.of(meant);
        return database.read(() -> alerts.alertsAnywhere(name.org(), name.id(), name.issue()).stream()
                .map(this::record)
                .toList());
    }

    AlertHistory history(Problem problem, long alert) {
        AlertRow row = sql.alert(alert);
        AlertHistory history = history(problem, alert, row, reported(alert, row), row.told());
        return history.opensAfterItsEnd() ? history(problem, alert, row, null, 0) : history;
    }

    private AlertHistory history(Problem problem, long alert, AlertRow row, Reported reported, long after) {
        List<Change> changes = changes(alert, after, problem.received());
        boolean isLate = reported != null
                && changes.stream().anyMatch(change -> Change.IN_ORDER.compare(change, reported.newest()) < 0);
        Ticket ticket = row.ticketId() == null ? Ticket.NONE : ticket(row, alert);
        Ticket last = sql.lastTicket(problem).map(found -> ticket(found, alert)).orElse(Ticket.NONE);
        return new AlertHistory(
                alert,
                row.key(),
                reported,
                changes,
                isLate ? Change.repetitions(together(changes(alert, 0, after), changes)) : Set.of(),
                ticket,
                ticket.issue() == null ? last : Ticket.NONE,
                sql.newestGraph(alert, problem.received()).orElse(null),
                memberships.of(row));
    }

    private List<Change> changes(long alert, long after, long upTo) {
        return sql.changes(alert, after, upTo).stream()
                .map(change -> change.read(reader))
                .toList();
    }

    private static List<Change> together(List<Change> before, List<Change> changes) {
        return Stream.concat(before.stream(), changes.stream()).toList();
    }

    private Reported reported(long alert, AlertRow row) {
        return row.newest() == null
                ? null
                : new Reported(
                        sql.change(alert, row.newest()).read(reader),
                        sql.change(alert, row.headline()).read(reader),
                        row.resends(),
                        Instant.ofEpochMilli(row.notedAt()),
                        row.madeAnew());
    }

    /** Whether others of its ticket fire decides nothing for a line, and there may be thousands. */
    private Ticket ticket(AlertRow row, long alert) {
        TicketRow ticket = sql.ticket(row.ticketId());
        return Role.of(row.incidentRole()) == Role.LINE ? ticket.ticket(List.of()) : ticket(ticket, alert);
    }

    private Ticket ticket(TicketRow row, long alert) {
        return row.ticket(sql.otherStatuses(row.id(), alert));
    }

    private AlertRecord record(NamedAlert named) {
        Problem problem = sql.problemOf(named.id());
        AlertRow row = sql.alert(named.id());
        List<Change> events = changes(named.id(), 0, Long.MAX_VALUE);
        List<AlertRecord.Step> steps = sql.steps(named.id());
        boolean isIncident = Role.of(row.incidentRole()) == Role.INCIDENT;
        return new AlertRecord(
                row.key(),
                named.isFromPreview(),
                problem.toString(),
                history(problem, named.id()),
                row.ticketId() == null ? WhoIsOnIt.NOBODY : people(row.ticketId()),
                events,
                steps,
                pauses(named.stream(), row.told(), events, steps),
                row.ticketId() == null ? List.of() : escalations(row.ticketId()),
                named.delivery(),
                isIncident ? null : (Long) openings.acknowledgedAt(named.id()),
                row.incident() == null ? null : sql.alert(row.incident()).key(),
                isIncident ? overviews.members(named.id(), MOST_MEMBERS) : List.of());
    }

    /** Who is on it; of an incident's ticket that nobody has, who is on that of a member. */
    private WhoIsOnIt people(long ticket) {
        return overviews
                .peopleOfMembers(ticket)
                .or(() -> sql.people(ticket))
                .map(text -> TicketRow.read(text, WhoIsOnIt.class))
                .orElse(WhoIsOnIt.NOBODY);
    }

    /** Those between the first and the last that is known of it; where something waits, up to now. */
    private List<Pause> pauses(String stream, long told, List<Change> events, List<AlertRecord.Step> steps) {
        LongSummaryStatistics times = LongStream.concat(
                        events.stream().mapToLong(event -> event.receivedAt().toEpochMilli()),
                        steps.stream().mapToLong(AlertRecord.Step::at))
                .summaryStatistics();
        boolean waits = events.stream().anyMatch(event -> event.seq() > told);
        return operate.pauses(stream, times.getMin(), waits ? Long.MAX_VALUE : times.getMax());
    }

    private List<EscalationRecord> escalations(long ticket) {
        return escalations.ofTicket(ticket).stream()
                .map(row -> new EscalationRecord(row, escalations.stepsOf(row.id()), pages.ofEscalation(row.id())))
                .toList();
    }
}
