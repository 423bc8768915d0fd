package dev.mackerelredmine.observe;

import dev.mackerelredmine.ticket.AlertHistory;
import org.slf4j.MDC;

/** Of which alert and which ticket the log speaks from here on, in this thread; a JSON log has them as fields. */
public final class LogContext {

    private static final String ALERT = "alert";
    private static final String ISSUE = "issue";

    public void begin() {
        MDC.remove(ALERT);
        MDC.remove(ISSUE);
    }

    public void alert(AlertHistory history) {
        MDC.put(ALERT, history.key().toString());
        issue(history.ticket().issue());
    }

    /** Of which alert this thread speaks, or null. */
    static String alert() {
        return MDC.get(ALERT);
    }

    /** Redmine's number of the ticket, or null. */
    public void issue(Long number) {
        if (number == null) {
            MDC.remove(ISSUE);
        } else {
            MDC.put(ISSUE, number.toString());
        }
    }
}
