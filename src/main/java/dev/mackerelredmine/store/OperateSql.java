package dev.mackerelredmine.store;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** What people do to deliveries, and what they look at first. Times are milliseconds since 1970. */
interface OperateSql {

    // --- pauses

    @SqlUpdate("""
            INSERT INTO pause (stream, paused_at, paused_by) VALUES (:stream, :now, :person)
            ON CONFLICT (stream) WHERE resumed_at IS NULL DO NOTHING""")
    int pause(String stream, String person, long now);

    @SqlUpdate("""
            UPDATE pause SET resumed_at = :now, resumed_by = :person WHERE stream = :stream AND resumed_at IS NULL""")
    int resume(String stream, String person, long now);

    @SqlQuery(
            "SELECT paused_at, paused_by, resumed_at, resumed_by FROM pause WHERE stream = :stream AND resumed_at IS NULL")
    Optional<Pause> standing(String stream);

    @SqlQuery("SELECT MAX(resumed_at) FROM pause WHERE stream = :stream")
    Optional<Long> lastResumed(String stream);

    /** Those that stood at any moment between the two times. */
    @SqlQuery("""
            SELECT paused_at, paused_by, resumed_at, resumed_by FROM pause
            WHERE stream = :stream AND paused_at <= :to AND (resumed_at IS NULL OR resumed_at >= :from)
            ORDER BY id""")
    List<Pause> pauses(String stream, long from, long to);

    @SqlUpdate("DELETE FROM pause WHERE resumed_at < :before")
    int purgePauses(long before);

    // --- parked alerts

    @SqlQuery("""
            SELECT a.id, a.org, a.alert_key, p.problem_key, t.issue, a.parked_project AS project, a.parked AS reason, a.parked_at,
              a.parked_urgent AS urgent, COALESCE(p.due_at, c.next_at) AS next_at,
              (SELECT COUNT(*) FROM event e WHERE e.alert_id = a.id AND e.seq > a.told) AS events
            FROM alert a
            JOIN problem p ON p.id = a.problem_id
            LEFT JOIN ticket t ON t.id = a.ticket_id
            LEFT JOIN parked_cause c ON c.stream = a.stream AND c.cause = a.parked_cause
            WHERE a.stream = :stream AND a.parked IS NOT NULL
            ORDER BY a.id""")
    List<ParkedRow> parked(String stream);

    @SqlQuery("""
            SELECT MIN(parked) AS reason, COUNT(*) AS alerts, MIN(parked_at) AS since
            FROM alert
            WHERE stream = :stream AND parked IS NOT NULL
            GROUP BY parked_for
            ORDER BY alerts DESC, reason""")
    List<ParkedReason> parkedReasons(String stream);

    /**
     * Whether a parked alert can be dropped now: nobody delivers it, and no request for it may be under way. Its problem's row is locked, so that
     * nobody begins to.
     */
    @SqlUpdate("""
            UPDATE problem SET lease_until = lease_until
            WHERE lease_until <= :now
              AND id = (SELECT problem_id FROM alert WHERE id = :alertId AND parked IS NOT NULL)
              AND NOT EXISTS (SELECT 1 FROM ticket t WHERE t.problem_id = problem.id AND t.begun_for = :alertId)""")
    int holdParked(long alertId, long now);

    @SqlQuery("SELECT COUNT(*) FROM action WHERE stream = :stream AND due_at IS NULL")
    long parkedActions(String stream);

    // --- what came in

    /** By the time of arrival, whatever found by asking Mackerel came in since. */
    @SqlQuery("SELECT received_at FROM event WHERE kind <> 'found' ORDER BY received_at DESC LIMIT 1")
    Optional<Long> lastPost();
}
