package dev.mackerelredmine.store;

import dev.mackerelredmine.ticket.AlertHistory;
import dev.mackerelredmine.ticket.Membership;
import dev.mackerelredmine.ticket.Membership.Role;
import java.time.Clock;
import java.util.List;

/** Sees to it that the tickets of an incident's members are shown with the incident's, in the caller's transaction. */
final class IncidentLinks {

    private final Clock clock;
    private final IncidentEvents events;
    private final IncidentSql sql;

    IncidentLinks(Database database, Clock clock) {
        this.clock = clock;
        this.events = new IncidentEvents(database, clock);
        this.sql = database.sql(IncidentSql.class);
    }

    /** A line of a deleted ticket gets one of its own, and goes on alone. */
    void begins(AlertHistory history) {
        if (history.membership().role() == Role.LINE) {
            sql.leaves(history.alert());
        }
    }

    /** Its ticket was made, or changed: whichever of two tickets that belong together comes second sees the other. */
    void written(AlertHistory history) {
        Membership membership = history.membership();
        if (membership.role() == Role.INCIDENT) {
            sql.lock(membership.incident());
            sql.linesShareTicket(membership.incident());
            sql.listed(membership.incident(), clock.millis());
            unlinked(membership).forEach(events::link);
        } else if (membership.role() == Role.CHILD) {
            sql.lock(membership.incident());
            if (unlinked(membership).contains(history.alert())) {
                events.link(history.alert());
            }
        }
    }

    private List<Long> unlinked(Membership membership) {
        return sql.incident(membership.incident())
                .filter(IncidentRow::isOpen)
                .map(incident -> sql.unlinked(incident.alertId(), incident.issue()))
                .orElse(List.of());
    }
}
