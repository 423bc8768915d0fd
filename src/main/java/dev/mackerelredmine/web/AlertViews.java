package dev.mackerelredmine.web;

import dev.mackerelredmine.figures.Opening;
import dev.mackerelredmine.mackerel.AlertStatus;
import dev.mackerelredmine.mackerel.Notification;
import dev.mackerelredmine.observe.RecentRequests;
import dev.mackerelredmine.people.Act;
import dev.mackerelredmine.people.WhoIsOnIt;
import dev.mackerelredmine.store.AlertRecord;
import dev.mackerelredmine.store.LeftAlone;
import dev.mackerelredmine.store.Pause;
import dev.mackerelredmine.store.Store;
import dev.mackerelredmine.ticket.Change;
import dev.mackerelredmine.ticket.Severity;
import dev.mackerelredmine.ticket.Ticket;
import dev.mackerelredmine.web.AlertView.Delivery;
import dev.mackerelredmine.web.AlertView.Entry;
import dev.mackerelredmine.web.AlertView.People;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Puts together what is known of an alert, out of the record that {@code explain --alert} reads. */
public final class AlertViews {

    private final Store store;
    private final RecentRequests requests;
    private final RedmineSide redmine;

    public AlertViews(Store store, RecentRequests requests, RedmineSide redmine) {
        this.store = store;
        this.requests = requests;
        this.redmine = redmine;
    }

    /**
     * Those that are meant: one, unless two organizations have the same id, or a ticket has several alerts.
     *
     * @param meant the alert's id, {@code org/id}, or {@code #} and the number of its ticket
     */
    List<AlertRecord> records(String meant) {
        return store.histories().records(meant);
    }

    /** Those that Mackerel has and that get no ticket, where nothing else is known of them. */
    List<LeftAlone> leftAlone(String meant) {
        return store.mackerelPolls().leftAloneNamed(meant);
    }

    AlertView view(AlertRecord alert, Instant now) {
        Notification last = alert.events().isEmpty()
                ? null
                : alert.events().get(alert.events().size() - 1).notification();
        Change newest = newest(alert.events());
        Delivery delivery = delivery(alert, now);
        return new AlertView(
                alert.key().org(),
                alert.key().id(),
                last == null || last.alert() == null ? null : last.alert().monitorName(),
                last == null ? null : last.alarmHost(),
                alert.problem(),
                worst(alert.events()),
                newest == null ? null : newest.notification().alert().status().toString(),
                newest == null ? null : newest.at(),
                last == null || last.alert() == null ? null : web(last.alert().url()),
                ticket(alert, delivery),
                people(alert),
                delivery,
                IncidentViews.view(alert, redmine),
                entries(alert),
                alert.escalations().stream().map(EscalationViews::view).toList(),
                requests.of(alert.key().toString()).stream()
                        .map(request -> new AlertView.Request(
                                request.at(), request.method(), request.path(), request.outcome(), request.took()))
                        .toList());
    }

    private static Stream<Change> ofAlert(List<Change> events) {
        return events.stream().filter(event -> event.notification().alert() != null);
    }

    /** By Mackerel's clock: what came in late does not undo what came in before. */
    private static Change newest(List<Change> events) {
        return ofAlert(events).max(Change.IN_ORDER).orElse(null);
    }

    private static String worst(List<Change> events) {
        return ofAlert(events)
                .map(event -> event.notification().alert().status())
                .filter(status -> status != AlertStatus.OK)
                .max(Comparator.comparing(Severity::of))
                .map(AlertStatus::toString)
                .orElse(null);
    }

    private AlertView.Ticket ticket(AlertRecord alert, Delivery delivery) {
        Ticket ticket = alert.unreported().ticket();
        Long issue = ticket.issue();
        return new AlertView.Ticket(
                issue,
                alert.fromPreview() ? null : redmine.ticket(issue),
                alert.fromPreview(),
                ticket.isGone(),
                issue == null ? NoTickets.why(alert, delivery) : null);
    }

    private static People people(AlertRecord alert) {
        WhoIsOnIt people = alert.people();
        Act has = people.acknowledged();
        Act given = people.handOver();
        Long first = alert.acknowledgedAt();
        return new People(
                has == null ? null : has.by().name(),
                has == null ? null : has.how().toString(),
                has == null ? null : has.time(),
                given == null ? null : given.to().name(),
                given == null ? null : given.by().name(),
                given == null ? null : given.time(),
                first == null || first == Opening.NEVER ? null : Instant.ofEpochMilli(first),
                first != null);
    }

    private Delivery delivery(AlertRecord alert, Instant now) {
        AlertRecord.Delivery known = alert.delivery();
        boolean isParked = known.parked() != null;
        boolean isOpen = isParked || alert.waits();
        return new Delivery(
                alert.waits(),
                known.parked(),
                isParked ? instant(known.parkedAt()) : alert.waits() ? instant(known.waitingSince()) : null,
                known.failure(),
                isOpen ? known.tries() : 0,
                isOpen ? instant(known.nextAt()) : null,
                isOpen && known.isUnderWay(now),
                isOpen ? held(alert) : null);
    }

    private String held(AlertRecord alert) {
        if (alert.pauses().stream().anyMatch(pause -> pause.resumedAt() == null)) {
            return "paused";
        }
        return redmine.isAway() ? "redmine-away" : null;
    }

    /** Only what a browser may follow: it comes from outside. */
    private static String web(String url) {
        return url != null && url.matches("https?://.+") ? url : null;
    }

    private static List<Entry> entries(AlertRecord alert) {
        return Stream.of(
                        alert.events().stream().map(AlertViews::event),
                        alert.steps().stream().map(AlertViews::step),
                        alert.pauses().stream().flatMap(AlertViews::pause))
                .flatMap(entries -> entries)
                .sorted(Comparator.comparing(Entry::at))
                .toList();
    }

    private static Entry event(Change event) {
        Notification notification = event.notification();
        return new Entry(
                event.receivedAt(),
                "event",
                notification.event(),
                notification.alert() == null
                        ? null
                        : notification.alert().status().toString(),
                notification.message(),
                event.at(),
                event.isFound(),
                notification.json(),
                null,
                null,
                null,
                null);
    }

    private static Entry step(AlertRecord.Step step) {
        return new Entry(
                step.time(),
                "step",
                null,
                null,
                null,
                null,
                false,
                null,
                step.action(),
                step.issue(),
                step.why(),
                step.person());
    }

    private static Stream<Entry> pause(Pause pause) {
        Entry begins = pause("pause", pause.pausedAt(), pause.pausedBy());
        return pause.resumedAt() == null
                ? Stream.of(begins)
                : Stream.of(begins, pause("resume", pause.resumedAt(), pause.resumedBy()));
    }

    private static Entry pause(String action, long at, String by) {
        return new Entry(Instant.ofEpochMilli(at), "step", null, null, null, null, false, null, action, null, null, by);
    }

    private static Instant instant(Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}
