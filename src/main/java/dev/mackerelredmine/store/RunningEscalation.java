package dev.mackerelredmine.store;

/**
 * An escalation that has not ended. Times are milliseconds since 1970.
 *
 * @param issue Redmine's number
 * @param state what is known of the ticket, as JSON
 * @param policyName as ticket.escalation named it
 * @param policy its snapshot, as JSON
 * @param startsAt from when its steps count
 * @param round of the next step, from 1
 * @param step the next one, from 0
 * @param dueAt when that is due; null: no step is left, or it was stopped
 * @param stoppedBy why no step is left where a person stopped it; else null
 */
public record RunningEscalation(
        long id,
        long ticketId,
        long issue,
        String state,
        String policyName,
        String policy,
        long startsAt,
        int round,
        int step,
        Long dueAt,
        String stoppedBy) {}
