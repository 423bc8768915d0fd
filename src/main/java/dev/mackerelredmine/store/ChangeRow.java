package dev.mackerelredmine.store;

import dev.mackerelredmine.mackerel.NotificationReader;
import dev.mackerelredmine.ticket.Change;
import java.time.Instant;

/** A row of {@link TicketSql#changes}: one event. */
record ChangeRow(long seq, long receivedAt, String channel, String notification) {

    Change read(NotificationReader reader) {
        return new Change(seq, Instant.ofEpochMilli(receivedAt), reader.readKept(notification), channel);
    }
}
