package dev.mackerelredmine.store;

import dev.mackerelredmine.ticket.AlertKey;

/**
 * For whoever looks: a problem of which not all is delivered, with the newest of its alerts that wait. Times are milliseconds since 1970.
 *
 * @param events how many of its events are to be delivered yet
 * @param severity the highest that the alert had, 1 to 3; null where that is not counted yet
 * @param dueAt when it is tried next; null: not before something more comes in
 * @param failure what went wrong at the last try; or null
 */
public record WaitingProblem(
        String org,
        String alertKey,
        String status,
        Integer severity,
        String problemKey,
        long events,
        long waitingSince,
        Long dueAt,
        long leaseUntil,
        int tries,
        String failure) {

    public AlertKey key() {
        return new AlertKey(org, alertKey);
    }

    /** How bad it is, or was; null where nothing is known of that. */
    public String worst() {
        return IncidentAlert.worst(severity, status);
    }

    public String problem() {
        return Problem.inOneLine(problemKey);
    }
}
