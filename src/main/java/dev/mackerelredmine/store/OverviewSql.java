package dev.mackerelredmine.store;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** How all stands, for whoever looks; nothing is written. Times are milliseconds since 1970. */
interface OverviewSql {

    /** Of a ticket's alerts the one that counts: it fires, is the worst, and came in last. */
    String WORST = """
            (SELECT w.id FROM alert w
             WHERE w.ticket_id = t.id
             ORDER BY CASE COALESCE(w.last_status, w.status) WHEN 'critical' THEN 0 WHEN 'ok' THEN 9 ELSE 1 END, w.id DESC LIMIT 1)""";

    /** Of a ticket t of an incident that nobody has: who is on the ticket of a member, and so on the incident. */
    String PEOPLE_OF_MEMBERS =
            "(SELECT MAX(c.people) FROM ticket c WHERE c.in_incident = t.issue AND c.acknowledged_at IS NOT NULL)";

    @SqlQuery("""
            SELECT t.id FROM ticket t JOIN problem p ON p.id = t.problem_id
            WHERE t.is_open = TRUE AND p.stream = :stream AND t.issue IS NOT NULL AND t.gone_at IS NULL
            ORDER BY t.id DESC LIMIT :most""")
    List<Long> newestOpen(String stream, int most);

    @SqlQuery("""
            SELECT t.id, t.issue, t.state, t.people,
              CASE WHEN t.acknowledged_at IS NULL THEN\s""" + PEOPLE_OF_MEMBERS + """
                END AS member_people,
              a.org, a.alert_key, COALESCE(a.last_status, a.status) AS status, COALESCE(o.severity, n.highest) AS severity, p.problem_key,
              (SELECT MIN(s.at) FROM step s WHERE s.alert_id = a.id) AS since,
              e.policy_name AS escalates_by, e.round, e.step, e.due_at AS step_due_at, e.stopped_by, e.alert_age,
              a.incident_role, h.alert_key AS incident_key, n.members AS incident_members, ht.issue AS incident_issue
            FROM ticket t
            JOIN problem p ON p.id = t.problem_id
            JOIN alert a ON a.id = """ + WORST + """

            LEFT JOIN opening o ON o.alert_id = a.id
            LEFT JOIN escalation e ON e.ticket_id = t.id AND e.ended_at IS NULL
            LEFT JOIN incident n ON n.alert_id = a.incident
            LEFT JOIN alert h ON h.id = n.alert_id
            LEFT JOIN ticket ht ON ht.id = h.ticket_id AND ht.gone_at IS NULL
            WHERE t.id IN (<ids>) AND t.issue IS NOT NULL
            ORDER BY t.id DESC""")
    List<OpenTicket> openTickets(@BindList("ids") Collection<Long> ids);

    @SqlQuery("""
            SELECT COUNT(*) FROM ticket t JOIN problem p ON p.id = t.problem_id
            WHERE t.is_open = TRUE AND p.stream = :stream AND t.issue IS NOT NULL AND t.gone_at IS NULL""")
    long countOpen(String stream);

    @SqlQuery("""
            SELECT a.org, a.alert_key, COALESCE(a.last_status, a.status) AS status, o.severity, p.problem_key,
              p.received - p.delivered AS events, p.waiting_since, p.due_at, p.lease_until, p.tries, p.failure
            FROM problem p
            JOIN alert a ON a.id = (SELECT MAX(n.id) FROM alert n WHERE n.problem_id = p.id AND n.received > n.told)
            LEFT JOIN opening o ON o.alert_id = a.id
            WHERE p.stream = :stream AND p.waiting_since IS NOT NULL
            ORDER BY p.waiting_since LIMIT :most""")
    List<WaitingProblem> waiting(String stream, int most);

    @SqlQuery("SELECT " + PEOPLE_OF_MEMBERS
            + " AS people FROM ticket t WHERE t.id = :ticketId AND t.acknowledged_at IS NULL")
    Optional<String> peopleOfMembers(long ticketId);

    /** Of an incident, by the store's number of the alert that stands for it: the worst that fire first. */
    @SqlQuery("""
            SELECT a.org, a.alert_key, COALESCE(a.last_status, a.status) AS status, o.severity, p.problem_key, s.monitor, s.host,
              CASE WHEN a.incident_role = 'child' THEN t.issue END AS issue
            FROM alert a
            JOIN problem p ON p.id = a.problem_id
            LEFT JOIN opening o ON o.alert_id = a.id
            LEFT JOIN subject s ON s.id = o.subject_id
            LEFT JOIN ticket t ON t.id = a.ticket_id AND t.gone_at IS NULL
            WHERE a.incident = :incident AND a.incident_role IN ('child', 'line')
            ORDER BY CASE COALESCE(a.last_status, 'ok') WHEN 'critical' THEN 0 WHEN 'unknown' THEN 1 WHEN 'warning' THEN 2 ELSE 3 END,
              a.opened_at, a.id
            LIMIT :most""")
    List<IncidentAlert> members(long incident, int most);

    @SqlQuery("SELECT COUNT(*) FROM event WHERE received_at >= :from AND received_at < :until")
    long received(long from, long until);
}
