package dev.mackerelredmine.redmine.check;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** Compares the time that an answer shows with this machine's. */
public final class Clocks {

    private Clocks() {}

    /** @param date as in the HTTP header {@code Date}, in whole seconds; null where there was none */
    static Duration ahead(String date, Instant sent, Instant received) {
        try {
            return date == null
                    ? null
                    : ahead(
                            ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant(),
                            sent,
                            received);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /**
     * How far a clock is ahead at least; behind is negative. It may have been read at any moment between the two of ours.
     *
     * @param shown the second in which it was read
     */
    public static Duration ahead(Instant shown, Instant sent, Instant received) {
        if (shown.isAfter(received)) {
            return Duration.between(received, shown);
        }
        Instant latest = shown.plusSeconds(1);
        return latest.isBefore(sent) ? Duration.between(sent, latest) : Duration.ZERO;
    }
}
