package dev.mackerelredmine.store;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Incidents, and which alerts belong to them. Times are milliseconds since 1970. */
interface IncidentSql {

    // --- which alerts belong together

    @SqlUpdate("""
            INSERT INTO incident_group (stream, group_key) VALUES (:stream, :groupKey)
            ON CONFLICT (stream, group_key) DO NOTHING""")
    void addGroup(String stream, String groupKey);

    /** Two deliveries of the same name decide one after the other. */
    @SqlUpdate("UPDATE incident_group SET group_key = group_key WHERE stream = :stream AND group_key = :groupKey")
    void lockGroup(String stream, String groupKey);

    @SqlUpdate("UPDATE alert SET group_key = :groupKey, opened_at = :openedAt WHERE id = :alertId AND incident IS NULL")
    int mayGroup(long alertId, String groupKey, long openedAt);

    /** Those that may still take one that opened then. One that a person closed, while it was not over, takes none; nor does a deleted one. */
    @SqlQuery("""
            SELECT i.alert_id, i.first_at, i.last_at
            FROM incident i
            JOIN alert a ON a.id = i.alert_id
            LEFT JOIN ticket t ON t.id = a.ticket_id
            WHERE i.stream = :stream AND i.group_key = :groupKey AND i.last_at >= :earliest AND i.first_at <= :latest
              AND (t.issue IS NULL OR t.gone_at IS NULL AND (t.is_open = TRUE OR a.status = 'ok'))
            ORDER BY i.last_at LIMIT 20""")
    List<SpanRow> incidentsNear(String stream, String groupKey, long earliest, long latest);

    @SqlQuery("""
            SELECT id AS alert, problem_id AS problem, opened_at FROM alert
            WHERE stream = :stream AND group_key = :groupKey AND incident IS NULL
              AND opened_at >= :earliest AND opened_at <= :latest
            ORDER BY opened_at, id LIMIT 1000""")
    List<OpeningRow> aloneNear(String stream, String groupKey, long earliest, long latest);

    @SqlUpdate("""
            UPDATE alert
            SET incident = :incident, incident_role = :role,
                came_with = COALESCE((SELECT changes + 1 FROM incident WHERE alert_id = :incident), 0)
            WHERE id = :alertId""")
    void belongs(long alertId, long incident, String role);

    /** A line's ticket is the incident's. */
    @SqlUpdate("""
            UPDATE alert SET ticket_id = (SELECT i.ticket_id FROM alert i WHERE i.id = :incident)
            WHERE id = :alertId AND ticket_id IS NULL""")
    void sharesTicket(long alertId, long incident);

    @SqlUpdate("""
            UPDATE alert SET ticket_id = (SELECT i.ticket_id FROM alert i WHERE i.id = :incident)
            WHERE incident = :incident AND incident_role = 'line'
              AND COALESCE(ticket_id, 0) <> (SELECT i.ticket_id FROM alert i WHERE i.id = :incident)""")
    void linesShareTicket(long incident);

    /** The problems of an incident that have, or get, tickets of their own. */
    @SqlQuery("SELECT DISTINCT problem_id FROM alert WHERE incident = :incident AND incident_role = 'child'")
    List<Long> problemsOfChildren(long incident);

    @SqlQuery("""
            SELECT notification FROM event
            WHERE alert_id = :alertId AND seq = COALESCE((SELECT headline FROM alert WHERE id = :alertId),
                                                         (SELECT MIN(seq) FROM event WHERE alert_id = :alertId))""")
    Optional<String> headline(long alertId);

    @SqlQuery("""
            SELECT notification FROM event
            WHERE alert_id = :alertId AND kind IN ('incident', 'incident-count')
            ORDER BY seq DESC LIMIT 1""")
    Optional<String> lastOfIncident(long alertId);

    // --- an incident

    @SqlQuery("""
            INSERT INTO alert (stream, org, alert_key, problem_id)
            SELECT stream, :org, :alertKey, id FROM problem WHERE stream = :stream AND problem_key = :problemKey
            RETURNING id""")
    long addAlert(String stream, String problemKey, String org, String alertKey);

    @SqlUpdate("""
            INSERT INTO incident (alert_id, stream, group_key, first_at, last_at, members, highest)
            VALUES (:alertId, :stream, :groupKey, :firstAt, :lastAt, :members, :highest)""")
    void addIncident(
            long alertId, String stream, String groupKey, long firstAt, long lastAt, long members, int highest);

    @SqlQuery("""
            SELECT i.alert_id, i.first_at, i.last_at, i.members, i.highest, i.listed_at, i.stale, i.changes, i.quiet_at, a.org,
              COALESCE(a.last_status, 'ok') AS last_status, COALESCE(a.last_at, 0) AS last_changed, a.told, t.issue,
              t.issue IS NOT NULL AND t.is_open = TRUE AS is_open,
              a.parked IS NULL AND EXISTS (
                SELECT 1 FROM event e WHERE e.alert_id = a.id AND e.seq > a.told AND e.kind = 'incident') AS is_waiting
            FROM incident i
            JOIN alert a ON a.id = i.alert_id
            LEFT JOIN ticket t ON t.id = a.ticket_id AND t.gone_at IS NULL
            WHERE i.alert_id = :incident""")
    Optional<IncidentRow> incident(long incident);

