package dev.mackerelredmine.store;

import java.util.stream.Collectors;

/**
 * An alert that can be delivered anew.
 *
 * @param issue Redmine's number of its ticket, or null where it has none
 * @param parked why Redmine would not take it, or null
 * @param fromPreview whether it came in during a preview, and never since
 * @param unreported how many of its events its ticket does not show yet; all of them where it has none
 */
public record Replayable(
        long id,
        String org,
        String alertKey,
        String problemKey,
        String host,
        Long issue,
        String parked,
        boolean fromPreview,
        long unreported) {

    /** Its problem in one line, as {@link Problem} says it. */
    public String problem() {
        return problemKey.lines().filter(part -> !part.isBlank()).collect(Collectors.joining(" / "));
    }

    /** Why there is something to be done for it, and what. */
    public String what() {
        if (parked != null) {
            return "parked: " + parked;
        }
        if (fromPreview) {
            return "came in during a preview: is delivered for the first time";
        }
        if (issue == null) {
            return "has no ticket: is worked out anew from all of its events (" + unreported + ")";
        }
        return unreported == 0 ? "its ticket says all: nothing is written" : "events not written yet: " + unreported;
    }

    boolean isSameAlert(Replayable other) {
        return org.equals(other.org) && alertKey.equals(other.alertKey);
    }
}
