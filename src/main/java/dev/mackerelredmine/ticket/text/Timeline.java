package dev.mackerelredmine.ticket.text;

import dev.mackerelredmine.mackerel.Alert;
import dev.mackerelredmine.mackerel.AlertStatus;
import dev.mackerelredmine.mackerel.Notification;
import dev.mackerelredmine.ticket.AlertKey;
import dev.mackerelredmine.ticket.Change;
import dev.mackerelredmine.ticket.TextLevel;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What happened, change by change, as the templates get it: when, which status, from which, and in words. */
final class Timeline {

    private final Sentences sentences;
    private final TemplateModel model;

    Timeline(Sentences sentences, TemplateModel model) {
        this.sentences = sentences;
        this.model = model;
    }

    List<Map<String, Object>> of(List<Change> changes, TextLevel level) {
        Map<AlertKey, AlertStatus> statuses = new HashMap<>();
        List<Map<String, Object>> all =
                changes.stream().map(change -> tell(change, statuses, level)).toList();
        return all.subList(Math.max(0, all.size() - level.mostChanges()), all.size());
    }

    private Map<String, Object> tell(Change change, Map<AlertKey, AlertStatus> statuses, TextLevel level) {
        Notification notification = change.notification();
        Map<String, Object> line = new HashMap<>();
        line.put("time", sentences.time(change.at()));
        if (notification.alert() == null) {
            line.put("what", model.prose(hostEvent(notification)));
            return line;
        }
        AlertStatus status = notification.alert().status();
        AlertStatus before = statuses.put(AlertKey.of(notification), status);
        line.put("status", TemplateModel.status(status));
        TemplateModel.put(line, "from", before == status ? null : before, TemplateModel::status);
        TemplateModel.put(line, "what", level.of(TemplateModel.text(what(change))), model::prose);
        return line;
    }

    /** How it ended, if it did, and the message, or the value where there is none. */
    private String what(Change change) {
        Alert alert = change.notification().alert();
        String end = alert.status() == AlertStatus.OK ? end(change, alert) : null;
        String message = Objects.requireNonNullElseGet(
                TemplateModel.text(change.notification().message()), () -> Objects.toString(model.value(alert), ""));
        return Stream.of(end, message)
                .filter(text -> text != null && !text.isEmpty())
                .collect(Collectors.joining(": "));
    }

    /** What ended the alert, who, and after how long. Triggers are free text, and known by several names. */
    private String end(Change change, Alert alert) {
        String trigger = Objects.requireNonNullElse(alert.trigger(), "monitor");
        String reason = switch (trigger) {
            case "monitor", "monitoring" -> sentences.say("end.recovered");
            case "manual close", "manual" -> sentences.say("end.by-hand");
            case "delete monitor", "monitorDelete" -> sentences.say("end.monitor-deleted");
            case "retire host", "hostRetire" -> sentences.say("end.host-retired");
            default -> sentences.say("end.other", trigger);
        };
        Instant opened = TemplateModel.openedAt(alert);
        String after = opened == null || change.at().isBefore(opened)
                ? null
                : sentences.say("after", sentences.duration(Duration.between(opened, change.at())));
        return withDetails(reason, by(change.notification()), after);
    }

    private String hostEvent(Notification notification) {
        String host = notification.alarmHost();
        String status = notification.host() == null ? null : notification.host().status();
        String what = switch (notification.event()) {
            case "hostStatus" ->
                notification.fromStatus() == null
                        ? sentences.say("host.status", host, Objects.toString(status, ""))
                        : sentences.say(
                                "host.status-from", host, notification.fromStatus(), Objects.toString(status, ""));
            case "hostRetire" -> sentences.say("host.retired", host);
            case "hostRegister" -> sentences.say("host.registered", host);
            default -> sentences.say("host.other", host, notification.event());
        };
        return withDetails(what, by(notification));
    }

    private String by(Notification notification) {
        String person = notification.user() == null
                ? null
                : TemplateModel.line(notification.user().screenName());
        return person == null ? null : sentences.say("by", person);
    }

    private String withDetails(String what, String... details) {
        return Stream.of(details)
                .filter(Objects::nonNull)
                .reduce((first, second) -> sentences.say("and", first, second))
                .map(all -> sentences.say("details", what, all))
                .orElse(what);
    }
}
