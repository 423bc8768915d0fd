package dev.mackerelredmine.store;

import dev.mackerelredmine.figures.MetricValue;
import dev.mackerelredmine.figures.Opening;
import dev.mackerelredmine.figures.SentPage;
import dev.mackerelredmine.figures.Subject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** What figures are made of. Times are milliseconds since 1970. */
interface OpeningSql {

    /**
     * When a person first had the ticket of the alert of an opening; that it was given away since changes nothing. A hand-over to somebody is no
     * acknowledgement by that person.
     */
    String ACKNOWLEDGED_AT = """
            COALESCE(acknowledged_at,
              (SELECT MIN(COALESCE(s.acted_at, s.at)) FROM step s
               WHERE s.alert_id = opening.alert_id AND s.action IN ('acknowledge', 'closed-by-person')),
              (SELECT t.acknowledged_at FROM alert a JOIN ticket t ON t.id = a.ticket_id
               WHERE a.id = opening.alert_id AND t.acknowledged_at <= opening.opened_at))
            """;

    // --- what is new

    @SqlUpdate("UPDATE alert SET to_sum = TRUE WHERE id = :alertId AND to_sum = FALSE")
    void isToSum(long alertId);

    @SqlUpdate("UPDATE alert SET to_sum = TRUE WHERE ticket_id = :ticketId AND to_sum = FALSE")
    void isToSumOfTicket(long ticketId);

    @SqlQuery("""
            UPDATE alert SET to_sum = FALSE
            WHERE id IN (SELECT id FROM alert WHERE stream = :stream AND to_sum = TRUE LIMIT :most <skipLocked>)
            RETURNING id""")
    List<Long> takeToSum(String stream, int most);

    /** Of one alert that is about to be deleted. */
    @SqlUpdate("UPDATE alert SET to_sum = FALSE WHERE id = :alertId AND to_sum = TRUE AND stream = 'redmine'")
    int takeOneToSum(long alertId);

    @SqlQuery("""
            SELECT a.stream, p.problem_key, a.alert_key, COALESCE(o.seq, 0) AS seq
            FROM alert a
            JOIN problem p ON p.id = a.problem_id
            LEFT JOIN opening o ON o.alert_id = a.id
            WHERE a.id = :alertId""")
    AlertToSum alertToSum(long alertId);

    @SqlQuery("""
            SELECT seq, opened_at, severity, status_at, closed_at, by_hand, value, threshold FROM opening WHERE alert_id = :alertId""")
    Optional<AlertLife> life(long alertId);

    @SqlUpdate("""
            INSERT INTO subject (stream, problem_key, org, monitor, metric, host, services, roles)
            VALUES (:stream, :problemKey, :org, :monitor, :metric, :host, :services, :roles)
            ON CONFLICT (stream, problem_key)
            DO UPDATE SET org = EXCLUDED.org, monitor = EXCLUDED.monitor, metric = EXCLUDED.metric, host = EXCLUDED.host,
                services = EXCLUDED.services, roles = EXCLUDED.roles""")
    void putSubject(String stream, String problemKey, @BindMethods NamedSubject subject);

    @SqlUpdate("""
            INSERT INTO opening (alert_id, stream, subject_id, alert_key, seq, opened_at, severity, status_at, closed_at, by_hand, value, threshold)
            SELECT :alertId, s.stream, s.id, :alertKey, :seq, :openedAt, :severity, :statusAt, :closedAt, :byHand, :value, :threshold
            FROM subject s WHERE s.stream = :stream AND s.problem_key = :problemKey
            ON CONFLICT (alert_id)
            DO UPDATE SET seq = EXCLUDED.seq, opened_at = EXCLUDED.opened_at, severity = EXCLUDED.severity, status_at = EXCLUDED.status_at,
                closed_at = EXCLUDED.closed_at, by_hand = EXCLUDED.by_hand, value = EXCLUDED.value, threshold = EXCLUDED.threshold""")
    void putOpening(long alertId, String stream, String problemKey, String alertKey, @BindMethods AlertLife life);

