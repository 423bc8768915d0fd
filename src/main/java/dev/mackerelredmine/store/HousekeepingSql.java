package dev.mackerelredmine.store;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.SqlObject;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** What the service does beside deliveries: notices, actions, retention. Times are milliseconds since 1970. */
interface HousekeepingSql extends SqlObject {

    // --- notices to the operator

    /** One of several services sends it. When it does not, another does after the claim has run out. */
    @SqlUpdate("""
            INSERT INTO notice (stream, kind, claimed_until) VALUES (:stream, :kind, :until)
            ON CONFLICT (stream, kind) DO UPDATE SET claimed_until = :until
            WHERE notice.claimed_until <= :now AND (notice.told_at IS NULL OR notice.told_at <= :againIfBefore)""")
    int raiseNotice(String stream, String kind, long now, long until, long againIfBefore);

    @SqlUpdate("""
            UPDATE notice SET claimed_until = :until
            WHERE stream = :stream AND kind = :kind AND told_at IS NOT NULL AND claimed_until <= :now""")
    int endNotice(String stream, String kind, long now, long until);

    @SqlQuery("SELECT told_at FROM notice WHERE stream = :stream AND kind = :kind AND told_at IS NOT NULL")
    Optional<Long> noticeSentAt(String stream, String kind);

    @SqlUpdate("UPDATE notice SET told_at = :now, claimed_until = 0 WHERE stream = :stream AND kind = :kind")
    void noticeSent(String stream, String kind, long now);

    @SqlUpdate("DELETE FROM notice WHERE stream = :stream AND kind = :kind")
    void forgetNotice(String stream, String kind);

    /** Urgent is a critical alert without a ticket, until the operator knows of another that is parked for the same reason. */
    @SqlQuery("""
            SELECT a.id, a.org, a.alert_key, a.parked,
              a.parked_urgent AND NOT EXISTS (
                SELECT 1 FROM alert b
                WHERE b.stream = a.stream AND b.parked_cause = a.parked_cause AND b.parked IS NOT NULL AND b.parked_told AND b.parked_urgent) AS urgent
            FROM alert a
            WHERE a.stream = :stream AND a.parked IS NOT NULL AND NOT a.parked_told
            ORDER BY a.id LIMIT :most""")
    List<Parked> unreportedParked(String stream, int most);

    @SqlUpdate("UPDATE alert SET parked_told = TRUE WHERE id = :alertId")
    void parkedReported(long alertId);

    @SqlQuery("""
            SELECT action.id, alert.org, alert.alert_key, action.failure AS parked, FALSE AS urgent
            FROM action
            JOIN alert ON alert.id = action.alert_id
            WHERE action.stream = :stream AND action.due_at IS NULL AND NOT action.parked_told
            ORDER BY action.id LIMIT :most""")
    List<Parked> unreportedActions(String stream, int most);

    @SqlUpdate("UPDATE action SET parked_told = TRUE WHERE id = :id")
    void actionReported(long id);

    // --- actions after ticket changes

    @SqlUpdate("""
            INSERT INTO action (stream, purpose, alert_id, issue, kind, up_to, due_at)
            VALUES (:stream, :purpose, :alertId, :issue, :kind, :upTo, :now)""")
    void addAction(String stream, String purpose, long alertId, long issue, String kind, long upTo, long now);

    /** As with problems: the second of two that claim at once skips the row, or finds it taken. */
    @SqlQuery("""
            UPDATE action
            SET lease_until = :leaseUntil
            WHERE lease_until <= :now AND due_at <= :now
              AND id = (SELECT id FROM action
                        WHERE stream = :stream AND due_at <= :now AND lease_until <= :now AND purpose = :purpose
                        ORDER BY due_at, id LIMIT 1 <skipLocked>)
            RETURNING id""")
    Optional<Long> claimAction(String stream, String purpose, long now, long leaseUntil);

    /**
     * With the last notification that the change reports; what incidents note for themselves is none. Ticket and headline may be forgotten meanwhile: an action whose row is not found
     * would never run.
     */
    @SqlQuery("""
            SELECT action.id, alert.org, alert.alert_key, action.issue, ticket.state, action.kind, action.up_to, action.tries,
                   action.journal, action.person, action.given_to, ticket.people,
                   event.notification, COALESCE(headline.notification, event.notification) AS headline
            FROM action
            JOIN alert ON alert.id = action.alert_id
            LEFT JOIN ticket ON ticket.id = (SELECT MAX(id) FROM ticket WHERE issue = action.issue AND problem_id = alert.problem_id)
            JOIN event ON event.alert_id = action.alert_id
                      AND event.seq = (SELECT MAX(seq) FROM event
                                       WHERE alert_id = action.alert_id AND seq <= action.up_to
                                         AND kind NOT IN ('incident-list', 'incident-link'))
            LEFT JOIN event headline ON headline.alert_id = action.alert_id AND headline.seq = alert.headline
            WHERE action.id = :id""")
    PendingAction action(long id);

