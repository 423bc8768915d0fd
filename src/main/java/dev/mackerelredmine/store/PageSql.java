package dev.mackerelredmine.store;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Pages: messages of an escalation to one person by one means. Times are milliseconds since 1970. */
interface PageSql {

    String HELD = """
            person = :person AND means = :means AND stream = :stream AND state = 'capped' AND due_at IS NOT NULL
              AND (kind = 'over') = :isOver""";

    @SqlUpdate("""
            INSERT INTO page (stream, escalation_id, kind, round, step, person, means, is_group, at, due_at)
            VALUES (:stream, :escalationId, :kind, :round, :step, :person, :means, :isGroup, :now, :dueAt)
            ON CONFLICT DO NOTHING""")
    void add(String stream, long escalationId, @BindMethods NewPage page, long now, long dueAt);

    @SqlQuery("SELECT COALESCE(MAX(step) + 1, 0) FROM page WHERE escalation_id = :escalationId AND kind = :kind")
    int nextTurn(long escalationId, String kind);

    @SqlUpdate("""
            INSERT INTO page (stream, escalation_id, kind, round, step, person, means, is_group, at, due_at)
            SELECT DISTINCT stream, escalation_id, 'over', 0, 0, person, means, is_group, :now, :now
            FROM page
            WHERE escalation_id = :escalationId AND state = 'accepted' AND kind NOT IN ('over', 'round')
            ON CONFLICT DO NOTHING""")
    void addOvers(long escalationId, long now);

    // --- sending

    @SqlQuery("""
            UPDATE page
            SET lease_until = :leaseUntil
            WHERE lease_until <= :now AND due_at <= :now
              AND id = (SELECT g.id FROM page g
                        WHERE g.stream = :stream AND g.due_at <= :now AND g.lease_until <= :now""" + EscalationSql.NOT_PAUSED + """
                         ORDER BY g.due_at, g.id LIMIT 1 <skipLocked>)
            RETURNING id""")
    Optional<Long> claim(String stream, long now, long leaseUntil);

    @SqlQuery("""
            SELECT g.id, g.escalation_id, e.policy, t.issue, t.state, g.kind, g.round, g.step, g.person, g.means, g.is_group, g.tries,
              g.state = 'capped' AS is_held, g.lease_until,
              (SELECT v.notification FROM event v
               WHERE v.alert_id = h.id AND v.seq = h.headline) AS headline
            FROM page g
            JOIN escalation e ON e.id = g.escalation_id
            JOIN ticket t ON t.id = e.ticket_id
            LEFT JOIN alert h ON h.id = (SELECT a.id FROM alert a WHERE a.ticket_id = t.id
                                         ORDER BY CASE WHEN a.incident_role = 'line' THEN 1 ELSE 0 END,
                                           CASE a.status WHEN 'critical' THEN 0 WHEN 'ok' THEN 2 ELSE 1 END, a.id DESC LIMIT 1)
            WHERE g.id = :id""")
    PendingPage page(long id);

    /** Whatever is known by now: it was sent. */
    @SqlUpdate("""
            UPDATE page SET state = 'accepted', why = NULL, at = :now, due_at = NULL, lease_until = 0
            WHERE id = :id AND state NOT IN ('accepted', 'answered')""")
    int accepted(long id, long now);

    @SqlUpdate("""
            UPDATE page SET state = :state, why = :why, at = :now, due_at = NULL, lease_until = 0
            WHERE id = :id AND due_at IS NOT NULL""")
    int over(long id, String state, String why, long now);

    @SqlUpdate("""
            UPDATE page SET state = 'waiting', why = :why, due_at = :dueAt, tries = tries + 1, lease_until = 0
            WHERE id = :id AND due_at IS NOT NULL AND tries = :tries""")
    int again(long id, int tries, String why, long dueAt);

