package dev.mackerelredmine.escalation;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads durations, times and numbers of the file, and keeps what is wrong with them. */
final class YamlValues {

    private static final int FIRST_YEAR = 2000;
    private static final int LAST_YEAR = 2200;

    private final YamlTexts texts;
    private final Mistakes mistakes;

    YamlValues(YamlTexts texts, Mistakes mistakes) {
        this.texts = texts;
        this.mistakes = mistakes;
    }

    Optional<Duration> duration(String what, Node node, Duration shortest) {
        return texts.text(what, node).flatMap(text -> duration(what, text, shortest));
    }

    private Optional<Duration> duration(String what, YamlText text, Duration shortest) {
        Optional<Duration> read = Durations.read(text.value());
        if (read.isEmpty()) {
            mistakes.add(text.line(), what + " is a duration such as 5m, 1h30m, 7d, not " + text);
        } else if (read.get().compareTo(shortest) < 0 || read.get().compareTo(Durations.LONGEST) > 0) {
            mistakes.add(
                    text.line(),
                    what + " is from " + Durations.text(shortest) + " to " + Durations.text(Durations.LONGEST)
                            + ", not " + text);
            return Optional.empty();
        }
        return read;
    }

    Optional<LocalDateTime> time(String what, Node node) {
        return texts.text(what, node).flatMap(text -> {
            try {
                LocalDateTime time = LocalDateTime.parse(text.value());
                if (time.getYear() >= FIRST_YEAR && time.getYear() < LAST_YEAR) {
                    return Optional.of(time);
                }
            } catch (DateTimeException e) {
                // said below
            }
            mistakes.add(
                    text.line(),
                    what + " is a date and time such as 2026-12-01T09:00, without a zone (that is time-zone), not "
                            + text);
            return Optional.empty();
        });
    }

    Optional<ZoneId> zone(String what, Node node) {
        return texts.text(what, node).flatMap(text -> {
            try {
                return Optional.of(ZoneId.of(text.value()));
            } catch (DateTimeException e) {
                mistakes.add(text.line(), what + " is a time zone such as Asia/Tokyo, UTC, +09:00, not " + text);
                return Optional.empty();
            }
        });
    }

    Optional<Integer> number(String what, Node node, int most) {
        return texts.text(what, node).flatMap(text -> {
            if (text.value().matches("\\d{1,6}") && Integer.parseInt(text.value()) <= most) {
                return Optional.of(Integer.parseInt(text.value()));
            }
            mistakes.add(text.line(), what + " is a number from 0 to " + most + ", not " + text);
            return Optional.empty();
        });
    }
}
