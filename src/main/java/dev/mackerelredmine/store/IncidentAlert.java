package dev.mackerelredmine.store;

import dev.mackerelredmine.ticket.AlertKey;
import dev.mackerelredmine.ticket.Severity;

/**
 * For whoever looks: an alert of an incident.
 *
 * @param status the last that came in
 * @param severity the highest that it had, 1 to 3; null where that is not counted yet
 * @param monitor by its name; null where the alert is not counted yet
 * @param host by its name; empty where it is about none
 * @param issue Redmine's number of its own ticket; null where it stands in the list of the incident's
 */
public record IncidentAlert(
        String org,
        String alertKey,
        String status,
        Integer severity,
        String problemKey,
        String monitor,
        String host,
        Long issue) {

    public AlertKey key() {
        return new AlertKey(org, alertKey);
    }

    /** As people name it: monitor and host; where these are not known yet, the problem's key. */
    public String problem() {
        if (monitor == null) {
            return Problem.inOneLine(problemKey);
        }
        return host.isEmpty() ? monitor : monitor + " (" + host + ")";
    }

    /** How bad it is, or was; null where nothing is known of that. */
    public String worst() {
        return worst(severity, status);
    }

    /** The highest severity, or, where that is not counted yet, the status while it is one; else null. */
    static String worst(Integer severity, String status) {
        if (severity != null && severity > 0) {
            return Severity.status(severity).toString();
        }
        return "ok".equals(status) ? null : status;
    }
}
