package dev.mackerelredmine.store;

import dev.mackerelredmine.people.WhoIsOnIt;
import dev.mackerelredmine.redmine.DeliveryException;
import dev.mackerelredmine.redmine.TryAgainException;
import dev.mackerelredmine.ticket.AlertHistory;
import dev.mackerelredmine.ticket.Created;
import dev.mackerelredmine.ticket.Decision;
import dev.mackerelredmine.ticket.Graph;
import dev.mackerelredmine.ticket.PendingWrite.Intent;
import dev.mackerelredmine.ticket.PendingWrite.Marks;
import dev.mackerelredmine.ticket.Ticket;
import dev.mackerelredmine.ticket.TicketAction;
import dev.mackerelredmine.ticket.TicketState;
import dev.mackerelredmine.ticket.policy.Policy;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of the alerts' tickets. A write is begun before Redmine is asked for it, and ends when its outcome is known; it begins under
 * a valid lease only. The beginning is on disk before Redmine is asked. The outcome need not be: without it Redmine is looked at again, as
 * after a crash.
 */
public final class Tickets {

    private static final Set<String> OPENS_OR_CLOSES =
            Set.of(TicketAction.CLOSE.toString(), TicketAction.REOPEN.toString());

    private final Database database;
    private final Duration lease;
    private final ParkedAlerts parked;
    private final Steps steps;
    private final Clock clock;
    private final TicketSql sql;
    private final DeliverySql deliveries;
    private final IncidentLinks incidents;

    Tickets(Database database, Duration lease, ParkedAlerts parked, Steps steps, Clock clock) {
        this.database = database;
        this.lease = lease;
        this.parked = parked;
        this.steps = steps;
        this.clock = clock;
        this.sql = database.sql(TicketSql.class);
        this.deliveries = database.sql(DeliverySql.class);
        this.incidents = new IncidentLinks(database, steps, clock);
    }

    /**
     * Writes down that the alert's ticket is about to be created, before Redmine is asked to, and by what it escalates, so that no ticket
     * stands without.
     */
    public void beginCreation(Problem problem, AlertHistory history, Policy policy) throws TryAgainException {
        underLease(problem, () -> {
            Ticket ticket = history.ticket();
            boolean isNew = ticket.id() == null || ticket.isGone() || ticket.issue() != null;
            long id = isNew ? sql.addTicket(history.alert(), insteadOf(ticket)) : ticket.id();
            sql.giveTicket(history.alert(), id);
            incidents.begins(history);
            begin(problem, id, history, history.creation());
            if (policy.escalation() != null) {
                sql.escalates(id, policy.escalation());
            }
        });
    }

    /** A ticket that stands, and gets another all the same, takes no note any more, or cannot be opened again. */
    private static Long insteadOf(Ticket ticket) {
        return ticket.isGone() ? null : ticket.issue();
    }

    /** A ticket that stands may begin to escalate, such as when its alert gets worse. A policy that does not say so changes nothing. */
    public void escalatesBy(AlertHistory history, Policy policy) {
        if (policy.escalation() != null) {
            database.inTransaction(() -> sql.escalates(history.shownTicket().id(), policy.escalation()));
        }
    }

    /** Whether another ticket has replaced the alert's already, because Redmine takes no note there any more; then the alert belongs to it. */
    public boolean joinsReplacement(Problem problem, AlertHistory history) throws TryAgainException {
        Long issue = history.shownTicket().issue();
        Optional<Long> other = database.read(() -> sql.ticketInstead(problem, issue));
        if (other.isPresent()) {
            underLease(problem, () -> sql.giveTicket(history.alert(), other.get()));
        }
        return other.isPresent();
    }

    /** Writes down that a ticket is about to be changed, before Redmine is asked to. */
    public void beginUpdate(Problem problem, AlertHistory history, Intent intent) throws TryAgainException {
        underLease(problem, () -> begin(problem, history.shownTicket().id(), history, intent));
    }

    private void begin(Problem problem, long ticket, AlertHistory history, Intent intent) {
        incidents.listBegins(history);
        sql.begin(problem, ticket, history.alert(), TicketRow.write(intent), clock.millis());
    }

    private void underLease(Problem problem, Runnable work) throws TryAgainException {
        boolean holdsLease = database.inTransaction(() -> {
            if (deliveries.renewLease(problem, clock.instant().plus(lease).toEpochMilli()) == 0) {
                return false;
            }
            work.run();
            return true;
        });
        if (!holdsLease) {
            throw new TryAgainException("the lease has run out, and another has taken over", null, null);
        }
    }

    /** Redmine has made the ticket. */
    public void created(AlertHistory history, Created created) {
        database.inRepairableTransaction(() -> {
            long ticket = sql.alert(history.alert()).ticketId();
            if (sql.created(ticket, created.issue(), TicketRow.write(created.state()), isOpen(created.state())) > 0) {
                written(history.alert(), created.upTo(), Marks.of(created.reported()));
                addStep(history, created.issue(), created.upTo(), "create", created.why());
                incidents.written(history);
            }
        });
    }

