package dev.mackerelredmine.store;

import java.util.List;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** How all stands, for whoever looks; nothing is written. Times are milliseconds since 1970. */
interface OverviewSql {

    /** Of a ticket's alerts the one that counts: it fires, is the worst, and came in last. */
    String WORST = """
            (SELECT w.id FROM alert w
             WHERE w.ticket_id = t.id
             ORDER BY CASE COALESCE(w.last_status, w.status) WHEN 'critical' THEN 0 WHEN 'ok' THEN 9 ELSE 1 END, w.id DESC LIMIT 1)""";

    @SqlQuery("""
            SELECT t.issue, t.state, t.people, t.acknowledged_at, t.unanswered_after, t.escalation AS policy,
              a.org, a.alert_key, COALESCE(a.last_status, a.status) AS status, p.problem_key,
              (SELECT MIN(s.at) FROM step s WHERE s.alert_id = a.id) AS since,
              (SELECT MAX(s.at) FROM step s
               WHERE s.alert_id = a.id AND s.action IN ('create', 'adopt', 'worse', 'reopen', 'join', 'hand-over')) AS news_at,
              e.policy_name AS escalates_by, e.round, e.step, e.due_at AS step_due_at, e.stopped_by
            FROM ticket t
            JOIN problem p ON p.id = t.problem_id
            JOIN alert a ON a.id = """ + WORST + """

            LEFT JOIN escalation e ON e.ticket_id = t.id AND e.ended_at IS NULL
            WHERE t.is_open = TRUE AND p.stream = :stream AND t.issue IS NOT NULL AND t.gone_at IS NULL
            ORDER BY t.id DESC LIMIT :most""")
    List<OpenTicket> openTickets(String stream, int most);

    @SqlQuery("""
            SELECT COUNT(*) FROM ticket t JOIN problem p ON p.id = t.problem_id
            WHERE t.is_open = TRUE AND p.stream = :stream AND t.issue IS NOT NULL AND t.gone_at IS NULL""")
    long countOpen(String stream);

    @SqlQuery("""
            SELECT a.org, a.alert_key, COALESCE(a.last_status, a.status) AS status, p.problem_key, p.received - p.delivered AS events,
              p.waiting_since, p.due_at, p.tries, p.failure
            FROM problem p
            JOIN alert a ON a.id = (SELECT MAX(n.id) FROM alert n WHERE n.problem_id = p.id AND n.received > n.told)
            WHERE p.stream = :stream AND p.waiting_since IS NOT NULL
            ORDER BY p.waiting_since LIMIT :most""")
    List<WaitingProblem> waiting(String stream, int most);

    @SqlQuery("SELECT COUNT(*) FROM event WHERE received_at >= :from AND received_at < :until")
    long received(long from, long until);
}
