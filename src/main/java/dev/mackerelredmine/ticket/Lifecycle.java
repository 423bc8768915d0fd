package dev.mackerelredmine.ticket;

import static dev.mackerelredmine.ticket.TicketAction.ADOPT;
import static dev.mackerelredmine.ticket.TicketAction.ATTACH;
import static dev.mackerelredmine.ticket.TicketAction.CLOSE;
import static dev.mackerelredmine.ticket.TicketAction.COUNT;
import static dev.mackerelredmine.ticket.TicketAction.CREATE;
import static dev.mackerelredmine.ticket.TicketAction.JOIN;
import static dev.mackerelredmine.ticket.TicketAction.LOOK_UP;
import static dev.mackerelredmine.ticket.TicketAction.NOTE;
import static dev.mackerelredmine.ticket.TicketAction.NOTHING;
import static dev.mackerelredmine.ticket.TicketAction.REOPEN;
import static dev.mackerelredmine.ticket.TicketAction.SHOW;

import dev.mackerelredmine.mackerel.Alert;
import dev.mackerelredmine.redmine.Issue;
import dev.mackerelredmine.redmine.LookUpFirstException;
import dev.mackerelredmine.ticket.Remark.Kind;
import dev.mackerelredmine.ticket.TicketState.Shown;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The life of a ticket: decides, from what happened and from what is known of its ticket, what an alert's ticket needs next. */
public final class Lifecycle {

    private final LifecycleRules rules;
    private final Clock clock;

    public Lifecycle(LifecycleRules rules) {
        this(rules, Clock.systemUTC());
    }

    Lifecycle(LifecycleRules rules, Clock clock) {
        this.rules = rules;
        this.clock = clock;
    }

    // --- before Redmine is asked

    public TicketAction next(AlertHistory history, Policy policy) {
        Ticket ticket = history.ticket();
        if (ticket.stands()) {
            return withTicket(history);
        }
        if (ticket.begun() != null) {
            return LOOK_UP;
        }
        if (ticket.isGone()) {
            return afterDeletion(history);
        }
        return policy.skips() || isUnwantedGroup(history) ? NOTHING : withoutTicket(history);
    }

    private static TicketAction withTicket(AlertHistory history) {
        if (history.ticket().begun() != null) {
            return SHOW;
        }
        return switch (Effect.of(history)) {
            case NONE -> NOTHING;
            case GRAPH -> ATTACH;
            default -> SHOW;
        };
    }

    /** Deleted by a person: made again once, and only for what a person has not seen yet. */
    private static TicketAction afterDeletion(AlertHistory history) {
        TicketAction action = LifecycleTable.action(Effect.of(history), Standing.GONE);
        boolean wasMadeAnew = history.told() != null && history.told().madeAnew();
        return action == CREATE && wasMadeAnew ? NOTHING : action;
    }

    private TicketAction withoutTicket(AlertHistory history) {
        if (!history.opens()) {
            return history.told() == null ? ADOPT : NOTHING;
        }
        Ticket predecessor = history.predecessor();
        return predecessor.stands() && predecessor.othersFiring() == 0 ? SHOW : CREATE;
    }

    private boolean isUnwantedGroup(AlertHistory history) {
        return !rules.alertGroups() && history.headline().alertGroup() != null;
    }

    /**
     * Whether "there is no such ticket" can be believed: a request that timed out may still be running in Redmine,
     * so it counts only when {@code redmine.settle} has passed. Until then the alert waits.
     */
    public void believeNotFound(AlertHistory history) throws LookUpFirstException {
        believe(history, history.ticket().begun(), "create its ticket");
    }

    private void believe(AlertHistory history, Begun begun, String what) throws LookUpFirstException {
        Instant settled = begun.at().plus(rules.settle());
        if (clock.instant().isBefore(settled)) {
            throw new LookUpFirstException(
                    "alert " + history.key() + ": an earlier try to " + what + " may still be under way in Redmine",
                    null,
                    settled,
                    false);
        }
    }

