package dev.mackerelredmine.ticket;

import dev.mackerelredmine.mackerel.Alert;
import dev.mackerelredmine.mackerel.AlertStatus;
import dev.mackerelredmine.mackerel.Notification;
import java.time.Instant;
import java.util.Comparator;

/**
 * One notification of a problem as the store keeps it: mostly a change of an alert, or the same again, or what happened to its host.
 *
 * @param seq its place in the order of arrival within the problem: 1, 2, 3, …
 */
public record Change(long seq, Instant receivedAt, Notification notification) {

    /** The order in which things happened; of two at the same second the one that came in first is the first. */
    public static final Comparator<Change> IN_ORDER =
            Comparator.comparing(Change::at).thenComparing(Change::seq);

    /** When it happened, to the second: by Mackerel, else, where Mackerel does not say (before 2025), when it came in. */
    public Instant at() {
        Alert alert = notification.alert();
        if (alert == null) {
            return receivedAt;
        }
        boolean saysWhenClosed = alert.status() == AlertStatus.OK && alert.closedAt() != null;
        Long seconds = saysWhenClosed ? alert.closedAt() : alert.statusChangedAt();
        return seconds == null ? receivedAt : Instant.ofEpochSecond(seconds);
    }
}
