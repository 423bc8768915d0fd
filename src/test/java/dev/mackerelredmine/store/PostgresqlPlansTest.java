package dev.mackerelredmine.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * How PostgreSQL finds the rows of each statement, whatever its values are. A plan depends on what the tables hold: so they hold what a
 * store has after a while, and PostgreSQL has its statistics.
 */
@Tag("service")
final class PostgresqlPlansTest {

    /** With fewer, PostgreSQL takes a whole table where an index is hardly quicker. */
    private static final int ALERTS = 200_000;

    /** Reads a whole table that grows. */
    private static final Pattern SCANS = Pattern.compile(
            ".*Seq Scan on (alert|event|problem|step|ticket|escalation|escalation_step|page|incident|opening|sent_page)\\b.*");

    /** A command runs these once, so that PostgreSQL plans them with their values: what came in lately is little. */
    private static final Set<String> RUN_ONCE = Set.of("alertsSince");

    private static final String LATELY = Integer.toString(ALERTS - 100);

    private static final Pattern VALUE = Pattern.compile("(?<!:):(\\w+(?:\\.\\w+)?)");

    private static RealPostgresql postgresql;
    private static TestDatabase database;

    @BeforeAll
    static void fill() throws SQLException {
        postgresql = RealPostgresql.find();
        database = postgresql.newSchema();
        try (Database made = new Database(database.address())) {
            made.migrate();
        }
        String all = " FROM generate_series(1, " + ALERTS + ") AS n";
        database.execute(
                "INSERT INTO problem (stream, problem_key, received, delivered) SELECT 'redmine', 'p' || n, 4, 4" + all
                        + " WHERE n <= " + ALERTS / 2);
        database.execute("INSERT INTO ticket (problem_id, issue, state) SELECT (n + 1) / 2, n, '{}'" + all);
        database.execute(
                "INSERT INTO alert (stream, org, alert_key, problem_id, ticket_id, host, told, received, newest, headline, status, noted_at)"
                        + " SELECT 'redmine', 'org', 'a' || n, (n + 1) / 2, n, 'h' || n, 4, 4, 4, 4, 'ok', 0" + all);
        for (int seq = 1; seq <= 2; seq++) {
            database.execute("INSERT INTO event (received_at, kind, alert_id, problem_id, seq, notification)"
                    + " SELECT n, 'alert', n, (n + 1) / 2, 2 - 2 * (n % 2) + " + seq + ", repeat('x', 300)" + all);
        }
        database.execute(
                "INSERT INTO step (alert_id, at, issue, up_to, action, why) SELECT n, n, n, 4, 'create', 'it fires'"
                        + all);
        database.execute(
                "INSERT INTO escalation (stream, ticket_id, policy_name, policy, starts_at, round, step, ended_at, ended_for)"
                        + " SELECT 'redmine', n, 'critical', '{}', n, 1, 1, n, 'recovered'" + all);
        database.execute(
                "INSERT INTO escalation_step (escalation_id, round, step, at, why) SELECT n, 1, 0, n, 'due'" + all);
        database.execute(
                "INSERT INTO page (stream, escalation_id, kind, round, step, person, means, is_group, state, at)"
                        + " SELECT 'redmine', n, 'page', 1, 0, 'p' || n % 50, 'slack', FALSE, 'accepted', n" + all);
        database.execute("INSERT INTO incident (alert_id, stream, group_key, first_at, last_at, members, highest)"
                + " SELECT n, 'redmine', 'k' || n, n, n, 3, 3" + all);
        database.execute(
                "UPDATE alert SET incident = id / 10 * 10, group_key = 'k' || id, opened_at = id,"
                        + " incident_role = CASE WHEN id % 10 = 0 THEN 'incident' ELSE 'child' END, last_status = 'ok' WHERE id % 20 < 10");
        database.execute("UPDATE alert SET last_status = 'critical' WHERE id <= 100");
        database.execute("UPDATE incident SET quiet_at = alert_id WHERE alert_id <= 10");
        database.execute(
                "UPDATE problem SET delivered = 2, due_at = 1, waiting_since = 1, urgency = 1 WHERE id <= 100");
        database.execute("UPDATE alert SET told = 0, newest = NULL, headline = NULL WHERE problem_id <= 100");
        database.execute(
                "UPDATE alert SET parked = 'too long', parked_cause = 'too long', parked_for = 'too long' WHERE problem_id <= 10");
        database.execute("UPDATE ticket SET is_open = TRUE, escalation = 'critical' WHERE id <= 20");
        database.execute(
                "UPDATE escalation SET ended_at = NULL, ended_for = NULL, due_at = ticket_id WHERE ticket_id <= 10");
        database.execute("UPDATE page SET state = 'waiting', due_at = id WHERE id <= 10");
        database.execute("INSERT INTO subject (stream, problem_key, org, monitor, metric, host, services, roles)"
                + " SELECT 'redmine', 'p' || n, 'org', 'm' || n, '', 'h' || n, '', ''" + all + " WHERE n <= "
                + ALERTS / 2);
        database.execute(
                "INSERT INTO opening (alert_id, stream, subject_id, alert_key, seq, opened_at, severity, status_at, closed_at, by_hand)"
                        + " SELECT n, 'redmine', (n + 1) / 2, 'a' || n, 4, n, 3, n, n, FALSE" + all);
        database.execute("INSERT INTO sent_page (page_id, stream, subject_id, severity, at, rota)"
                + " SELECT n, 'redmine', (n + 1) / 2, 3, n, 'primary'" + all);
        database.execute("UPDATE opening SET closed_at = NULL WHERE alert_id <= 100");
        database.execute("UPDATE alert SET to_sum = FALSE WHERE id > 100");
        database.execute("UPDATE page SET to_sum = FALSE WHERE id > 100");
        database.execute("VACUUM ANALYZE");
    }

