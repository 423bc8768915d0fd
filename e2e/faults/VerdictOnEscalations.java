package faults;

import faults.Escalated.Escalation;
import faults.Escalated.OfTicket;
import faults.Escalated.TicketAction;
import faults.Ticket.Mention;
import faults.Verdict.Finding;
import faults.Verdict.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Looks whether each ticket that tells of something critical escalates by the policy and no other does, and whether one that nobody answered to
 * for long enough has an escalation of that time.
 */
final class VerdictOnEscalations {

    /** What says something new: from then on somebody has to answer, where nobody has the ticket already. */
    private static final Set<String> NEWS = Set.of("create", "adopt", "worse", "join");

    private static final Set<String> UNANSWERS = Set.of("reopen", "hand-over", "taken-back");
    private static final Set<String> ANSWERS = Set.of("acknowledge", "closed-by-person", "close");

    private final Escalated record;
    private final List<Finding> findings = new ArrayList<>();

    VerdictOnEscalations(Escalated record) {
        this.record = record;
    }

    List<Finding> findings(List<Ticket> tickets) {
        tickets.forEach(this::judge);
        return findings;
    }

    private void judge(Ticket ticket) {
        List<Escalation> own = record.escalations().stream()
                .filter(escalation -> escalation.issue() == ticket.number())
                .toList();
        String policy = record.policies().get(ticket.number());
        judgePolicy(ticket, policy);
        if (policy == null && !own.isEmpty()) {
            find(Kind.WRONG, ticket + " escalates without a policy: " + own);
        }
        if (policy != null) {
            unanswered(ticket.number()).stream()
                    .filter(span -> own.stream().noneMatch(span::has))
                    .forEach(span -> find(Kind.LOST, ticket + " has no escalation, and nobody answered " + span));
        }
    }

    /** Where it tells of two alerts, the later one may say that it does not escalate. */
    private void judgePolicy(Ticket ticket, String policy) {
        Set<String> alerts = ticket.mentions().stream()
                .map(mention -> mention.token().replaceAll("c.*", ""))
                .collect(Collectors.toSet());
        boolean isCritical = ticket.mentions().stream().map(Mention::status).anyMatch("critical"::equals);
        if (isCritical && alerts.size() == 1 && policy == null) {
            find(Kind.LOST, ticket + " tells of something critical, and has no policy");
        }
        if (!isCritical && policy != null) {
            find(Kind.WRONG, ticket + " tells of nothing critical, and has the policy " + policy);
        }
    }

    /** A time in which somebody had to answer and nobody did. */
    private record Span(long from, long until) {

        boolean has(Escalation escalation) {
            return escalation.startsAt() - OnCall.HAND_OVER_WAIT.toMillis() <= until
                    && (escalation.endedAt() == null || escalation.endedAt() >= from);
        }

        @Override
        public String toString() {
            return "from " + Instant.ofEpochMilli(from) + " to " + Instant.ofEpochMilli(until);
        }
    }

    private List<Span> unanswered(long issue) {
        List<Span> spans = new ArrayList<>();
        boolean isAnswered = false;
        long from = -1;
        for (TicketAction done : record.ticketActions()) {
            if (done.issue() != issue) {
                continue;
            }
            if (ANSWERS.contains(done.action())) {
                add(spans, issue, from, done.at());
                isAnswered = true;
                from = -1;
            } else if (UNANSWERS.contains(done.action()) || NEWS.contains(done.action()) && !isAnswered) {
                isAnswered = false;
                from = done.at();
            }
        }
        // It was opened again by us before a person took it, and both were seen at once.
        boolean isSettled = record.settled().contains(issue);
        add(spans, issue, isSettled ? -1 : from, record.at());
        return spans;
    }

    /** It begins when the ticket tells of something critical, and ends as well when it comes in that all is over. */
    private void add(List<Span> spans, long issue, long since, long until) {
        List<OfTicket> alerts =
                record.alerts().stream().filter(alert -> alert.issue() == issue).toList();
        OptionalLong critical = alerts.stream()
                .filter(alert -> alert.critical() != null)
                .mapToLong(OfTicket::critical)
                .min();
        if (since < 0 || critical.isEmpty()) {
            return;
        }
        long from = Math.max(since, critical.getAsLong());
        long end = alerts.stream()
                .filter(alert -> alert.firesAt(from))
                .mapToLong(alert -> alert.over() == null ? until : Math.min(alert.over(), until))
                .max()
                .orElse(from);
        if (from + VerdictOnPages.LATENESS.toMillis() + record.downBetween(from, end) < end) {
            spans.add(new Span(from, end));
        }
    }

    private void find(Kind kind, String what) {
        findings.add(new Finding(kind, null, what));
    }
}
