package dev.mackerelredmine.ticket;

import dev.mackerelredmine.mackerel.Alert;
import dev.mackerelredmine.mackerel.AlertStatus;
import dev.mackerelredmine.mackerel.Notification;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One notification of a problem as the store keeps it: mostly a change of an alert, or the same again, or what happened to its host.
 *
 * @param seq its place in the order of arrival within the problem: 1, 2, 3, …
 *
 * @param channel the path to which it was posted, as /mackerel; null where it came in on none
 */
public record Change(long seq, Instant receivedAt, Notification notification, String channel) {

    /** One that came in on no path. */
    public Change(long seq, Instant receivedAt, Notification notification) {
        this(seq, receivedAt, notification, null);
    }

    /** The order in which things happened; of two in the same second the one that came in first is the first. */
    public static final Comparator<Change> IN_ORDER =
            Comparator.comparing(Change::place).thenComparing(Change::seq);

    /** When it happened, to the second: by Mackerel, else, where Mackerel does not say, when it came in. */
    public Instant at() {
        Long seconds = isOfAlert() ? saidAt() : null;
        return seconds == null ? receivedAt.truncatedTo(ChronoUnit.SECONDS) : Instant.ofEpochSecond(seconds);
    }

    /**
     * What does not say when it happened (before 2025, and groups of alerts) stands where the alert opened: so it comes before the end,
     * however late it came in, and among its kind in the order of arrival.
     */
    private Instant place() {
        boolean saysNothing = isOfAlert() && saidAt() == null;
        return saysNothing && notification.alert().openedAt() != null
                ? Instant.ofEpochSecond(notification.alert().openedAt())
                : at();
    }

    private Long saidAt() {
        Alert alert = notification.alert();
        boolean saysWhenClosed = alert.status() == AlertStatus.OK && alert.closedAt() != null;
        return saysWhenClosed ? alert.closedAt() : alert.statusChangedAt();
    }

    /** Whether it is the alert's own, and not its host's. */
    boolean isOfAlert() {
        return notification.alert() != null;
    }

    /** Whether it only says that an incident's ticket, or one of its children's, is to be looked at: it tells a reader nothing. */
    boolean isSilent() {
        return !isOfAlert() && notification.event().startsWith("incident-");
    }

    AlertStatus status() {
        return notification.alert().status();
    }

    /** Whether the alert fires after it. */
    boolean fires() {
        return status() != AlertStatus.OK && notification.alert().isOpen();
    }

    /** Whether no webhook came for it: it was found by asking Mackerel. */
    public boolean isFound() {
        return "found".equals(notification.event());
    }

    /** Whether the webhook of what was found before has come after all, and says what Mackerel's API does not. */
    private boolean saysMoreThan(Change before) {
        Alert alert = notification.alert();
        Alert found = before.notification.alert();
        boolean hasLabel = alert.metricLabel() != null && !alert.metricLabel().equals(found.metricLabel());
        return before.isFound()
                && !isFound()
                && (hasLabel || found.metricValue() == null && alert.metricValue() != null);
    }

    /**
     * Whether it tells a reader nothing that the one before did not: the same status, and the same message. Where there is a metric the
     * message only repeats its value, which differs each time.
     */
    boolean repeats(Change before) {
        boolean sameMessage = notification.alert().metricValue() != null
                || Objects.equals(notification.message(), before.notification.message());
        return status() == before.status() && sameMessage && !saysMoreThan(before);
    }

    /**
     * What it says, however often and with whatever value it is sent: Mackerel sends a status that lasts again and again, and one that
     * comes in late may be such a repetition. One that does not say when it happened says itself alone.
     */
    private Object says() {
        if (!isOfAlert() || saidAt() == null) {
            return notification;
        }
        String message = notification.alert().metricValue() == null ? notification.message() : null;
        return Arrays.asList(status(), saidAt(), message);
    }

    /** The places of those that say what one that came in before said. */
    public static Set<Long> repetitions(List<Change> asTheyCameIn) {
        Set<Object> said = new HashSet<>();
        return asTheyCameIn.stream()
                .filter(change -> !said.add(change.says()))
                .map(Change::seq)
                .collect(Collectors.toSet());
    }
}
