package dev.mackerelredmine.store;

import dev.mackerelredmine.ticket.AlertKey;
import dev.mackerelredmine.ticket.Ticket;
import java.time.Instant;

/** A row of undelivered.sql: one event with its alert, and what is known of the alert's ticket. */
record Undelivered(long alertId, String org, String alertKey, long seq, String notification, Long issue, Long begunAt) {

    AlertKey key() {
        return new AlertKey(org, alertKey);
    }

    Ticket ticket() {
        return new Ticket(issue, begunAt == null ? null : Instant.ofEpochMilli(begunAt));
    }
}
