package dev.mackerelredmine.store;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.extension.ExtensionContext;
import org.jdbi.v3.core.extension.HandleSupplier;

/**
 * Gives JDBI's proxies of the SQL interfaces the connection of the transaction that their thread is in, so that each proxy is made once.
 * {@code Handle.attach} makes one for each transaction, with a copy of the configuration for each method.
 */
final class CurrentTransaction implements HandleSupplier {

    private final Jdbi jdbi;
    private final ThreadLocal<Handle> current = new ThreadLocal<>();

    CurrentTransaction(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** @param connections those of the database, or those of its readers */
    <T> T run(Jdbi connections, Function<Handle, T> work) {
        return connections.inTransaction(handle -> runIn(handle, work));
    }

    /** The same for one that writes. @param waitsForDisk whether it is on disk when this returns */
    <T> T write(StoreKind kind, boolean waitsForDisk, Function<Handle, T> work) {
        try {
            return jdbi.withHandle(handle -> write(handle, kind, waitsForDisk, work));
        } catch (SQLException e) {
            throw new ConnectionException(e);
        }
    }

    private <T> T write(Handle handle, StoreKind kind, boolean waitsForDisk, Function<Handle, T> work)
            throws SQLException {
        try (Statement statement = handle.getConnection().createStatement()) {
            kind.beforeTransaction(statement, waitsForDisk);
            return handle.inTransaction(begun -> {
                kind.beginsTransaction(statement, waitsForDisk);
                return runIn(begun, work);
            });
        }
    }

    private <T> T runIn(Handle handle, Function<Handle, T> work) {
        current.set(handle);
        try {
            return work.apply(handle);
        } finally {
            current.remove();
        }
    }

    @Override
    public Handle getHandle() {
        Handle handle = current.get();
        if (handle == null) {
            throw new IllegalStateException("SQL runs inside a transaction only: see Database.inTransaction");
        }
        return handle;
    }

    @Override
    public Jdbi getJdbi() {
        return jdbi;
    }

    @Override
    public ConfigRegistry getConfig() {
        return jdbi.getConfig();
    }

    /** No method has a configuration of its own: {@link Database} registers the mappers for all. */
    @Override
    public <T> T invokeInContext(ExtensionContext context, Callable<T> task) throws Exception {
        return task.call();
    }
}
