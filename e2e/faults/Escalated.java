package faults;

import faults.Chat.Received;
import faults.VerdictOnPeople.Notified;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is known of escalations at the end of a run: the service's store, which was read from beside, the chat server's record, and when the
 * service was down. Times are milliseconds since 1970; rounds count from 1, steps from 0.
 *
 * @param policies by which policy a ticket escalates, by Redmine's number; missing: it does not
 * @param settled tickets that somebody has, or that are closed
 * @param ticketActions what was done to tickets, in order
 * @param alerts of tickets
 * @param at when it was read
 */
record Escalated(
        Map<Long, String> policies,
        Set<Long> settled,
        List<Escalation> escalations,
        List<TakenStep> steps,
        List<SentPage> pages,
        List<TicketAction> ticketActions,
        List<OfTicket> alerts,
        List<Received> received,
        List<Down> downs,
        long at)
        implements Notified {

    /** @param dueAt when its next step is due; null: none is left, or it was stopped, or it ended */
    record Escalation(
            long id, long issue, long startsAt, int round, int step, Long dueAt, Long endedAt, String endedFor) {

        /** Whether a step is among those that it has taken. */
        boolean isPast(int otherRound, int otherStep) {
            boolean isThere = otherRound == round && otherStep == step;
            return otherRound < round || otherRound == round && otherStep < step || isThere && isExhausted();
        }

        private boolean isExhausted() {
            return dueAt == null && endedAt == null;
        }

        @Override
        public String toString() {
            return "escalation " + id + " of #" + issue;
        }
    }

    /** @param why who was paged, or why nobody was */
    record TakenStep(long escalation, int round, int step, String why) {}

    /** @param state waiting, accepted, answered, failed, capped or dropped */
    record SentPage(
            long id,
            long issue,
            long escalation,
            String kind,
            int round,
            int step,
            String person,
            String state,
            String why) {

        /** By which the chat server knows it. */
        String key() {
            return issue + "-" + id;
        }

        boolean isTaken() {
            return state.equals("accepted") || state.equals("answered");
        }

        @Override
        public String toString() {
            return "page " + key() + " (" + kind + ", escalation " + escalation + ", round " + round + ", step " + step
                    + ", " + person + ")";
        }
    }

    record TicketAction(long issue, long at, String action) {}

    /**
     * An alert of a ticket.
     *
     * @param since when its first event came in
     * @param over when it first came in that it is over; null: never
     * @param critical when something was first done to the ticket that tells of it as critical; null: never
     */
    record OfTicket(long issue, long since, Long over, Long critical) {

        /** Whatever came in in a wrong order, until then it fired. */
        boolean firesAt(long time) {
            return since <= time && (over == null || over > time);
        }
    }

    /** A service was killed then, and ran again then; null: never, and another goes on. */
    record Down(Instant from, Instant until) {}

    List<SentPage> pagesOf(Escalation escalation) {
        return pages.stream()
                .filter(page -> page.escalation() == escalation.id())
                .toList();
    }

    @Override
    public Map<String, Instant> whileItRuns(long issue) {
        Map<String, Instant> people = new HashMap<>();
        escalations.stream()
                .filter(escalation -> escalation.issue() == issue && escalation.endedAt() == null)
                .flatMap(escalation -> pagesOf(escalation).stream())
                .filter(SentPage::isTaken)
                .forEach(page -> taken(page)
                        .map(Received::answered)
                        .max(Comparator.naturalOrder())
                        .ifPresent(at -> people.merge(page.person(), at.plus(VerdictOnPages.WRITING), this::earlier)));
        return people;
    }

    private Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private Stream<Received> taken(SentPage page) {
        return received.stream()
                .filter(each -> each.id().equals(page.key()) && each.answer().isTaken());
    }

    @Override
    public boolean ever(long issue, String person, Instant by) {
        return pages.stream()
                .filter(page -> page.issue() == issue && page.person().equals(person))
                .flatMap(this::taken)
                .anyMatch(each -> !each.at().isAfter(by));
    }

    /** How long a service was down in this time, or had yet to take up what waited. */
    long downBetween(long from, long until) {
        long down = 0;
        for (Down each : downs) {
            if (each.until() != null) {
                long end = each.until().toEpochMilli() + Service.CATCHES_UP.toMillis();
                down += Math.max(0, Math.min(end, until) - Math.max(each.from().toEpochMilli(), from));
            }
        }
        return down;
    }

    boolean wasKilledBetween(Instant from, Instant until) {
        return downs.stream()
                .anyMatch(down -> !down.from().isBefore(from) && !down.from().isAfter(until));
    }

    Escalated withPolicies(Map<Long, String> other) {
        return new Escalated(other, settled, escalations, steps, pages, ticketActions, alerts, received, downs, at);
    }

    Escalated withEscalations(List<Escalation> other) {
        return new Escalated(policies, settled, other, steps, pages, ticketActions, alerts, received, downs, at);
    }

    Escalated withSteps(List<TakenStep> other) {
        return new Escalated(policies, settled, escalations, other, pages, ticketActions, alerts, received, downs, at);
    }

    Escalated withPages(List<SentPage> other) {
        return new Escalated(policies, settled, escalations, steps, other, ticketActions, alerts, received, downs, at);
    }

    Escalated withTicketActions(List<TicketAction> other) {
        return new Escalated(policies, settled, escalations, steps, pages, other, alerts, received, downs, at);
    }

    Escalated withAlerts(List<OfTicket> other) {
        return new Escalated(policies, settled, escalations, steps, pages, ticketActions, other, received, downs, at);
    }

    Escalated withReceived(List<Received> other) {
        return new Escalated(policies, settled, escalations, steps, pages, ticketActions, alerts, other, downs, at);
    }

    Escalated withDowns(List<Down> other) {
        return new Escalated(policies, settled, escalations, steps, pages, ticketActions, alerts, received, other, at);
    }

    Escalated withSettled(Set<Long> other) {
        return new Escalated(policies, other, escalations, steps, pages, ticketActions, alerts, received, downs, at);
    }
}
