package dev.mackerelredmine.escalation.ical;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.regex.Pattern;

/**
 * A time as a calendar writes it: the clock's time in a zone.
 *
 * @param isDate it is a whole day, which begins at that time
 */
record Moment(LocalDateTime local, ZoneId zone, boolean isDate) {

    private static final Pattern DATE = Pattern.compile("\\d{8}");
    private static final Pattern TIME = Pattern.compile("\\d{8}T\\d{6}");
    private static final Pattern UTC = Pattern.compile("\\d{8}T\\d{6}Z");
    private static final DateTimeFormatter DATES = strict("uuuuMMdd");
    private static final DateTimeFormatter TIMES = strict("uuuuMMdd'T'HHmmss");

    private static DateTimeFormatter strict(String pattern) {
        return DateTimeFormatter.ofPattern(pattern).withResolverStyle(ResolverStyle.STRICT);
    }

    static Moment of(IcalEvent.Value value, Zones zones) throws FeedException {
        return of(value, value.zone() == null ? null : Zones.named(value.zone()), zones);
    }

    /** @param own the zone of a time that does not say UTC; null: the calendar's */
    static Moment of(IcalEvent.Value value, ZoneId own, Zones zones) throws FeedException {
        String text = value.text();
        try {
            if (UTC.matcher(text).matches()) {
                return new Moment(
                        LocalDateTime.parse(text.substring(0, text.length() - 1), TIMES), ZoneOffset.UTC, false);
            }
            if (DATE.matcher(text).matches()) {
                return new Moment(LocalDate.parse(text, DATES).atStartOfDay(), zones.ofCalendar(), true);
            }
            if (TIME.matcher(text).matches()) {
                ZoneId zone = own == null ? zones.ofCalendar() : own;
                return new Moment(LocalDateTime.parse(text, TIMES), zone, false);
            }
        } catch (DateTimeException broken) {
            throw broken(value);
        }
        throw broken(value);
    }

    private static FeedException broken(IcalEvent.Value value) {
        return new FeedException(value.property() + ":" + value.text() + " is no date or time");
    }

    Instant instant() {
        return local.atZone(zone).toInstant();
    }

    LocalDateTime in(ZoneId other) {
        return instant().atZone(other).toLocalDateTime();
    }
}
