package dev.mackerelredmine.ticket;

/**
 * What holds after a creation.
 *
 * @param upTo the place of the last change that counts as told
 */
public record Created(long issue, long upTo, Told told, TicketState state) {}
