package dev.mackerelredmine.web;

import dev.mackerelredmine.observe.RecentRequests;
import dev.mackerelredmine.operate.Operations;
import dev.mackerelredmine.operate.ParkedFilter;
import dev.mackerelredmine.operate.Status;
import dev.mackerelredmine.operate.StatusReader;
import dev.mackerelredmine.people.WhoIsOnIt;
import dev.mackerelredmine.redmine.RedmineBreaker.Outage;
import dev.mackerelredmine.store.OpenTicket;
import dev.mackerelredmine.store.Overviews;
import dev.mackerelredmine.store.Store;
import dev.mackerelredmine.store.WaitingProblem;
import dev.mackerelredmine.web.Standing.Deliveries;
import dev.mackerelredmine.web.Standing.EscalationView;
import dev.mackerelredmine.web.Standing.HourView;
import dev.mackerelredmine.web.Standing.Mackerel;
import dev.mackerelredmine.web.Standing.Redmine;
import dev.mackerelredmine.web.Standing.State;
import dev.mackerelredmine.web.Standing.TicketView;
import dev.mackerelredmine.web.Standing.WaitingView;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Says how all stands, out of the store and of what this service knows. */
public final class Standings {

    /** Of each list; the page says how many more there are. */
    private static final int MOST = 200;

    private static final Duration RECENT = Duration.ofMinutes(15);
    private static final int SECONDS = 60;
    private static final double P95 = 0.95;

    private final Sources sources;
    private final Known known;
    private final Rules rules;

    /** Where all that is kept is read. */
    public record Sources(Store store, Operations operations, StatusReader status) {}

    /** What only the running service knows; {@code mackerel} answers null where Mackerel's API is not asked. */
    public record Known(Supplier<Optional<Outage>> outage, RecentRequests requests, Supplier<Mackerel> mackerel) {}

    /**
     * @param redmine its address; null in a preview
     * @param requestsPerSecond 0: any number
     */
    public record Rules(String redmine, Duration unansweredAfter, long requestsPerSecond) {}

    public Standings(Sources sources, Known known, Rules rules) {
        this.sources = sources;
        this.known = known;
        this.rules = rules;
    }

    public Standing at(Instant now) {
        Overviews.Overview seen = sources.store().overviews().now(MOST);
        Status status = sources.status().read();
        List<TicketView> tickets = seen.tickets().stream()
                .map(ticket -> view(ticket, now))
                .sorted(Comparator.comparing(TicketView::isUnanswered)
                        .reversed()
                        .thenComparing(ticket -> ticket.answerDue() == null ? Instant.MAX : ticket.answerDue())
                        .thenComparing(TicketView::issue, Comparator.reverseOrder()))
                .toList();
        Deliveries deliveries = new Deliveries(
                status.waiting().events(),
                status.waiting().problems(),
                status.waiting().since(),
                status.parked().alerts(),
                seen.waiting().stream().map(Standings::view).toList(),
                sources.operations().parked(ParkedFilter.ALL).stream()
                        .limit(MOST)
                        .toList(),
                status.paused());
        return new Standing(
                state(status),
                status.unanswered(),
                tickets,
                seen.openTickets(),
                deliveries,
                flow(),
                redmine(now),
                status.lastPost(),
                known.mackerel().get());
    }

    private State state(Status status) {
        return switch (status.state()) {
            case REDMINE_AWAY, UNREACHABLE -> away(status);
            case PAUSED ->
                new State(
                        "attention",
                        "paused",
                        status.paused().since(),
                        status.paused().by(),
                        null);
            case STUCK ->
                new State(
                        "bad",
                        "stuck",
                        status.waiting().since(),
                        null,
                        status.waiting().events());
            case CHANNEL_SUSPENDED -> new State("attention", "channel", null, null, null);
            case PARKED, OK -> answered(status);
        };
    }

    private State away(Status status) {
        Outage outage = known.outage().get().orElse(null);
        return new State(
                "bad",
                "redmine-away",
                outage == null ? null : outage.since(),
                outage == null ? null : outage.why(),
                status.waiting().events());
    }

    private State answered(Status status) {
        if (status.unanswered() > 0) {
            return new State("bad", "unanswered", null, null, status.unanswered());
        }
        if (status.state() == dev.mackerelredmine.operate.State.PARKED) {
            return new State("attention", "parked", null, null, status.parked().alerts());
        }
        return new State("ok", rules.redmine() == null ? "preview" : "works", null, null, null);
    }

    private TicketView view(OpenTicket ticket, Instant now) {
        WhoIsOnIt people = ticket.whoIsOnIt();
        boolean has = people.hasSomebody();
        Instant due = ticket.answerDue(rules.unansweredAfter()).orElse(null);
        return new TicketView(
                ticket.issue(),
                rules.redmine() == null ? null : rules.redmine() + "/issues/" + ticket.issue(),
                ticket.org(),
                ticket.alertKey(),
                ticket.subject(),
                ticket.status(),
                instant(ticket.since()),
                has ? people.acknowledged().by().name() : null,
                has ? people.acknowledged().how().toString() : null,
                has ? people.acknowledged().time() : null,
                people.handOver() == null ? null : people.handOver().to().name(),
                due != null && !due.isAfter(now),
                due,
                ticket.escalatesBy() == null
                        ? null
                        : new EscalationView(
                                ticket.escalatesBy(),
                                ticket.round(),
                                ticket.step() + 1,
                                instant(ticket.stepDueAt()),
                                ticket.stoppedBy()));
    }

    private static WaitingView view(WaitingProblem waits) {
        return new WaitingView(
                waits.org(),
                waits.alertKey(),
                waits.status(),
                waits.problem(),
                waits.events(),
                instant(waits.waitingSince()),
                instant(waits.dueAt()),
                waits.tries(),
                waits.failure());
    }

    private List<HourView> flow() {
        return sources.store().overviews().flow().stream()
                .map(hour -> new HourView(hour.time(), hour.events()))
                .toList();
    }

    private Redmine redmine(Instant now) {
        List<RecentRequests.Request> recent = known.requests().since(now.minus(RECENT));
        List<Duration> took =
                recent.stream().map(RecentRequests.Request::took).sorted().toList();
        long failed = recent.stream().filter(RecentRequests.Request::isFailed).count();
        Instant minuteAgo = now.minusSeconds(SECONDS);
        return new Redmine(
                known.outage().get().isEmpty(),
                took.size(),
                failed,
                at(took, 1.0 / 2),
                at(took, P95),
                recent.stream()
                        .filter(request -> request.at().isAfter(minuteAgo))
                        .count(),
                rules.requestsPerSecond() > 0 ? (Long) (rules.requestsPerSecond() * SECONDS) : null);
    }

    /** The nearest rank. */
    private static Duration at(List<Duration> sorted, double share) {
        return sorted.isEmpty() ? null : sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }

    private static Instant instant(Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}
