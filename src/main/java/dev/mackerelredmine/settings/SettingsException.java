package dev.mackerelredmine.settings;

import java.util.List;

/** The settings are wrong; the message says all that is wrong with them, a line each, and never a secret's value. */
public final class SettingsException extends RuntimeException {

    private final boolean mayPass;

    public SettingsException(List<String> problems) {
        this(problems, false);
    }

    /** @param mayPass nothing is wrong with the settings themselves, and the same may do at the next start */
    public SettingsException(List<String> problems, boolean mayPass) {
        super(String.join(System.lineSeparator(), problems));
        this.mayPass = mayPass;
    }

    public boolean mayPass() {
        return mayPass;
    }
}
