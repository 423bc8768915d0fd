package dev.mackerelredmine.store;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** What is to be delivered: problems under their leases, and parked alerts. Times are milliseconds since 1970. */
interface DeliverySql {

    // --- problems

    /**
     * Where the database can skip locked rows, the second of two that claim at once skips the row that the first has locked; elsewhere they
     * come one after the other. In both cases it finds the lease taken when it comes to the row. None is found while deliveries are paused.
     */
    @SqlQuery("""
            UPDATE problem
            SET lease = :lease, lease_until = :leaseUntil
            WHERE lease_until <= :now AND due_at <= :now
              AND id = (SELECT id FROM problem
                        WHERE stream = :stream AND due_at <= :now AND lease_until <= :now
                          AND NOT EXISTS (SELECT 1 FROM pause WHERE pause.stream = :stream AND resumed_at IS NULL)
                        ORDER BY urgency, due_at, id LIMIT 1 <skipLocked>)
            RETURNING id, problem_key, received, delivered, tries, lease""")
    Optional<Problem> claim(String stream, String lease, long now, long leaseUntil);

    @SqlUpdate("UPDATE problem SET lease_until = :leaseUntil WHERE id = :id AND lease = :lease")
    int renewLease(@BindMethods Problem problem, long leaseUntil);

    /** An alert for which a write has begun comes first, so that no other write begins for its ticket; one whose list alone is to be written anew, last. */
    @SqlQuery("""
            SELECT a.id
            FROM alert a
            WHERE a.problem_id = :id AND a.received > a.told
              AND EXISTS (SELECT 1 FROM event e WHERE e.alert_id = a.id AND e.seq > a.told AND e.seq <= :received
                          UNION ALL
                          SELECT 1 FROM graph g WHERE g.alert_id = a.id AND g.seq > a.told AND g.seq <= :received)
            ORDER BY (SELECT COUNT(*) FROM ticket t WHERE t.problem_id = :id AND t.begun_for = a.id) DESC,
              (SELECT MIN(CASE WHEN e.kind IN ('incident-list', 'incident-count') THEN :received + 1 ELSE e.seq END)
               FROM event e WHERE e.alert_id = a.id AND e.seq > a.told), a.id""")
    List<Long> undelivered(@BindMethods Problem problem);

    @SqlUpdate("""
            UPDATE problem
            SET delivered = :received,
                due_at = CASE WHEN received > :received THEN :now END,
                waiting_since = CASE WHEN received > :received THEN
                  COALESCE((SELECT MIN(e.received_at) FROM event e WHERE e.problem_id = :id AND e.seq > :received), :now) END,
                urgency = CASE WHEN received > :received THEN urgency ELSE 4 END,
                tries = 0, failure = NULL, lease = NULL, lease_until = 0
            WHERE id = :id AND lease = :lease""")
    int delivered(@BindMethods Problem problem, long now);

    @SqlUpdate("""
            UPDATE problem
            SET due_at = :dueAt, tries = tries + 1, failure = :failure, lease = NULL, lease_until = 0
            WHERE id = :id AND lease = :lease""")
    int tryAgainAt(@BindMethods Problem problem, long dueAt, String failure);

    @SqlUpdate("""
            UPDATE problem SET due_at = :dueAt, failure = :failure, lease = NULL, lease_until = 0 WHERE id = :id AND lease = :lease""")
    int waitForRedmine(@BindMethods Problem problem, long dueAt, String failure);

    @SqlUpdate("""
            UPDATE problem
            SET due_at = :dueAt, waiting_since = NULL, failure = :failure, lease = NULL, lease_until = 0
            WHERE id = :id AND lease = :lease""")
    int waitUntil(@BindMethods Problem problem, long dueAt, String failure);

    /** Nothing is overdue that was held by a pause. */
    @SqlQuery("""
            SELECT COUNT(*) > 0 FROM (
              SELECT 1 FROM problem WHERE stream = :stream AND due_at < :before AND lease_until < :before
                AND NOT EXISTS (SELECT 1 FROM pause WHERE pause.stream = :stream AND (resumed_at IS NULL OR resumed_at > :before))
              ORDER BY due_at LIMIT 1) overdue""")
    boolean hasOverdue(String stream, long before);

    @SqlQuery("""
            SELECT COALESCE(SUM(received - delivered), 0) AS waiting, COUNT(*) AS problems, MIN(waiting_since) AS since,
              (SELECT COUNT(*) FROM alert WHERE stream = :stream AND parked IS NOT NULL) AS parked
            FROM problem
            WHERE stream = :stream AND waiting_since IS NOT NULL""")
    Backlog backlog(String stream);

    // --- parked alerts

