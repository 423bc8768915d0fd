package dev.mackerelredmine.store;

import dev.mackerelredmine.escalation.Schedule;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Escalations and their steps. Times are milliseconds since 1970. */
interface EscalationSql {

    /** That an alert is over counts as soon as it came in, even though Redmine may not show it yet. */
    String FIRES = """
            EXISTS (SELECT 1 FROM alert a
                    WHERE a.ticket_id = t.id AND a.status <> 'ok' AND COALESCE(a.last_status, a.status) <> 'ok')""";

    /** Of a ticket t: its incident's escalates in its place. */
    String INCIDENT_DOES = """
            EXISTS (SELECT 1 FROM alert m
                    JOIN alert o ON o.id = m.incident
                    JOIN ticket i ON i.id = o.ticket_id
                    WHERE m.ticket_id = t.id AND m.incident_role = 'child'
                      AND i.issue IS NOT NULL AND i.gone_at IS NULL AND i.escalation IS NOT NULL)""";

    /** Of a ticket t: its incident's is about to be made, and escalates in its place. It is not waited for longer than it takes. */
    String INCIDENT_COMES = """
            EXISTS (SELECT 1 FROM alert m
                    JOIN alert o ON o.id = m.incident
                    JOIN problem q ON q.id = o.problem_id
                    LEFT JOIN ticket i ON i.id = o.ticket_id
                    WHERE m.ticket_id = t.id AND m.incident_role = 'child'
                      AND i.issue IS NULL AND o.parked IS NULL AND q.waiting_since >= :comesIfSince)""";

    /** Of a ticket t: somebody has it, or, where it is an incident's, that of a member. */
    String TAKEN = "(t.acknowledged_at IS NOT NULL OR " + PeopleSql.BY_MEMBER + ")";

    String FIRES_OPEN =
            "t.is_open = TRUE AND t.issue IS NOT NULL AND t.gone_at IS NULL AND " + FIRES + " AND NOT " + INCIDENT_DOES;

    /** Of a ticket t: somebody has to answer to it. Nobody has it, or whoever has it is asked anew and did nothing since. */
    String NEEDS = FIRES_OPEN + " AND (NOT " + TAKEN + " OR t.anew_journal >= COALESCE(t.person_journal, 0))";

    /** Of an escalation e and its ticket t: a person has answered to it. */
    String ANSWERED = """
            CASE WHEN e.asks IS NULL THEN """ + TAKEN + """
             ELSE COALESCE(t.person_journal, 0) > e.journal END""";

    /** Of an escalation e and its ticket t: somebody still has to answer to it. */
    String LASTS = FIRES_OPEN + " AND NOT (" + ANSWERED + ")";

    String TO_BEGIN = " FROM ticket t JOIN problem p ON p.id = t.problem_id WHERE " + NEEDS + """
             AND t.escalation IS NOT NULL AND p.stream = :stream
              AND NOT EXISTS (SELECT 1 FROM escalation e WHERE e.ticket_id = t.id AND e.ended_at IS NULL)
            """;

    /** Somebody took it before any escalation of it began. */
    String TAKEN_BEFORE = " FROM ticket t JOIN problem p ON p.id = t.problem_id WHERE " + FIRES_OPEN + """
             AND t.acknowledged_at IS NOT NULL AND t.escalation = :policy AND p.stream = :stream
              AND NOT EXISTS (SELECT 1 FROM escalation e WHERE e.ticket_id = t.id)
            """;

    String NOT_PAUSED =
            " AND NOT EXISTS (SELECT 1 FROM escalation_pause z WHERE z.stream = :stream AND z.paused_at IS NOT NULL)";

    String NOT_PAUSED_SINCE = """
             AND NOT EXISTS (SELECT 1 FROM escalation_pause z
                             WHERE z.stream = :stream AND (z.paused_at IS NOT NULL OR z.resumed_at > :dueBefore))
            """;

    /** Steps by which a ticket has reason to escalate, that are no act of a person. */
    String BRINGS = "('create', 'adopt', 'worse', 'reopen', 'join')";

    String SHOWN = """
            SELECT e.id, t.issue, t.state, e.policy_name, e.starts_at, e.round, e.step, e.due_at, e.stopped_by, e.alert_age, e.ended_at, e.ended_for
            FROM escalation e
            JOIN ticket t ON t.id = e.ticket_id
            """;

