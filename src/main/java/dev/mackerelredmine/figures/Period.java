package dev.mackerelredmine.figures;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Whole days of a time zone. @param to the first day that is not in it any more */
public record Period(
        LocalDate from, LocalDate to, @JsonIgnore ZoneId zone) {

    private static final int MOST_STEPS = 92;
    private static final int WEEK = 7;

    public Period {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("a period has a day: " + from + " to " + to);
        }
    }

    public static Period ofDays(long days, LocalDate last, ZoneId zone) {
        return new Period(last.minusDays(days - 1), last.plusDays(1), zone);
    }

    /** How many days make a step of a course: one, or, in a long period, a week from its first day on. */
    public int daysOfAStep() {
        return days() > MOST_STEPS ? WEEK : 1;
    }

    /** The first days of the steps. */
    public List<LocalDate> steps() {
        return from.datesUntil(to, java.time.Period.ofDays(daysOfAStep())).toList();
    }

    public long days() {
        return ChronoUnit.DAYS.between(from, to);
    }

    /** As many days before it. */
    public Period before() {
        return new Period(from.minusDays(days()), from, zone);
    }

    @JsonIgnore
    public long begin() {
        return from.atStartOfDay(zone).toInstant().toEpochMilli();
    }

    @JsonIgnore
    public long end() {
        return to.atStartOfDay(zone).toInstant().toEpochMilli();
    }
}
