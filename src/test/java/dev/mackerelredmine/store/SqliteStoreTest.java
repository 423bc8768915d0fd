package dev.mackerelredmine.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store in a file. */
@Tag("fast")
final class SqliteStoreTest extends StoreContract {

    @TempDir
    Path folder;

    @Override
    TestDatabase database() {
        return new TestDatabase("jdbc:sqlite:" + folder.resolve("store.db"), null, null);
    }

    /** It is asked again and again, and what is delivered long since is not to be looked through each time. */
    @Test
    void finds_what_waits_by_indexes_that_hold_nothing_else() throws Exception {
        assertThat(planOf(TestDatabase.statement(DeliverySql.class, "backlog")))
                .filteredOn(step -> step.startsWith("SEARCH") || step.startsWith("SCAN p") || step.startsWith("SCAN a"))
                .hasSize(4)
                .allSatisfy(step -> assertThat(step).containsAnyOf("INDEX problem_waiting", "INDEX alert_parked"));
    }

    private List<String> planOf(String query) throws SQLException {
        try (Connection connection = database().connect();
                Statement explaining = connection.createStatement()) {
            ResultSet rows = explaining.executeQuery("EXPLAIN QUERY PLAN " + query.replace(":stream", "'redmine'"));
            List<String> steps = new ArrayList<>();
            while (rows.next()) {
                steps.add(rows.getString("detail"));
            }
            return steps;
        }
    }
}
