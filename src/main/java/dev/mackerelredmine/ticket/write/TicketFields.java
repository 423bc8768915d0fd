package dev.mackerelredmine.ticket.write;

/** The numbers of the custom fields that a ticket fills; null is one that is not filled. */
public record TicketFields(Long monitor, Long level, Long host, Long alertId) {}
