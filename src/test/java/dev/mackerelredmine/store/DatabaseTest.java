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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
}
