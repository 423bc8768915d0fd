package faults;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The service's store, read from beside: how much waits, and what is put aside. A PostgreSQL gets a schema of its own. */
final class Store {

    private static final String SCHEMA = "faults";

    private final String url;
    private final String user;
    private final String password;

    private Store(String url, String user, String password) {
        this.url = url;
        this.user = user;
        this.password = password;
    }

    static Store sqlite(Path file) {
        return new Store("jdbc:sqlite:" + file, null, null);
    }

    /** Empty, in the PostgreSQL that e2e/postgresql/up tells in the environment. */
    static Store postgresql() throws SQLException {
        String url = System.getenv("E2E_STORE_URL");
        if (url == null) {
            throw new SQLException("no PostgreSQL: eval \"$(e2e/postgresql/up)\"");
        }
        Store store = new Store(
                url + "?currentSchema=" + SCHEMA, System.getenv("E2E_STORE_USER"), System.getenv("E2E_STORE_PASSWORD"));
        try (Connection connection = store.connect();
                Statement sql = connection.createStatement()) {
            sql.execute("DROP SCHEMA IF EXISTS " + SCHEMA + " CASCADE");
            sql.execute("CREATE SCHEMA " + SCHEMA);
        }
        return store;
    }

    Map<String, String> settings() {
        return user == null
                ? Map.of("STORE_URL", url)
                : Map.of("STORE_URL", url, "STORE_USER", user, "STORE_PASSWORD", password);
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(url, user, password);
    }

    long waiting() throws IOException {
        return Long.parseLong(rows("SELECT COALESCE(SUM(received - delivered), 0) FROM problem")
                .get(0));
    }

    /** When the last poll of Mackerel that saw all there was began, in milliseconds since 1970; 0: none did. */
    long polledAt() throws IOException {
        List<String> polls = rows("SELECT COALESCE(MAX(looked_at), 0) FROM mackerel_look");
        return Long.parseLong(polls.get(0));
    }

    /** Incidents of which nothing fires, and that are to be over soon. */
    long endingIncidents() throws IOException {
        return Long.parseLong(
                rows("SELECT COUNT(*) FROM incident WHERE quiet_at IS NOT NULL").get(0));
    }

    /** Alerts that Redmine was found not to take, with the reason. */
    List<String> parked() throws IOException {
        return rows("SELECT alert_key || ': ' || parked FROM alert WHERE parked IS NOT NULL");
    }

    /** Who is believed to be on the tickets, as JSON, by Redmine's numbers. */
    Map<Long, String> people() throws IOException {
        Map<Long, String> people = new HashMap<>();
        for (String row :
                rows("SELECT issue || ' ' || people FROM ticket WHERE issue IS NOT NULL AND people IS NOT NULL")) {
            int blank = row.indexOf(' ');
            people.put(Long.valueOf(row.substring(0, blank)), row.substring(blank + 1));
        }
        return people;
    }

    /** As if ten minutes had passed since the last sweep of open tickets. */
    void letSweepBeDue() throws IOException {
        try (Connection connection = connect();
                Statement sql = connection.createStatement()) {
            sql.executeUpdate("UPDATE redmine_watch SET swept_at = 0 WHERE since IS NOT NULL");
        } catch (SQLException e) {
            throw new IOException("the store cannot be written to: " + e.getMessage(), e);
        }
    }

    /** Each step by which a person took a ticket, with the alert's number and the ticket's. */
    List<String> takings() throws IOException {
        return rows(
                "SELECT alert_id || ' #' || issue || ' ' || why FROM step WHERE action IN ('acknowledge', 'closed-by-person')");
    }

    /** Escalations that have a step to come, and pages that are to be sent. */
    long escalating() throws IOException {
        return Long.parseLong(
                rows("SELECT (SELECT COUNT(*) FROM escalation WHERE ended_at IS NULL AND due_at IS NOT NULL)"
                                + " + (SELECT COUNT(*) FROM page WHERE due_at IS NOT NULL)")
                        .get(0));
    }

    /** What was done for an alert, and why. */
    List<String> steps(String alert) throws IOException {
        return rows("SELECT s.action || ' #' || COALESCE(s.issue, 0) || ' up to ' || s.up_to || ': ' || s.why"
                + " FROM step s JOIN alert a ON a.id = s.alert_id WHERE a.alert_key = '" + alert + "' ORDER BY s.id");
    }

    /** What came in for an alert, in order. */
    List<String> events(String alert) throws IOException {
        return rows("SELECT e.seq || ' at ' || e.received_at || ': ' || substr(e.notification, 1, 120)"
                + " FROM event e JOIN alert a ON a.id = e.alert_id WHERE a.alert_key = '" + alert + "' ORDER BY e.seq");
    }

    private List<String> rows(String query) throws IOException {
        return rows(query, row -> row.getString(1));
    }

    /** Makes something of a row. */
    @FunctionalInterface
    interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    <T> List<T> rows(String query, Reader<T> reader) throws IOException {
        try (Connection connection = connect();
                Statement sql = connection.createStatement();
                ResultSet rows = sql.executeQuery(query)) {
            List<T> all = new ArrayList<>();
            while (rows.next()) {
                all.add(reader.read(rows));
            }
            return all;
        } catch (SQLException e) {
            throw new IOException("the store cannot be read: " + e.getMessage(), e);
        }
    }
}
