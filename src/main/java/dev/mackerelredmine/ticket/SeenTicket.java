package dev.mackerelredmine.ticket;

import static dev.mackerelredmine.ticket.TicketAction.ATTACH;
import static dev.mackerelredmine.ticket.TicketAction.CLOSE;
import static dev.mackerelredmine.ticket.TicketAction.COUNT;
import static dev.mackerelredmine.ticket.TicketAction.CREATE;
import static dev.mackerelredmine.ticket.TicketAction.JOIN;
import static dev.mackerelredmine.ticket.TicketAction.LIST;
import static dev.mackerelredmine.ticket.TicketAction.NOTE;
import static dev.mackerelredmine.ticket.TicketAction.NOTHING;
import static dev.mackerelredmine.ticket.TicketAction.REOPEN;
import static dev.mackerelredmine.ticket.TicketAction.WORSE;

import dev.mackerelredmine.redmine.Issue;
import dev.mackerelredmine.ticket.Membership.Role;
import dev.mackerelredmine.ticket.Remark.Kind;
import dev.mackerelredmine.ticket.policy.FieldPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A ticket as Redmine shows it now, and what there is to tell it: decides what becomes of it. */
final class SeenTicket {

    private final LifecycleRules rules;
    private final Instant now;
    private final AlertHistory history;
    private final Issue seen;
    private final Ticket ticket;
    private final TicketStanding standing;

    SeenTicket(LifecycleRules rules, Instant now, AlertHistory history, Issue seen) {
        this.rules = rules;
        this.now = now;
        this.history = history;
        this.seen = seen;
        this.ticket = history.shownTicket();
        this.standing = standing();
    }

    Decision decide() {
        return history.ticket().stands()
                ? follow().because(Effect.of(history) + ", its ticket is " + standing)
                : onPredecessor().because("it fires again, the problem's ticket is " + standing);
    }

    private TicketStanding standing() {
        if (!seen.isClosed()) {
            return TicketStanding.OPEN;
        }
        return ours(seen.status().id()) ? TicketStanding.CLOSED_BY_US : TicketStanding.CLOSED_BY_A_PERSON;
    }

    /** Whether it is the status that we gave it last. */
    private boolean ours(Long status) {
        return status.equals(ticket.state().ours().status());
    }

    /** The alert's own ticket. */
    private Decision follow() {
        return switch (LifecycleTable.action(Effect.of(history), standing)) {
            case CLOSE -> close();
            case REOPEN -> reopen();
            case COUNT -> count();
            case REMIND -> remind();
            case NOTE -> note();
            case ATTACH -> withoutNote(ATTACH);
            case LIST -> withoutNote(LIST);
            default -> withoutNote(NOTHING);
        };
    }

    private Decision close() {
        if (!rules.closeOnRecovery() || rules.statusPolicy() == FieldPolicy.ONCE) {
            return note(Remark.of(Kind.LEFT_OPEN));
        }
        if (ticket.othersFiring() > 0) {
            return note(Remark.of(Kind.LEFT_OPEN_OTHERS_FIRE, ticket.othersFiring()));
        }
        if (!rules.statusPolicy().lets(seen.status().id(), ticket.state().ours().status())) {
            return note(Remark.of(Kind.LEFT_OPEN_STATUS_TAKEN));
        }
        return seen.allowedStatus(rules.closedStatus(), true)
                .map(closed -> writing(CLOSE, closed, ticket.state().closed(over()), Remark.of(Kind.CLOSED)))
                .orElseGet(() -> note(Remark.of(Kind.LEFT_OPEN_NOT_ALLOWED)));
    }

    private Decision reopen() {
        return reopened()
                .orElseGet(() -> isBelowItsIncident() && rules.statusPolicy() != FieldPolicy.ONCE
                        ? withoutNote(CREATE)
                        : note(Remark.of(Kind.LEFT_CLOSED_NOT_ALLOWED)));
    }

    /** Below a ticket that a person closed, Redmine opens none: nobody would see a note there. */
    private boolean isBelowItsIncident() {
        Membership membership = history.membership();
        return membership.role() == Role.CHILD && membership.linkedTo() != null && seen.isUnder(membership.linkedTo());
    }

    /** Said again: noted from time to time. */
    private Decision count() {
        return isTimeForANote()
                ? note(Remark.of(Kind.STILL_FIRES, history.counted(now).resends()))
                : withoutNote(COUNT);
    }

    /** A person closed it: told once, and then no more often than any other re-send. */
    private Decision remind() {
        TicketState state = ticket.state();
        return state.closingNoted() && !isTimeForANote()
                ? withoutNote(COUNT)
                : writing(NOTE, null, state.noted(true), Remark.of(Kind.STILL_FIRES_THOUGH_CLOSED));
    }

    private boolean isTimeForANote() {
        return !now.isBefore(history.reported().notedAt().plus(rules.resendNoteInterval()));
    }

    /** The problem's ticket: the same fault under a new alert id, while no alert of that ticket fires. */
    private Decision onPredecessor() {
        return switch (standing) {
            case OPEN -> writing(JOIN, null, ticket.state(), Remark.of(Kind.JOINED));
            case CLOSED_BY_US -> isSoonAfter() ? reopenOrFlap() : withoutNote(CREATE);
            default -> withoutNote(CREATE);
        };
    }

    private boolean isSoonAfter() {
        Long closedAt = ticket.state().closedAt();
        return closedAt != null
                && !rules.reopenWindow().isZero()
                && !history.openedAt().isAfter(Instant.ofEpochSecond(closedAt).plus(rules.reopenWindow()));
    }

    private Decision reopenOrFlap() {
        if (history.fires()) {
            return reopened().orElseGet(() -> withoutNote(CREATE));
        }
        TicketState state = ticket.state().flapped(over());
        return writing(JOIN, null, state, Remark.of(Kind.FLAPPED, state.reopened()));
    }

    /** With the status that is set, else with the one that it had, else with the first that the workflow lets us set. */
    private Optional<Decision> reopened() {
        if (rules.statusPolicy() == FieldPolicy.ONCE) {
            return Optional.empty();
        }
        TicketState state = ticket.state().opened();
        Optional<Long> asItWas = rules.reopenedStatus() == null && state.openStatus() != null
                ? seen.allowedStatus(state.openStatus().toString(), false)
                : Optional.empty();
        return asItWas.or(() -> seen.allowedStatus(rules.reopenedStatus(), false))
                .map(open -> writing(REOPEN, open, state, Remark.of(Kind.REOPENED, state.reopened())));
    }

    /** When the alert was over, in seconds since 1970. */
    private long over() {
        return history.newest().at().getEpochSecond();
    }

    private Decision note(Remark... remarks) {
        TicketAction action = Effect.of(history) == Effect.WORSE_OR_AGAIN ? WORSE : NOTE;
        return writing(action, null, ticket.state(), remarks);
    }

    private Decision writing(TicketAction action, Long status, TicketState state, Remark... remarks) {
        List<Remark> all = new ArrayList<>(List.of(remarks));
        if (history.tellsLate()) {
            all.add(Remark.of(Kind.LATE));
        }
        boolean isNewHere = !history.ticket().stands();
        boolean followsHeadline =
                (isNewHere || history.gotWorseThanEver() || history.replacesFound()) && !history.isOutdone();
        return new Decision(
                action, "", history.worthTelling(), all, status, followsHeadline, history.allReported(now), state);
    }

    private Decision withoutNote(TicketAction action) {
        return Decision.withoutNote(action, history, now);
    }
}
