package dev.mackerelredmine.figures;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/** Days and hours of many moments, by a zone's clocks: it looks for their offset once between two changes of it. */
final class LocalTimes {

    private static final long HOUR = 3_600_000;
    private static final long DAY = 24 * HOUR;

    /** 1970 began on a Thursday. */
    private static final long FIRST_WEEKDAY = 3;

    private final ZoneRules rules;
    private long from = Long.MAX_VALUE;
    private long until = Long.MIN_VALUE;
    private long offset;

    LocalTimes(ZoneId zone) {
        rules = zone.getRules();
    }

    /** Since 1970, as {@link java.time.LocalDate#toEpochDay()} counts. */
    long day(long millis) {
        return Math.floorDiv(local(millis), DAY);
    }

    int hour(long millis) {
        return (int) (Math.floorMod(local(millis), DAY) / HOUR);
    }

    /** 0 is Monday. */
    int weekday(long millis) {
        return (int) Math.floorMod(day(millis) + FIRST_WEEKDAY, 7L);
    }

    private long local(long millis) {
        if (millis < from || millis >= until) {
            Instant at = Instant.ofEpochMilli(millis);
            offset = rules.getOffset(at).getTotalSeconds() * 1000L;
            ZoneOffsetTransition before = rules.previousTransition(at.plusMillis(1));
            ZoneOffsetTransition next = rules.nextTransition(at);
            from = before == null ? Long.MIN_VALUE : before.getInstant().toEpochMilli();
            until = next == null ? Long.MAX_VALUE : next.getInstant().toEpochMilli();
        }
        return millis + offset;
    }
}
