package dev.mackerelredmine.store;

/**
 * An escalation that has not ended. Times are milliseconds since 1970.
 *
 * @param issue Redmine's number
 * @param state what is known of the ticket, as JSON
 * @param policyName as ticket.escalation named it
 * @param policy its snapshot, as JSON
 * @param asks for what whoever has the ticket is asked first: {@code worse} or {@code again}; null: nobody has it
 * @param journal Redmine's number of the newest journal of a person that it has taken in; 0: none
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
        String asks,
        long journal,
        long startsAt,
        int round,
        int step,
        Long dueAt,
        String stoppedBy) {

    /** The same with what a person did since. */
    public TouchedEscalation touched(long newest) {
        return new TouchedEscalation(id, issue, policy, journal, newest, null);
    }
}
