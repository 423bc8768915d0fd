package dev.mackerelredmine.ticket;

import static dev.mackerelredmine.ticket.NextStep.ADOPT;
import static dev.mackerelredmine.ticket.NextStep.ATTACH;
import static dev.mackerelredmine.ticket.NextStep.CREATE;
import static dev.mackerelredmine.ticket.NextStep.LOOK_UP;
import static dev.mackerelredmine.ticket.NextStep.NOTHING;
import static dev.mackerelredmine.ticket.NextStep.SHOW;

import dev.mackerelredmine.redmine.InvalidException;
import dev.mackerelredmine.redmine.Issue;
import dev.mackerelredmine.redmine.IssueField;
import dev.mackerelredmine.redmine.LookUpFirstException;
import dev.mackerelredmine.redmine.LookUpFirstException.Request;
import dev.mackerelredmine.redmine.ParkedException;
import dev.mackerelredmine.redmine.Written;
import dev.mackerelredmine.ticket.TicketState.Names;
import dev.mackerelredmine.ticket.TicketState.Shown;
import dev.mackerelredmine.ticket.policy.Policy;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** The life of a ticket: decides what an alert's ticket needs next, by what happened and by what is known of the ticket. */
public final class Lifecycle {

    private final LifecycleRules rules;
    private final Clock clock;

    public Lifecycle(LifecycleRules rules, Clock clock) {
        this.rules = rules;
        this.clock = clock;
    }

    // --- before Redmine is asked

    public NextStep next(AlertHistory history, Policy policy) {
        Ticket ticket = history.ticket();
        if (history.isLine()) {
            return history.isLeftBehind() ? CREATE : NOTHING;
        }
        if (ticket.stands()) {
            return withTicket(history);
        }
        if (ticket.pendingWrite() != null) {
            return LOOK_UP;
        }
        if (ticket.isGone()) {
            return afterDeletion(history);
        }
        return isSkipped(history, policy) || isUnwantedGroup(history) ? NOTHING : withoutTicket(history);
    }

    /** An incident is never skipped: lines have no other ticket. */
    private static boolean isSkipped(AlertHistory history, Policy policy) {
        return policy.skips() && !history.isIncident();
    }

    private NextStep withTicket(AlertHistory history) {
        if (history.ticket().pendingWrite() != null) {
            return SHOW;
        }
        if (waitsForItsEnd(history)) {
            return NOTHING;
        }
        return switch (Effect.of(history)) {
            case NONE -> NOTHING;
            case GRAPH -> ATTACH;
            default -> SHOW;
        };
    }

    /** Deleted by a person: made again once, and only for what a person has not seen yet. */
    private static NextStep afterDeletion(AlertHistory history) {
        TicketAction action = LifecycleTable.action(Effect.of(history), TicketStanding.GONE);
        boolean wasMadeAnew = history.reported() != null && history.reported().madeAnew();
        return action == TicketAction.CREATE && !wasMadeAnew ? CREATE : NOTHING;
    }

    /** An incident takes over no other one's ticket: that has room for one list. */
    private NextStep withoutTicket(AlertHistory history) {
        if (!history.opens()) {
            return history.reported() == null ? ADOPT : NOTHING;
        }
        if (!rules.remembers()) {
            return ADOPT;
        }
        Ticket predecessor = history.predecessor();
        boolean mayTakeOver = predecessor.stands() && predecessor.othersFiring() == 0 && !history.isIncident();
        return mayTakeOver ? SHOW : CREATE;
    }

    /** What to do for an alert whose ticket Redmine does not have, as far as can be found. */
    public NextStep ifNotFound(AlertHistory history) {
        return history.opens() ? CREATE : NOTHING;
    }

    /** A store without memory (Lambda without a database) cannot tell what is new while an alert fires: so only its end is reported. */
    private boolean waitsForItsEnd(AlertHistory history) {
        return !rules.remembers() && history.fires();
    }

    private boolean isUnwantedGroup(AlertHistory history) {
        return !rules.alertGroups() && history.headline().alertGroup() != null;
    }

