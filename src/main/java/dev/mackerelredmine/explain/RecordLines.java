package dev.mackerelredmine.explain;

import dev.mackerelredmine.mackerel.Notification;
import dev.mackerelredmine.people.WhoIsOnIt;
import dev.mackerelredmine.store.AlertRecord;
import dev.mackerelredmine.store.LeftAlone;
import dev.mackerelredmine.ticket.Change;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Puts into words what the store knows of an alert: how it stands, what came in, and what was done. */
public final class RecordLines {

    private final Lines text;

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
        text.line("people", people(alert.people()));
        text.line("parked", parked(alert));
        text.line("waits", alert.failure());
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
        return alert.parkedUntil() == null
                ? alert.parked()
                : alert.parked() + " (one of those that are parked for this is tried at "
                        + text.time(Instant.ofEpochMilli(alert.parkedUntil())) + ")";
    }

    /** What came in, and what was done, as it followed. */
    void history(AlertRecord alert) {
        List<AlertRecord.Step> steps = alert.steps();
        int next = 0;
        for (Change event : alert.events()) {
            while (next < steps.size() && !steps.get(next).time().isAfter(event.receivedAt())) {
                step(steps.get(next++));
            }
            event(event);
        }
        while (next < steps.size()) {
            step(steps.get(next++));
        }
    }

    private void event(Change event) {
        Notification notification = event.notification();
        String what = notification.alert() == null
                ? notification.event()
                : notification.alert().status() + " since " + text.time(event.at());
        if (event.isFound()) {
            what = "found by asking Mackerel, no webhook told it: " + what;
        }
        text.line(text.time(event.receivedAt()), what + ": " + Objects.requireNonNullElse(notification.message(), ""));
    }

    private void step(AlertRecord.Step step) {
        text.line(
                text.time(step.time()),
                "  -> " + step.action() + (step.issue() == null ? "" : " #" + step.issue()) + ": " + step.why());
    }
}
