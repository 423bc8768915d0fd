package dev.mackerelredmine.ticket;

/**
 * A graph that Mackerel drew of an alert, to be attached to its ticket.
 *
 * @param seq its place in the order of arrival within the problem
 * @param name of the file
 */
public record Graph(long seq, String name) {}
