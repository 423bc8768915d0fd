package dev.mackerelredmine.ticket;

import java.util.List;

/** What an alert's untold changes come to, all in all, for a ticket that stands. */
enum Effect {
    /** It is worse than it was, or fires again. */
    WORSE,
    /** Its status changed, and it fires on, no worse than it was. */
    CHANGED,
    /** The same status with another message, or a change and back. */
    MESSAGE,
    /** The same again. */
    RESEND,
    RECOVERED,
    /** Only what happened before the last thing told. */
    LATE,
    /** Only something about its host. */
    HOST,
    /** Only a graph. */
    GRAPH,
    NONE;

    static Effect of(AlertHistory history) {
        List<Change> telling = history.worthTelling();
        boolean fired = history.told() != null && history.told().newest().fires();
        if (!history.fires() && (fired || history.told() == null)) {
            return RECOVERED;
        }
        if (history.fires() && (!fired || isWorse(history))) {
            return WORSE;
        }
        if (telling.stream().anyMatch(change -> isNews(history, change))) {
            return changesStatus(history, telling) && history.fires() ? CHANGED : MESSAGE;
        }
        if (history.tellsLate()) {
            return LATE;
        }
        if (!telling.isEmpty()) {
            return HOST;
        }
        if (history.resends() > 0) {
            return RESEND;
        }
        return history.graph() != null ? GRAPH : NONE;
    }

    private static boolean isWorse(AlertHistory history) {
        return Severity.of(history.newest()) > Severity.of(history.told().newest());
    }

    private static boolean isNews(AlertHistory history, Change change) {
        return change.isOfAlert()
                && Change.IN_ORDER.compare(change, history.told().newest()) > 0;
    }

    private static boolean changesStatus(AlertHistory history, List<Change> telling) {
        return telling.stream()
                .filter(change -> isNews(history, change))
                .anyMatch(change -> change.status() != history.told().newest().status());
    }
}
