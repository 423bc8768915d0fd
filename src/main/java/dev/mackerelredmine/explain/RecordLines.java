package dev.mackerelredmine.explain;

import dev.mackerelredmine.mackerel.Notification;
import dev.mackerelredmine.people.WhoIsOnIt;
import dev.mackerelredmine.store.AlertRecord;
import dev.mackerelredmine.store.LeftAlone;
import dev.mackerelredmine.store.Pause;
import dev.mackerelredmine.ticket.Change;
import dev.mackerelredmine.ticket.Membership;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;

/** Puts into words what the store knows of an alert: how it stands, what came in, and what was done. */
public final class RecordLines {

    private final Lines text;

    /** Something that was done. */
    private record Entry(Instant time, String what) {}

    RecordLines(Lines text) {
        this.text = text;
    }

    /** An alert of which nothing was kept, because it is not sent to our channel. */
    public static String leftAlone(List<LeftAlone> alerts) {
        return alerts.stream()
                .map(alert -> "Alert " + alert.org() + "/" + alert.alertKey() + " is " + alert.status()
                        + " at Mackerel, and gets no ticket: " + alert.why() + ".\n")
                .collect(Collectors.joining());
    }

    /** How it stands. */
    void state(AlertRecord alert) {
        text.line("incident", incident(alert.unreported().membership()));
        text.line("people", people(alert.people()));
        text.line("parked", parked(alert));
        text.line("waits", waits(alert));
        if (!alert.unreported().changes().isEmpty()) {
            alert.pauses().stream()
                    .filter(pause -> pause.resumedAt() == null)
                    .forEach(pause -> text.line(
                            "paused", "deliveries are, since " + time(pause.pausedAt()) + ", by " + pause.pausedBy()));
        }
    }

    private static String incident(Membership membership) {
        if (membership.role() == null) {
            return null;
        }
        String which = membership.issue() == null ? "one that has no ticket yet" : "#" + membership.issue();
        return switch (membership.role()) {
            case INCIDENT ->
                "of " + membership.list().total() + " alerts, "
                        + membership.list().firing() + " of which fire";
            case CHILD ->
                which + ", as " + (membership.linkedTo() == null ? "one that is not shown with it yet" : "a subtask");
            case LINE -> which + ", as a line of its list";
            case LEFT -> which + " once; it goes on alone";
        };
    }

    private String people(WhoIsOnIt people) {
        if (people.closed() != null) {
            return people.closed().by().name() + " closed it ("
                    + text.time(people.closed().time()) + ")";
        }
        if (people.hasSomebody()) {
            return people.acknowledged().by().name() + " is on it since "
                    + text.time(people.acknowledged().time()) + " ("
                    + people.acknowledged().how() + ")";
        }
        if (people.handOver() != null) {
            return "nobody: " + people.handOver().by().name() + " gave it to "
                    + people.handOver().to().name() + " ("
                    + text.time(people.handOver().time())
                    + "), who has not answered";
        }
        return people.ended() == null
                ? null
                : "nobody since " + text.time(people.ended().time());
    }

    private String parked(AlertRecord alert) {
        Long next = alert.delivery().nextAt();
        return alert.parked() == null || next == null
                ? alert.parked()
                : alert.parked() + " (one of those that are parked for this is tried at " + time(next) + ")";
    }

    private String waits(AlertRecord alert) {
        AlertRecord.Delivery delivery = alert.delivery();
        if (delivery.failure() == null) {
            return null;
        }
        String tries = delivery.tries() == 0 ? "" : ", failed tries: " + delivery.tries();
        String since = delivery.waitingSince() == null ? "" : ", since " + time(delivery.waitingSince());
        return delivery.failure() + (tries + since).replaceFirst("^, (.*)$", " ($1)");
    }

    /** What came in, and what was done, as it followed. */
    void history(AlertRecord alert) {
        Deque<Entry> done = new ArrayDeque<>(done(alert));
        for (Change event : alert.events()) {
            while (!done.isEmpty() && !done.peek().time().isAfter(event.receivedAt())) {
                show(done.poll());
            }
            event(event);
        }
        done.forEach(this::show);
    }

    private static List<Entry> done(AlertRecord alert) {
        List<Entry> done = new ArrayList<>();
        alert.steps().forEach(step -> done.add(new Entry(step.time(), said(step))));
        for (Pause pause : alert.pauses()) {
            done.add(new Entry(Instant.ofEpochMilli(pause.pausedAt()), "deliveries are paused by " + pause.pausedBy()));
            if (pause.resumedAt() != null) {
                done.add(new Entry(
                        Instant.ofEpochMilli(pause.resumedAt()), "deliveries are resumed by " + pause.resumedBy()));
            }
        }
        done.sort(Comparator.comparing(Entry::time));
        return done;
    }

    private void event(Change event) {
        Notification notification = event.notification();
        String what = notification.alert() == null
                ? ofNoAlert(notification)
                : notification.alert().status() + " since " + text.time(event.at());
        if (event.isFound()) {
            what = "found by asking Mackerel, no webhook reported it: " + what;
        }
        String message = notification.message();
        text.line(text.time(event.receivedAt()), message == null ? what : what + ": " + message);
    }

    private static String ofNoAlert(Notification notification) {
        return switch (notification.event()) {
            case "incident-list" -> "its list is to be written anew";
            case "incident-link" -> "its ticket is to be shown with its incident's";
            default -> notification.event();
        };
    }

    private static String said(AlertRecord.Step step) {
        return step.action() + (step.issue() == null ? "" : " #" + step.issue())
                + (step.person() == null ? "" : " by " + step.person()) + ": " + step.why();
    }

    private void show(Entry entry) {
        text.line(text.time(entry.time()), "  -> " + entry.what());
    }

    private String time(long millis) {
        return text.time(Instant.ofEpochMilli(millis));
    }
}
