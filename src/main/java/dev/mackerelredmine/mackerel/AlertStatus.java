package dev.mackerelredmine.mackerel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The status of an alert, shown as Mackerel writes it: {@code ok}, {@code warning}, {@code critical}, {@code unknown}.
 * Read in any case, because alert groups have theirs in capitals; any other word is refused.
 */
public enum AlertStatus {
    OK,
    WARNING,
    CRITICAL,
    UNKNOWN;

    @JsonCreator
    public static AlertStatus of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** All words there are, for messages. */
    static String words() {
        return Arrays.stream(values()).map(AlertStatus::toString).collect(Collectors.joining(", "));
    }

    @JsonValue
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
