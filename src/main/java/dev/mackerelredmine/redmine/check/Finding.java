package dev.mackerelredmine.redmine.check;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;

/** One line of what was found: of which setting or part of Redmine, how it is, and what to do where that is not well. */
public record Finding(String subject, Verdict verdict, String found, String advice) {

    /** How it is; what could not be checked, because something else is wrong, is none of the others. */
    public enum Verdict {
        OK("ok"),
        NOTE("note"),
        WRONG("wrong"),
        NOT_CHECKED("not checked");

        private final String word;

        Verdict(String word) {
            this.word = word;
        }

        @JsonValue
        @Override
        public String toString() {
            return word;
        }
    }

    public static Finding ok(String subject, String found) {
        return new Finding(subject, Verdict.OK, found, "");
    }

    public static Finding note(String subject, String found) {
        return new Finding(subject, Verdict.NOTE, found, "");
    }

    public static Finding wrong(String subject, String found, String advice) {
        return new Finding(subject, Verdict.WRONG, found, advice);
    }

    static Finding notChecked(String subject, String because) {
        return new Finding(subject, Verdict.NOT_CHECKED, because, "");
    }

    @JsonIgnore
    public boolean isWrong() {
        return verdict == Verdict.WRONG;
    }

    /** What was found and what to do, in one line. */
    public String text() {
        return advice.isEmpty() ? found : found + ". " + advice;
    }

    @Override
    public String toString() {
        return subject + ": " + text();
    }
}
