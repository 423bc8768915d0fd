package dev.mackerelredmine.web;

import dev.mackerelredmine.observe.RecentRequests;
import dev.mackerelredmine.operate.Operations;
import dev.mackerelredmine.operate.Status;
import dev.mackerelredmine.operate.StatusReader;
import dev.mackerelredmine.redmine.RedmineBreaker.Outage;
import dev.mackerelredmine.store.Overviews;
import dev.mackerelredmine.store.Store;
import dev.mackerelredmine.store.WaitingProblem;
import dev.mackerelredmine.web.Standing.Deliveries;
import dev.mackerelredmine.web.Standing.HourView;
import dev.mackerelredmine.web.Standing.Mackerel;
import dev.mackerelredmine.web.Standing.Redmine;
import dev.mackerelredmine.web.Standing.State;
import dev.mackerelredmine.web.Standing.TicketView;
import dev.mackerelredmine.web.Standing.WaitingView;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private final TicketViews tickets;

    /** Where all that is kept is read. */
    public record Sources(Store store, Operations operations, StatusReader status) {}

    /** What only the running service knows; {@code mackerel} answers null where Mackerel's API is not asked. */
    public record Known(RedmineSide redmine, RecentRequests requests, Supplier<Mackerel> mackerel) {}

    /** @param requestsPerSecond 0: any number */
    public record Rules(Duration unansweredAfter, long requestsPerSecond) {}

    public Standings(Sources sources, Known known, Rules rules) {
        this.sources = sources;
        this.known = known;
        this.rules = rules;
        this.tickets = new TicketViews(known.redmine());
    }

    public Standing at(Instant now) {
        Map<Long, Instant> due = due();
        List<Long> unanswered = due.entrySet().stream()
                .filter(ticket -> !ticket.getValue().isAfter(now))
                .sorted(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .toList();
        Overviews.Overview seen = sources.store().overviews().now(MOST, unanswered);
        Status status = sources.status().read();
        List<TicketView> open = seen.tickets().stream()
                .map(ticket -> tickets.view(ticket, due.get(ticket.id()), now))
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
                seen.waiting().stream().map(waits -> view(waits, now)).toList(),
                sources.operations().firstParked(MOST),
                status.paused());
        return new Standing(
                state(status, unanswered.size()),
                unanswered.size(),
                open,
                seen.openTickets(),
                deliveries,
                held(status),
                status.escalations().pausedSince(),
                flow(),
                redmine(now),
                status.lastPost(),
                known.mackerel().get());
    }

    /** Until when somebody has to have a ticket, by the store's number of it: as the operator's notice has it. */
    private Map<Long, Instant> due() {
        Map<Long, Instant> due = new HashMap<>();
        sources.store()
                .people()
                .toBeAnswered()
                .forEach(ticket -> ticket.due(rules.unansweredAfter()).ifPresent(time -> due.put(ticket.id(), time)));
        return due;
    }

    private String held(Status status) {
        if (status.paused() != null) {
            return "paused";
        }
        return known.redmine().isAway() ? "redmine-away" : null;
    }

    private State state(Status status, long unanswered) {
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
            case PARKED, PREVIEW, OK -> answered(status, unanswered);
        };
    }

    private State away(Status status) {
        Outage outage = known.redmine().outage().get().orElse(null);
        return new State(
                "bad",
                "redmine-away",
                outage == null ? null : outage.since(),
                outage == null ? null : outage.why(),
                status.waiting().events());
    }

    private State answered(Status status, long unanswered) {
        if (unanswered > 0) {
            return new State("bad", "unanswered", null, null, unanswered);
        }
        if (status.state() == dev.mackerelredmine.operate.State.PARKED) {
            return new State("attention", "parked", null, null, status.parked().alerts());
        }
        return new State("ok", known.redmine().isPreview() ? "preview" : "works", null, null, null);
    }

    private static WaitingView view(WaitingProblem waits, Instant now) {
        return new WaitingView(
                waits.org(),
                waits.alertKey(),
                waits.worst(),
                waits.status(),
                waits.problem(),
                waits.events(),
                instant(waits.waitingSince()),
                instant(waits.dueAt()),
                waits.leaseUntil() > now.toEpochMilli(),
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
                answers(recent),
                known.requests().lastAnswer().orElse(null),
                took.size(),
                failed,
                at(took, 1.0 / 2),
                at(took, P95),
                recent.stream()
                        .filter(request -> request.at().isAfter(minuteAgo))
                        .count(),
                rules.requestsPerSecond() > 0 ? (Long) (rules.requestsPerSecond() * SECONDS) : null);
    }

    /** Where nothing was asked lately, nothing is known. */
    private String answers(List<RecentRequests.Request> recent) {
        if (known.redmine().isPreview()) {
            return "preview";
        }
        if (known.redmine().isAway()) {
            return "no";
        }
        if (recent.isEmpty()) {
            return "not-asked";
        }
        return recent.get(recent.size() - 1).isFailed() ? "no" : "yes";
    }

    /** The nearest rank. */
    private static Duration at(List<Duration> sorted, double share) {
        return sorted.isEmpty() ? null : sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }

    private static Instant instant(Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}
