package dev.mackerelredmine.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;

/** The store's connections, and its tables in today's shape. */
final class Database implements AutoCloseable {

    private final HikariDataSource connections;
    private final Jdbi jdbi;

    Database(String url, String user, String password) {
        connections = new HikariDataSource(configuration(url, user, password));
        jdbi = Jdbi.create(connections).installPlugin(new SqlObjectPlugin());
        // By default it adds the statement with its values, and so a whole notification, to each error's text.
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
    }

    void migrate() {
        Flyway.configure(Database.class.getClassLoader())
                .dataSource(connections)
                .locations("classpath:db/migration")
                .placeholders(Map.of("identity", "INTEGER PRIMARY KEY AUTOINCREMENT", "blob", "BLOB"))
                .load()
                .migrate();
    }

    /** All or nothing, and on disk when it returns. */
    <T> T inTransaction(Function<StoreSql, T> work) throws JdbiException {
        return jdbi.inTransaction(handle -> work.apply(handle.attach(StoreSql.class)));
    }

    /** What would come of it: all is undone at its end. */
    <T> T rolledBack(Function<StoreSql, T> work) {
        return jdbi.inTransaction(handle -> {
            T result = work.apply(handle.attach(StoreSql.class));
            handle.rollback();
            return result;
        });
    }

    /** Writes all that is committed to a new file, and holds up nobody who reads or writes meanwhile. Of SQLite only. */
    void copyTo(Path file) {
        jdbi.useHandle(handle -> handle.execute("VACUUM INTO ?", file.toString()));
    }

    /**
     * SQLite has one writer at a time: one connection keeps the queue for it in Java, where it is fair. Synchronous FULL makes
     * a commit wait for the disk, IMMEDIATE makes a transaction wait its turn at its start instead of failing in its midst.
     */
    static HikariConfig configuration(String url, String user, String password) {
        HikariConfig configuration = new HikariConfig();
        configuration.setPoolName("store");
        configuration.setJdbcUrl(url);
        configuration.setUsername(user);
        configuration.setPassword(password);
        configuration.setDriverClassName("org.sqlite.JDBC");
        configuration.setMaximumPoolSize(1);
        configuration.setConnectionTimeout(10_000);
        configuration.addDataSourceProperty("journal_mode", "WAL");
        configuration.addDataSourceProperty("synchronous", "FULL");
        configuration.addDataSourceProperty("busy_timeout", "10000");
        configuration.addDataSourceProperty("foreign_keys", "true");
        configuration.addDataSourceProperty("transaction_mode", "IMMEDIATE");
        return configuration;
    }

    @Override
    public void close() {
        connections.close();
    }
}
