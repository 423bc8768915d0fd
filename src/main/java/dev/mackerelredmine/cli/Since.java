package dev.mackerelredmine.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A time as people write it on the command line: how long ago, a date, or a date and time, with or without its zone. */
final class Since {

    private static final Pattern AGO = Pattern.compile("(?:(\\d{1,5})d)?(?:(\\d{1,6})h)?(?:(\\d{1,8})m)?");

    private final ZoneId zone;
    private final Instant now;

    Since(ZoneId zone, Instant now) {
        this.zone = zone;
        this.now = now;
    }

    /** None of what cannot be read. */
    Optional<Instant> time(String text) {
        Matcher ago = AGO.matcher(text);
        return ago.matches() && !text.isEmpty() ? Optional.of(now.minus(duration(ago))) : date(text);
    }

    private static Duration duration(Matcher ago) {
        return Duration.ofDays(number(ago.group(1)))
                .plusHours(number(ago.group(2)))
                .plusMinutes(number(ago.group(3)));
    }

    private static long number(String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    private Optional<Instant> date(String text) {
        try {
            if (!text.contains("T")) {
                return Optional.of(LocalDate.parse(text).atStartOfDay(zone).toInstant());
            }
            boolean hasZone = text.matches(".*(Z|[+-]\\d{2}:\\d{2})");
            return Optional.of(
                    hasZone
                            ? OffsetDateTime.parse(text).toInstant()
                            : LocalDateTime.parse(text).atZone(zone).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
