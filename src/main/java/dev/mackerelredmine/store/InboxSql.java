package dev.mackerelredmine.store;

import java.util.List;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** What comes in. Times are milliseconds since 1970. */
interface InboxSql {

    @SqlUpdate("""
            INSERT INTO problem (stream, problem_key) VALUES (:stream, :problemKey)
            ON CONFLICT (stream, problem_key) DO NOTHING""")
    void addProblem(String stream, String problemKey);

    @SqlUpdate("""
            INSERT INTO alert (stream, org, alert_key, problem_id, host)
            SELECT stream, :org, :alertKey, id, :host FROM problem WHERE stream = :stream AND problem_key = :problemKey
            ON CONFLICT (stream, org, alert_key) DO NOTHING""")
    int addAlert(String stream, String problemKey, String org, String alertKey, String host);

    /**
     * The row's lock keeps the numbers of a problem's events in the order of their commits. A ticket that is still to be created is more urgent
     * than news for a ticket.
     */
    @SqlUpdate("""
            UPDATE problem
            SET received = received + 1,
                due_at = COALESCE(due_at, :now),
                waiting_since = COALESCE(waiting_since, :now),
                urgency = (SELECT CASE WHEN problem.urgency <= :urgency + tells THEN problem.urgency ELSE :urgency + tells END
                           FROM (SELECT CASE WHEN ticket_id IS NULL THEN 0 ELSE 2 END AS tells
                                 FROM alert WHERE stream = :stream AND org = :org AND alert_key = :alertKey) of_this)
            WHERE id = (SELECT problem_id FROM alert WHERE stream = :stream AND org = :org AND alert_key = :alertKey)""")
    int receiveOne(String stream, String org, String alertKey, int urgency, long now);

    @SqlUpdate("""
            INSERT INTO event (received_at, kind, alert_id, problem_id, seq, channel, notification)
            SELECT :now, :kind, a.id, p.id, p.received, :channel, :notification
            FROM alert a JOIN problem p ON p.id = a.problem_id
            WHERE a.stream = :stream AND a.org = :org AND a.alert_key = :alertKey""")
    void addAlertEvent(
            String stream, String org, String alertKey, long now, String kind, String channel, String notification);

    /**
     * The same after an event of the alert's own, with the status that it says. What says an older one than is known changes nothing
     * about that.
     *
     * @param at since when it has that status
     */
    @SqlUpdate("""
            UPDATE alert
            SET received = (SELECT received FROM problem WHERE id = alert.problem_id), to_sum = TRUE,
                last_status = CASE WHEN last_at IS NULL OR last_at <= :at THEN :status ELSE last_status END,
                last_at = CASE WHEN last_at IS NULL OR last_at <= :at THEN :at ELSE last_at END,
                has_fired = has_fired OR :status <> 'ok'
            WHERE stream = :stream AND org = :org AND alert_key = :alertKey""")
    void cameIn(String stream, String org, String alertKey, String status, long at);

    /** After each event, or graph, so that the alert is found among those whose tickets have to be updated. */
    @SqlUpdate("""
            UPDATE alert SET received = (SELECT received FROM problem WHERE id = alert.problem_id)
            WHERE stream = :stream AND org = :org AND alert_key = :alertKey""")
    void cameIn(String stream, String org, String alertKey);

    @SqlUpdate("""
            INSERT INTO event (received_at, kind, channel, notification) VALUES (:now, :kind, :channel, :notification)""")
    void addOtherEvent(long now, String kind, String channel, String notification);

    @SqlUpdate("""
            INSERT INTO graph (alert_id, seq, name, image)
            SELECT a.id, p.received, :name, :image
            FROM alert a JOIN problem p ON p.id = a.problem_id
            WHERE a.stream = :stream AND a.org = :org AND a.alert_key = :alertKey""")
    void addGraph(String stream, String org, String alertKey, String name, byte[] image);

    /** One alert of each ticket: the last that belongs to it. In the order of their problems, which are locked one after the other. */
    @SqlQuery("""
            SELECT a.alert_key, t.state
            FROM alert a JOIN ticket t ON t.id = a.ticket_id
            WHERE a.id IN (SELECT MAX(id) FROM alert WHERE stream = :stream AND org = :org AND host = :host GROUP BY ticket_id)
              AND t.issue IS NOT NULL AND t.gone_at IS NULL
            ORDER BY a.problem_id, a.id""")
    List<AlertOfHost> alertsOfHost(String stream, String org, String host);
}
