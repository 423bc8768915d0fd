package dev.mackerelredmine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("fast")
class DatabaseTest {

    @TempDir
    Path folder;

    private HikariDataSource connections;

    @BeforeEach
    void open() {
        connections = new HikariDataSource(StoreKind.SQLITE.configuration(StoreAddress.of(url())));
    }

    @AfterEach
    void close() {
        connections.close();
    }

    private String url() {
        return "jdbc:sqlite:" + folder.resolve("store.db");
    }

    @ParameterizedTest
    @CsvSource({"journal_mode, wal", "synchronous, 2", "foreign_keys, 1", "busy_timeout, 10000"})
    void asks_of_sqlite_what_keeps_data_safe(String pragma, String value) throws SQLException {
        try (Connection connection = connections.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA " + pragma)) {
            assertThat(row.getString(1)).isEqualTo(value);
        }
    }

    @Test
    void begins_each_transaction_as_a_writer_so_that_none_fails_in_its_midst() throws SQLException {
        try (Connection reader = connections.getConnection();
                Statement read = reader.createStatement();
                Connection other = DriverManager.getConnection(url() + "?busy_timeout=0");
                Statement write = other.createStatement()) {
            reader.setAutoCommit(false);
            read.executeQuery("SELECT 1").close();

            assertThatThrownBy(() -> write.execute("CREATE TABLE t (x)")).hasMessageContaining("SQLITE_BUSY");
        }
    }

    @Test
    void makes_the_statements_of_an_interface_once_and_runs_them_in_a_transaction_only() {
        try (Database database = new Database(StoreAddress.of(url()))) {
            database.migrate();
            DeliverySql sql = database.sql(DeliverySql.class);

            assertThat(database.sql(DeliverySql.class)).isSameAs(sql);
            assertThat(database.inTransaction(() -> sql.backlog("redmine").waiting()))
                    .isZero();
            assertThatThrownBy(() -> sql.backlog("redmine"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("inside a transaction only");
        }
    }

    /** It would have no effect: what a row becomes is registered for all. */
    @ParameterizedTest
    @ValueSource(classes = {InboxSql.class, DeliverySql.class, TicketSql.class, ReplaySql.class, HousekeepingSql.class})
    void knows_no_configuration_of_a_single_statement(Class<?> statements) {
        assertThat(statements.getDeclaredMethods())
                .filteredOn(method -> !method.isDefault())
                .isNotEmpty()
                .flatExtracting(method -> List.of(method.getAnnotations()))
                .extracting(annotation -> annotation.annotationType().getSimpleName())
                .containsAnyOf("SqlQuery", "SqlUpdate")
                .isSubsetOf("SqlQuery", "SqlUpdate", "SingleValue");
    }
}
