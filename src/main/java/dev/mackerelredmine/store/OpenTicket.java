package dev.mackerelredmine.store;

import dev.mackerelredmine.people.WhoIsOnIt;
import dev.mackerelredmine.ticket.AlertKey;
import dev.mackerelredmine.ticket.TicketState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * For whoever looks: a ticket that is open, with the worst of its alerts. Times are milliseconds since 1970.
 *
 * @param issue Redmine's number
 * @param state what is known of it, as JSON
 * @param people who is on it, as JSON; or null
 * @param unansweredAfter what the policy says, in milliseconds; null where it says nothing
 * @param policy by which it escalates; null: it does not
 * @param newsAt since when somebody would have to answer; null where nothing was done yet
 * @param escalatesBy of its running escalation; null where none runs, and so are the next four
 * @param round of the next step, from 1
 * @param step the next one, from 0
 */
public record OpenTicket(
        long issue,
        String state,
        String people,
        Long acknowledgedAt,
        Long unansweredAfter,
        String policy,
        String org,
        String alertKey,
        String status,
        String problemKey,
        Long since,
        Long newsAt,
        String escalatesBy,
        Integer round,
        Integer step,
        Long stepDueAt,
        String stoppedBy) {

    public AlertKey key() {
        return new AlertKey(org, alertKey);
    }

    public WhoIsOnIt whoIsOnIt() {
        return people == null ? WhoIsOnIt.NOBODY : TicketRow.read(people, WhoIsOnIt.class);
    }

    /** As Redmine shows it; of a ticket of which that is not known, the problem. */
    public String subject() {
        TicketState.Names names = names();
        return names == null || names.subject() == null ? problem() : names.subject();
    }

    /** The assignee as we set it; null where that is not known. */
    public String assignee() {
        TicketState.Names names = names();
        return names == null ? null : names.assignee();
    }

    private TicketState.Names names() {
        return state == null ? null : TicketRow.read(state, TicketState.class).names();
    }

    public String problem() {
        return Problem.inOneLine(problemKey);
    }

    public boolean fires() {
        return !"ok".equals(status);
    }

    /** Until when somebody has to have it; empty where somebody has, where it is over, or where it may stay unanswered. */
    public Optional<Instant> answerDue(Duration otherwise) {
        Duration after = unansweredAfter == null ? otherwise : Duration.ofMillis(unansweredAfter);
        boolean isAsked = "critical".equals(status) && acknowledgedAt == null && newsAt != null && !after.isZero();
        return isAsked ? Optional.of(Instant.ofEpochMilli(newsAt).plus(after)) : Optional.empty();
    }
}
