package dev.mackerelredmine.store;

import dev.mackerelredmine.ticket.Graph;
import dev.mackerelredmine.ticket.PendingWrite.Marks;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.SingleValue;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** What is known of an alert and of its ticket. Times are milliseconds since 1970. */
interface TicketSql {

    // --- the alert

    @SqlQuery("""
            SELECT org, alert_key, told, newest, headline, resends, noted_at, made_anew, ticket_id, incident, incident_role
            FROM alert WHERE id = :alertId""")
    AlertRow alert(long alertId);

    @SqlQuery("""
            SELECT id, problem_key, received, delivered, tries, COALESCE(lease, '') AS lease
            FROM problem WHERE id = (SELECT problem_id FROM alert WHERE id = :alertId)""")
    Problem problemOf(long alertId);

    @SqlQuery("""
            SELECT seq, received_at, channel, notification FROM event WHERE alert_id = :alertId AND seq > :after AND seq <= :upTo ORDER BY seq""")
    List<ChangeRow> changes(long alertId, long after, long upTo);

    @SqlQuery("SELECT seq, received_at, channel, notification FROM event WHERE alert_id = :alertId AND seq = :seq")
    ChangeRow change(long alertId, long seq);

    @SqlUpdate("""
            UPDATE alert
            SET told = :upTo, newest = :newest, headline = :headline, status = :status, resends = :resends, noted_at = :notedAt,
                made_anew = :madeAnew, parked = NULL, parked_cause = NULL, parked_urgent = FALSE, parked_for = NULL, parked_told = FALSE,
                parked_at = NULL, parked_project = NULL
            WHERE id = :alertId""")
    void report(long alertId, long upTo, @BindMethods Marks marks);

    @SqlQuery("SELECT at, issue, up_to, action, why, person FROM step WHERE alert_id = :alertId ORDER BY id")
    List<AlertRecord.Step> steps(long alertId);

    @SqlUpdate("""
            INSERT INTO step (alert_id, at, issue, up_to, action, why, acted_at)
            VALUES (:alertId, :now, :issue, :upTo, :action, :why, :actedAt)""")
    void addStep(long alertId, long now, Long issue, long upTo, String action, String why, Long actedAt);

    @SqlUpdate("""
            INSERT INTO step (alert_id, at, issue, up_to, action, why, person)
            VALUES (:alertId, :now, :issue, :upTo, :action, :why, :person)""")
    void addStepOf(String person, long alertId, long now, Long issue, long upTo, String action, String why);

    /** Whoever has the ticket has to look at it anew, where the alert fires. */
    @SqlUpdate("""
            UPDATE ticket SET anew = 'worse', anew_at = :now, anew_journal = COALESCE(person_journal, 0)
            WHERE acknowledged_at IS NOT NULL
              AND id = (SELECT ticket_id FROM alert WHERE id = :alertId AND status <> 'ok')""")
    void isAnew(long alertId, long now);

    // --- its graphs

    @SqlQuery("""
            SELECT seq, name, failures FROM graph WHERE alert_id = :alertId AND seq <= :upTo ORDER BY seq DESC LIMIT 1""")
    Optional<Graph> newestGraph(long alertId, long upTo);

    @SqlQuery("SELECT image FROM graph WHERE alert_id = :alertId AND seq = :seq")
    @SingleValue
    byte[] graphImage(long alertId, long seq);

    @SqlQuery("""
            UPDATE graph SET failures = failures + 1 WHERE alert_id = :alertId AND seq = :seq
            RETURNING failures""")
    Optional<Integer> graphFailed(long alertId, long seq);

    @SqlUpdate("DELETE FROM graph WHERE alert_id = :alertId AND seq <= :upTo")
    void forgetGraphs(long alertId, long upTo);

    // --- its ticket

    @SqlQuery("""
            SELECT id, issue, state, gone_at, begun_at, begun, refusals, failures, may_have_double AS may_have_duplicate, instead,
              failing_since IS NOT NULL AND EXISTS (
                SELECT 1 FROM step
                WHERE step.id > ticket.failing_since AND step.action IN ('create', 'note', 'close', 'reopen', 'join', 'remind')) AS others_taken
            FROM ticket
            WHERE id = :ticketId""")
    TicketRow ticket(long ticketId);

    @SqlQuery("""
            SELECT id, issue, state, gone_at, begun_at, begun, refusals, failures, may_have_double AS may_have_duplicate, instead,
              failing_since IS NOT NULL AND EXISTS (
                SELECT 1 FROM step
                WHERE step.id > ticket.failing_since AND step.action IN ('create', 'note', 'close', 'reopen', 'join', 'remind')) AS others_taken
            FROM ticket
            WHERE problem_id = :id AND issue IS NOT NULL AND gone_at IS NULL
            ORDER BY id DESC LIMIT 1""")
    Optional<TicketRow> lastTicket(@BindMethods Problem problem);

    @SqlQuery("SELECT people FROM ticket WHERE id = :ticketId AND people IS NOT NULL")
    Optional<String> people(long ticketId);

    @SqlQuery("SELECT status FROM alert WHERE ticket_id = :ticketId AND id <> :alertId AND status IS NOT NULL")
    List<String> otherStatuses(long ticketId, long alertId);

