package dev.mackerelredmine.ticket;

import java.util.List;

/** The sum of an alert's unreported changes, for a ticket that exists. */
enum Effect {
    /** It is more severe than what was reported, or fires again after its end. */
    WORSE_OR_AGAIN("it got worse, or fires again"),
    /** Its status changed, and it fires on, no worse than it was. */
    CHANGED("its status changed"),
    /** The same status with another message, or a change and back. */
    MESSAGE("its message changed"),
    /** Mackerel sent the same again. */
    RESEND("the same was said again"),
    RECOVERED("it recovered"),
    /** Only what happened before the last thing reported. */
    LATE("something older came in late"),
    /** Only something about its host. */
    HOST("something happened to its host"),
    /** Only what an incident's ticket lists. */
    LIST("its list changed"),
    /** Only a graph. */
    GRAPH("a graph came in"),
    NONE("nothing new came in");

    private final String words;

    Effect(String words) {
        this.words = words;
    }

    static Effect of(AlertHistory history) {
        List<Change> telling = history.worthTelling();
        boolean fired =
                history.reported() != null && history.reported().newest().fires();
        if (!history.fires() && (fired || history.reported() == null)) {
            return RECOVERED;
        }
        if (history.fires() && (!fired || isWorse(history))) {
            return WORSE_OR_AGAIN;
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
        // Before what is only counted: that writes nothing, and the list is to be written.
        if (history.isListStale()) {
            return LIST;
        }
        if (history.resends() > 0) {
            return RESEND;
        }
        return history.graph() != null ? GRAPH : NONE;
    }

    private static boolean isWorse(AlertHistory history) {
        return Severity.of(history.newest()) > Severity.of(history.reported().newest());
    }

    private static boolean isNews(AlertHistory history, Change change) {
        return change.isOfAlert()
                && Change.IN_ORDER.compare(change, history.reported().newest()) > 0;
    }

    private static boolean changesStatus(AlertHistory history, List<Change> telling) {
        return telling.stream()
                .filter(change -> isNews(history, change))
                .anyMatch(
                        change -> change.status() != history.reported().newest().status());
    }

    @Override
    public String toString() {
        return words;
    }
}