    /** One that is being sent just now goes on. */
    @SqlUpdate("""
            UPDATE page SET state = 'dropped', why = :why, at = :now, due_at = NULL
            WHERE escalation_id = :escalationId AND due_at IS NOT NULL AND kind <> 'over' AND lease_until <= :now""")
    void dropAll(long escalationId, String why, long now);

    /** When the means took it stays: it counts for how many a person got. */
    @SqlUpdate("""
            UPDATE page SET state = 'answered'
            WHERE escalation_id = :escalationId AND person = :person AND state = 'accepted' AND kind <> 'over'""")
    void answered(long escalationId, String person);

    @SqlUpdate("""
            UPDATE page SET lease_until = 0, due_at = CASE WHEN due_at > :now AND kind <> 'round' THEN :now ELSE due_at END
            WHERE stream = :stream AND due_at IS NOT NULL AND lease_until <= :leasedUpTo""")
    void makeDue(String stream, long now, long leasedUpTo);

    // --- how many a person gets

    @SqlQuery("""
            SELECT COUNT(*) FROM page
            WHERE person = :person AND means = :means AND at > :after AND stream = :stream AND state IN ('accepted', 'answered')""")
    long acceptedAfter(String stream, String person, String means, long after);

    /** Of two that are sent at the same time the one that was claimed first counts for the other. */
    @SqlQuery("""
            SELECT COUNT(*) FROM page g JOIN page mine ON mine.id = :id
            WHERE g.person = mine.person AND g.means = mine.means AND g.stream = mine.stream AND g.due_at IS NOT NULL
              AND g.lease_until > :now AND (g.lease_until < mine.lease_until OR g.lease_until = mine.lease_until AND g.id < mine.id)""")
    long beingSentBefore(long id, long now);

    /** When the means took the last but so many; empty: it did not take as many after that time. */
    @SqlQuery("""
            SELECT at FROM page
            WHERE person = :person AND means = :means AND at > :after AND stream = :stream AND state IN ('accepted', 'answered')
            ORDER BY at DESC LIMIT 1 OFFSET :butSoMany""")
    Optional<Long> acceptedBefore(String stream, String person, String means, long after, long butSoMany);

    // --- what is held back, because a person got too many

    @SqlUpdate("""
            UPDATE page SET at = CASE WHEN state = 'capped' THEN at ELSE :now END, state = 'capped', due_at = :dueAt, lease_until = 0
            WHERE id = :id AND due_at IS NOT NULL""")
    void hold(long id, long now, long dueAt);

    /** What is said of recoveries is counted for itself. */
    @SqlQuery("SELECT COUNT(*) FROM page WHERE id <> :id AND " + HELD)
    long held(long id, String stream, String person, String means, boolean isOver);

    /** While one of them is sent, the others wait for what becomes of it. */
    @SqlUpdate(
            "UPDATE page SET due_at = :dueAt WHERE id <> :id AND lease_until <= :now AND due_at < :dueAt AND " + HELD)
    void holdOthers(long id, String stream, String person, String means, boolean isOver, long now, long dueAt);

    /** They were counted in one that the means took: those that were held back when that was claimed. */
    @SqlUpdate("UPDATE page SET due_at = NULL WHERE id <> :id AND lease_until <= :now AND at <= :claimedAt AND " + HELD)
    void saidByAnother(long id, String stream, String person, String means, boolean isOver, long now, long claimedAt);

    // --- for people

    @SqlQuery("SELECT kind, round, step, person, means, state, why, at FROM page WHERE escalation_id = :id ORDER BY id")
    List<PageRow> ofEscalation(long id);

    @SqlQuery("""
            SELECT g.person, MIN(g.at) AS at FROM page g
            JOIN escalation e ON e.id = g.escalation_id
            JOIN ticket t ON t.id = e.ticket_id
            WHERE t.issue = :issue AND e.stream = :stream AND e.ended_at IS NULL
              AND g.state IN ('accepted', 'answered') AND NOT g.is_group
            GROUP BY g.person""")
    List<NotifiedPerson> notified(String stream, long issue);
}
