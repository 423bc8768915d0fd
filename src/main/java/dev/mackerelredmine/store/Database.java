package dev.mackerelredmine.store;

import com.zaxxer.hikari.HikariDataSource;
import dev.mackerelredmine.figures.MetricValue;
import dev.mackerelredmine.ticket.Graph;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.extension.Extensions;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The store's connections, and its tables in today's shape. */
final class Database implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);

    private static final String PART = "part";

    /** What a row becomes. */
    private static final List<Class<?>> ROWS = List.of(
            AlertLife.class,
            AlertOfHost.class,
            AlertPlace.class,
            AlertRecord.Step.class,
            AlertRow.class,
            AlertToSum.class,
            Backlog.class,
            ChangeRow.class,
            EscalatableTicket.class,
            EscalationRecord.Step.class,
            EscalationRow.class,
            EscalationStanding.class,
            FiringRow.class,
            FiringAlert.class,
            Graph.class,
            KnownAlert.class,
            IncidentRow.class,
            LeftAlone.class,
            LostWebhooks.class,
            ListedOpening.class,
            NamedOpening.class,
            MackerelPoll.class,
            MemberRow.class,
            UnlistedLine.class,
            MetricValue.class,
            NamedAlert.class,
            NotifiedPerson.class,
            IncidentAlert.class,
            OpenTicket.class,
            OpeningRow.class,
            PageRow.class,
            PageToSum.class,
            Parked.class,
            PastEscalation.class,
            PastIncident.class,
            ParkedReason.class,
            ParkedRow.class,
            Pause.class,
            PendingAction.class,
            PendingPage.class,
            PreviewedEvent.class,
            Problem.class,
            QuietEscalation.class,
            ReachedStep.class,
            TouchedEscalation.class,
            Replayable.class,
            RunningEscalation.class,
            SpanRow.class,
            TicketRow.class,
            UnansweredTicket.class,
            WaitingProblem.class,
            WatchTurn.class,
            WatchedTicket.class);

    private final StoreAddress address;
    private final StoreKind kind;
    private final Availability availability = new Availability();
    private final HikariDataSource connections;
    private final Optional<HikariDataSource> readers;
    private final Jdbi jdbi;
    private final Jdbi reading;
    private final CurrentTransaction transaction;
    private final Map<Class<?>, Object> statements = new ConcurrentHashMap<>();

    Database(StoreAddress address) {
        this.address = address;
        kind = StoreKind.of(address.url());
        connections = new HikariDataSource(kind.configuration(address));
        readers = kind.readers(address).map(HikariDataSource::new);
        jdbi = jdbi(connections);
        reading = readers.map(this::jdbi).orElse(jdbi);
        transaction = new CurrentTransaction(jdbi);
    }

    private Jdbi jdbi(HikariDataSource of) {
        Jdbi made = Jdbi.create(of)
                .installPlugin(new SqlObjectPlugin())
                .registerArgument(new StoredText())
                .define("skipLocked", kind.skipLocked())
                .define("bytewise", kind.bytewise());
        made.setStatementBuilderFactory(kind.statements());
        ROWS.forEach(row -> made.registerRowMapper(row, new RowMapping<>(row)));
        OpeningRows.ALL.forEach(made::registerRowMapper);
        // By default it adds the statement with its values, and so a whole notification, to each error's text.
        made.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
        return made;
    }

    /** The statements of an interface. They run in the transaction of their thread, and nowhere else. */
    <S> S sql(Class<S> type) {
        Object made = statements.computeIfAbsent(
                type,
                statementsOf -> jdbi.getConfig(Extensions.class)
                        .findFor(statementsOf, transaction)
                        .orElseThrow());
        return type.cast(made);
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
        return new Schema(address.url(), connections);
    }

    private void beforeUpgrade(String from, String to) {
        if (kind == StoreKind.SQLITE) {
            Path copy = new UpgradeBackups(address.file(), new Backup(this), Clock.systemUTC()).make(from);
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
            throw new StoreException(address.file().damaged(found.replaceAll("\\s+", " ")), null);
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
    <T> T inTransaction(Supplier<T> work) {
        return inTransaction(work, true);
    }

    /**
     * The same, except that it is on disk only when a later one of {@link #inTransaction} is. For what a delivery finds out again should the
     * machine fail before: that of the process loses nothing.
     */
    <T> T inRepairableTransaction(Supplier<T> work) {
        return inTransaction(work, false);
    }

    void inRepairableTransaction(Runnable work) {
        inRepairableTransaction(answeringNothing(work));
    }

    /** Sees what is committed when it begins. In SQLite it waits for no writer, and no writer waits for it. */
    <T> T read(Supplier<T> work) {
        return repeated(() -> transaction.run(reading, handle -> work.get()));
    }

    private <T> T inTransaction(Supplier<T> work, boolean waitsForDisk) {
        return repeated(() -> transaction.write(kind, waitsForDisk, handle -> work.get()));
    }

    private <T> T repeated(Supplier<T> work) {
        long begunAt = System.nanoTime();
        try {
            return work.get();
        } catch (JdbiException e) {
            if (StoreErrors.isDeadlock(e)) {
                return repeated(work);
            }
            throw failed(e, begunAt);
        }
    }

    private StoreException failed(JdbiException e, long begunAt) {
        StoreException failure = StoreErrors.of(address, e);
        availability.failed(failure, begunAt);
        return failure;
    }

    /**
     * Does a part of a transaction, which is undone alone when it throws.
     *
     * @throws JdbiException when the whole transaction is to be undone
     */
    void inSavepoint(Runnable part) {
        long begunAt = System.nanoTime();
        Handle handle = transaction.getHandle();
        handle.savepoint(PART);
        try {
            part.run();
        } catch (RuntimeException e) {
            if (StoreErrors.isDeadlock(e)) {
                throw e;
            }
            undoPart(handle, e);
            throw e instanceof JdbiException failure ? failed(failure, begunAt) : e;
        }
        handle.releaseSavepoint(PART);
    }

    /** That fails where the database has undone the whole transaction, or cannot be reached; what came before says why. */
    private static void undoPart(Handle handle, RuntimeException why) {
        try {
            handle.rollbackToSavepoint(PART);
        } catch (JdbiException e) {
            throw why instanceof JdbiException ? why : e;
        }
    }

    void inTransaction(Runnable work) {
        inTransaction(answeringNothing(work));
    }

    /** The same at start, when there is nothing yet that could come to a stop. */
    <T> T tried(Supplier<T> work) throws JdbiException {
        return transaction.write(kind, true, handle -> work.get());
    }

    /** The same, of which it is known that something is written. */
    <T> T written(Supplier<T> work) {
        T result = inTransaction(work);
        availability.works();
        return result;
    }

    void written(Runnable work) {
        written(answeringNothing(work));
    }

    private static Supplier<Void> answeringNothing(Runnable work) {
        return () -> {
            work.run();
            return null;
        };
    }

    /** Writes something, on disk when it returns, and throws when that cannot be done. */
    void tryToWrite(Clock clock) {
        HousekeepingSql sql = sql(HousekeepingSql.class);
        written(() -> sql.tryToWrite(clock.millis()));
    }

    /** To be done when the transaction of this thread is on disk. */
    void afterCommit(Runnable work) {
        transaction.getHandle().afterCommit(work::run);
    }

    /** Whether it can be used, as far as is known. */
    boolean isAvailable() {
        return availability.isKnownToWork();
    }

    /** What would come of it: all is undone at its end. */
    <T> T rolledBack(Supplier<T> work) {
        return transaction.run(jdbi, handle -> {
            T result = work.get();
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
        readers.ifPresent(HikariDataSource::close);
        connections.close();
    }
}