    /**
     * What was done for it. That somebody had its ticket counts from its opening on; what was found once stays, though the ticket was given back
     * since. In the list of an incident it is in that ticket from the first step on.
     */
    @SqlUpdate("""
            UPDATE opening
            SET issue = COALESCE((SELECT MAX(s.issue) FROM step s WHERE s.alert_id = opening.alert_id), issue),
                ticket_at = COALESCE(ticket_at, (SELECT MIN(s.at) FROM step s JOIN alert a ON a.id = s.alert_id
                  WHERE s.alert_id = opening.alert_id
                    AND (s.action IN ('create', 'adopt', 'reopen', 'join') OR a.incident_role = 'line' AND s.issue IS NOT NULL))),
                acknowledged_at =\s""" + ACKNOWLEDGED_AT + """
                ,
                verdict = (SELECT t.verdict FROM alert a JOIN ticket t ON t.id = a.ticket_id WHERE a.id = opening.alert_id)
            WHERE alert_id = :alertId""")
    void putPeople(long alertId);

    @SqlQuery("""
            UPDATE page SET to_sum = FALSE
            WHERE id IN (SELECT id FROM page
                         WHERE stream = :stream AND to_sum = TRUE AND state IN ('accepted', 'answered') LIMIT :most <skipLocked>)
            RETURNING id, escalation_id, kind, step""")
    List<PageToSum> takePagesToSum(String stream, int most);

    @SqlQuery("""
            UPDATE page SET to_sum = FALSE
            WHERE escalation_id = :escalationId AND to_sum = TRUE AND state IN ('accepted', 'answered') AND stream = 'redmine'
            RETURNING id, escalation_id, kind, step""")
    List<PageToSum> takePagesOf(long escalationId);

    @SqlQuery("SELECT policy FROM escalation WHERE id = :escalationId")
    String policyOf(long escalationId);

    /**
     * What notified for an incident is about the first of its alerts. An alert of its ticket that was deleted since says nothing about how bad
     * it was.
     */
    @SqlUpdate("""
            INSERT INTO sent_page (page_id, stream, subject_id, severity, at, rota)
            SELECT g.id, g.stream, s.id,
              COALESCE((SELECT MAX(o.severity) FROM alert a JOIN opening o ON o.alert_id = a.id WHERE a.ticket_id = e.ticket_id), 3), g.at, :rota
            FROM page g
            JOIN escalation e ON e.id = g.escalation_id
            JOIN ticket t ON t.id = e.ticket_id
            JOIN problem p ON p.id = COALESCE(
              (SELECT m.problem_id FROM alert i JOIN alert m ON m.incident = i.id
               WHERE i.ticket_id = t.id AND i.incident_role = 'incident' AND m.id <> i.id
               ORDER BY m.id LIMIT 1), t.problem_id)
            JOIN subject s ON s.stream = p.stream AND s.problem_key = p.problem_key
            WHERE g.id = :pageId
            ON CONFLICT DO NOTHING""")
    void putSentPage(long pageId, String rota);

    // --- what is asked

    @SqlQuery("""
            SELECT alert_id, subject_id, opened_at, severity, closed_at, by_hand, ticket_at, acknowledged_at, verdict
            FROM opening
            WHERE stream = :stream AND opened_at >= :from AND opened_at < :to
            ORDER BY opened_at, alert_id""")
    void openings(String stream, long from, long to, Consumer<Opening> consumer);

    /** When a person first had its ticket, or {@link Opening#NEVER}, also where the alert is not counted yet. */
    @SqlQuery("SELECT COALESCE(" + ACKNOWLEDGED_AT + """
            , -1)
            FROM (SELECT a.id AS alert_id, o.acknowledged_at, o.opened_at
                  FROM alert a LEFT JOIN opening o ON o.alert_id = a.id WHERE a.id = :alertId) AS opening""")
    long acknowledgedAt(long alertId);

    @SqlQuery("SELECT alert_key, issue FROM opening WHERE alert_id = :alertId")
    NamedOpening named(long alertId);

    @SqlQuery("""
            SELECT subject_id, severity, at, rota FROM sent_page WHERE stream = :stream AND at >= :from AND at < :to""")
    void sentPages(String stream, long from, long to, Consumer<SentPage> consumer);

    /** With line breaks around it, a name is found among several; there are as many as problems that ever were. */
    @SqlQuery("""
            SELECT id FROM subject
            WHERE stream = :stream
              AND (:monitor = '' OR monitor = :monitor)
              AND (:host = '' OR host = :host)
              AND (:service = '' OR REPLACE(services, :service, '') <> services)
              AND (:role = '' OR REPLACE(roles, :role, '') <> roles)""")
    Set<Long> subjectsOf(String stream, String monitor, String host, String service, String role);