    String STANDING = """
            SELECT e.id, e.ended_for, e.stopped_by IS NOT NULL AS is_stopped, t.gone_at IS NOT NULL AS is_gone,
              t.is_open, CASE WHEN t.acknowledged_at IS NULL
                THEN COALESCE((SELECT MAX(c.people) FROM ticket c WHERE c.in_incident = t.issue AND c.acknowledged_at IS NOT NULL), t.people)
                ELSE t.people END AS people,\s""" + ANSWERED + " AS is_answered, " + FIRES + " AS fires, " + INCIDENT_DOES + """
             AS incident_does
            FROM escalation e
            JOIN ticket t ON t.id = e.ticket_id
            """;

    // --- beginning and end

    @SqlQuery("""
            SELECT t.id AS ticket_id, t.issue, t.escalation AS policy,
              CASE WHEN t.acknowledged_at IS NOT NULL THEN t.anew END AS asks, COALESCE(t.person_journal, 0) AS journal
            """ + TO_BEGIN + NOT_PAUSED + " AND NOT " + INCIDENT_COMES + " ORDER BY t.id")
    List<EscalatableTicket> toBegin(String stream, long comesIfSince);

    @SqlUpdate(
            "INSERT INTO escalation (stream, ticket_id, policy_name, policy, asks, journal, starts_at, round, step, due_at, alert_age)"
                    + " SELECT p.stream, t.id, :policy, :snapshot, :asks, :journal, :startsAt, :round, :step, :dueAt, :alertAge"
                    + TO_BEGIN + NOT_PAUSED + """
             AND t.id = :ticketId
            ON CONFLICT DO NOTHING""")
    int begin(
            String stream,
            @BindMethods EscalatableTicket ticket,
            String snapshot,
            long startsAt,
            @BindMethods Schedule.Place place,
            Long dueAt,
            Long alertAge);

    /** Of an incident's ticket: how far its members' escalations by the same policy have come, that run or ended in its favour. */
    @SqlQuery("""
            SELECT e.starts_at, e.round, e.step
            FROM alert o
            JOIN alert m ON m.incident = o.id AND m.incident_role = 'child'
            JOIN escalation e ON e.ticket_id = m.ticket_id
            WHERE o.ticket_id = :ticketId AND o.incident_role = 'incident' AND e.policy_name = :policy AND e.asks IS NULL
              AND e.alert_age IS NULL AND (e.ended_at IS NULL OR e.ended_for = 'its incident goes on')
            ORDER BY e.round DESC, e.step DESC, e.starts_at LIMIT 1""")
    Optional<ReachedStep> reachedByMembers(@BindMethods EscalatableTicket ticket);

    @SqlUpdate("""
            INSERT INTO escalation_step (escalation_id, round, step, at, why)
            SELECT id, round, step, :now, :why FROM escalation WHERE ticket_id = :ticketId AND ended_at IS NULL
            ON CONFLICT DO NOTHING""")
    void addStepOf(long ticketId, long now, String why);

    @SqlQuery("""
            SELECT (SELECT MAX(s.at) FROM step s WHERE s.alert_id = a.id AND s.action IN\s""" + BRINGS + """
            ) AS came_at,
              (SELECT MIN(v.received_at) FROM event v WHERE v.alert_id = a.id) AS first_at,
              (SELECT v.notification FROM event v WHERE v.alert_id = a.id AND v.seq = a.headline) AS headline,
              (SELECT MAX(e.ended_at) FROM escalation e WHERE e.ticket_id = a.ticket_id) AS escalated_until
            FROM alert a
            WHERE a.ticket_id = :ticketId AND a.status <> 'ok' AND COALESCE(a.last_status, a.status) <> 'ok'
              AND COALESCE(a.incident_role, '') <> 'line'""")
    List<FiringAlert> firing(long ticketId);

    @SqlQuery(STANDING + "WHERE e.stream = :stream AND e.ended_at IS NULL AND NOT (" + LASTS + ") ORDER BY e.id")
    List<EscalationStanding> settled(String stream);

    @SqlQuery(STANDING + "WHERE e.id = :id")
    EscalationStanding standing(long id);

    @SqlUpdate(
            "UPDATE escalation SET due_at = NULL, ended_at = :now, ended_for = :why, again_at = :againAt WHERE id = :id AND ended_at IS NULL")
    int end(long id, long now, String why, Long againAt);

    // --- once more

    @SqlQuery(
            "SELECT t.id AS ticket_id, t.issue, t.escalation AS policy, NULL AS asks, COALESCE(t.person_journal, 0) AS journal"
                    + TAKEN_BEFORE + " ORDER BY t.id")
    List<EscalatableTicket> takenBefore(String stream, String policy);

