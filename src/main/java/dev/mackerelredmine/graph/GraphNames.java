package dev.mackerelredmine.graph;

import dev.mackerelredmine.mackerel.Alert;
import dev.mackerelredmine.mackerel.AlertStatus;
import dev.mackerelredmine.mackerel.Notification;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import java.util.stream.Stream;

/** What a graph is called as a file: by its alert, and by when the alert changed, so that each change has a graph of its own. */
public final class GraphNames {

    private static final int LONGEST_ID = 40;
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /** Such as mackerel-2bj7ZsQ4bYh-20261120T000000Z.png; it holds only characters that every system takes. */
    public String name(Notification notification, byte[] image) {
        Alert alert = notification.alert();
        String suffix = ImageKind.of(image).map(ImageKind::suffix).orElse("bin");
        return "mackerel" + id(alert) + at(alert) + "." + suffix;
    }

    private static String id(Alert alert) {
        String safe = Objects.toString(alert.id(), "").replaceAll("[^A-Za-z0-9]+", "");
        return safe.isEmpty() ? "" : "-" + safe.substring(0, Math.min(safe.length(), LONGEST_ID));
    }

    private static String at(Alert alert) {
        Long closedAt = alert.status() == AlertStatus.OK ? alert.closedAt() : null;
        return Stream.of(closedAt, alert.statusChangedAt(), alert.openedAt())
                .filter(Objects::nonNull)
                .filter(seconds -> seconds > 0)
                .findFirst()
                .map(seconds -> "-" + SECOND.format(Instant.ofEpochSecond(seconds)))
                .orElse("");
    }
}