    @SqlQuery("SELECT id, org, monitor, metric, host, services, roles FROM subject WHERE id = :id")
    Subject subject(long id);

    /** What the metric was when the newest of them opened. */
    @SqlQuery("""
            SELECT value, threshold FROM opening
            WHERE subject_id = :subject AND opened_at >= :from AND opened_at < :to AND value IS NOT NULL AND threshold IS NOT NULL
            ORDER BY opened_at DESC LIMIT 1000""")
    List<MetricValue> values(long subject, long from, long to);

    /** The worst first. */
    @SqlQuery("""
            SELECT o.alert_key, o.issue, o.opened_at, o.severity, o.closed_at, s.org, s.monitor, s.host, s.services
            FROM opening o
            JOIN subject s ON s.id = o.subject_id
            WHERE o.stream = :stream AND o.opened_at >= :from AND o.opened_at < :to AND o.acknowledged_at IS NULL
            ORDER BY o.severity DESC, CASE WHEN o.closed_at IS NULL THEN 0 ELSE 1 END, o.opened_at LIMIT :most""")
    List<ListedOpening> unanswered(String stream, long from, long to, int most);

    /** The oldest first. */
    @SqlQuery("""
            SELECT o.alert_key, o.issue, o.opened_at, o.severity, o.closed_at, s.org, s.monitor, s.host, s.services
            FROM opening o
            JOIN subject s ON s.id = o.subject_id
            WHERE o.stream = :stream AND o.opened_at < :before AND o.closed_at IS NULL
            ORDER BY o.opened_at LIMIT :most""")
    List<ListedOpening> openSince(String stream, long before, int most);

    /** How far they came: how many rounds and steps were taken, and how each ended. */
    @SqlQuery("""
            SELECT t.issue, e.policy_name, e.starts_at, e.ended_for,
              (SELECT COUNT(*) FROM escalation_step s WHERE s.escalation_id = e.id) AS steps,
              (SELECT COUNT(*) FROM page g WHERE g.escalation_id = e.id AND g.state IN ('accepted', 'answered') AND g.kind NOT IN ('over', 'round')) AS pages
            FROM escalation e
            JOIN ticket t ON t.id = e.ticket_id
            WHERE e.stream = :stream AND e.starts_at >= :from AND e.starts_at < :to
            ORDER BY e.starts_at LIMIT :most""")
    List<PastEscalation> escalations(String stream, long from, long to, int most);

    /** The largest first. Each is found by its members, since it begins with the first of them. */
    @SqlQuery("""
            SELECT t.issue, COALESCE(s.monitor, '') AS name, i.members, i.first_at, CASE WHEN a.last_status = 'ok' THEN a.last_at END AS over_at
            FROM incident i
            JOIN alert a ON a.id = i.alert_id
            JOIN problem p ON p.id = a.problem_id
            LEFT JOIN subject s ON s.stream = p.stream AND s.problem_key = p.problem_key
            LEFT JOIN ticket t ON t.id = a.ticket_id
            WHERE i.alert_id IN (SELECT m.incident FROM opening o JOIN alert m ON m.id = o.alert_id
                                 WHERE o.stream = :stream AND o.opened_at >= :from AND o.opened_at < :to AND m.incident IS NOT NULL)
              AND i.first_at >= :from AND i.first_at < :to
            ORDER BY i.members DESC, i.first_at LIMIT :most""")
    List<PastIncident> incidents(String stream, long from, long to, int most);

    // --- retention, a few at a time: a number that PostgreSQL knows when it plans

    @SqlUpdate("""
            DELETE FROM opening
            WHERE alert_id IN (SELECT alert_id FROM opening WHERE stream = :stream AND opened_at < :before ORDER BY opened_at LIMIT 50)""")
    int purgeOpenings(String stream, long before);

    @SqlUpdate("""
            DELETE FROM sent_page
            WHERE page_id IN (SELECT page_id FROM sent_page WHERE stream = :stream AND at < :before ORDER BY at LIMIT 50)""")
    int purgeSentPages(String stream, long before);
}
