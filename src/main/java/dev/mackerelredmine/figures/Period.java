package dev.mackerelredmine.figures;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/** Whole days of a time zone. @param to the first day that is not in it any more */
public record Period(
        LocalDate from, LocalDate to, @JsonIgnore ZoneId zone) {

    public Period {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("a period has a day: " + from + " to " + to);
        }
    }

    public static Period ofDays(long days, LocalDate last, ZoneId zone) {
        return new Period(last.minusDays(days - 1), last.plusDays(1), zone);
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
