package dev.mackerelredmine.store;

import dev.mackerelredmine.ticket.AlertHistory;
import dev.mackerelredmine.ticket.Membership;
import dev.mackerelredmine.ticket.Membership.Role;
import java.time.Clock;
import java.util.List;

/** Sees to it that the tickets of an incident's members are shown with the incident's, in the caller's transaction. */
final class IncidentLinks {

    private final Steps steps;
    private final Clock clock;
    private final IncidentEvents events;
    private final IncidentPeople people;
    private final IncidentSql sql;
    private final ReplaySql replays;

    IncidentLinks(Database database, Steps steps, Clock clock) {
        this.steps = steps;
        this.clock = clock;
        this.events = new IncidentEvents(database, clock);
        this.people = new IncidentPeople(database, steps, clock);
        this.sql = database.sql(IncidentSql.class);
        this.replays = database.sql(ReplaySql.class);
    }

    /** A member gets a ticket of its own because of what became of the one that it had: it goes on alone. */
    void begins(AlertHistory history) {
        if (history.leavesWithAnotherTicket() && sql.leaves(history.alert()) > 0) {
            long incident = history.membership().incident();
            steps.add(
                    history.alert(), null, 0, "leave-incident", "it fires, and its ticket is deleted or stays closed");
            sql.lock(incident);
            sql.grows(incident, Long.MAX_VALUE, 0, -1);
            sql.incident(incident).ifPresent(events::listChanged);
        }
    }

    /** The list as it was read is about to be written. What changed since then, or changes from now on, is written by the next write. */
    void listBegins(AlertHistory history) {
        Membership membership = history.membership();
        if (membership.role() == Role.INCIDENT) {
            sql.lock(membership.incident());
            sql.listIsBegun(membership.incident(), membership.list().changes());
            sql.incident(membership.incident())
                    .filter(incident -> incident.changes() > membership.list().changes())
                    .ifPresent(events::listChanged);
        }
    }

    /**
     * What came in of an incident was reported without a write: a person closed its ticket, or deleted it. Lines that it never showed are seen
     * nowhere, so they begin anew, as if they had just come in. One that is being delivered now follows a minute later.
     */
    void notWritten(AlertHistory history) {
        if (!history.isListStale() || history.ticket().issue() == null) {
            return;
        }
        long incident = history.membership().incident();
        sql.lock(incident);
        if (sql.isClosed(incident) == 0) {
            return;
        }
        List<UnlistedLine> lines = sql.unlisted(incident, clock.millis());
        List<UnlistedLine> free =
                lines.stream().filter(line -> !line.isLeased()).toList();
        for (UnlistedLine line : free) {
            sql.beginsAnew(line.id());
            replays.replay(line.id(), clock.millis());
            String why =
                    "its incident's ticket, #" + history.ticket().issue() + ", was closed before it was listed there";
            steps.add(line.id(), null, 0, "leave-incident", why);
        }
        sql.grows(incident, Long.MAX_VALUE, 0, -free.size());
        sql.mayBeQuiet(incident, clock.millis());
        if (free.size() < lines.size()) {
            sql.incident(incident).ifPresent(events::listChanged);
        }
    }

    /** Its ticket was made, or changed: whichever of two tickets that belong together comes second sees the other. */
    void written(AlertHistory history) {
        Membership membership = history.membership();
        if (membership.role() == Role.INCIDENT) {
            sql.lock(membership.incident());
            sql.linesShareTicket(membership.incident());
            sql.listed(membership.incident(), clock.millis());
            sql.incident(membership.incident())
                    .ifPresent(incident -> people.join(incident.alertId(), incident.issue()));
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