    /** Whoever changes an incident locks it first. */
    @SqlUpdate("UPDATE incident SET alert_id = alert_id WHERE alert_id = :incident")
    int lock(long incident);

    @SqlUpdate("""
            UPDATE incident
            SET first_at = CASE WHEN :firstAt < first_at THEN :firstAt ELSE first_at END,
                last_at = CASE WHEN :lastAt > last_at THEN :lastAt ELSE last_at END,
                members = members + :more
            WHERE alert_id = :incident""")
    void grows(long incident, long firstAt, long lastAt, int more);

    @SqlUpdate("UPDATE incident SET highest = :highest WHERE alert_id = :incident")
    void isWorse(long incident, int highest);

    @SqlUpdate("UPDATE incident SET quiet_at = :quietAt WHERE alert_id = :incident")
    void isQuietAt(long incident, Long quietAt);

    /** It is to be looked at whether it is over. */
    @SqlUpdate("UPDATE incident SET quiet_at = COALESCE(quiet_at, :now) WHERE alert_id = :incident")
    void mayBeQuiet(long incident, long now);

    /** When the last change of a member happened, by Mackerel's clock; null where it has no members any more. */
    @SqlQuery("SELECT MAX(last_at) FROM alert WHERE incident = :incident AND incident_role IN ('child', 'line')")
    Long lastChangeOfMembers(long incident);

    @SqlUpdate("UPDATE incident SET listed_at = :now, listed = listing WHERE alert_id = :incident")
    void listed(long incident, long now);

    @SqlUpdate("UPDATE incident SET changes = changes + 1 WHERE alert_id = :incident")
    void listChanged(long incident);

    /** A write of the list as it was after so many changes begins: what changes from now on needs another one. */
    @SqlUpdate("UPDATE incident SET stale = 0, listing = :changes WHERE alert_id = :incident")
    void listIsBegun(long incident, long changes);

    @SqlUpdate("""
            UPDATE incident
            SET stale = (SELECT p.received FROM problem p JOIN alert a ON a.problem_id = p.id WHERE a.id = :incident)
            WHERE alert_id = :incident""")
    void isStale(long incident);

    /** Whether a member fires. By its index the first one is found, however many there are. */
    @SqlQuery("""
            SELECT EXISTS (
              SELECT 1 FROM alert
              WHERE incident = :incident AND incident_role IN ('child', 'line')
                AND last_status IN ('critical', 'warning', 'unknown'))""")
    boolean fires(long incident);

    @SqlQuery("""
            SELECT COUNT(*) FROM alert
            WHERE incident = :incident AND incident_role IN ('child', 'line') AND last_status <> 'ok'""")
    int firing(long incident);

    @SqlQuery("""
            SELECT a.org, a.alert_key, COALESCE(a.last_status, a.status, 'unknown') AS status, COALESCE(a.opened_at, 0) AS opened_at,
              CASE WHEN a.incident_role = 'child' THEN t.issue END AS issue,
              (SELECT e.notification FROM event e WHERE e.alert_id = a.id ORDER BY e.seq LIMIT 1) AS notification
            FROM alert a
            LEFT JOIN ticket t ON t.id = a.ticket_id AND t.gone_at IS NULL
            WHERE a.incident = :incident AND a.incident_role IN ('child', 'line')
            ORDER BY CASE COALESCE(a.last_status, 'ok') WHEN 'critical' THEN 0 WHEN 'unknown' THEN 1 WHEN 'warning' THEN 2 ELSE 3 END,
              a.opened_at, a.id
            LIMIT :most""")
    List<MemberRow> members(long incident, int most);

    /** Nothing of it fires for long enough, and all of that has reached the tickets. */
    @SqlQuery("""
            SELECT alert_id FROM incident
            WHERE stream = :stream AND quiet_at <= :now
            ORDER BY quiet_at LIMIT 20""")
    List<Long> quiet(String stream, long now);

    @SqlQuery("""
            SELECT EXISTS (
              SELECT 1 FROM alert
              WHERE incident = :incident AND incident_role IN ('child', 'line') AND received > told AND parked IS NULL)""")
    boolean hasUndelivered(long incident);

    @SqlQuery("""
            SELECT COUNT(*) FROM incident i JOIN alert a ON a.id = i.alert_id
            WHERE i.stream = :stream AND a.stream = :stream AND a.last_status <> 'ok'""")
    long open(String stream);

    // --- events of ours

    /** What says something to people comes at once, unless the problem waits for its next try. A list that is due later is nothing that waits. */
    @SqlUpdate("""
            UPDATE problem
            SET received = received + 1,
                due_at = CASE WHEN due_at IS NULL OR tries = 0 AND due_at > :dueAt THEN :dueAt ELSE due_at END,
                waiting_since = CASE WHEN :waits THEN COALESCE(waiting_since, :now) ELSE waiting_since END,
                urgency = CASE WHEN urgency < :urgency THEN urgency ELSE :urgency END
            WHERE id = (SELECT problem_id FROM alert WHERE id = :alertId)""")
    void receive(long alertId, long dueAt, int urgency, boolean waits, long now);

