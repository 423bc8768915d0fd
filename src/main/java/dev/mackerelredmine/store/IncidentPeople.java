package dev.mackerelredmine.store;

import dev.mackerelredmine.incident.IncidentNotification;
import dev.mackerelredmine.mackerel.AlertStatus;
import dev.mackerelredmine.redmine.Issue;
import dev.mackerelredmine.redmine.Issue.Detail;
import dev.mackerelredmine.ticket.Membership.Role;
import dev.mackerelredmine.ticket.Severity;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** What people say in Redmine about what belongs to an incident, by putting a ticket under another: it counts more than any rule. */
final class IncidentPeople {

    private static final String PARENT = "parent_id";

    private final Database database;
    private final Steps steps;
    private final Clock clock;
    private final IncidentEvents events;
    private final IncidentSql sql;

    IncidentPeople(Database database, Steps steps, Clock clock) {
        this.database = database;
        this.steps = steps;
        this.clock = clock;
        this.events = new IncidentEvents(database, clock);
        this.sql = database.sql(IncidentSql.class);
    }

    /** Redmine showed the ticket. Where its parent is what is known, this costs nothing. */
    void saw(WatchedTicket ticket, Issue issue) {
        Long parent = issue.parent() == null ? null : (Long) issue.parent().id();
        boolean isUnderIncident = "parent".equals(ticket.inIncidentBy());
        if (Objects.equals(parent, isUnderIncident ? ticket.inIncident() : ticket.otherParent())) {
            return;
        }
        Optional<Long> incident =
                parent == null ? Optional.empty() : database.read(() -> sql.incidentOfTicket(steps.stream(), parent));
        database.inTransaction(() -> {
            if (incident.isPresent()) {
                joins(ticket, incident.get(), parent);
                return;
            }
            if (isUnderIncident && isMovedByAPerson(issue, ticket.inIncident())) {
                String where = parent == null ? "out of #" + ticket.inIncident() : "under #" + parent;
                leaves(ticket.id(), "a person has put its ticket " + where);
            }
            sql.hasOtherParent(ticket.id(), parent);
        });
    }

    /** The incident's ticket is known now: people may have put tickets under it before. */
    void join(long incident, long issue) {
        sql.under(steps.stream(), issue).forEach(ticket -> joins(ticket, incident, issue));
    }

    /** An answer that is older than our own change shows no parent, too. */
    private static boolean isMovedByAPerson(Issue issue, long incident) {
        return issue.journals().stream()
                .map(journal -> journal.change(PARENT))
                .flatMap(Optional::stream)
                .reduce((first, second) -> second)
                .map(Detail::before)
                .filter(before -> before == incident)
                .isPresent();
    }

    private void joins(WatchedTicket ticket, long incident, long issue) {
        sql.lock(incident);
        sql.link(ticket.id(), issue, "parent");
        for (long alert : sql.alertsOfTicket(ticket.id())) {
            Optional<AlertPlace> known = sql.place(alert);
            boolean isThere = known.isPresent() && known.get().isMemberOf(incident);
            boolean isIncident = known.isPresent()
                    && known.get().incident() != null
                    && known.get().incident() == alert;
            if (!isThere && !isIncident) {
                long openedAt = known.map(AlertPlace::openedAt).orElse(null) == null
                        ? sql.incident(incident).orElseThrow().lastAt()
                        : known.get().openedAt();
                known.filter(AlertPlace::isMember).map(AlertPlace::incident).ifPresent(this::lost);
                sql.opened(alert, openedAt);
                sql.belongs(alert, incident, Role.CHILD.toString());
                sql.grows(incident, openedAt, openedAt, 1);
                steps.add(alert, ticket.issue(), 0, "join-incident", "a person has put its ticket under #" + issue);
                mayFire(incident, alert);
                sql.incident(incident).ifPresent(events::listChanged);
            }
        }
    }

    /** What it was before does not come in again: so what fires now makes the incident worse, or fire again, now. */
    private void mayFire(long incident, long alert) {
        IncidentRow row = sql.incident(incident).orElseThrow();
        sql.firingOf(alert).ifPresent(firing -> {
            AlertStatus status = AlertStatus.of(firing.status());
            boolean isWorse = Severity.of(status) > row.highest();
            if (isWorse) {
                sql.isWorse(incident, Severity.of(status));
            }
            if (isWorse || row.isOver()) {
                long at = Math.max(firing.at(), row.lastChanged());
                IncidentNotification said =
                        IncidentNotification.last(sql.lastOfIncident(incident).orElseThrow());
                events.tell(incident, said.as(status, Instant.ofEpochMilli(at), null), status, at);
            }
        });
    }

    /** For good. */
    void leaves(long ticket, String why) {
        sql.link(ticket, null, null);
        for (long alert : sql.alertsOfTicket(ticket)) {
            Optional<Long> incident = sql.incidentOf(alert);
            if (incident.isPresent() && sql.leaves(alert) > 0) {
                steps.add(alert, null, 0, "leave-incident", why);
                lost(incident.get());
            }
        }
    }

    /** One alert less, which may be the last one that fired. */
    private void lost(long incident) {
        sql.lock(incident);
        sql.grows(incident, Long.MAX_VALUE, 0, -1);
        sql.mayBeQuiet(incident, clock.millis());
        sql.incident(incident).ifPresent(events::listChanged);
    }
}
