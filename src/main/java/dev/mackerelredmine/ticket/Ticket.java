package dev.mackerelredmine.ticket;

import java.time.Instant;

/**
 * What is known of an alert's ticket.
 *
 * @param issue Redmine's number, or null while it is not known to exist
 * @param begun when its creation was begun with an outcome that is not known yet, or null
 */
public record Ticket(Long issue, Instant begun) {

    public static final Ticket NONE = new Ticket(null, null);
}
