package dev.mackerelredmine.store;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** What people did to tickets. Times are milliseconds since 1970. */
interface PeopleSql {

    String WATCHED_TICKET = """
            SELECT t.id, t.issue, t.project, t.is_open, t.seen_updated, t.seen_journal, t.seen_first, t.seen_last, t.seen_settled, t.people,
              t.first_acknowledged_at, t.unanswered_after, t.verdict,
              EXISTS (SELECT 1 FROM alert a WHERE a.ticket_id = t.id AND a.status <> 'ok') AS fires, t.in_incident, t.in_incident_by,
              t.other_parent
            FROM ticket t
            JOIN problem p ON p.id = t.problem_id
            """;

    /** Of a ticket t of an incident: somebody has the ticket of a member. */
    String BY_MEMBER =
            "EXISTS (SELECT 1 FROM ticket c WHERE c.in_incident = t.issue AND c.acknowledged_at IS NOT NULL)";

    /** It counts from what an on-call person would answer to: the last step that said something new. */
    String UNANSWERED = """
            SELECT t.id, t.issue, t.state, t.unanswered_after, t.asked_at,
              (SELECT MAX(s.at) FROM step s
               WHERE s.alert_id = a.id AND s.action IN ('create', 'adopt', 'worse', 'reopen', 'join', 'hand-over')) AS since
            FROM ticket t
            JOIN problem p ON p.id = t.problem_id
            JOIN alert a ON a.id = (SELECT MAX(id) FROM alert
                                    WHERE ticket_id = t.id AND status = 'critical' AND COALESCE(incident_role, '') <> 'line')
            WHERE t.is_open = TRUE AND p.stream = :stream AND t.acknowledged_at IS NULL AND t.gone_at IS NULL
              AND NOT EXISTS (SELECT 1 FROM alert m WHERE m.ticket_id = t.id AND m.incident_role = 'child')
              AND NOT\s""" + BY_MEMBER + """
            """;

    // --- who asks, and since when

    @SqlUpdate("INSERT INTO redmine_watch (stream) VALUES (:stream) ON CONFLICT (stream) DO NOTHING")
    void addWatch(String stream);

    @SqlUpdate("""
            UPDATE redmine_watch SET due_at = :now, lease = NULL, lease_until = 0
            WHERE stream = :stream AND lease_until <= :leasedUpTo""")
    void makeWatchDue(String stream, long now, long leasedUpTo);

    /** The second of two that claim at once finds the lease taken. */
    @SqlQuery("""
            UPDATE redmine_watch SET lease = :lease, lease_until = :leaseUntil
            WHERE stream = :stream AND due_at <= :now AND lease_until <= :now
            RETURNING stream, lease, since, swept_at""")
    Optional<WatchTurn> claimWatch(String stream, String lease, long now, long leaseUntil);

    @SqlUpdate("""
            UPDATE redmine_watch
            SET since = :upTo, swept_at = :sweep, due_at = :dueAt, lease = NULL, lease_until = 0
            WHERE stream = :stream AND lease = :lease""")
    int endWatch(@BindMethods WatchTurn turn, Long upTo, Long sweep, long dueAt);

    @SqlQuery("SELECT since FROM redmine_watch WHERE stream = :stream AND since IS NOT NULL")
    Optional<Long> watchedSince(String stream);

    @SqlUpdate("UPDATE redmine_watch SET since = NULL, swept_at = NULL WHERE stream = :stream AND lease_until <= :now")
    void rest(String stream, long now);

    // --- tickets

    @SqlQuery(WATCHED_TICKET + """
            WHERE t.is_open = TRUE AND p.stream = :stream AND t.issue IS NOT NULL AND t.gone_at IS NULL
            ORDER BY t.id""")
    List<WatchedTicket> openTickets(String stream);

    @SqlQuery(WATCHED_TICKET + """
            WHERE t.issue = :issue AND p.stream = :stream AND t.gone_at IS NULL
            ORDER BY t.id DESC LIMIT 1""")
    Optional<WatchedTicket> watchedTicket(String stream, long issue);

