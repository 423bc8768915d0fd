package dev.mackerelredmine.ticket;

import dev.mackerelredmine.mackerel.Alert;
import dev.mackerelredmine.mackerel.Notification;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether an alert came in office hours, for policies. It goes by the alert's own time, so that a ticket that had to wait is still given
 * to whom it was meant for; where Mackerel tells no time, by the clock. Hours that cannot be read are refused with how they are written.
 */
public final class OfficeHours {

    private static final Pattern HOURS = Pattern.compile("(\\w{3})-(\\w{3}) (\\d\\d:\\d\\d)-(\\d\\d:\\d\\d) (\\S+)");

    private final Clock clock;

    public OfficeHours() {
        this(Clock.systemUTC());
    }

    OfficeHours(Clock clock) {
        this.clock = clock;
    }

    /** Whether the alert got its status in hours such as {@code Mon-Fri 09:00-18:00 Asia/Tokyo}; the last minute does not belong to them. */
    public boolean hold(Notification notification, String hours) {
        Matcher parts = HOURS.matcher(hours);
        if (!parts.matches()) {
            throw unreadable(hours, null);
        }
        try {
            ZonedDateTime at = at(notification.alert()).atZone(ZoneId.of(parts.group(5)));
            return isOnDays(at, day(parts.group(1)), day(parts.group(2)))
                    && isAtTimes(at, LocalTime.parse(parts.group(3)), LocalTime.parse(parts.group(4)));
        } catch (DateTimeException e) {
            throw unreadable(hours, e);
        }
    }

    private Instant at(Alert alert) {
        if (alert.statusChangedAt() != null) {
            return Instant.ofEpochSecond(alert.statusChangedAt());
        }
        if (alert.openedAt() != null) {
            return Instant.ofEpochSecond(alert.openedAt());
        }
        return alert.createdAt() == null ? clock.instant() : Instant.ofEpochMilli(alert.createdAt());
    }

    /** From Saturday to Monday is over the end of the week. */
    private static boolean isOnDays(ZonedDateTime at, DayOfWeek first, DayOfWeek last) {
        int daysSinceFirst = Math.floorMod(at.getDayOfWeek().getValue() - first.getValue(), 7);
        return daysSinceFirst <= Math.floorMod(last.getValue() - first.getValue(), 7);
    }

    private static boolean isAtTimes(ZonedDateTime at, LocalTime from, LocalTime to) {
        if (!from.isBefore(to)) {
            throw new DateTimeException("office hours end on the day on which they begin");
        }
        return !at.toLocalTime().isBefore(from) && at.toLocalTime().isBefore(to);
    }

    private static DayOfWeek day(String shortName) {
        return Arrays.stream(DayOfWeek.values())
                .filter(day -> day.name().startsWith(shortName.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new DateTimeException("no day is called " + shortName));
    }

    private static IllegalArgumentException unreadable(String hours, DateTimeException cause) {
        return new IllegalArgumentException(
                "office hours are written as Mon-Fri 09:00-18:00 Asia/Tokyo, not as " + hours
                        + (cause == null ? "" : " (" + cause.getMessage() + ")"),
                cause);
    }
}
