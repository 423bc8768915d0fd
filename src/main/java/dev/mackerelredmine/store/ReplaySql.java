package dev.mackerelredmine.store;

import java.util.List;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Alerts by their names, and what is delivered once more. Times are milliseconds since 1970. */
interface ReplaySql {

    @SqlQuery("""
            SELECT a.id, a.org, a.stream, a.parked, a.parked_at, p.failure, p.tries, p.waiting_since,
              CASE WHEN a.parked IS NULL THEN p.due_at ELSE COALESCE(p.due_at, c.next_at) END AS next_at, p.lease_until
            FROM alert a JOIN problem p ON p.id = a.problem_id
            LEFT JOIN parked_cause c ON c.stream = a.stream AND c.cause = a.parked_cause AND a.parked IS NOT NULL
            WHERE a.stream = :stream AND a.org = :org AND a.alert_key = :alertKey""")
    NamedAlert alertNamed(String stream, String org, String alertKey);

    /**
     * By the alert's id, with or without its organization, or by the number of its ticket. An alert can be in several streams: the one that is
     * delivered counts, or else the newest.
     */
    @SqlQuery("""
            SELECT a.id, a.org, a.stream, a.parked, a.parked_at, p.failure, p.tries, p.waiting_since,
              CASE WHEN a.parked IS NULL THEN p.due_at ELSE COALESCE(p.due_at, c.next_at) END AS next_at, p.lease_until
            FROM alert a
            JOIN problem p ON p.id = a.problem_id
            LEFT JOIN parked_cause c ON c.stream = a.stream AND c.cause = a.parked_cause AND a.parked IS NOT NULL
            WHERE a.id IN (SELECT id FROM alert WHERE alert_key = :alertKey AND (CAST(:org AS TEXT) IS NULL OR org = :org)
                           UNION ALL
                           SELECT id FROM alert WHERE ticket_id IN (SELECT id FROM ticket WHERE issue = CAST(:issue AS BIGINT)))
              AND NOT EXISTS (SELECT 1 FROM alert o
                              WHERE o.org = a.org AND o.alert_key = a.alert_key AND o.id <> a.id
                                AND (o.stream = 'redmine' OR a.stream <> 'redmine' AND o.id > a.id))
            ORDER BY a.id""")
    List<NamedAlert> alertsAnywhere(String org, String alertKey, Long issue);

    /** What came in during previews counts only where nothing came in since to be delivered. */
    @SqlQuery("""
            SELECT a.id
            FROM alert a
            LEFT JOIN ticket t ON t.id = a.ticket_id
            WHERE a.id IN (SELECT alert_id FROM event WHERE received_at >= :since)
              AND (a.stream = :stream AND (a.parked IS NOT NULL OR t.issue IS NULL)
                   OR a.stream <> :stream
                      AND NOT EXISTS (SELECT 1 FROM alert o WHERE o.stream = :stream AND o.org = a.org AND o.alert_key = a.alert_key))
            ORDER BY a.id""")
    List<Long> alertsSince(String stream, long since);

    @SqlQuery("""
            SELECT a.id, a.org, a.alert_key, p.problem_key, a.host, t.issue, a.parked,
              CASE WHEN a.stream = :stream THEN 0 ELSE 1 END AS from_preview,
              CASE WHEN t.issue IS NULL THEN (SELECT COUNT(*) FROM event e WHERE e.alert_id = a.id)
                   ELSE (SELECT COUNT(*) FROM event e WHERE e.alert_id = a.id AND e.seq > a.told) END AS unreported
            FROM alert a
            JOIN problem p ON p.id = a.problem_id
            LEFT JOIN ticket t ON t.id = a.ticket_id
            WHERE a.id = :alertId""")
    Replayable replayable(String stream, long alertId);

    @SqlQuery("""
            SELECT e.received_at, e.kind, e.channel, e.notification
            FROM event e JOIN alert a ON a.id = e.alert_id
            WHERE a.stream <> :stream AND a.org = :org AND a.alert_key = :alertKey
            ORDER BY e.id""")
    List<PreviewedEvent> previewed(String stream, String org, String alertKey);

    /** What has begun is looked up first, and then reports what it was to report. */
    @SqlUpdate("""
            UPDATE alert
            SET told = 0, newest = NULL, headline = NULL, status = NULL, resends = 0, noted_at = NULL, made_anew = FALSE
            WHERE id = :alertId
              AND (ticket_id IS NULL OR EXISTS (SELECT 1 FROM ticket t WHERE t.id = ticket_id AND t.issue IS NULL AND t.begun_at IS NULL))""")
    void forgetReported(long alertId);

    /** It counts as an event that came in: so a delivery that is under way does not take it for done, and the next start finds it. */
    @SqlUpdate("""
            UPDATE problem
            SET received = received + 1, due_at = :now, waiting_since = COALESCE(waiting_since, :now), tries = 0
            WHERE id = (SELECT problem_id FROM alert WHERE id = :alertId)""")
    void replay(long alertId, long now);

    /** As the newest preview has it. */
    @SqlUpdate("""
            UPDATE alert
            SET last_at = (SELECT p.last_at FROM alert p
                           WHERE p.alert_key = :alertKey AND p.org = :org AND p.stream <> :stream ORDER BY p.last_at DESC LIMIT 1),
                last_status = (SELECT p.last_status FROM alert p
                               WHERE p.alert_key = :alertKey AND p.org = :org AND p.stream <> :stream ORDER BY p.last_at DESC LIMIT 1),
                has_fired = TRUE, to_sum = TRUE
            WHERE stream = :stream AND org = :org AND alert_key = :alertKey""")
    void takeOverStatus(String stream, String org, String alertKey);
}
