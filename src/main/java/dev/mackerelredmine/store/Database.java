package dev.mackerelredmine.store;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The store's connections, and its tables in today's shape. */
final class Database implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);

    private final String url;
    private final StoreKind kind;
    private final Availability availability = new Availability();
    private final HikariDataSource connections;
    private final Jdbi jdbi;

    Database(String url, String user, String password) {
        this.url = url;
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
        if (kind == StoreKind.SQLITE) {
            checkFile();
        }
        if (kind == StoreKind.POSTGRESQL) {
            jdbi.useHandle(PostgresqlServer::check);
        }
        schema().upgrade(this::beforeUpgrade);
    }

    /** @throws StoreException when the tables are not of this release */
    void requireCurrentSchema() {
        schema().requireCurrent();
    }

    private Schema schema() {
        return new Schema(url, connections);
    }

    private void beforeUpgrade(String from, String to) {
        if (kind == StoreKind.SQLITE) {
            Path copy = new UpgradeBackups(SqliteFile.of(url), new Backup(this), Clock.systemUTC()).make(from);
            LOG.info("The store is upgraded from schema {} to {}. A backup from before is in {}", from, to, copy);
        } else {
            LOG.warn(
                    "The store is upgraded from schema {} to {}. PostgreSQL is not backed up by this service: to go back, you"
                            + " need a dump from before (docs/operate.md#upgrade)",
                    from,
                    to);
        }
    }

    /** What is damaged is to be known before it is needed: a page may not be looked at for a year. */
    private void checkFile() {
        String found = jdbi.withHandle(handle ->
                handle.select("PRAGMA quick_check(1)").mapTo(String.class).first());
        if (!found.equals("ok")) {
            throw new StoreException(
                    Trouble.damaged(SqliteFile.of(url).toString(), found.replaceAll("\\s+", " ")), null);
        }
    }

    boolean hasTables() {
        return jdbi.withHandle(handle -> handle.queryMetadata(about ->
                        about.getTables(null, about.getConnection().getSchema(), "problem", new String[] {"TABLE"}))
                .mapToMap()
                .findFirst()
                .isPresent());
    }

    /** All or nothing, and on disk when it returns. One that was undone for another's sake, in a deadlock, is done again. */
    <T> T inTransaction(Function<StoreSql, T> work) {
        try {
            return tried(work);
        } catch (JdbiException e) {
            if (Trouble.isDeadlock(e)) {
                return inTransaction(work);
            }
            StoreException failure = Trouble.of(url, e);
            availability.failed(failure);
            throw failure;
        }
    }

    /** The same at start, when there is nothing yet that could come to a stop. */
    <T> T tried(Function<StoreSql, T> work) throws JdbiException {
        return jdbi.inTransaction(handle -> work.apply(handle.attach(StoreSql.class)));
    }

    /** The same, of which it is known that something is written. */
    <T> T written(Function<StoreSql, T> work) {
        T result = inTransaction(work);
        availability.works();
        return result;
    }

    /** Whether it can be used, as far as is known. */
    boolean isAvailable() {
        return availability.isKnownToWork();
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