    // --- a creation

    /** What holds now that Redmine has made the ticket. */
    public Created created(AlertHistory history, Issue issue) {
        boolean isOver = !history.fires();
        Long closedAt = isOver && isClosed(issue) ? history.newest().at().getEpochSecond() : null;
        TicketState state = new TicketState(shown(issue), openStatus(issue), closedAt, 0, false);
        if (wantsClosed(history) && !isClosed(issue)) {
            // The end is left to be told, and so comes next: with a note, and closed if the workflow lets us now.
            long beforeEnd = history.newest().seq() - 1;
            return new Created(
                    issue.id(),
                    opening(history),
                    beforeEnd,
                    history.withoutEnd().toldAll(now()),
                    state);
        }
        return new Created(issue.id(), opening(history), history.last(), history.toldAll(now()), state);
    }

    private static String opening(AlertHistory history) {
        if (history.ticket().isGone()) {
            return "its ticket was deleted, and " + Effect.of(history);
        }
        if (!history.fires()) {
            return "it fired, and is over";
        }
        Ticket predecessor = history.predecessor();
        if (!predecessor.stands()) {
            return "it fires";
        }
        return predecessor.othersFiring() > 0
                ? "it fires beside another alert of the same problem"
                : "it fires again, and the problem's ticket is not to be opened again";
    }

    /** What holds when an earlier try has made the ticket after all: it tells what that one knew. */
    public Created found(AlertHistory history, Issue issue) {
        return created(history.upTo(history.ticket().begun().intent().upTo()), issue);
    }

    /** Whether a ticket that is created now is to be closed from its beginning, because all is over. */
    public boolean wantsClosed(AlertHistory history) {
        return !history.fires() && rules.closeOnRecovery();
    }

    /** What is known of a ticket of ours that the store does not know. */
    public TicketState adopted(Issue issue) {
        return new TicketState(shown(issue), openStatus(issue), null, 0, false);
    }

    private Shown shown(Issue issue) {
        return Shown.of(issue, rules.levelField());
    }

    private static Long openStatus(Issue issue) {
        return isClosed(issue) || issue.status() == null ? null : issue.status().id();
    }

    // --- after Redmine was asked

    /** Whether the note whose outcome was not known stands in the journals. Where it does not, it may still come; a deleted ticket has none. */
    public boolean findsNote(AlertHistory history, Issue seen) throws LookUpFirstException {
        Begun begun = history.shownTicket().begun();
        if (seen == null || begun == null) {
            return false;
        }
        String reference = begun.intent().reference();
        boolean found = seen.journals().stream()
                .map(Issue.Journal::notes)
                .anyMatch(notes -> notes != null && notes.contains(reference));
        if (!found) {
            believe(history, begun, "update its ticket");
        }
        return found;
    }

    /** What to do about the alert's ticket, or about its problem's where it has none of its own, when Redmine shows it like this. */
    public Decision decide(AlertHistory history, Issue seen) {
        Standing standing = standing(history.shownTicket(), seen);
        return history.ticket().stands()
                ? follow(history, seen, standing).because(Effect.of(history) + ", its ticket is " + standing)
                : meetPredecessor(history, seen, standing)
                        .because("it fires again, the problem's ticket is " + standing);
    }

    private Decision follow(AlertHistory history, Issue seen, Standing standing) {
        return switch (LifecycleTable.action(Effect.of(history), standing)) {
            case CLOSE -> close(history, seen);
            case REOPEN -> reopen(history, seen);
            case COUNT -> count(history);
            case REMIND -> remind(history);
            case NOTE -> note(history);
            case ATTACH -> attach(history);
            default -> decision(NOTHING, history);
        };
    }

    private static Standing standing(Ticket ticket, Issue seen) {
        if (!isClosed(seen)) {
            return Standing.OPEN;
        }
        boolean asWeLeftIt =
                Long.valueOf(seen.status().id()).equals(ticket.state().ours().status());
        return asWeLeftIt ? Standing.CLOSED_BY_US : Standing.CLOSED_BY_A_PERSON;
    }

