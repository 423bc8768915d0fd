package fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** What has to hold of every input. What does not hold is an {@link AssertionError} that shows it, and by which Jazzer keeps the input. */
final class Require {

    private Require() {}

    static void that(boolean holds, String what, Object found) {
        if (!holds) {
            throw new AssertionError("not " + what + ": " + found);
        }
    }

    static void same(String what, Object expected, Object found) {
        that(Objects.equals(expected, found), what + " as expected\n" + expected + "\nbut", found);
    }

    static void oneLine(String what, String text) {
        that(text.chars().noneMatch(c -> Character.isISOControl(c) || c == '\u2028' || c == '\u2029'), what + " in one line", text);
        writable(what, text);
    }

    /** Half of a surrogate pair cannot be written in UTF-8, and PostgreSQL and MySQL take no NUL. */
    static void writable(String what, String text) {
        that(text.indexOf(0) < 0, what + " without a NUL", text);
        same(what + " in UTF-8", text, new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
    }
}