    /**
     * Whether "there is no such ticket" can be believed: a request that timed out may still be running in Redmine,
     * so it counts only when {@code redmine.settle-time} has passed. Until then the alert waits. What Redmine fails at, while it does what
     * others need, is parked.
     */
    public void requireSettled(AlertHistory history) throws LookUpFirstException, ParkedException {
        requireSettled(history, history.ticket().pendingWrite(), "create its ticket");
    }

    private void requireSettled(AlertHistory history, PendingWrite pending, String what)
            throws LookUpFirstException, ParkedException {
        Instant settled = pending.at().plus(rules.settle());
        if (clock.instant().isBefore(settled)) {
            throw new LookUpFirstException(
                    "alert " + history.key() + ": an earlier try to " + what + " may still be under way in Redmine",
                    null,
                    settled,
                    Request.MAY_RUN);
        }
        if (pending.isRefusedForGood() && pending.intent().alert() == history.alert()) {
            throw new ParkedException(
                    "whenever Redmine is asked to " + what + ", something refuses it, also without its"
                            + " fields and with next to no text; the log says how: look at Redmine, and at what is in front of it");
        }
        if (pending.isPoison() && pending.intent().alert() == history.alert()) {
            throw new ParkedException("Redmine fails (500) whenever it is asked to " + what + ", " + pending.failures()
                    + " times now, and does what other alerts need: its log says why");
        }
    }

    /** Which of the tickets that were found for the alert is kept: the one that is known, else the one with the lowest number. */
    public Issue ticketToKeep(AlertHistory history, List<Issue> found) {
        return found.stream()
                .filter(issue ->
                        Long.valueOf(issue.id()).equals(history.ticket().issue()))
                .findFirst()
                .orElse(found.get(0));
    }

    /** The numbers of the others. */
    public List<Long> duplicatesOf(Issue kept, List<Issue> found) {
        return found.stream().map(Issue::id).filter(issue -> issue != kept.id()).toList();
    }

    // --- a creation

    /** What holds now that Redmine has made the ticket. */
    public Created created(AlertHistory history, Issue issue, List<String> leftOut) {
        boolean isOver = !history.fires();
        Long closedAt = isOver && issue.isClosed() && openStatus(issue) == null
                ? history.newest().at().getEpochSecond()
                : null;
        TicketState state = new TicketState(asItsAuthorLeft(issue), openStatus(issue), closedAt, 0, false, leftOut)
                .with(Names.of(issue));
        if (wantsClosed(history) && !issue.isClosed()) {
            // The end is left to be told, and so comes next: with a note, and closed if the workflow lets us now.
            long beforeEnd = history.newest().seq() - 1;
            return new Created(
                    issue.id(),
                    opening(history),
                    beforeEnd,
                    history.withoutEnd().allReported(now()),
                    state);
        }
        return new Created(issue.id(), opening(history), history.last(), history.allReported(now()), state);
    }

    private static String opening(AlertHistory history) {
        if (history.ticket().isGone()) {
            return "its ticket was deleted, and " + Effect.of(history);
        }
        if (history.ticket().replaces() != null || history.ticket().stands()) {
            return "it fires, and Redmine does not take that on its earlier ticket";
        }
        if (!history.fires()) {
            return "it fired, and is over";
        }
        Ticket predecessor = history.predecessor();
        if (!predecessor.stands()) {
            return "it fires";
        }
        if (history.isIncident()) {
            return "it fires after, or beside, another incident of its name";
        }
        return predecessor.othersFiring() > 0
                ? "it fires beside another alert of the same problem"
                : "it fires again, and the problem's ticket is not to be opened again";
    }

    /** What holds when an earlier try has made the ticket after all: it tells what that one knew. */
    public Created found(AlertHistory history, Issue issue) {
        return created(history.upTo(history.ticket().pendingWrite().intent().upTo()), issue, List.of());
    }

    /** Whether a ticket that is created now is to be closed from its beginning, because all is over. */
    public boolean wantsClosed(AlertHistory history) {
        return !history.fires() && rules.closeOnRecovery();
    }

