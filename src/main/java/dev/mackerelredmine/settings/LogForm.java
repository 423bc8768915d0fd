package dev.mackerelredmine.settings;

import java.util.Locale;

/** The form of the log: lines for people, or one JSON object a line. */
public enum LogForm {
    PLAIN,
    JSON;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
