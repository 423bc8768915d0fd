package dev.mackerelredmine.ticket.policy;

import dev.mackerelredmine.mackerel.Alert;
import dev.mackerelredmine.mackerel.Notification;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Whether an alert came in office hours, for policies. It goes by the alert's own time, so that a ticket that had to wait is still given
 * to whom it was meant for; where Mackerel tells no time, by the clock. Hours that cannot be read are refused with how they are written.
 */
public final class OfficeHours {

    private static final Pattern HOURS = Pattern.compile("(\\w{3})-(\\w{3}) (\\d\\d:\\d\\d)-(\\d\\d:\\d\\d) (\\S+)");

    private final Set<LocalDate> holidays;
    private final Clock clock;

    /** @param holidays days that count as a Sunday */
    public OfficeHours(Set<LocalDate> holidays) {
        this(holidays, Clock.systemUTC());
    }

    OfficeHours(Set<LocalDate> holidays, Clock clock) {
        this.holidays = Set.copyOf(holidays);
        this.clock = clock;
    }

    /**
     * Whether the alert got its status in hours such as {@code Mon-Fri 09:00-18:00 Asia/Tokyo}; the last minute does not belong to them.
     * Hours that end before they begin, as {@code Mon-Fri 22:00-07:00}, end on the next day. A holiday is a Sunday.
     */
    public boolean isWithin(Notification notification, String hours) {
        Hours read = Hours.of(hours);
        return read.contain(at(notification.alert()).atZone(read.zone()), holidays);
    }

    /** @throws IllegalArgumentException that says how hours are written */
    public static void require(String hours) {
        Hours.of(hours);
    }

    /** The time itself, where it is in these hours; else when they begin next. */
    public static Instant next(String hours, Instant now, Set<LocalDate> holidays) {
        return Hours.of(hours).next(now, holidays);
    }

    private record Hours(DayOfWeek first, DayOfWeek last, LocalTime from, LocalTime to, ZoneId zone) {

        static Hours of(String hours) {
            Matcher parts = HOURS.matcher(hours);
            if (!parts.matches()) {
                throw unreadable(hours, null);
            }
            try {
                Hours read = new Hours(
                        day(parts.group(1)),
                        day(parts.group(2)),
                        LocalTime.parse(parts.group(3)),
                        LocalTime.parse(parts.group(4)),
                        ZoneId.of(parts.group(5)));
                if (read.from.equals(read.to)) {
                    throw new DateTimeException("they end when they begin");
                }
                return read;
            } catch (DateTimeException e) {
                throw unreadable(hours, e);
            }
        }

        boolean contain(ZonedDateTime at, Set<LocalDate> holidays) {
            LocalTime time = at.toLocalTime();
            if (from.isBefore(to)) {
                return isOnDays(at.toLocalDate(), holidays) && !time.isBefore(from) && time.isBefore(to);
            }
            return !time.isBefore(from) && isOnDays(at.toLocalDate(), holidays)
                    || time.isBefore(to) && isOnDays(at.toLocalDate().minusDays(1), holidays);
        }

        /** Hours hold on one day of seven at least that is no holiday. */
        Instant next(Instant now, Set<LocalDate> holidays) {
            ZonedDateTime at = now.atZone(zone);
            if (contain(at, holidays)) {
                return now;
            }
            return Stream.iterate(at.toLocalDate(), day -> day.plusDays(1))
                    .filter(day -> isOnDays(day, holidays))
                    .map(day -> day.atTime(from).atZone(zone).toInstant())
                    .filter(begin -> begin.isAfter(now))
                    .findFirst()
                    .orElseThrow();
        }

        /** From Saturday to Monday is over the end of the week. */
        private boolean isOnDays(LocalDate date, Set<LocalDate> holidays) {
            DayOfWeek day = holidays.contains(date) ? DayOfWeek.SUNDAY : date.getDayOfWeek();
            return daysSinceFirst(day) <= daysSinceFirst(last);
        }

        private int daysSinceFirst(DayOfWeek day) {
            return Math.floorMod(day.getValue() - first.getValue(), 7);
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
