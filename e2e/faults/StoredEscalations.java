package faults;

import faults.Chat.Received;
import faults.Escalated.Down;
import faults.Escalated.Escalation;
import faults.Escalated.OfTicket;
import faults.Escalated.SentPage;
import faults.Escalated.TakenStep;
import faults.Escalated.TicketAction;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads of the service's store what it says of escalations. */
final class StoredEscalations {

    private final Store store;

    StoredEscalations(Store store) {
        this.store = store;
    }

    Escalated read(List<Received> received, List<Down> downs) throws IOException {
        long at = System.currentTimeMillis();
        return new Escalated(
                policies(),
                settled(),
                escalations(),
                steps(),
                pages(),
                ticketActions(),
                alerts(),
                List.copyOf(received),
                downs,
                at);
    }

    private Map<Long, String> policies() throws IOException {
        Map<Long, String> policies = new HashMap<>();
        store.rows(
                "SELECT issue, escalation FROM ticket WHERE issue IS NOT NULL AND escalation IS NOT NULL",
                row -> policies.put(row.getLong(1), row.getString(2)));
        return policies;
    }

    private Set<Long> settled() throws IOException {
        return Set.copyOf(store.rows(
                "SELECT DISTINCT issue FROM ticket WHERE issue IS NOT NULL"
                        + " AND (acknowledged_at IS NOT NULL OR NOT is_open OR gone_at IS NOT NULL)",
                row -> row.getLong(1)));
    }

    private List<Escalation> escalations() throws IOException {
        return store.rows(
                "SELECT e.id, t.issue, e.starts_at, e.round, e.step, e.due_at, e.ended_at, e.ended_for"
                        + " FROM escalation e JOIN ticket t ON t.id = e.ticket_id ORDER BY e.id",
                row -> new Escalation(
                        row.getLong(1),
                        row.getLong(2),
                        row.getLong(3),
                        row.getInt(4),
                        row.getInt(5),
                        longOrNull(row, 6),
                        longOrNull(row, 7),
                        row.getString(8)));
    }

    private List<TakenStep> steps() throws IOException {
        return store.rows(
                "SELECT escalation_id, round, step, why FROM escalation_step ORDER BY escalation_id, round, step",
                row -> new TakenStep(row.getLong(1), row.getInt(2), row.getInt(3), row.getString(4)));
    }

    private List<SentPage> pages() throws IOException {
        return store.rows(
                "SELECT g.id, t.issue, g.escalation_id, g.kind, g.round, g.step, g.person, g.state, g.why"
                        + " FROM page g JOIN escalation e ON e.id = g.escalation_id JOIN ticket t ON t.id = e.ticket_id"
                        + " WHERE g.kind <> 'round' ORDER BY g.id",
                row -> new SentPage(
                        row.getLong(1),
                        row.getLong(2),
                        row.getLong(3),
                        row.getString(4),
                        row.getInt(5),
                        row.getInt(6),
                        row.getString(7),
                        row.getString(8),
                        row.getString(9)));
    }

    /** What a person did is written down for each alert of the ticket. */
    private List<TicketAction> ticketActions() throws IOException {
        return store.rows(
                "SELECT issue, MIN(at), action FROM step WHERE issue IS NOT NULL"
                        + " GROUP BY issue, action, why, up_to ORDER BY MIN(at), MIN(id)",
                row -> new TicketAction(row.getLong(1), row.getLong(2), row.getString(3)));
    }

    private List<OfTicket> alerts() throws IOException {
        return store.rows(
                "SELECT t.issue, MIN(e.received_at),"
                        + " MIN(CASE WHEN e.notification LIKE '%\"isOpen\":false%' THEN e.received_at END),"
                        + " (SELECT MIN(s.at) FROM step s WHERE s.alert_id = a.id AND s.up_to >= (SELECT MIN(c.seq) FROM event c"
                        + "  WHERE c.alert_id = a.id AND c.notification LIKE '%\"status\":\"critical\"%'))"
                        + " FROM event e JOIN alert a ON a.id = e.alert_id JOIN ticket t ON t.id = a.ticket_id"
                        + " WHERE t.issue IS NOT NULL GROUP BY t.issue, a.id",
                row -> new OfTicket(row.getLong(1), row.getLong(2), longOrNull(row, 3), longOrNull(row, 4)));
    }

    private static Long longOrNull(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : (Long) value;
    }
}