    /** What is parked again for the same reason is no news. */
    @SqlUpdate("""
            UPDATE alert
            SET parked = :reason, parked_cause = :cause, parked_urgent = :urgent, parked_project = :project,
                parked_at = CASE WHEN parked IS NULL THEN :now ELSE parked_at END,
                parked_told = (parked_for IS NOT NULL AND parked_for = :cause AND parked_told), parked_for = :cause
            WHERE id = :alertId AND EXISTS (SELECT 1 FROM problem WHERE id = :id AND lease = :lease)""")
    int park(
            @BindMethods Problem problem,
            long alertId,
            String project,
            String reason,
            String cause,
            boolean urgent,
            long now);

    @SqlQuery("SELECT parked_cause FROM alert WHERE id = :alertId AND parked IS NOT NULL")
    Optional<String> parkedCause(long alertId);

    @SqlUpdate("""
            INSERT INTO parked_cause (stream, cause, since, next_at) VALUES (:stream, :cause, :now, :nextAt)
            ON CONFLICT (stream, cause) DO NOTHING""")
    void addParkedCause(String stream, String cause, long now, long nextAt);

    /** The second of two that claim at once finds that the cause is not due any more. */
    @SqlQuery("""
            UPDATE parked_cause
            SET next_at = CASE WHEN since < :longAgo THEN :nextLater ELSE :nextSoon END
            WHERE stream = :stream AND next_at <= :now
              AND cause = (SELECT cause FROM parked_cause WHERE stream = :stream AND next_at <= :now ORDER BY next_at, cause LIMIT 1 <skipLocked>)
            RETURNING cause""")
    Optional<String> claimParkedCause(String stream, long now, long longAgo, long nextSoon, long nextLater);

    /** One after the other, and then from the first again: an alert that is refused for a reason of its own holds up none of the others. */
    @SqlQuery("""
            SELECT a.id FROM alert a JOIN parked_cause c ON c.stream = a.stream AND c.cause = a.parked_cause
            WHERE a.stream = :stream AND a.parked_cause = :cause AND a.parked IS NOT NULL
            ORDER BY CASE WHEN a.id > c.tried THEN 0 ELSE 1 END, a.id LIMIT 1""")
    Optional<Long> nextParked(String stream, String cause);

    @SqlUpdate("UPDATE parked_cause SET tried = :alertId WHERE stream = :stream AND cause = :cause")
    void parkedTried(String stream, String cause, long alertId);

    @SqlUpdate("DELETE FROM parked_cause WHERE stream = :stream AND cause = :cause")
    void forgetParkedCause(String stream, String cause);

    /** What waits for its next try comes then anyway. Nothing came in, so nothing counts as waiting. */
    @SqlUpdate("""
            UPDATE problem
            SET due_at = :now, urgency = CASE WHEN EXISTS (
                SELECT 1 FROM alert u WHERE u.problem_id = problem.id AND u.parked_cause = :cause AND u.parked_urgent) THEN 0 ELSE 1 END
            WHERE due_at IS NULL
              AND id IN (SELECT problem_id FROM alert WHERE stream = :stream AND parked_cause = :cause AND parked IS NOT NULL)""")
    int makeParkedDue(String stream, String cause, long now);

    /** The same as {@link #makeParkedDue}, for one alert. */
    @SqlUpdate("""
            UPDATE problem
            SET due_at = :now, urgency = (SELECT CASE WHEN a.parked_urgent THEN 0 ELSE 1 END FROM alert a WHERE a.id = :alertId)
            WHERE due_at IS NULL AND id = (SELECT problem_id FROM alert WHERE id = :alertId)""")
    void makeTrialDue(long alertId, long now);

    /** Their own success says nothing new about the cause. */
    @SqlUpdate(
            "UPDATE alert SET parked_cause = NULL WHERE stream = :stream AND parked_cause = :cause AND parked IS NOT NULL")
    int releaseParked(String stream, String cause);

    // --- at a start, and when the clock went back

    @SqlUpdate("""
            UPDATE problem
            SET due_at = :now, waiting_since = COALESCE(waiting_since, :now), tries = 0, lease = NULL, lease_until = 0
            WHERE lease_until <= :leasedUpTo
              AND id IN (SELECT id FROM problem WHERE stream = :stream AND waiting_since IS NOT NULL
                         UNION ALL
                         SELECT problem_id FROM alert WHERE stream = :stream AND parked IS NOT NULL)""")
    int makeAllDue(String stream, long now, long leasedUpTo);

    @SqlUpdate("UPDATE problem SET due_at = :now WHERE stream = :stream AND due_at > :now")
    int dueNow(String stream, long now);

    @SqlUpdate("""
            UPDATE problem SET lease_until = :leaseUntil
            WHERE stream = :stream AND due_at IS NOT NULL AND lease_until > :leaseUntil + :apart""")
    void endLeasesBy(String stream, long leaseUntil, long apart);

    @SqlUpdate("UPDATE ticket SET begun_at = :now WHERE begun_at > :now + :apart")
    void begunNow(long now, long apart);

    @SqlUpdate("UPDATE parked_cause SET next_at = :now WHERE stream = :stream AND next_at > :latest")
    void parkedCausesNow(String stream, long now, long latest);
}