    /** Redmine has changed the ticket. */
    public void updated(AlertHistory history, Intent intent) {
        updated(history, intent, intent.state());
    }

    /** The same, where another state holds than was intended. */
    public void updated(AlertHistory history, Intent intent, TicketState state) {
        boolean isReopened = intent.action().equals(TicketAction.REOPEN.toString()) && isOpen(state);
        database.inRepairableTransaction(() -> {
            if (isReopened) {
                long ticket = history.shownTicket().id();
                sql.isNobodys(ticket, TicketRow.write(intent), TicketRow.write(WhoIsOnIt.NOBODY), clock.millis());
            }
            write(history, intent, state);
        });
    }

    private void addStep(AlertHistory history, Long issue, long upTo, String action, String why) {
        if (history.isIncident()) {
            steps.addOfIncident(history.alert(), issue, upTo, action, why);
        } else {
            steps.add(history.alert(), issue, upTo, action, why);
        }
    }

    private void write(AlertHistory history, Intent intent, TicketState state) {
        Ticket ticket = history.shownTicket();
        if (sql.updated(ticket.id(), TicketRow.write(intent), TicketRow.write(state)) > 0) {
            sql.giveTicket(intent.alert(), ticket.id());
            if (OPENS_OR_CLOSES.contains(intent.action())) {
                sql.open(ticket.id(), isOpen(state));
            }
            written(intent.alert(), intent.upTo(), intent.reported());
            addStep(history, ticket.issue(), intent.upTo(), intent.action(), intent.why());
            incidents.written(history);
        }
    }

    /** As far as it is ours to know: a person may do otherwise. */
    private static boolean isOpen(TicketState state) {
        return state.closedAt() == null;
    }

    /** A duplicate of its ticket, if there was one, is closed. */
    public void duplicatesClosed(AlertHistory history) {
        database.inTransaction(() -> sql.duplicatesClosed(history.ticket().id()));
    }

    /** The note of an earlier try stands in Redmine after all. Who is on the ticket was read with it. */
    public void noteFound(AlertHistory history) {
        Intent intent = history.shownTicket().pendingWrite().intent();
        database.inRepairableTransaction(() -> write(history, intent, intent.state()));
    }

    /** A ticket of ours that the store did not know is the alert's. */
    public void adopted(Problem problem, AlertHistory history, long issue, TicketState state) throws TryAgainException {
        underLease(problem, () -> {
            long ticket = sql.addTicket(history.alert(), null);
            sql.giveTicket(history.alert(), ticket);
            sql.created(ticket, issue, TicketRow.write(state), isOpen(state));
            steps.add(history.alert(), issue, 0, "adopt", "found in Redmine by its marker or alert id");
        });
    }

    /** What came in counts as reported: Redmine is not written to. */
    public void reported(Problem problem, AlertHistory history, Decision decision) throws TryAgainException {
        if (history.last() > 0) {
            underLease(problem, () -> {
                report(history.alert(), history.last(), Marks.of(decision.reported()));
                Long issue = history.ticket().issue();
                String action = decision.action().toString();
                steps.add(history.alert(), issue, history.last(), action, decision.why());
                if (decision.action() == TicketAction.NOTHING) {
                    incidents.notWritten(history);
                }
            });
        }
    }

    /** Redmine has it. What the alert was parked for is corrected, so those that are parked for the same are delivered, too. */
    private void written(long alert, long upTo, Marks marks) {
        Optional<String> cause = deliveries.parkedCause(alert);
        report(alert, upTo, marks);
        cause.ifPresent(parked::causeCorrected);
    }

    private void report(long alert, long upTo, Marks marks) {
        sql.report(alert, upTo, marks);
        sql.forgetGraphs(alert, upTo);
    }

    /** Redmine does not have the ticket any more. */
    public void gone(AlertHistory history) {
        Ticket ticket = history.shownTicket();
        database.inTransaction(() -> {
            sql.gone(ticket.id(), clock.millis());
            steps.add(history.alert(), ticket.issue(), 0, "gone", "Redmine does not have the ticket any more");
        });
    }

    /** The graph that waits to be attached. */
    public byte[] graphImage(AlertHistory history) {
        return database.read(
                () -> sql.graphImage(history.alert(), history.graph().seq()));
    }

    /**
     * Redmine, which was there, did not take the graph. The first time the delivery is tried again; then the ticket goes on without.
     *
     * @throws TryAgainException the first time
     */
    public void graphFailed(AlertHistory history, DeliveryException failure) throws TryAgainException {
        int failures = database.inTransaction(
                        () -> sql.graphFailed(history.alert(), history.graph().seq()))
                .orElse(Graph.MOST_FAILURES);
        if (failures < Graph.MOST_FAILURES) {
            throw new TryAgainException(
                    failure.getMessage(), failure, failure.notBefore().orElse(null));
        }
    }
}
