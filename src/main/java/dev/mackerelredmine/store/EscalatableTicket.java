package dev.mackerelredmine.store;

/**
 * An open ticket that is to be escalated and has no running escalation.
 *
 * @param issue Redmine's number
 * @param policy the name that ticket.escalation has
 * @param asks for what whoever has it is asked first: {@code worse} or {@code again}; null: nobody has it
 * @param journal Redmine's number of the newest journal of a person that is known; 0: none
 */
public record EscalatableTicket(long ticketId, long issue, String policy, String asks, long journal) {

    /** An act that was read just now is taken in, too. */
    public EscalatableTicket takingIn(long act) {
        return new EscalatableTicket(ticketId, issue, policy, asks, Math.max(journal, act));
    }
}
