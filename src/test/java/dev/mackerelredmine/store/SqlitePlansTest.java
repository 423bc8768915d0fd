package dev.mackerelredmine.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** How SQLite finds the rows of each statement. A store grows for years: no statement looks through a whole table of it. */
@Tag("fast")
final class SqlitePlansTest {

    /** A table that holds only what waits, or a row or two. */
    private static final String SMALL = "action|pause|trial|overdue|one_alert|left_alone|CONSTANT ROW";

    /** An index of what waits, fires, or is parked, and a table of few rows. */
    private static final String OF_WHAT_WAITS =
            "problem_due|problem_waiting|alert_parked|ticket_begun|sqlite_autoindex_parked_cause_1|sqlite_autoindex_mackerel_look_1|"
                    + "sqlite_autoindex_left_alone_1|sqlite_autoindex_redmine_watch_1|escalation_due|page_due|incident_quiet|alert_firing|pause_stands|sqlite_autoindex_escalation_pause_1|"
                    + "alert_to_sum|page_to_sum|sqlite_autoindex_subject_1";

    /** Looks at a whole table, or at all rows of one stream, which are nearly all, or at all after a row. */
    private static final Pattern SCANS = Pattern.compile("SCAN (?!(" + SMALL + ")\\b).*|.* INDEX (?!" + OF_WHAT_WAITS
            + ")\\w+ \\(stream=\\?\\).*|.*\\(rowid>\\?\\).*|.*AUTOMATIC.*");

    /** Without statistics, which a store does not have, a plan does not depend on what the tables hold: so they are empty. */
    @TempDir
    static Path folder;

    private static TestDatabase database;

    /** It takes a page of the alerts at a time; two look for the first step since a failure; two for the newest alert and the newest post. */
    static final Set<String> ENDS_SOON = Set.of("alertsAfter", "ticket", "lastTicket", "newestOrg", "lastPost");

    static final List<Class<?>> INTERFACES = List.of(
            InboxSql.class,
            DeliverySql.class,
            TicketSql.class,
            ReplaySql.class,
            HousekeepingSql.class,
            ReconcileSql.class,
            OverviewSql.class,
            PeopleSql.class,
            EscalationSql.class,
            IncidentSql.class,
            OpeningSql.class,
            OperateSql.class,
            PageSql.class);

    @BeforeAll
    static void makeTables() {
        database = new TestDatabase("jdbc:sqlite:" + folder.resolve("store.db"), null, null);
        try (Database made = new Database(database.address())) {
            made.migrate();
        }
    }

    static Stream<Arguments> statements() {
        return INTERFACES.stream()
                .flatMap(type -> TestDatabase.statements(type).entrySet().stream())
                .map(statement -> Arguments.of(statement.getKey(), statement.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("statements")
    void scans_no_table_that_grows(String name, String sql) throws SQLException {
        if (!ENDS_SOON.contains(name)) {
            assertThat(plan(sql)).noneMatch(step -> SCANS.matcher(step).matches());
        }
    }

    /** What is no alert has no number of an alert, and so the same in the index of that. */
    @Test
    void finds_what_is_no_alert_and_old_by_its_time() throws SQLException {
        assertThat(plan(TestDatabase.statements(HousekeepingSql.class).get("purgeOtherEvents")))
                .anyMatch(step -> step.contains("event_received (received_at<?)"));
    }

    /** It is asked again and again, and what is delivered long since is not to be looked through each time. */
    @Test
    void finds_what_waits_by_indexes_that_hold_nothing_else() throws SQLException {
        assertThat(plan(TestDatabase.statements(DeliverySql.class).get("backlog")))
                .filteredOn(step -> step.startsWith("SEARCH"))
                .hasSize(2)
                .allSatisfy(step -> assertThat(step).containsAnyOf("INDEX problem_waiting", "INDEX alert_parked"));
    }

    private static List<String> plan(String sql) throws SQLException {
        List<String> steps = new ArrayList<>();
        try (Connection connection = database.connect();
                Statement explaining = connection.createStatement();
                ResultSet rows = explaining.executeQuery("EXPLAIN QUERY PLAN "
                        + sql.replace("<skipLocked>", "")
                                .replace("<bytewise>", "")
                                .replace("<ids>", "1, 2"))) {
            while (rows.next()) {
                steps.add(rows.getString("detail"));
            }
        }
        return steps;
    }
}
