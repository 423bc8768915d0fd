package dev.mackerelredmine.ticket;

import dev.mackerelredmine.mackerel.AlertStatus;
import dev.mackerelredmine.mackerel.TestAlerts;
import dev.mackerelredmine.redmine.Issue;
import dev.mackerelredmine.ticket.TicketState.Shown;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Histories for tests: start with one alert, change one thing, as in {@code Histories.reported(warning()).then(critical())}. The ticket of an
 * alert whose ticket shows something is #42, open, and as we left it. Each change comes in a second after the one before.
 */
public final class Histories {

    static final long NEW = 1;
    static final long IN_PROGRESS = 2;
    static final long CLOSED = 5;
    static final long REJECTED = 6;
    static final Instant NOTED = TestAlerts.OPENED;

    private final Reported reported;
    private final List<Change> changes;
    private final Set<Long> repeats;
    private final Ticket ticket;
    private final Ticket predecessor;
    private final Graph graph;

    private Histories(
            Reported reported,
            List<Change> changes,
            Set<Long> repeats,
            Ticket ticket,
            Ticket predecessor,
            Graph graph) {
        this.reported = reported;
        this.changes = changes;
        this.repeats = repeats;
        this.ticket = ticket;
        this.predecessor = predecessor;
        this.graph = graph;
    }

    /** An alert that nothing is known of yet. */
    public static Histories of(TestAlerts... changes) {
        return new Histories(null, List.of(), Set.of(), Ticket.NONE, Ticket.NONE, null).then(changes);
    }

    /** An alert whose ticket shows this, in this order. */
    static Histories reported(TestAlerts... before) {
        AlertHistory history = of(before).history();
        return new Histories(history.allReported(NOTED), List.of(), Set.of(), open(), Ticket.NONE, null);
    }

    /** Ticket #42, which was new when we last wrote to it. */
    static Ticket open() {
        return ticket(new TicketState(new Shown(NEW, null, null, null, null), NEW, null, 0, false, List.of()));
    }

    /** Ticket #42, which we closed when its alert was over, ten minutes after it opened. */
    static Ticket closed() {
        long over = TestAlerts.OPENED.plusSeconds(600).getEpochSecond();
        return ticket(new TicketState(new Shown(CLOSED, null, null, null, null), NEW, over, 0, false, List.of()));
    }

    private static Ticket ticket(TicketState state) {
        return new Ticket(7L, 42L, null, state, false, false, null, List.of());
    }

    static Ticket with(Ticket ticket, AlertStatus... others) {
        return new Ticket(
                ticket.id(),
                ticket.issue(),
                ticket.pendingWrite(),
                ticket.state(),
                ticket.isGone(),
                false,
                null,
                List.of(others));
    }

    static Ticket pending(Ticket ticket, PendingWrite pending) {
        return new Ticket(
                ticket.id(), ticket.issue(), pending, ticket.state(), ticket.isGone(), false, null, ticket.others());
    }

    static Ticket gone(Ticket ticket) {
        return new Ticket(ticket.id(), ticket.issue(), null, ticket.state(), true, false, null, ticket.others());
    }

    Histories then(TestAlerts... more) {
        List<Change> all = new ArrayList<>(changes);
        for (TestAlerts alert : more) {
            long seq = (reported == null ? 0 : 100) + all.size() + 1;
            all.add(new Change(seq, TestAlerts.OPENED.plusSeconds(seq), alert.notification()));
        }
        return new Histories(reported, all, repeats, ticket, predecessor, graph);
    }

    /** The last change came in before, word for word. */
    Histories whichRepeats() {
        return new Histories(
                reported, changes, Set.of(changes.get(changes.size() - 1).seq()), ticket, predecessor, graph);
    }

    Histories whose(Ticket other) {
        return new Histories(reported, changes, repeats, other, predecessor, graph);
    }

    Histories after(Ticket other) {
        return new Histories(reported, changes, repeats, ticket, other, graph);
    }

    Histories withGraph() {
        return new Histories(reported, changes, repeats, ticket, predecessor, new Graph(200, "graph.png", 0));
    }

    Histories reported(int resends, Instant notedAt) {
        Reported other = new Reported(reported.newest(), reported.headline(), resends, notedAt, reported.madeAnew());
        return new Histories(other, changes, repeats, ticket, predecessor, graph);
    }

    Histories madeAnew() {
        Reported other =
                new Reported(reported.newest(), reported.headline(), reported.resends(), reported.notedAt(), true);
        return new Histories(other, changes, repeats, ticket, predecessor, graph);
    }

    public AlertHistory history() {
        return new AlertHistory(
                1,
                new AlertKey("example", "2bjA"),
                reported,
                changes,
                repeats,
                ticket,
                predecessor,
                graph,
                Membership.NONE);
    }

    // --- what Redmine shows

    private static final List<Issue.Status> ALL = List.of(
            new Issue.Status(NEW, "New", false),
            new Issue.Status(IN_PROGRESS, "In Progress", false),
            new Issue.Status(CLOSED, "Closed", true),
            new Issue.Status(REJECTED, "Rejected", true));

    /** Ticket #42 with this status, in a workflow that allows every change. */
    static Issue shown(long status) {
        return shown(status, ALL);
    }

    /** Ticket #42 with this status, in a workflow that allows no change. */
    static Issue stuck(long status) {
        return shown(status, List.of());
    }

    private static Issue shown(long status, List<Issue.Status> allowed) {
        Issue.Status now =
                ALL.stream().filter(it -> it.id() == status).findFirst().orElseThrow();
        return new Issue(
                42, null, null, now, null, null, null, null, null, null, List.of(), allowed, List.of(), null, null);
    }

    /** Ticket #42, that one user made, and another closed. */
    static Issue closedByPerson() {
        Issue closed = shown(CLOSED);
        Issue.Detail change = new Issue.Detail("attr", "status_id", Long.toString(NEW), Long.toString(CLOSED));
        Issue.Journal journal =
                new Issue.Journal(1, "", List.of(change), new Issue.Named(9, "Hanako"), "2026-11-20T01:00:00Z");
        return new Issue(
                42,
                null,
                null,
                closed.status(),
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                closed.allowedStatuses(),
                List.of(journal),
                new Issue.Named(4, "bot"),
                null);
    }

    static Issue noted(Issue issue, String notes) {
        return new Issue(
                issue.id(),
                null,
                null,
                issue.status(),
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                issue.allowedStatuses(),
                List.of(new Issue.Journal(1, "", List.of()), new Issue.Journal(2, notes, List.of())),
                null,
                null);
    }
}
