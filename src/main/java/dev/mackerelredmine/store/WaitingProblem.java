package dev.mackerelredmine.store;

import dev.mackerelredmine.ticket.AlertKey;

/**
 * For whoever looks: a problem of which not all is delivered, with the newest of its alerts that wait. Times are milliseconds since 1970.
 *
 * @param events how many of its events are to be delivered yet
 * @param dueAt when it is tried next; null: not before something more comes in
 * @param failure what went wrong at the last try; or null
 */
public record WaitingProblem(
        String org,
        String alertKey,
        String status,
        String problemKey,
        long events,
        long waitingSince,
        Long dueAt,
        int tries,
        String failure) {

    public AlertKey key() {
        return new AlertKey(org, alertKey);
    }

    public String problem() {
        return Problem.inOneLine(problemKey);
    }
}
