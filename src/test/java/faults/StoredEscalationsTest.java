package faults;

import static org.assertj.core.api.Assertions.assertThat;

import faults.Escalated.Escalation;
import faults.Escalated.OfTicket;
import faults.Escalated.SentPage;
import faults.Escalated.TakenStep;
import faults.Escalated.TicketAction;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read of the service's own tables. */
@Tag("fast")
final class StoredEscalationsTest {

    @TempDir
    Path work;

    private Store store;

    @BeforeEach
    void keepsWhatTheServiceKeeps() throws Exception {
        Path file = work.resolve("store.db");
        store = Store.sqlite(file);
        Flyway.configure()
                .dataSource("jdbc:sqlite:" + file, null, null)
                .placeholders(Map.of("identity", "INTEGER PRIMARY KEY AUTOINCREMENT", "blob", "BLOB"))
                .load()
                .migrate();
        execute("INSERT INTO problem (id, stream, problem_key) VALUES (1, 'redmine', 'p1')");
        execute(
                "INSERT INTO ticket (id, problem_id, issue, escalation, is_open, acknowledged_at) VALUES (1, 1, 42, 'critical-alerts', TRUE, NULL)");
        execute(
                "INSERT INTO ticket (id, problem_id, issue, is_open, acknowledged_at) VALUES (2, 1, 43, TRUE, 31), (3, 1, 44, FALSE, NULL)");
        for (int alert = 1; alert <= 2; alert++) {
            execute("INSERT INTO alert (id, stream, org, alert_key, problem_id, ticket_id)" + " VALUES (" + alert
                    + ", 'redmine', 'o', 'alert" + alert + "', 1, 1)");
            execute("INSERT INTO step (alert_id, at, issue, up_to, action, why)" + " VALUES (" + alert + ", 3" + alert
                    + ", 42, 1, 'acknowledge', 'hanako Test took it')");
        }
        event(1, 0, true);
        event(1, 2, false);
        event(1, 5, false);
        event(2, 1, "{\"status\":\"critical\",\"isOpen\":true}");
        execute(
                "INSERT INTO escalation (id, stream, ticket_id, policy_name, policy, starts_at, round, step, due_at, ended_at, ended_for)"
                        + " VALUES (7, 'redmine', 1, 'critical-alerts', '{}', 20, 1, 1, NULL, 40, 'closed')");
        execute("INSERT INTO escalation (id, stream, ticket_id, policy_name, policy, starts_at, round, step, due_at)"
                + " VALUES (8, 'redmine', 1, 'critical-alerts', '{}', 50, 1, 0, 50)");
        execute(
                "INSERT INTO escalation_step (escalation_id, round, step, at, why) VALUES (7, 1, 0, 20, 'hanako Test by webhook')");
        execute(
                "INSERT INTO page (id, stream, escalation_id, kind, round, step, person, means, is_group, state, why, at, due_at)"
                        + " VALUES (5, 'redmine', 7, 'page', 1, 0, 'hanako Test', 'webhook', FALSE, 'failed', '500', 21, NULL)");
    }

    private void event(int alert, int at, boolean isOpen) throws Exception {
        event(alert, at, isOpen ? "{\"status\":\"warning\",\"isOpen\":true}" : "{\"status\":\"ok\",\"isOpen\":false}");
    }

    private void event(int alert, int at, String notification) throws Exception {
        execute("INSERT INTO event (received_at, kind, alert_id, problem_id, seq, notification) VALUES (" + (at + 10)
                + ", 'alert', " + alert + ", 1, " + at + ", '{\"alert\":" + notification + "}')");
    }

    private void execute(String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + work.resolve("store.db"));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void tells_what_became_of_tickets_steps_and_pages() throws Exception {
        Escalated record = new StoredEscalations(store).read(List.of(), List.of());

        assertThat(record.policies()).isEqualTo(Map.of(42L, "critical-alerts"));
        assertThat(record.settled()).containsExactlyInAnyOrder(43L, 44L);
        assertThat(record.escalations())
                .containsExactly(
                        new Escalation(7, 42, 20, 1, 1, null, 40L, "closed"),
                        new Escalation(8, 42, 50, 1, 0, 50L, null, null));
        assertThat(record.steps()).containsExactly(new TakenStep(7, 1, 0, "hanako Test by webhook"));
        assertThat(record.pages())
                .containsExactly(new SentPage(5, 42, 7, "page", 1, 0, "hanako Test", "failed", "500"));
        assertThat(record.ticketActions()).containsExactly(new TicketAction(42, 31, "acknowledge"));
        assertThat(record.alerts())
                .containsExactlyInAnyOrder(new OfTicket(42, 10, 12L, null), new OfTicket(42, 11, null, 32L));
    }

    @Test
    void counts_what_is_to_come() throws Exception {
        assertThat(store.escalating()).isEqualTo(1);
    }
}
