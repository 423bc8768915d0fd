package dev.mackerelredmine;

import java.util.List;

/** The settings are wrong; the message says all that is wrong with them, a line each, and never a secret's value. */
public final class SettingsException extends RuntimeException {

    SettingsException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
    }
}