    @AfterAll
    static void drop() throws SQLException {
        if (database != null) {
            database.drop();
        }
    }

    static Stream<Arguments> statements() {
        return SqlitePlansTest.statements()
                .filter(statement ->
                        !SqlitePlansTest.ENDS_SOON.contains((String) statement.get()[0]));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("statements")
    void scans_no_table_that_grows(String name, String sql) throws SQLException {
        assertThat(plan(sql, RUN_ONCE.contains(name)))
                .as(sql)
                .noneMatch(step -> SCANS.matcher(step).matches());
    }

    private static List<String> plan(String sql, boolean hasValues) throws SQLException {
        List<String> values = new ArrayList<>();
        Matcher value = VALUE.matcher(sql.replace("<skipLocked>", StoreKind.POSTGRESQL.skipLocked())
                .replace("<bytewise>", StoreKind.POSTGRESQL.bytewise())
                .replace("<ids>", "1, 2"));
        String numbered = value.replaceAll(found -> {
            if (!values.contains(found.group(1))) {
                values.add(found.group(1));
            }
            return "\\$" + (values.indexOf(found.group(1)) + 1);
        });
        String types = values.isEmpty()
                ? ""
                : values.stream().map(name -> type(sql, name)).collect(Collectors.joining(", ", "(", ")"));
        String given = values.isEmpty()
                ? ""
                : values.stream()
                        .map(name -> !hasValues ? "NULL" : type(sql, name).equals("bigint") ? LATELY : "'redmine'")
                        .collect(Collectors.joining(", ", "(", ")"));
        List<String> steps = new ArrayList<>();
        try (Connection connection = database.connect();
                Statement explaining = connection.createStatement()) {
            explaining.execute("SET plan_cache_mode = force_" + (hasValues ? "custom" : "generic") + "_plan");
            explaining.execute("PREPARE statement" + types + " AS " + numbered);
            try (ResultSet rows = explaining.executeQuery("EXPLAIN EXECUTE statement" + given)) {
                while (rows.next()) {
                    steps.add(rows.getString(1));
                }
            }
        }
        return steps;
    }

    /** As JDBI sends this parameter; what a statement's own method does not say, another one with the same name does. */
    private static String type(String sql, String value) {
        List<Parameter> named = SqlitePlansTest.INTERFACES.stream()
                .flatMap(type -> Stream.of(type.getDeclaredMethods()))
                .flatMap(method -> Stream.of(method.getParameters()))
                .filter(parameter -> parameter.getName().equals(value))
                .toList();
        List<Parameter> own = named.stream()
                .filter(parameter -> TestDatabase.sql((Method) parameter.getDeclaringExecutable())
                        .equals(sql))
                .toList();
        boolean isNumber = (own.isEmpty() ? named : own)
                .stream()
                        .anyMatch(parameter ->
                                List.of(long.class, Long.class, int.class).contains(parameter.getType()));
        // PostgreSQL finds out by itself what a text is.
        return isNumber ? "bigint" : "unknown";
    }
}
