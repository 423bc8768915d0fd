package dev.mackerelredmine.text;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Text without what a reader cannot see: control characters, and those that turn the direction of writing. */
public final class Lines {

    private static final Pattern LINE_BREAK = Pattern.compile("\\R");
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]+");
    private static final Pattern OTHER_CONTROL = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}&&[^\t]]+");
    private static final Pattern BLANK_LINES = Pattern.compile("^(?:[^\\S\n]*\n)+");
    private static final Pattern DIRECTION = Pattern.compile("[\\u202A-\\u202E\\u2066-\\u2069]");

    private Lines() {}

    /** All in one line. */
    public static String one(String text) {
        String line = CONTROL.matcher(text).replaceAll(" ");
        return DIRECTION.matcher(line).replaceAll("").strip();
    }

    /** The lines that are not blank. */
    public static String some(String text) {
        return all(text).stream().filter(line -> !line.isEmpty()).collect(Collectors.joining("\n"));
    }

    /** All lines with the blanks and tabs at their beginning, without blank lines around them. */
    static String indented(String text) {
        String lines = LINE_BREAK
                .splitAsStream(text)
                .map(line -> OTHER_CONTROL.matcher(line).replaceAll(" "))
                .map(line -> DIRECTION.matcher(line).replaceAll("").stripTrailing())
                .collect(Collectors.joining("\n"));
        return BLANK_LINES.matcher(lines.stripTrailing()).replaceFirst("");
    }

    /** Each line, blank ones too, but none at the end. */
    static List<String> all(String text) {
        return LINE_BREAK.splitAsStream(text.stripTrailing()).map(Lines::one).toList();
    }
}
