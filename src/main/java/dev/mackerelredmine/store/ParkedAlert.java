package dev.mackerelredmine.store;

import dev.mackerelredmine.ticket.AlertKey;

/**
 * For whoever looks: an alert that Redmine will not take. Times are milliseconds since 1970.
 *
 * @param issue Redmine's number of its ticket, or null
 * @param since since when alerts are parked for this reason
 * @param nextAt when one of those that are parked for this reason is tried
 */
public record ParkedAlert(
        String org,
        String alertKey,
        String status,
        String problemKey,
        Long issue,
        String why,
        boolean isUrgent,
        Long since,
        Long nextAt) {

    public AlertKey key() {
        return new AlertKey(org, alertKey);
    }

    public String problem() {
        return Problem.inOneLine(problemKey);
    }
}
