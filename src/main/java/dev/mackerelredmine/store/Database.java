package dev.mackerelredmine.store;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;

/** The store's connections, and its tables in today's shape. */
final class Database implements AutoCloseable {

    private final StoreKind kind;
    private final HikariDataSource connections;
    private final Jdbi jdbi;

    Database(String url, String user, String password) {
        kind = StoreKind.of(url);
        connections = new HikariDataSource(kind.configuration(url, user, password));
        jdbi = Jdbi.create(connections)
                .installPlugin(new SqlObjectPlugin())
                .registerArgument(new StoredText())
                .define("skipLocked", kind.skipLocked());
        // By default it adds the statement with its values, and so a whole notification, to each error's text.
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
    }

    void migrate() {
        if (kind == StoreKind.POSTGRESQL) {
            jdbi.useHandle(PostgresqlServer::check);
        }
        Flyway.configure(Database.class.getClassLoader())
                .dataSource(connections)
                .locations("classpath:db/migration")
                .placeholders(kind.placeholders())
                .load()
                .migrate();
    }

    boolean hasTables() {
        return jdbi.withHandle(handle -> handle.queryMetadata(about ->
                        about.getTables(null, about.getConnection().getSchema(), "problem", new String[] {"TABLE"}))
                .mapToMap()
                .findFirst()
                .isPresent());
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

    @Override
    public void close() {
        connections.close();
    }
}
