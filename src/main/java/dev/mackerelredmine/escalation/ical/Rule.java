package dev.mackerelredmine.escalation.ical;

import biweekly.ICalDataType;
import biweekly.ICalVersion;
import biweekly.io.CannotParseException;
import biweekly.io.ParseContext;
import biweekly.io.scribe.property.RecurrenceRuleScribe;
import biweekly.parameter.ICalParameters;
import biweekly.util.Frequency;
import biweekly.util.ICalDate;
import biweekly.util.Recurrence;
import biweekly.util.com.google.ical.compat.javautil.DateIterator;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.TimeZone;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How an event repeats. biweekly counts on by the clock, as if there were no zones: so an event at 09:00 stays at 09:00 when the clocks
 * change. What it does not count by is the end, because that may be an instant.
 */
final class Rule {

    /** Such as each hour of ten years. */
    static final int MOST = 100_000;

    private static final Pattern UNTIL = Pattern.compile(";?UNTIL=([^;]*)", Pattern.CASE_INSENSITIVE);
    private static final Set<Frequency> FREQUENCIES =
            Set.of(Frequency.HOURLY, Frequency.DAILY, Frequency.WEEKLY, Frequency.MONTHLY, Frequency.YEARLY);
    private static final TimeZone UTC = TimeZone.getTimeZone(ZoneOffset.UTC);

    private final Recurrence recurrence;
    private final LocalDateTime start;
    private final Predicate<LocalDateTime> isBeforeItsEnd;

    private Rule(Recurrence recurrence, LocalDateTime start, Predicate<LocalDateTime> isBeforeItsEnd) {
        this.recurrence = recurrence;
        this.start = start;
        this.isBeforeItsEnd = isBeforeItsEnd;
    }

    static Rule of(String text, Moment start, Zones zones) throws FeedException {
        Matcher until = UNTIL.matcher(text);
        Predicate<LocalDateTime> isBeforeItsEnd = until.find() ? until(until.group(1), start, zones) : any -> true;
        String rest = UNTIL.matcher(text).replaceFirst("").replaceFirst("^;", "");
        return new Rule(recurrence(rest, text), start.local(), isBeforeItsEnd);
    }

    private static Predicate<LocalDateTime> until(String text, Moment start, Zones zones) throws FeedException {
        Moment end = Moment.of(new IcalEvent.Value("UNTIL", text, null), start.zone(), zones);
        return end.isDate()
                ? local -> !local.toLocalDate().isAfter(end.local().toLocalDate())
                : local -> !local.atZone(start.zone()).toInstant().isAfter(end.instant());
    }

    private static Recurrence recurrence(String rest, String text) throws FeedException {
        ParseContext context = new ParseContext();
        context.setVersion(ICalVersion.V2_0);
        Recurrence read;
        try {
            read = new RecurrenceRuleScribe()
                    .parseText(rest, ICalDataType.RECUR, new ICalParameters(), context)
                    .getValue();
        } catch (CannotParseException | IllegalArgumentException e) {
            throw notUnderstood(text);
        }
        boolean isUnderstood = context.getWarnings().isEmpty()
                && read.getXRules().isEmpty()
                && read.getFrequency() != null
                && FREQUENCIES.contains(read.getFrequency())
                && isWithin(read.getInterval(), 10_000)
                && isWithin(read.getCount(), MOST);
        if (!isUnderstood) {
            throw notUnderstood(text);
        }
        return read;
    }

    private static boolean isWithin(Integer number, int most) {
        return number == null || number >= 1 && number <= most;
    }

    private static FeedException notUnderstood(String text) {
        return new FeedException("RRULE:" + text + " is not understood");
    }

    /** When occurrences begin, from a time on and before another. */
    List<LocalDateTime> between(LocalDateTime from, LocalDateTime to) {
        DateIterator dates = recurrence.getDateIterator(new ICalDate(date(start), true), UTC);
        if (recurrence.getCount() == null && from.isAfter(start)) {
            dates.advanceTo(date(from));
        }
        List<LocalDateTime> between = new ArrayList<>();
        for (int step = 0; step < MOST && dates.hasNext(); step++) {
            LocalDateTime each = LocalDateTime.ofInstant(dates.next().toInstant(), ZoneOffset.UTC);
            if (!each.isBefore(to) || !isBeforeItsEnd.test(each)) {
                break;
            }
            if (!each.isBefore(from)) {
                between.add(each);
            }
        }
        return between;
    }

    private static Date date(LocalDateTime local) {
        return Date.from(local.toInstant(ZoneOffset.UTC));
    }
}