    @SqlUpdate(
            "INSERT INTO escalation (stream, ticket_id, policy_name, policy, journal, starts_at, round, step, ended_at, ended_for, again_at)"
                    + " SELECT p.stream, t.id, :policy, :snapshot, :journal, :now, 1, 0, :now, :why, :now"
                    + TAKEN_BEFORE + " AND t.id = :ticketId")
    void addEnded(String stream, @BindMethods EscalatableTicket ticket, String snapshot, String why, long now);

    @SqlQuery("""
            SELECT e.id, e.ticket_id, t.issue, e.policy_name, e.again_at, t.acknowledged_at, t.seen_updated AS updated_at,
              t.is_open = TRUE AND t.gone_at IS NULL AND t.acknowledged_at IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM escalation n WHERE n.ticket_id = t.id AND n.id > e.id) AS lasts,\s""" + FIRES + """
             AS fires
            FROM escalation e
            JOIN ticket t ON t.id = e.ticket_id
            WHERE e.id = :id""")
    QuietEscalation quiet(long id);

    @SqlQuery("SELECT e.id FROM escalation e WHERE e.stream = :stream AND e.again_at <= :now" + NOT_PAUSED
            + " ORDER BY e.again_at LIMIT 100")
    List<Long> allQuiet(String stream, long now);

    /** Of two that poll at once, one comes first. */
    @SqlUpdate("UPDATE escalation SET again_at = :next WHERE id = :id AND again_at = :againAt")
    int againLater(long id, long againAt, Long next);

    @SqlUpdate("""
            UPDATE ticket SET anew = 'again', anew_at = :now, anew_journal = COALESCE(person_journal, 0)
            WHERE id = :ticketId AND acknowledged_at IS NOT NULL""")
    void askAgain(long ticketId, long now);

    // --- what people do meanwhile

    /** Those that have started. Of one that asks whoever has the ticket, what a person does is the end. */
    @SqlQuery("""
            SELECT e.id, t.issue, e.policy, e.journal AS taken_in, t.person_journal AS newest, t.people
            FROM escalation e
            JOIN ticket t ON t.id = e.ticket_id
            WHERE e.stream = :stream AND e.ended_at IS NULL AND e.stopped_by IS NULL AND t.person_journal > e.journal
              AND EXISTS (SELECT 1 FROM escalation_step s WHERE s.escalation_id = e.id) AND\s""" + LASTS + NOT_PAUSED + " ORDER BY e.id LIMIT 100")
    List<TouchedEscalation> touched(String stream);

    /** Of two that poll at once, one comes first. */
    @SqlUpdate("UPDATE escalation SET journal = :newest WHERE id = :id AND journal = :takenIn AND ended_at IS NULL")
    int takenIn(@BindMethods TouchedEscalation escalation);

    // --- steps

    /** As with problems: the second of two that claim at once skips the row, or finds it taken. */
    @SqlQuery("""
            UPDATE escalation
            SET lease_until = :leaseUntil
            WHERE lease_until <= :now AND due_at <= :now AND ended_at IS NULL
              AND id = (SELECT e.id FROM escalation e
                        WHERE e.stream = :stream AND e.due_at <= :now AND e.lease_until <= :now AND e.ended_at IS NULL
                          AND EXISTS (SELECT 1 FROM ticket t WHERE t.id = e.ticket_id AND\s""" + LASTS + ")" + NOT_PAUSED + """
                         ORDER BY e.due_at, e.id LIMIT 1 <skipLocked>)
            RETURNING id""")
    Optional<Long> claimStep(String stream, long now, long leaseUntil);

    @SqlQuery("""
            SELECT e.id, e.ticket_id, t.issue, t.state, e.policy_name, e.policy, e.asks, e.journal, e.starts_at, e.round, e.step, e.due_at, e.stopped_by
            FROM escalation e
            JOIN ticket t ON t.id = e.ticket_id
            WHERE e.id = :id""")
    RunningEscalation running(long id);

    /** Whoever comes second, and whoever is late, finds that it stands elsewhere. */
    @SqlUpdate("""
            UPDATE escalation SET round = :nextRound, step = :nextStep, due_at = :nextDueAt, lease_until = 0
            WHERE id = :id AND round = :round AND step = :step AND due_at = :dueAt AND ended_at IS NULL""")
    int stepDone(@BindMethods RunningEscalation escalation, int nextRound, int nextStep, Long nextDueAt);

    @SqlUpdate("""
            UPDATE escalation SET starts_at = starts_at + :by, due_at = due_at + :by, lease_until = 0
            WHERE id = :id AND round = :round AND step = :step AND due_at = :dueAt AND ended_at IS NULL""")
    void stepWaits(@BindMethods RunningEscalation escalation, long by);

