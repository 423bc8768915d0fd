package dev.mackerelredmine.ticket;

import dev.mackerelredmine.redmine.IssueUpdate;

/**
 * A change of a ticket, as Redmine is asked for it.
 *
 * @param intent what will hold when Redmine did it
 */
public record TicketUpdate(IssueUpdate issue, Begun.Intent intent) {}