    @SqlUpdate("""
            UPDATE ticket
            SET project = :project, is_open = :isOpen, seen_updated = :updated, seen_journal = :journal, seen_first = :first,
                seen_last = :now, seen_settled = :settled, asked_at = COALESCE(:askedAt, asked_at)
            WHERE id = :ticketId""")
    void saw(
            long ticketId,
            Long project,
            boolean isOpen,
            long updated,
            long journal,
            long first,
            boolean settled,
            Long askedAt,
            long now);

    /** A note may have been deleted since: it was written all the same. */
    @SqlUpdate(
            "UPDATE ticket SET person_journal = :journal WHERE id = :ticketId AND COALESCE(person_journal, 0) < :journal")
    void acted(long ticketId, long journal);

    /** Whoever comes second finds that it is written down already. */
    @SqlUpdate("""
            UPDATE ticket
            SET people = :after, acknowledged_at = :acknowledgedAt,
                first_acknowledged_at = COALESCE(first_acknowledged_at, :acknowledgedAt)
            WHERE id = :ticketId AND COALESCE(people, '') = :before""")
    int people(long ticketId, String before, String after, Long acknowledgedAt);

    @SqlUpdate("UPDATE ticket SET verdict = :verdict WHERE id = :ticketId")
    void verdict(long ticketId, String verdict);

    @SqlUpdate("UPDATE ticket SET project = :project WHERE id = :ticketId")
    void inProject(long ticketId, long project);

    @SqlUpdate("UPDATE ticket SET is_open = FALSE, asked_at = :now WHERE issue = :issue")
    void notSeen(long issue, long now);

    @SqlUpdate("UPDATE ticket SET unanswered_after = :after WHERE id = :ticketId")
    void unansweredAfter(long ticketId, long after);

    /** The alerts to which it is reported: the one that fires and came in last is the first. */
    @SqlQuery("""
            SELECT id FROM alert
            WHERE ticket_id = :ticketId AND told > 0 AND COALESCE(incident_role, '') <> 'line'
            ORDER BY CASE WHEN status = 'ok' THEN 1 ELSE 0 END, id DESC LIMIT :most""")
    List<Long> alertsOf(long ticketId, int most);

    @SqlQuery("SELECT told FROM alert WHERE id = :alertId")
    long told(long alertId);

    @SqlQuery("SELECT COALESCE(status, '') FROM alert WHERE id = :alertId")
    String status(long alertId);

    @SqlQuery("SELECT notification FROM event WHERE alert_id = :alertId ORDER BY seq LIMIT 1")
    Optional<String> firstNotification(long alertId);

    @SqlUpdate("""
            INSERT INTO action (stream, purpose, alert_id, issue, kind, up_to, due_at, journal, person, given_to)
            VALUES (:stream, :purpose, :alertId, :issue, :kind, :upTo, :now, :journal, :person, :givenTo)""")
    void addAction(
            String stream,
            String purpose,
            long alertId,
            long issue,
            String kind,
            long upTo,
            long now,
            long journal,
            String person,
            String givenTo);

    // --- unanswered ones

    @SqlQuery("""
            SELECT COUNT(*) FROM ticket t
            JOIN problem p ON p.id = t.problem_id
            WHERE t.is_open = TRUE AND p.stream = :stream AND t.acknowledged_at IS NULL AND t.gone_at IS NULL
              AND EXISTS (SELECT 1 FROM alert a WHERE a.ticket_id = t.id AND a.status <> 'ok')""")
    long unacknowledged(String stream);

    @SqlQuery(UNANSWERED + "AND NOT t.unanswered_told ORDER BY t.id")
    List<UnansweredTicket> unanswered(String stream);

    @SqlQuery(UNANSWERED + "ORDER BY t.id")
    List<UnansweredTicket> allUnanswered(String stream);

    @SqlUpdate("UPDATE ticket SET unanswered_told = TRUE WHERE id = :ticketId")
    void unansweredReported(long ticketId);
}