    @SqlUpdate("""
            INSERT INTO event (received_at, kind, alert_id, problem_id, seq, notification)
            SELECT :now, :kind, a.id, p.id, p.received, :notification
            FROM alert a JOIN problem p ON p.id = a.problem_id
            WHERE a.id = :alertId""")
    void addEvent(long alertId, String kind, String notification, long now);

    @SqlUpdate("""
            UPDATE alert
            SET received = (SELECT received FROM problem WHERE id = alert.problem_id),
                last_status = COALESCE(:status, last_status), last_at = COALESCE(:at, last_at),
                has_fired = has_fired OR COALESCE(:status, 'ok') <> 'ok'
            WHERE id = :alertId""")
    void cameIn(long alertId, String status, Long at);

    // --- lines of a ticket that is not written any more

    @SqlUpdate("""
            UPDATE ticket SET is_open = FALSE
            WHERE id = (SELECT ticket_id FROM alert WHERE id = :incident AND status <> 'ok')""")
    int isClosed(long incident);

    /** Lines that came after the list that the ticket shows. */
    @SqlQuery("""
            SELECT a.id, p.lease_until > :now AS is_leased
            FROM alert a JOIN problem p ON p.id = a.problem_id
            WHERE a.incident = :incident AND a.incident_role = 'line'
              AND a.came_with > (SELECT listed FROM incident WHERE alert_id = :incident)
            ORDER BY a.id""")
    List<UnlistedLine> unlisted(long incident, long now);

    /** It belongs nowhere, and nothing was reported of it yet. */
    @SqlUpdate("""
            UPDATE alert
            SET incident = NULL, incident_role = NULL, ticket_id = NULL,
                told = 0, newest = NULL, headline = NULL, status = NULL, resends = 0, noted_at = NULL
            WHERE id = :alertId""")
    void beginsAnew(long alertId);

    // --- the tickets of children

    /** Children whose tickets stand, and are not shown with the incident's. */
    @SqlQuery("""
            SELECT a.id FROM alert a JOIN ticket t ON t.id = a.ticket_id
            WHERE a.incident = :incident AND a.incident_role = 'child' AND t.issue IS NOT NULL AND t.gone_at IS NULL
              AND COALESCE(t.in_incident, 0) <> :issue
              AND a.id = (SELECT MAX(o.id) FROM alert o WHERE o.ticket_id = t.id)
            ORDER BY a.problem_id, a.id""")
    List<Long> unlinked(long incident, long issue);

    @SqlUpdate("UPDATE ticket SET in_incident = :issue, in_incident_by = :by, other_parent = NULL WHERE id = :ticketId")
    void link(long ticketId, Long issue, String by);

    @SqlUpdate("UPDATE ticket SET other_parent = :issue WHERE id = :ticketId")
    void hasOtherParent(long ticketId, Long issue);

    @SqlQuery(PeopleSql.WATCHED_TICKET
            + " WHERE t.other_parent = :issue AND t.gone_at IS NULL AND p.stream = :stream ORDER BY t.id")
    List<WatchedTicket> under(String stream, long issue);

    @SqlQuery("SELECT in_incident FROM ticket WHERE id = :ticketId")
    Optional<Long> linkedTo(long ticketId);

    // --- what people do

    /** The incident whose ticket it is, where it is one that is not deleted. */
    @SqlQuery("""
            SELECT a.id FROM ticket t
            JOIN alert a ON a.ticket_id = t.id
            JOIN problem p ON p.id = a.problem_id
            WHERE t.issue = :issue AND t.gone_at IS NULL AND p.stream = :stream AND a.incident_role = 'incident'
            ORDER BY a.id DESC LIMIT 1""")
    Optional<Long> incidentOfTicket(String stream, long issue);

    @SqlQuery("SELECT id FROM alert WHERE ticket_id = :ticketId ORDER BY id")
    List<Long> alertsOfTicket(long ticketId);

    @SqlQuery("SELECT incident, incident_role, opened_at FROM alert WHERE id = :alertId")
    Optional<AlertPlace> place(long alertId);

    @SqlQuery("""
            SELECT last_status AS status, COALESCE(last_at, 0) AS at FROM alert
            WHERE id = :alertId AND last_status IN ('critical', 'warning', 'unknown')""")
    Optional<FiringRow> firingOf(long alertId);

    @SqlUpdate("UPDATE alert SET opened_at = :openedAt WHERE id = :alertId")
    void opened(long alertId, long openedAt);

    @SqlQuery("SELECT incident FROM alert WHERE id = :alertId AND incident IS NOT NULL")
    Optional<Long> incidentOf(long alertId);

    @SqlUpdate(
            "UPDATE alert SET incident_role = 'left' WHERE id = :alertId AND incident IS NOT NULL AND incident <> id")
    int leaves(long alertId);
}
