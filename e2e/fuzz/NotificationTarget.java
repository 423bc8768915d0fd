package fuzz;

import dev.mackerelredmine.mackerel.Notification;
import dev.mackerelredmine.mackerel.NotificationReader;
import dev.mackerelredmine.mackerel.UnreadableNotificationException;
import dev.mackerelredmine.ticket.AlertKey;
import dev.mackerelredmine.ticket.Change;
import dev.mackerelredmine.ticket.ProblemKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Whatever is posted is refused with a short reason, or read; and what was read can be kept, and is read again as the same. */
public final class NotificationTarget {

    private static final int LONGEST_REASON = 500;
    private static final int LONGEST_KEY = 300;
    private static final NotificationReader READER = new NotificationReader();

    private NotificationTarget() {}

    /** So that the first input is not charged with the loading of classes. */
    public static void fuzzerInitialize() {
        fuzzerTestOneInput("{\"event\":\"alert\",\"alert\":{\"status\":\"ok\"}}".getBytes(StandardCharsets.UTF_8));
        fuzzerTestOneInput("{".getBytes(StandardCharsets.UTF_8));
    }

    public static void fuzzerTestOneInput(byte[] body) {
        Notification notification;
        try {
            notification = READER.read(body);
        } catch (UnreadableNotificationException refusal) {
            String reason = refusal.getMessage();
            Require.oneLine("a reason", reason);
            Require.that(!reason.isBlank() && reason.length() <= LONGEST_REASON, "a short reason", reason);
            return;
        }
        String json = notification.json();
        Require.that(json.indexOf('\n') < 0, "JSON in one line", json);
        Require.writable("JSON", json);
        Notification again = READER.readText(json);
        Require.same("what is read again", notification, again);
        ask(notification, again);
    }

    /** What the store and a policy ask of it. */
    private static void ask(Notification notification, Notification again) {
        notification.serviceNames();
        notification.roleNames();
        notification.alarmHost();
        new Change(1, Instant.EPOCH, notification).at();
        if (notification.alert() == null) {
            return;
        }
        AlertKey alert = AlertKey.of(notification);
        ProblemKey problem = ProblemKey.of(notification);
        Require.same("the alert's key", alert, AlertKey.of(again));
        Require.same("the problem's key", problem, ProblemKey.of(again));
        Require.oneLine("an alert's key", alert.toString());
        Require.that(alert.marker().matches("mackerel-redmine:[0-9a-f]{32}"), "a marker", alert.marker());
        Require.that(characters(alert.id()) <= LONGEST_KEY && characters(problem.text()) <= LONGEST_KEY, "a short key", problem);
    }

    private static int characters(String text) {
        return text.codePointCount(0, text.length());
    }
}
