package dev.mackerelredmine.store;

import dev.mackerelredmine.mackerel.AlertStatus;
import dev.mackerelredmine.mackerel.NotificationReader;
import dev.mackerelredmine.ticket.AlertKey;
import dev.mackerelredmine.ticket.IncidentMember;
import java.time.Instant;

/** A row of {@link IncidentSql#members}. */
record MemberRow(String org, String alertKey, String status, long openedAt, Long issue, String notification) {

    IncidentMember read(NotificationReader reader) {
        return new IncidentMember(
                new AlertKey(org, alertKey),
                AlertStatus.of(status),
                Instant.ofEpochMilli(openedAt),
                issue,
                reader.readKept(notification));
    }
}
