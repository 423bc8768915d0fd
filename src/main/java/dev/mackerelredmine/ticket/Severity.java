package dev.mackerelredmine.ticket;

import dev.mackerelredmine.mackerel.AlertStatus;
import java.util.Arrays;

/**
 * How bad a status is. That unknown stands between warning and critical is Mackerel's own order: a notification group for
 * "critical only" gets unknown, too, and no warning.
 */
public final class Severity {

    private Severity() {}

    public static int of(AlertStatus status) {
        return switch (status) {
            case OK -> 0;
            case WARNING -> 1;
            case UNKNOWN -> 2;
            case CRITICAL -> 3;
        };
    }

    /** The status that is as bad as that. */
    public static AlertStatus status(int severity) {
        return Arrays.stream(AlertStatus.values())
                .filter(status -> of(status) == severity)
                .findFirst()
                .orElseThrow();
    }

    static int of(Change change) {
        return of(change.status());
    }
}