    @SqlUpdate("DELETE FROM action WHERE id = :id")
    void actionDone(long id);

    @SqlUpdate("""
            UPDATE action SET due_at = :dueAt, tries = tries + 1, failure = :failure, lease_until = 0 WHERE id = :id""")
    void actionAgain(long id, long dueAt, String failure);

    @SqlUpdate("""
            UPDATE action SET due_at = NULL, tries = tries + 1, failure = :failure, lease_until = 0 WHERE id = :id""")
    void actionParked(long id, String failure);

    @SqlUpdate("""
            UPDATE action SET due_at = :now, lease_until = 0 WHERE stream = :stream AND lease_until <= :leasedUpTo""")
    void makeActionsDue(String stream, long now, long leasedUpTo);

    // --- retention

    @SqlQuery("SELECT id FROM alert WHERE id > :after ORDER BY id LIMIT :most")
    List<Long> alertsAfter(long after, int most);

    @SqlQuery("""
            SELECT COUNT(*)
            FROM event
            WHERE alert_id = :alertId AND received_at >= :before
              AND seq = (SELECT MIN(seq) FROM event WHERE alert_id = :alertId)""")
    boolean cameInSince(long alertId, long before);

    /** What came in during a preview is never delivered by a later run, so its age is enough. */
    @SqlQuery("""
            SELECT COUNT(*)
            FROM alert a JOIN problem p ON p.id = a.problem_id
            WHERE a.id = :alertId
              AND NOT EXISTS (SELECT 1 FROM event e WHERE e.alert_id = a.id AND e.received_at >= :before)
              AND NOT EXISTS (SELECT 1 FROM step s WHERE s.alert_id = a.id AND s.at >= :before)
              AND (a.stream <> 'redmine'
                   OR a.status = 'ok' AND a.parked IS NULL AND p.due_at IS NULL AND p.received = p.delivered)""")
    boolean isOver(long alertId, long before);

    @SqlUpdate("DELETE FROM action WHERE alert_id = :alertId")
    void purgeActions(long alertId);

    @SqlUpdate("DELETE FROM step WHERE alert_id = :alertId")
    void purgeSteps(long alertId);

    @SqlUpdate("DELETE FROM event WHERE alert_id = :alertId")
    void purgeEvents(long alertId);

    @SqlUpdate("DELETE FROM alert WHERE id = :alertId")
    void purgeAlert(long alertId);

    /** The alert's own problem, and that of its ticket: a line's ticket is its incident's. */
    @SqlQuery("""
            SELECT problem_id FROM alert WHERE id = :alertId
            UNION
            SELECT t.problem_id FROM alert a JOIN ticket t ON t.id = a.ticket_id WHERE a.id = :alertId""")
    List<Long> problemsOf(long alertId);

    /** The problem's last ticket stays as long as the problem does: the next alert joins it, reopens it, or is related to it. */
    @SqlUpdate("""
            DELETE FROM ticket
            WHERE problem_id = :problemId
              AND NOT EXISTS (SELECT 1 FROM alert a WHERE a.ticket_id = ticket.id)
              AND (NOT EXISTS (SELECT 1 FROM alert a WHERE a.problem_id = :problemId)
                   OR id <> COALESCE((SELECT MAX(o.id) FROM ticket o
                                      WHERE o.problem_id = :problemId AND o.issue IS NOT NULL AND o.gone_at IS NULL), 0))""")
    void purgeTickets(long problemId);

    @SqlUpdate("""
            DELETE FROM problem
            WHERE id = :problemId AND NOT EXISTS (SELECT 1 FROM alert a WHERE a.problem_id = :problemId)
              AND NOT EXISTS (SELECT 1 FROM ticket t WHERE t.problem_id = :problemId)""")
    void purgeProblem(long problemId);

    /** With the plus no index by alert is taken, in which all of these stand side by side, the old ones and the others. */
    @SqlUpdate("""
            DELETE FROM event
            WHERE id IN (SELECT id FROM event WHERE +alert_id IS NULL AND received_at < :before ORDER BY received_at LIMIT :most)""")
    int purgeOtherEvents(long before, int most);

    /** Of a problem that comes back for years, one ticket may stand for all that time. */
    @SqlQuery("SELECT id FROM escalation WHERE ended_at < :before ORDER BY ended_at LIMIT :most")
    List<Long> escalationsEndedBefore(long before, int most);

    @SqlUpdate("DELETE FROM escalation WHERE id = :id")
    void purgeEscalation(long id);

    // --- the whole store

    @SqlUpdate("UPDATE trial SET at = :now")
    void tryToWrite(long now);

    /** Each table after those that refer to it. */
    default void forgetAll() {
        for (String table : List.of(
                "opening",
                "sent_page",
                "subject",
                "page",
                "escalation_step",
                "escalation",
                "escalation_pause",
                "parked_cause",
                "action",
                "step",
                "graph",
                "event",
                "alert",
                "ticket",
                "problem",
                "redmine_watch",
                "pause")) {
            getHandle().execute("DELETE FROM " + table);
        }
    }
}
