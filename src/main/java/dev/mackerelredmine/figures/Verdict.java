package dev.mackerelredmine.figures;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What people say of a ticket: whether its alert was worth it. */
public final class Verdict {

    public static final String NOISE = "noise";

    /** Not in a longer word: #noisebox is another tag. */
    private static final Pattern IN_A_NOTE = Pattern.compile("(?<![\\w#])#noise(?!\\w)|対応不要");

    private Verdict() {}

    private static final int LONGEST = 100;

    /**
     * @param value of the custom field in which people say it: a text, or a list of texts; null where there is none
     * @param notes that people wrote
     * @return null: nothing is said
     */
    public static String of(Object value, Stream<String> notes) {
        String chosen = value instanceof List<?> several
                ? several.stream().map(String::valueOf).collect(Collectors.joining(", "))
                : Objects.toString(value, "");
        if (!chosen.isBlank()) {
            String text = chosen.strip();
            return text.codePointCount(0, text.length()) <= LONGEST
                    ? text
                    : text.substring(0, text.offsetByCodePoints(0, LONGEST));
        }
        return notes.anyMatch(Verdict::saysNoise) ? NOISE : null;
    }

    /** Whether a note says that nothing had to be done. */
    public static boolean saysNoise(String note) {
        return note != null && IN_A_NOTE.matcher(note).find();
    }
}
