package dev.mackerelredmine.web;

import dev.mackerelredmine.mackerel.Notification;
import dev.mackerelredmine.observe.RecentRequests;
import dev.mackerelredmine.people.WhoIsOnIt;
import dev.mackerelredmine.store.AlertRecord;
import dev.mackerelredmine.store.EscalationRecord;
import dev.mackerelredmine.store.EscalationRow;
import dev.mackerelredmine.store.Pause;
import dev.mackerelredmine.store.Store;
import dev.mackerelredmine.ticket.Change;
import dev.mackerelredmine.web.AlertView.Entry;
import dev.mackerelredmine.web.AlertView.Escalation;
import dev.mackerelredmine.web.AlertView.EscalationStep;
import dev.mackerelredmine.web.AlertView.Sent;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Puts together what is known of an alert, out of the record that {@code explain --alert} reads. */
public final class AlertViews {

    private final Store store;
    private final RecentRequests requests;
    private final String redmine;

    /** @param redmine its address; null in a preview */
    public AlertViews(Store store, RecentRequests requests, String redmine) {
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

    AlertView view(AlertRecord alert) {
        Notification last = alert.events().isEmpty()
                ? null
                : alert.events().get(alert.events().size() - 1).notification();
        Long ticket = alert.unreported().ticket().issue();
        WhoIsOnIt people = alert.people();
        boolean has = people.hasSomebody();
        return new AlertView(
                alert.key().org(),
                alert.key().id(),
                alert.fromPreview(),
                last == null || last.alert() == null ? null : last.alert().monitorName(),
                last == null ? null : last.alarmHost(),
                alert.problem(),
                last == null || last.alert() == null
                        ? null
                        : last.alert().status().toString(),
                last == null || last.alert() == null ? null : web(last.alert().url()),
                ticket,
                redmine == null || ticket == null ? null : redmine + "/issues/" + ticket,
                has ? people.acknowledged().by().name() : null,
                has ? people.acknowledged().how().toString() : null,
                has ? people.acknowledged().time() : null,
                alert.parked(),
                instant(alert.parkedUntil()),
                alert.failure(),
                entries(alert),
                alert.escalations().stream().map(AlertViews::escalation).toList(),
                requests.of(alert.key().toString()).stream()
                        .map(request -> new AlertView.Request(
                                request.at(), request.method(), request.path(), request.outcome(), request.took()))
                        .toList());
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

    private static Escalation escalation(EscalationRecord known) {
        EscalationRow row = known.escalation();
        return new Escalation(
                row.policyName(),
                Instant.ofEpochMilli(row.startsAt()),
                instant(row.endedAt()),
                now(row),
                known.steps().stream()
                        .map(step -> new EscalationStep(step.time(), step.round(), step.step() + 1, step.why()))
                        .toList(),
                known.pages().stream()
                        .map(page -> new Sent(
                                page.time(), page.kind(), page.person(), page.means(), page.state(), page.why()))
                        .toList());
    }

    private static String now(EscalationRow row) {
        if (row.endedFor() != null) {
            return row.endedFor();
        }
        return row.stoppedBy() == null ? "runs" : "stopped by " + row.stoppedBy();
    }

    private static Instant instant(Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}