    private Decision close(AlertHistory history, Issue seen) {
        Ticket ticket = history.ticket();
        if (!rules.closeOnRecovery() || rules.statusPolicy() == FieldPolicy.ONCE) {
            return note(history, Remark.of(Kind.LEFT_OPEN));
        }
        if (ticket.othersFiring() > 0) {
            return note(history, Remark.of(Kind.LEFT_OPEN_OTHERS_FIRE, ticket.othersFiring()));
        }
        if (!rules.statusPolicy().lets(seen.status().id(), ticket.state().ours().status())) {
            return note(history, Remark.of(Kind.LEFT_OPEN_STATUS_TAKEN));
        }
        Optional<Long> closed = allowed(seen, rules.closedStatus(), true);
        if (closed.isEmpty()) {
            return note(history, Remark.of(Kind.LEFT_OPEN_NOT_ALLOWED));
        }
        TicketState state = ticket.state().closed(history.newest().at().getEpochSecond());
        return writing(CLOSE, history, closed.get(), state, Remark.of(Kind.CLOSED));
    }

    private Decision reopen(AlertHistory history, Issue seen) {
        Optional<Long> open = reopened(history.ticket(), seen);
        if (open.isEmpty()) {
            return note(history, Remark.of(Kind.LEFT_CLOSED_NOT_ALLOWED));
        }
        TicketState state = history.ticket().state().opened();
        return writing(REOPEN, history, open.get(), state, Remark.of(Kind.REOPENED, state.reopened()));
    }

    /** The same fault under a new alert id, while no alert of the problem's ticket fires. */
    private Decision meetPredecessor(AlertHistory history, Issue seen, Standing standing) {
        Ticket ticket = history.predecessor();
        return switch (standing) {
            case OPEN -> writing(JOIN, history, null, ticket.state(), Remark.of(Kind.JOINED));
            case CLOSED_BY_US -> isSoonAfter(ticket, history) ? comeBack(history, seen) : decision(CREATE, history);
            default -> decision(CREATE, history);
        };
    }

    private boolean isSoonAfter(Ticket ticket, AlertHistory history) {
        Long closedAt = ticket.state().closedAt();
        Duration window = rules.reopenWindow();
        if (closedAt == null || window.isZero()) {
            return false;
        }
        Instant closed = Instant.ofEpochSecond(closedAt);
        return !openedAt(history).isAfter(closed.plus(window));
    }

    private static Instant openedAt(AlertHistory history) {
        Alert alert = history.headline().alert();
        return alert.openedAt() == null ? history.changes().get(0).at() : Instant.ofEpochSecond(alert.openedAt());
    }

    private Decision comeBack(AlertHistory history, Issue seen) {
        TicketState before = history.predecessor().state();
        if (!history.fires()) {
            TicketState state = before.flapped(history.newest().at().getEpochSecond());
            return writing(JOIN, history, null, state, Remark.of(Kind.FLAPPED, state.reopened()));
        }
        TicketState state = before.opened();
        return reopened(history.predecessor(), seen)
                .map(open -> writing(REOPEN, history, open, state, Remark.of(Kind.REOPENED, state.reopened())))
                .orElseGet(() -> decision(CREATE, history));
    }

    private Optional<Long> reopened(Ticket ticket, Issue seen) {
        if (rules.statusPolicy() == FieldPolicy.ONCE) {
            return Optional.empty();
        }
        Optional<Long> asItWas =
                rules.reopenedStatus() == null && ticket.state().openStatus() != null
                        ? allowed(seen, ticket.state().openStatus().toString(), false)
                        : Optional.empty();
        return asItWas.or(() -> allowed(seen, rules.reopenedStatus(), false));
    }

