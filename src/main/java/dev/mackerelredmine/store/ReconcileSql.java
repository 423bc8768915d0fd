package dev.mackerelredmine.store;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** What is compared with the answers of Mackerel's API. Times are milliseconds since 1970. */
interface ReconcileSql {

    // --- who asks, and when

    @SqlUpdate("""
            INSERT INTO mackerel_look (stream, first_at) VALUES (:stream, :now)
            ON CONFLICT (stream) DO NOTHING""")
    void addPoll(String stream, long now);

    @SqlUpdate("""
            UPDATE mackerel_look SET due_at = :now, lease = NULL, lease_until = 0
            WHERE stream = :stream AND lease_until <= :leasedUpTo""")
    void makePollDue(String stream, long now, long leasedUpTo);

    /** The second of two that claim at once finds the lease taken. */
    @SqlQuery("""
            UPDATE mackerel_look SET lease = :lease, lease_until = :leaseUntil
            WHERE stream = :stream AND due_at <= :now AND lease_until <= :now
            RETURNING stream, lease, first_at, looked_at AS polled_at""")
    Optional<MackerelPoll> claimPoll(String stream, String lease, long now, long leaseUntil);

    @SqlUpdate("""
            UPDATE mackerel_look
            SET looked_at = COALESCE(:polledAt, looked_at), due_at = :dueAt, lease = NULL, lease_until = 0
            WHERE stream = :stream AND lease = :lease""")
    int endPoll(@BindMethods MackerelPoll poll, Long polledAt, long dueAt);

    // --- what is known of alerts

    @SqlQuery("""
            SELECT org, alert_key, last_status, last_at, has_fired FROM alert
            WHERE stream = :stream AND org = :org AND alert_key = :alertKey""")
    Optional<KnownAlert> known(String stream, String org, String alertKey);

    @SqlQuery("""
            SELECT org, alert_key, last_status, last_at, has_fired FROM alert
            WHERE stream = :stream AND org = :org AND last_status <> 'ok' AND COALESCE(incident_role, '') <> 'incident'
            ORDER BY id""")
    List<KnownAlert> firing(String stream, String org);

    /** The keys of problems that begin with this, byte by byte. */
    @SqlQuery("""
            SELECT problem_key FROM problem
            WHERE stream = :stream AND problem_key <bytewise> >= :from AND problem_key <bytewise> < :to
            ORDER BY id LIMIT :most""")
    List<String> problemsFrom(String stream, String from, String to, int most);

    /** By its order the index is taken, also where PostgreSQL expects each alert to be of that organization. */
    @SqlQuery("""
            SELECT COUNT(*) > 0 FROM (
              SELECT 1 FROM alert WHERE stream = :stream AND org = :org ORDER BY stream, org, alert_key LIMIT 1) one_alert""")
    boolean knowsOrg(String stream, String org);

    @SqlQuery("SELECT org FROM alert WHERE stream = :stream ORDER BY id DESC LIMIT 1")
    Optional<String> newestOrg(String stream);

    // --- what gets no ticket

    @SqlUpdate("""
            INSERT INTO left_alone (stream, org, alert_key, status, why, seen_at)
            VALUES (:stream, :org, :alertKey, :status, :why, :now)
            ON CONFLICT (stream, org, alert_key) DO UPDATE SET status = :status, why = :why, seen_at = :now""")
    void leaveAlone(String stream, String org, String alertKey, String status, String why, long now);

    @SqlQuery("SELECT org, alert_key, status, why FROM left_alone WHERE stream = :stream AND org = :org")
    List<LeftAlone> leftAlone(String stream, String org);

    @SqlQuery("SELECT org, alert_key, status, why FROM left_alone WHERE alert_key = :alertKey")
    List<LeftAlone> leftAloneNamed(String alertKey);

    @SqlUpdate("UPDATE left_alone SET seen_at = :now WHERE stream = :stream AND org = :org AND alert_key = :alertKey")
    void seenLeftAlone(String stream, String org, String alertKey, long now);

    @SqlUpdate("DELETE FROM left_alone WHERE stream = :stream AND seen_at < :before")
    void forgetLeftAlone(String stream, long before);

    // --- that for which no webhook came

    @SqlUpdate("""
            UPDATE mackerel_look SET lost = lost + :more, lost_since = COALESCE(lost_since, :since) WHERE stream = :stream""")
    void addLost(String stream, long more, long since);

    @SqlQuery("SELECT lost, lost_since AS since FROM mackerel_look WHERE stream = :stream AND lost > 0")
    Optional<LostWebhooks> lost(String stream);

    /** What was found meanwhile stays. */
    @SqlUpdate("""
            UPDATE mackerel_look
            SET lost_since = CASE WHEN lost > :lost THEN lost_since END, lost = lost - :lost
            WHERE stream = :stream AND lost >= :lost""")
    void lostReported(String stream, long lost);
}
