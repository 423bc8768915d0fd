package dev.mackerelredmine.web;

import dev.mackerelredmine.explain.Explanation;
import dev.mackerelredmine.mackerel.Notification;
import dev.mackerelredmine.mackerel.NotificationReader;
import dev.mackerelredmine.mackerel.UnreadableNotificationException;
import dev.mackerelredmine.store.AlertRecord;
import dev.mackerelredmine.ticket.AlertHistory;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** What would be done, by the routes themselves, as the command {@code explain} says it. Nothing is written; Redmine is only read. */
public final class Trial {

    private final Supplier<Explanation> explanations;
    private final NotificationReader reader;
    private final InstantSource clock;

    /** @param explanations a new one each time */
    public Trial(Supplier<Explanation> explanations, NotificationReader reader, InstantSource clock) {
        this.explanations = explanations;
        this.reader = reader;
        this.clock = clock;
    }

    /** For what an alert's ticket does not show yet. */
    String next(AlertRecord alert) {
        return explanations.get().ofNext(alert);
    }

    /** For a notification, as if it were the first of its alert. */
    Map<String, ?> of(String text) {
        Map<String, Object> shown = new HashMap<>();
        shown.put("notification", text);
        try {
            Notification notification = reader.read(text.getBytes(StandardCharsets.UTF_8));
            Explanation explanation = explanations.get();
            shown.put(
                    "explanation",
                    notification.alert() == null
                            ? explanation.ofOther(notification)
                            : explanation.ofNotification(
                                    notification, AlertHistory.alone(notification, clock.instant())));
            explanation.newTicket().ifPresent(ticket -> shown.put("ticket", ticket));
        } catch (UnreadableNotificationException e) {
            shown.put("unreadable", e.getMessage());
        }
        return shown;
    }
}
