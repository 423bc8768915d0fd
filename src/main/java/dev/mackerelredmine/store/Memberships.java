package dev.mackerelredmine.store;

import dev.mackerelredmine.mackerel.NotificationReader;
import dev.mackerelredmine.ticket.IncidentList;
import dev.mackerelredmine.ticket.Membership;
import dev.mackerelredmine.ticket.Membership.Role;
import java.time.Instant;

/** Says where an alert belongs in an incident. One that belongs to none costs no query. */
final class Memberships {

    /** More than a person reads; a description of them fits into every database of Redmine. */
    private static final int MOST_LINES = 100;

    private final NotificationReader reader;
    private final IncidentSql sql;

    Memberships(Database database, NotificationReader reader) {
        this.reader = reader;
        this.sql = database.sql(IncidentSql.class);
    }

    Membership of(AlertRow row) {
        return row.incident() == null
                ? Membership.NONE
                : sql.incident(row.incident())
                        .map(incident -> of(row, incident))
                        .orElse(Membership.NONE);
    }

    private Membership of(AlertRow row, IncidentRow incident) {
        Role role = Role.of(row.incidentRole());
        Long linkedTo = role == Role.CHILD && row.ticketId() != null
                ? sql.linkedTo(row.ticketId()).orElse(null)
                : null;
        return new Membership(
                role,
                incident.alertId(),
                incident.issue(),
                incident.isOpen(),
                incident.isWaiting(),
                linkedTo,
                role == Role.INCIDENT ? list(incident) : null);
    }

    private IncidentList list(IncidentRow incident) {
        return new IncidentList(
                Instant.ofEpochMilli(incident.firstAt()),
                Math.toIntExact(incident.members()),
                sql.firing(incident.alertId()),
                sql.members(incident.alertId(), MOST_LINES).stream()
                        .map(member -> member.read(reader))
                        .toList(),
                incident.changes(),
                Instant.ofEpochMilli(incident.listedAt()).plus(IncidentEvents.BETWEEN_LISTS));
    }
}