    /** What is known of a ticket of ours that the store does not know. */
    public TicketState adopted(Issue issue) {
        return new TicketState(asItsAuthorLeft(issue), openStatus(issue), null, 0, false, List.of())
                .with(Names.of(issue));
    }

    private Shown asItsAuthorLeft(Issue issue) {
        return Shown.leftByAuthor(issue, rules.levelField());
    }

    /** Null where we closed it. Where another did, it is the one that we left. */
    private Long openStatus(Issue issue) {
        if (issue.status() == null) {
            return null;
        }
        Long now = issue.status().id();
        Long left = asItsAuthorLeft(issue).status();
        if (issue.isClosed()) {
            return now.equals(left) ? null : left;
        }
        return now;
    }

    // --- after Redmine was asked

    /** Whether the note whose outcome was not known stands in the journals. Where it does not, it may still come; a deleted ticket has none. */
    public boolean findsNote(AlertHistory history, Issue seen) throws LookUpFirstException, ParkedException {
        PendingWrite pending = history.shownTicket().pendingWrite();
        if (seen == null || pending == null) {
            return false;
        }
        boolean found = seen.hasNote(pending.intent().reference());
        if (!found) {
            requireSettled(history, pending, "update its ticket");
        }
        return found;
    }

    /** What Redmine dropped of our last change of the ticket, although it said 204; empty where all was done. */
    public List<String> dropped(AlertHistory history, Issue seen) {
        Ticket ticket = history.shownTicket();
        Written written = ticket.state().written();
        return seen == null || written == null || ticket.pendingWrite() != null ? List.of() : written.droppedIn(seen);
    }

    /** What to do about the alert's ticket, or about its problem's where it has none of its own, when Redmine shows it like this. */
    public Decision decide(AlertHistory history, Issue seen) {
        return new SeenTicket(rules, now(), history, seen).decide();
    }

    /**
     * What to do where Redmine takes not even a note on the ticket: what gets worse, or fires anew, gets another one.
     *
     * @throws ParkedException for all else, and where the ticket is itself such another one: a person has to look
     */
    public Decision replacement(AlertHistory history, InvalidException refusal) throws ParkedException {
        boolean isItsOwn = history.ticket().stands();
        boolean opens = history.fires() && (!isItsOwn || Effect.of(history) == Effect.WORSE_OR_AGAIN);
        if (!opens || history.shownTicket().replaces() != null) {
            throw refusal;
        }
        return Decision.withoutNote(TicketAction.CREATE, history, now());
    }

    /** Only a graph: the file is attached without a note, so nobody needs to know what Redmine shows. */
    public Decision attach(AlertHistory history) {
        return Decision.withoutNote(TicketAction.ATTACH, history, now()).because(Effect.GRAPH.toString());
    }

    /** Nothing is written to Redmine: what came in only counts. */
    public Decision nothing(AlertHistory history, Policy policy) {
        return Decision.withoutNote(TicketAction.NOTHING, history, now()).because(whyNothing(history, policy));
    }

    private String whyNothing(AlertHistory history, Policy policy) {
        Ticket ticket = history.ticket();
        if (history.isLine()) {
            Long incident = history.membership().issue();
            return "a line of incident " + (incident == null ? "that has no ticket yet" : "#" + incident);
        }
        if (ticket.stands() && waitsForItsEnd(history)) {
            return "it has a ticket, and without a store that remembers only its end is written";
        }
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

    /** Where the ticket of an incident's member stands: {@code under-incident}, {@code under-another}, {@code free} or {@code gone}. */
    public String place(AlertHistory history, Issue seen) {
        if (seen == null) {
            return "gone";
        }
        if (seen.parent() == null) {
            return "free";
        }
        return seen.isUnder(history.membership().issue()) ? "under-incident" : "under-another";
    }

    /** What Redmine dropped of making a ticket a subtask of its incident's, by where it stands after that. */
    public List<String> droppedParent(String place) {
        return place.equals("free") ? List.of(IssueField.PARENT) : List.of();
    }

    private Instant now() {
        return clock.instant();
    }
}
