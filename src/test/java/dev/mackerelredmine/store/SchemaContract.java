package dev.mackerelredmine.store;

import static dev.mackerelredmine.store.NextRelease.NEXT;
import static dev.mackerelredmine.store.NextRelease.THIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens between a store and a release whose schema is another one. Release 0.2.0 has one migration more here. */
abstract class SchemaContract {

    @TempDir
    Path folder;

    private final List<String> upgrades = new ArrayList<>();

    private TestDatabase database;
    private HikariDataSource connections;
    private URLClassLoader withOneMoreMigration;

    abstract TestDatabase database() throws SQLException;

    @BeforeEach
    void open() throws IOException, SQLException {
        database = database();
        connections = new HikariDataSource(StoreKind.of(database.url()).configuration(database.address()));
        withOneMoreMigration = new URLClassLoader(
                new URL[] {NextRelease.in(folder.resolve("0.2.0")).toUri().toURL()}, Schema.class.getClassLoader());
    }

    @AfterEach
    void close() throws IOException {
        connections.close();
        withOneMoreMigration.close();
    }

    private Schema of010() {
        return new Schema(database.url(), connections, "0.1.0", Schema.class.getClassLoader());
    }

    private Schema of020() {
        return new Schema(database.url(), connections, "0.2.0", withOneMoreMigration);
    }

    private void upgrade(Schema schema) {
        schema.upgrade((from, to) -> upgrades.add(from + " to " + to));
    }

    @Test
    void a_new_store_is_no_upgrade() {
        upgrade(of020());

        assertThat(upgrades).isEmpty();
    }

    @Test
    void another_start_of_the_same_release_is_no_upgrade() {
        upgrade(of010());
        upgrade(of010());

        assertThat(upgrades).isEmpty();
    }

    @Test
    void a_newer_release_upgrades_the_store_and_says_so_before() throws SQLException {
        upgrade(of010());

        of020().upgrade((from, to) -> {
            upgrades.add(from + " to " + to);
            assertThatThrownBy(this::mood).isInstanceOf(SQLException.class);
        });

        assertThat(upgrades).containsExactly(THIS + " to " + NEXT);
        assertThat(mood()).isEmpty();
    }

    private List<String> mood() throws SQLException {
        return database.found("SELECT mood FROM problem");
    }

    @Test
    void changes_nothing_when_what_is_to_be_done_before_fails() {
        upgrade(of010());

        assertThatThrownBy(() -> of020().upgrade((from, to) -> {
                    throw new StoreException("the disk is full", null);
                }))
                .hasMessage("the disk is full");
        assertThatThrownBy(this::mood).isInstanceOf(SQLException.class);
    }

    @Test
    void an_older_release_refuses_the_store_and_says_which_release_it_needs() {
        upgrade(of010());
        upgrade(of020());

        assertThatThrownBy(() -> upgrade(of010()))
                .isInstanceOf(StoreException.class)
                .hasMessage(
                        "the store " + database.url()
                                + " was upgraded to schema " + NEXT
                                + " by mackerel-redmine 0.2.0, and this is 0.1.0, which does not know it."
                                + " Start 0.2.0 or newer, or go back to the backup from before the upgrade: docs/operate.md#go-back");
    }

    @Test
    void commands_of_an_older_release_refuse_the_store_as_well() {
        upgrade(of020());

        assertThatThrownBy(() -> of010().requireCurrent())
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("Start 0.2.0 or newer");
    }

    @Test
    void commands_of_a_newer_release_wait_for_the_service_to_upgrade_the_store() {
        upgrade(of010());

        assertThatThrownBy(() -> of020().requireCurrent())
                .isInstanceOf(StoreException.class)
                .hasMessage("the store " + database.url()
                        + " has schema " + THIS + ", and this release, 0.2.0, needs schema " + NEXT
                        + ". Start the service of this release: it"
                        + " upgrades the store.");

        upgrade(of020());
        of020().requireCurrent();
    }

    @Test
    void schema_2_finds_the_alerts_that_waited_in_schema_1() throws SQLException {
        Flyway.configure()
                .dataSource(connections)
                .locations("classpath:db/migration")
                .placeholders(StoreKind.of(database.url()).placeholders())
                .target("1")
                .load()
                .migrate();
        database.execute("INSERT INTO problem (stream, problem_key, received) VALUES ('redmine', 'CPU', 4)");
        database.execute(
                "INSERT INTO alert (stream, org, alert_key, problem_id, told)"
                        + " VALUES ('redmine', 'o', 'waits', 1, 1), ('redmine', 'o', 'is reported', 1, 3), ('redmine', 'o', 'has a graph', 1, 0)");
        database.execute("INSERT INTO event (received_at, kind, alert_id, problem_id, seq, notification)"
                + " VALUES (1, 'alert', 1, 1, 1, '{}'), (1, 'alert', 1, 1, 2, '{}'), (1, 'alert', 2, 1, 3, '{}')");
        database.execute("INSERT INTO graph (alert_id, seq, name, image) VALUES (3, 4, 'graph.png', '')");

        upgrade(of010());

        assertThat(upgrades).containsExactly("1 to " + THIS);
        assertThat(database.found("SELECT alert_key FROM alert WHERE received > told ORDER BY id"))
                .containsExactly("waits", "has a graph");
    }
}
