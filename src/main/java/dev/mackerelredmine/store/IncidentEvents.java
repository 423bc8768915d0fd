package dev.mackerelredmine.store;

import dev.mackerelredmine.incident.IncidentNotification;
import dev.mackerelredmine.mackerel.AlertStatus;
import java.time.Clock;
import java.time.Duration;

/** Writes what happened to an incident as events of its alert, as a webhook would have been. All of it in the caller's transaction. */
final class IncidentEvents {

    /** How often a list is written at most. */
    static final Duration BETWEEN_LISTS = Duration.ofMinutes(1);

    /** Says that the list is to be written anew; it is no alert's. */
    private static final String LIST = "incident-list";

    /** Says how many alerts there are by now: it is written with the list. */
    private static final String COUNT = "incident-count";

    /** Says that a ticket is to be shown with its incident's; it is no alert's. */
    private static final String LINK = "incident-link";

    private final Clock clock;
    private final IncidentSql sql;

    IncidentEvents(Database database, Clock clock) {
        this.clock = clock;
        this.sql = database.sql(IncidentSql.class);
    }

    /**
     * What people have to be notified of.
     *
     * @param notification a JSON object
     * @param at when it happened; never before what was written last
     */
    void tell(long incident, IncidentNotification notification, AlertStatus status, long at) {
        int urgency = status == AlertStatus.CRITICAL ? Urgency.CRITICAL : Urgency.OTHER;
        sql.receive(incident, clock.millis(), urgency, true, clock.millis());
        sql.addEvent(incident, IncidentNotification.KIND, notification.json(), clock.millis());
        sql.cameIn(incident, status.toString(), at);
    }

    /** What people have to be notified of when the list is written next; the rest as of {@link #tell}. */
    void tellWithList(IncidentRow incident, IncidentNotification notification, AlertStatus status, long at) {
        sql.receive(incident.alertId(), listDueAt(incident), Urgency.OTHER, false, clock.millis());
        sql.addEvent(incident.alertId(), COUNT, notification.json(), clock.millis());
        sql.cameIn(incident.alertId(), status.toString(), at);
    }

    /** The list is to be written anew, at most once a minute. */
    void listChanged(IncidentRow incident) {
        sql.listChanged(incident.alertId());
        if (!incident.isListDue()) {
            silent(incident.alertId(), LIST, listDueAt(incident), false);
            sql.isStale(incident.alertId());
        }
    }

    private long listDueAt(IncidentRow incident) {
        return Math.max(clock.millis(), incident.listedAt() + BETWEEN_LISTS.toMillis());
    }

    void link(long child) {
        silent(child, LINK, clock.millis(), true);
    }

    private void silent(long alert, String kind, long dueAt, boolean waits) {
        sql.receive(alert, dueAt, Urgency.OTHER + 2, waits, clock.millis());
        sql.addEvent(alert, kind, "{\"event\":\"" + kind + "\"}", clock.millis());
        sql.cameIn(alert, null, null);
    }
}