    /** The status of this name or number, or the first one, among those that the workflow lets us set now. */
    private static Optional<Long> allowed(Issue seen, String nameOrNumber, boolean closed) {
        List<Issue.Status> statuses = seen.allowedStatuses() == null ? List.of() : seen.allowedStatuses();
        return statuses.stream()
                .filter(status -> Boolean.valueOf(closed).equals(status.isClosed()))
                .filter(status -> nameOrNumber == null
                        || nameOrNumber.equals(status.name())
                        || nameOrNumber.equals(String.valueOf(status.id())))
                .map(Issue.Status::id)
                .findFirst();
    }

    private Decision count(AlertHistory history) {
        Told counted = counted(history);
        Instant nextNote = counted.notedAt().plus(rules.resendNoteInterval());
        return clock.instant().isBefore(nextNote)
                ? decision(COUNT, history)
                : note(history, Remark.of(Kind.STILL_FIRES, counted.resends()));
    }

    /** A person closed it: told once, and then no more often than any other re-send. */
    private Decision remind(AlertHistory history) {
        Told counted = counted(history);
        Instant nextNote = counted.notedAt().plus(rules.resendNoteInterval());
        TicketState state = history.ticket().state();
        if (state.closingNoted() && clock.instant().isBefore(nextNote)) {
            return decision(COUNT, history);
        }
        return writing(NOTE, history, null, state.noted(true), Remark.of(Kind.STILL_FIRES_THOUGH_CLOSED));
    }

    private Decision note(AlertHistory history, Remark... remarks) {
        return writing(NOTE, history, null, history.ticket().state(), remarks);
    }

    /** Only a graph: nothing but the file is written, so nobody needs to know what Redmine shows. */
    public Decision attach(AlertHistory history) {
        return new Decision(
                ATTACH,
                Effect.GRAPH.toString(),
                List.of(),
                List.of(),
                null,
                false,
                counted(history),
                history.ticket().state());
    }

    private Decision writing(
            TicketAction action, AlertHistory history, Long status, TicketState state, Remark... remarks) {
        List<Remark> all = new ArrayList<>(List.of(remarks));
        if (history.tellsLate()) {
            all.add(Remark.of(Kind.LATE));
        }
        boolean isNewHere = !history.ticket().stands();
        boolean followsHeadline = (isNewHere || history.gotWorseThanEver()) && !history.isOutdone();
        return new Decision(
                action, "", history.worthTelling(), all, status, followsHeadline, history.toldAll(now()), state);
    }

    /** Nothing is written to Redmine: what came in only counts. */
    public Decision nothing(AlertHistory history, Policy policy) {
        return decision(NOTHING, history).because(whyNothing(history, policy));
    }

    private String whyNothing(AlertHistory history, Policy policy) {
        Ticket ticket = history.ticket();
        if (ticket.stands() || ticket.isGone()) {
            return Effect.of(history) + (ticket.isGone() ? ", its ticket was deleted" : "");
        }
        if (isUnwantedGroup(history)) {
            return "groups of alerts get no tickets (ticket.alert-groups)";
        }
        if (policy.skips()) {
            return "policy.camel.yaml skips it: " + policy.skip();
        }
        return "it is over, and has no ticket";
    }

    private Decision decision(TicketAction action, AlertHistory history) {
        return new Decision(
                action,
                "",
                List.of(),
                List.of(),
                null,
                false,
                counted(history),
                history.shownTicket().state());
    }

    private Told counted(AlertHistory history) {
        if (history.told() == null) {
            return history.toldAll(now());
        }
        Told before = history.told();
        Told after = history.toldAll(before.notedAt());
        return new Told(
                after.newest(),
                after.headline(),
                before.resends() + history.resends(),
                before.notedAt(),
                after.madeAnew());
    }

    private static boolean isClosed(Issue issue) {
        return issue.status() != null && Boolean.TRUE.equals(issue.status().isClosed());
    }

    private Instant now() {
        return clock.instant();
    }
}
