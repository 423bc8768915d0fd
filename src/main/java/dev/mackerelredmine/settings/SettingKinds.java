package dev.mackerelredmine.settings;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.util.TimeUtils;

/** Reads the text of a setting as what its row says. */
final class SettingKinds {

    private static final String NUMBER = "0|[1-9]\\d{0,8}";
    private static final String DURATION = "(\\d{1,5}d)?(\\d{1,9}h)?(\\d{1,9}m)?(\\d{1,9}s)?(\\d{1,9}ms)?";
    private static final String NOT_NONE = ".*[1-9].*";

    private SettingKinds() {}

    /** @throws IllegalArgumentException that goes on from {@code NAME is "text", }: what it is not */
    static Object read(SettingRow row, String text) {
        if (!(row.type() instanceof Class<?> type)) {
            return several(((ParameterizedType) row.type()).getActualTypeArguments()[0], text);
        }
        if (type == int.class || type == Integer.class) {
            return (int) number(row, text);
        }
        if (type == Long.class) {
            return number(row, text);
        }
        if (type == boolean.class) {
            return isOn(text);
        }
        if (type == Duration.class) {
            return duration(row, text);
        }
        if (type == ZoneId.class) {
            return zone(text);
        }
        if (type == Secret.class) {
            return new Secret(text);
        }
        return type.isEnum() ? word(type, text) : text;
    }

    private static long number(SettingRow row, String text) {
        if (!text.matches(NUMBER) || Long.parseLong(text) < row.min() || Long.parseLong(text) > row.max()) {
            throw new IllegalArgumentException(
                    "not a number from " + row.min() + (row.max() == Integer.MAX_VALUE ? " up" : " to " + row.max()));
        }
        return Long.parseLong(text);
    }

    private static boolean isOn(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException("not true or false");
        }
        return text.equals("true");
    }

    private static Duration duration(SettingRow row, String text) {
        if (row.min() == 0 && text.equals("0")) {
            return Duration.ZERO;
        }
        if (!text.matches(DURATION) || !text.matches(NOT_NONE)) {
            throw new IllegalArgumentException("not a time longer than zero, such as 500ms, 30s, 5m, 1h, 7d");
        }
        return Duration.ofMillis(TimeUtils.toMilliSeconds(text));
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("not a time zone such as Asia/Tokyo, UTC, +09:00", e);
        }
    }

    /** With commas between. */
    private static Set<?> several(Type type, String text) {
        if (type == LocalDate.class) {
            return days(text);
        }
        return Stream.of(text.split(",", -1))
                .map(String::strip)
                .map(each -> type instanceof Class<?> words && words.isEnum() ? word(words, each) : each)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Set<LocalDate> days(String text) {
        try {
            return Stream.of(text.split(",", -1))
                    .map(String::strip)
                    .map(LocalDate::parse)
                    .collect(Collectors.toUnmodifiableSet());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("not dates such as 2026-12-31,2027-01-01", e);
        }
    }

    private static Object word(Class<?> type, String text) {
        return Arrays.stream(type.getEnumConstants())
                .filter(word -> word.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("not one of "
                        + Arrays.stream(type.getEnumConstants())
                                .map(Object::toString)
                                .collect(Collectors.joining(", "))));
    }
}