    @SqlQuery("""
            SELECT id FROM ticket
            WHERE instead = :issue AND problem_id = :id AND issue IS NOT NULL AND gone_at IS NULL
            ORDER BY id DESC LIMIT 1""")
    Optional<Long> ticketInstead(@BindMethods Problem problem, long issue);

    @SqlQuery("""
            INSERT INTO ticket (problem_id, instead) SELECT problem_id, :instead FROM alert WHERE id = :alertId
            RETURNING id""")
    long addTicket(long alertId, Long instead);

    @SqlUpdate("UPDATE alert SET ticket_id = :ticketId WHERE id = :alertId")
    void giveTicket(long alertId, long ticketId);

    // --- writes to Redmine

    /** A creation that begins though an earlier one was never answered may be the second that Redmine does. */
    @SqlUpdate("""
            UPDATE ticket
            SET may_have_double = may_have_double OR (issue IS NULL AND COALESCE(begun_at, 0) > 0),
              begun_at = :now, begun_under = :lease, begun_for = :alertId, begun = :begun
            WHERE id = :ticketId""")
    void begin(@BindMethods Problem problem, long ticketId, long alertId, String begun, long now);

    @SqlUpdate("""
            UPDATE ticket
            SET issue = :issue, state = :state, is_open = :isOpen, begun_at = NULL, begun_under = NULL, begun_for = NULL, begun = NULL, refusals = 0, failures = 0, failing_since = NULL
            WHERE id = :ticketId AND issue IS NULL""")
    int created(long ticketId, long issue, String state, boolean isOpen);

    /** Whoever comes second finds that it is known already. */
    @SqlUpdate("""
            UPDATE ticket
            SET state = :state, begun_at = NULL, begun_under = NULL, begun_for = NULL, begun = NULL, refusals = 0, failures = 0, failing_since = NULL
            WHERE id = :ticketId AND begun = :begun""")
    int updated(long ticketId, String begun, String state);

    /**
     * We have opened it again: nobody has it any more, and its journals are to be read. Who was read while that was under way may have taken it
     * afterwards, and has it until then.
     */
    @SqlUpdate("""
            UPDATE ticket
            SET people = CASE WHEN acknowledged_at IS NOT NULL AND seen_last <= begun_at THEN :nobody ELSE people END,
                acknowledged_at = CASE WHEN seen_last <= begun_at THEN NULL ELSE acknowledged_at END,
                seen_updated = NULL, seen_settled = FALSE, seen_last = :now
            WHERE id = :ticketId AND begun = :begun AND people IS NOT NULL""")
    void isNobodys(long ticketId, String begun, String nobody, long now);

    @SqlUpdate("UPDATE ticket SET escalation = :policy WHERE id = :ticketId AND COALESCE(escalation, '') <> :policy")
    int escalates(long ticketId, String policy);

    @SqlUpdate("UPDATE ticket SET is_open = :isOpen WHERE id = :ticketId")
    void open(long ticketId, boolean isOpen);

    @SqlUpdate("""
            UPDATE ticket
            SET is_open = FALSE, gone_at = :now, begun_at = NULL, begun_under = NULL, begun_for = NULL, begun = NULL
            WHERE id = :ticketId""")
    void gone(long ticketId, long now);

    /** What began under an earlier lease stays begun: its outcome is not known yet. */
    @SqlUpdate("""
            UPDATE ticket
            SET begun_at = NULL, begun_under = NULL, begun_for = NULL, begun = NULL, refusals = 0, failures = 0, failing_since = NULL
            WHERE problem_id = :id AND begun_under = :lease""")
    void notDone(@BindMethods Problem problem);

    /** Redmine answered, so nothing is running there any more: what is not found now was not done. */
    @SqlUpdate("UPDATE ticket SET begun_at = 0 WHERE problem_id = :id AND begun_under = :lease")
    void settled(@BindMethods Problem problem);

    /** Redmine, or what stands before it, refused what began under this lease (4xx): the next try sends less. */
    @SqlUpdate("UPDATE ticket SET refusals = refusals + 1 WHERE problem_id = :id AND begun_under = :lease")
    void refused(@BindMethods Problem problem);

    /**
     * Redmine failed at what began under this lease. The step is kept of the first failure only: {@code others_taken} counts from there whether
     * Redmine takes other alerts.
     */
    @SqlUpdate("""
            UPDATE ticket
            SET failures = failures + 1, failing_since = COALESCE(failing_since, (SELECT COALESCE(MAX(id), 0) FROM step))
            WHERE problem_id = :id AND begun_under = :lease""")
    void failed(@BindMethods Problem problem);

    /** Whoever has it delivered once more has corrected something, so it is tried as if it were new. */
    @SqlUpdate("""
            UPDATE ticket SET refusals = 0, failures = 0, failing_since = NULL
            WHERE problem_id = (SELECT problem_id FROM alert WHERE id = :alertId) AND begun_for = :alertId""")
    void forgetFailures(long alertId);

    @SqlUpdate("UPDATE ticket SET may_have_double = FALSE WHERE id = :ticketId")
    void duplicatesClosed(long ticketId);
}