    @SqlUpdate("""
            INSERT INTO escalation_step (escalation_id, round, step, at, why) VALUES (:id, :round, :step, :now, :why)
            ON CONFLICT (escalation_id, round, step)
            DO UPDATE SET at = EXCLUDED.at, why = escalation_step.why || '\n' || EXCLUDED.why""")
    void addStep(@BindMethods RunningEscalation escalation, long now, String why);

    // --- for people

    @SqlQuery(SHOWN + "WHERE e.stream = :stream AND e.ended_at IS NULL ORDER BY e.id")
    List<EscalationRow> allRunning(String stream);

    @SqlQuery(SHOWN + "WHERE e.ticket_id = :ticketId ORDER BY e.id")
    List<EscalationRow> ofTicket(long ticketId);

    @SqlQuery("SELECT round, step, at, why FROM escalation_step WHERE escalation_id = :id ORDER BY round, step")
    List<EscalationRecord.Step> stepsOf(long id);

    @SqlQuery("""
            UPDATE escalation SET stopped_by = COALESCE(stopped_by, :by), due_at = NULL, lease_until = 0
            WHERE ended_at IS NULL AND stream = :stream
              AND ticket_id IN (SELECT id FROM ticket WHERE issue = :issue)
            RETURNING id""")
    List<Long> stop(String stream, long issue, String by);

    @SqlUpdate("""
            INSERT INTO escalation_pause (stream, paused_at) VALUES (:stream, :now)
            ON CONFLICT (stream) DO UPDATE SET paused_at = :now WHERE escalation_pause.paused_at IS NULL""")
    void pause(String stream, long now);

    @SqlUpdate("""
            UPDATE escalation_pause SET paused_at = NULL, resumed_at = :now WHERE stream = :stream AND paused_at IS NOT NULL""")
    void resume(String stream, long now);

    @SqlQuery("SELECT paused_at FROM escalation_pause WHERE stream = :stream AND paused_at IS NOT NULL")
    Optional<Long> pausedSince(String stream);

    // --- for the auditor

    @SqlQuery(SHOWN + """
            WHERE e.stream = :stream AND e.ended_at IS NULL AND e.due_at IS NULL AND e.stopped_by IS NULL AND NOT e.exhausted_told
              AND NOT EXISTS (SELECT 1 FROM escalation_step s WHERE s.escalation_id = e.id AND s.at > :before AND e.alert_age IS NULL)
              AND NOT EXISTS (SELECT 1 FROM page g WHERE g.escalation_id = e.id AND g.due_at IS NOT NULL AND g.kind <> 'round' AND g.state <> 'capped')
              AND\s""" + LASTS + " ORDER BY e.id")
    List<EscalationRow> unreportedExhausted(String stream, long before);

    @SqlUpdate("UPDATE escalation SET exhausted_told = TRUE WHERE id = :id")
    void reportedExhausted(long id);

    /**
     * One that none began for counts from when there was reason to: from the last step that said something new, or from the last change that
     * was seen in Redmine, or from when whoever has it was to be asked anew.
     */
    @SqlQuery("SELECT t.issue" + TO_BEGIN + """
             AND COALESCE(t.seen_updated, 0) <= :dueBefore AND COALESCE(t.anew_at, 0) <= :dueBefore
              AND NOT EXISTS (SELECT 1 FROM alert n JOIN step s ON s.alert_id = n.id
                              WHERE n.ticket_id = t.id AND s.at > :dueBefore
                                AND s.action IN ('create', 'adopt', 'worse', 'reopen', 'join', 'hand-over', 'taken-back'))
            """ + NOT_PAUSED_SINCE + """
            UNION
            SELECT t.issue FROM escalation e JOIN ticket t ON t.id = e.ticket_id
            WHERE e.stream = :stream AND e.ended_at IS NULL AND e.due_at <= :dueBefore AND e.lease_until <= :dueBefore
              AND\s""" + LASTS + NOT_PAUSED_SINCE + """
            UNION
            SELECT (SELECT t.issue FROM escalation e JOIN ticket t ON t.id = e.ticket_id WHERE e.id = g.escalation_id) FROM page g
            WHERE g.stream = :stream AND g.due_at <= :dueBefore AND g.lease_until <= :dueBefore"""
            + NOT_PAUSED_SINCE + """
            ORDER BY 1""")
    List<Long> stuck(String stream, long dueBefore);

    // --- at a start

    @SqlUpdate("""
            UPDATE escalation SET lease_until = 0
            WHERE stream = :stream AND ended_at IS NULL AND due_at IS NOT NULL AND lease_until <= :leasedUpTo""")
    void freeSteps(String stream, long leasedUpTo);
}
