package dev.mackerelredmine.ticket;

/**
 * A graph that Mackerel drew of an alert, to be attached to its ticket.
 *
 * @param seq its place in the order of arrival within the problem
 * @param name of the file
 * @param failures how often Redmine, being there, did not take it
 */
public record Graph(long seq, String name, int failures) {

    /** So often it is tried; then the ticket goes on without. */
    public static final int MOST_FAILURES = 2;
}
