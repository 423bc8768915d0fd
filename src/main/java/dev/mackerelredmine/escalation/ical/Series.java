package dev.mackerelredmine.escalation.ical;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An event with all its occurrences. Each lasts as long as the first one by the clock: a shift until 09:00 ends at 09:00 on the day on which
 * the clocks change as well.
 */
final class Series {

    private static final Pattern DURATION = Pattern.compile("\\+?P(?:(\\d+)W)?(?:(\\d+)D)?(T.+)?");

    private static final int MOST_DAYS = 200 * 366;

    private final Moment start;
    private final Duration length;
    private final String name;
    private final List<Rule> rules = new ArrayList<>();
    private final Set<LocalDateTime> more = new TreeSet<>();
    private final Set<Instant> without = new HashSet<>();
    private final Set<LocalDate> withoutDays = new HashSet<>();

    private Series(Moment start, Duration length, String name) {
        this.start = start;
        this.length = length;
        this.name = name;
    }

    static Series of(IcalEvent event, Zones zones) throws FeedException {
        Moment start = Moment.of(
                event.value("DTSTART").orElseThrow(() -> new FeedException("an event has no DTSTART")), zones);
        Series series = new Series(start, length(event, start, zones), event.title());
        if (!event.texts("EXRULE").isEmpty()) {
            throw new FeedException("EXRULE is not understood");
        }
        for (String rule : event.texts("RRULE")) {
            series.rules.add(Rule.of(rule, start, zones));
        }
        series.more.add(start.local());
        for (IcalEvent.Value date : event.values("RDATE")) {
            series.more.add(Moment.of(date, zones).in(start.zone()));
        }
        for (IcalEvent.Value date : event.values("EXDATE")) {
            series.leaveOut(Moment.of(date, zones));
        }
        return series;
    }

    private static Duration length(IcalEvent event, Moment start, Zones zones) throws FeedException {
        Optional<IcalEvent.Value> end = event.value("DTEND");
        String duration = event.text("DURATION");
        if (end.isEmpty() && duration.isEmpty()) {
            return start.isDate() ? Duration.ofDays(1) : Duration.ZERO;
        }
        Duration length = end.isPresent()
                ? Duration.between(start.local(), Moment.of(end.get(), zones).in(start.zone()))
                : duration(duration);
        if (length.toDays() > MOST_DAYS) {
            throw new FeedException("an event lasts for more than 200 years");
        }
        if (length.isNegative()) {
            throw new FeedException("an event ends before it begins, at DTSTART "
                    + event.value("DTSTART").get().text());
        }
        return length;
    }

    private static Duration duration(String text) throws FeedException {
        Matcher parts = DURATION.matcher(text);
        try {
            if (parts.matches()) {
                Period days = Period.parse("P" + number(parts.group(1)) + "W" + number(parts.group(2)) + "D");
                return Duration.ofDays(days.getDays())
                        .plus(parts.group(3) == null ? Duration.ZERO : Duration.parse("P" + parts.group(3)));
            }
        } catch (DateTimeException | ArithmeticException broken) {
            throw new FeedException("DURATION:" + text + " is no duration");
        }
        throw new FeedException("DURATION:" + text + " is no duration");
    }

    private static String number(String digits) {
        return digits == null ? "0" : digits;
    }

    /** Another event stands for that occurrence, or it was taken out. */
    void leaveOut(Moment occurrence) {
        if (occurrence.isDate()) {
            withoutDays.add(occurrence.local().toLocalDate());
        } else if (start.isDate()) {
            withoutDays.add(occurrence.in(start.zone()).toLocalDate());
        } else {
            without.add(occurrence.instant());
        }
    }

    List<Shift> between(Instant from, Instant to) {
        ZoneId zone = start.zone();
        LocalDateTime first = from.atZone(zone).toLocalDateTime().minus(length).minusDays(1);
        LocalDateTime last = to.atZone(zone).toLocalDateTime().plusDays(1);
        Set<LocalDateTime> starts = new TreeSet<>(more);
        rules.forEach(rule -> starts.addAll(rule.between(first, last)));
        return starts.stream()
                .filter(local -> !withoutDays.contains(local.toLocalDate()))
                .map(this::shift)
                .filter(shift -> !without.contains(shift.from()))
                .filter(shift -> shift.from().isBefore(shift.to()) && shift.overlaps(from, to))
                .toList();
    }

    private Shift shift(LocalDateTime local) {
        return new Shift(
                local.atZone(start.zone()).toInstant(),
                local.plus(length).atZone(start.zone()).toInstant(),
                name);
    }
}
