package dev.mackerelredmine.mackerel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Reads what Mackerel posts, plain or in an envelope. Fields and kinds that nobody knows yet are accepted.
 * What cannot be read, or is an alert without a status, is an {@link UnreadableNotificationException}.
 */
public final class NotificationReader {
    private static final int MOST_DIGITS = 1000;
    private static final long END_OF_YEAR_9999 = 253_402_300_799L;

    /** Reads the body of a request, which has to be UTF-8. */
    public Notification read(byte[] body) {
        return readText(Utf8.decode(body));
    }

    /** Reads the {@link Notification#json()} of one that was read before. */
    public Notification readKept(String json) {
        return Json.notification(json);
    }

    /** Reads text. Two {@code read}s would confuse Camel. */
    public Notification readText(String text) {
        ObjectNode fields = Envelope.open(Json.parse(text));
        Notification notification = Json.notification(fields);
        if (notification.event().equals("alert") || notification.alert() != null) {
            check(notification.alert());
        }
        return notification;
    }

    private static void check(Alert alert) {
        if (alert == null) {
            throw new UnreadableNotificationException("alert is missing, and the event is an alert");
        }
        if (alert.status() == null) {
            throw new UnreadableNotificationException(
                    "alert.status is missing, expected one of " + AlertStatus.words());
        }
        checkNumber("metricValue", alert.metricValue());
        checkNumber("criticalThreshold", alert.criticalThreshold());
        checkNumber("warningThreshold", alert.warningThreshold());
        Stream.of(alert.openedAt(), alert.closedAt(), alert.statusChangedAt())
                .filter(Objects::nonNull)
                .forEach(NotificationReader::checkTime);
    }

    /** Not named: in a group of alerts the same times have other names. What is millions of years away fails where it is written. */
    private static void checkTime(long seconds) {
        if (seconds < -END_OF_YEAR_9999 || seconds > END_OF_YEAR_9999) {
            throw new UnreadableNotificationException(
                    seconds + " is out of range for a time of an alert, expected seconds since 1970");
        }
    }

    /** 1e999999999 is short to send and a gigabyte to write out, so digits count on both sides of the point. */
    private static void checkNumber(String field, BigDecimal number) {
        if (number == null) {
            return;
        }
        long before = (long) number.precision() - number.scale();
        if (Math.max(before, number.scale()) > MOST_DIGITS) {
            throw new UnreadableNotificationException("alert." + field + " is out of range");
        }
    }
}
