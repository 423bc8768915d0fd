package dev.mackerelredmine.report;

import dev.mackerelredmine.figures.Period;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.Optional;

/** A week of ISO 8601, from Monday on, as {@code 2026-W48}. @param monday its first day */
public record Week(LocalDate monday) {

    private static final int DAYS = 7;
    private static final DateTimeFormatter NAME = new DateTimeFormatterBuilder()
            .appendValue(IsoFields.WEEK_BASED_YEAR, 4)
            .appendLiteral("-W")
            .appendValue(IsoFields.WEEK_OF_WEEK_BASED_YEAR, 2)
            .parseDefaulting(ChronoField.DAY_OF_WEEK, 1)
            .toFormatter()
            .withResolverStyle(ResolverStyle.STRICT);

    public static Week of(LocalDate day) {
        return new Week(day.with(ChronoField.DAY_OF_WEEK, 1));
    }

    /** Empty where it is none. */
    public static Optional<Week> named(String name) {
        try {
            return Optional.of(new Week(LocalDate.parse(name, NAME)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    public Week before() {
        return new Week(monday.minusDays(DAYS));
    }

    Week after() {
        return new Week(monday.plusDays(DAYS));
    }

    public Period period(ZoneId zone) {
        return new Period(monday, monday.plusDays(DAYS), zone);
    }

    public LocalDate sunday() {
        return monday.plusDays(DAYS - 1);
    }

    @Override
    public String toString() {
        return NAME.format(monday);
    }
}
