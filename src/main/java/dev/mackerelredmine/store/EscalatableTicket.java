package dev.mackerelredmine.store;

/**
 * A ticket that is to escalate and does not yet.
 *
 * @param issue Redmine's number
 * @param policy the name that ticket.escalation has
 */
public record EscalatableTicket(long ticketId, long issue, String policy) {}
