package dev.mackerelredmine.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.statement.StatementBuilder;
import org.jdbi.v3.core.statement.StatementBuilderFactory;

/**
 * Keeps what is prepared as long as the connection to SQLite is open, for that has no driver that does. The pool would close it whenever a
 * connection is given back, so it is not asked; the driver closes it with the connection.
 */
final class KeptStatements implements StatementBuilderFactory {

    private final Map<Connection, Map<String, PreparedStatement>> kept = new ConcurrentHashMap<>();

    @Override
    public StatementBuilder createStatementBuilder(Connection pooled) {
        Connection connection = beneath(pooled);
        Map<String, PreparedStatement> idle = kept.get(connection);
        return new PreparedOnce(connection, idle == null ? begin(connection) : idle);
    }

    private Map<String, PreparedStatement> begin(Connection connection) {
        kept.keySet().removeIf(KeptStatements::isClosed);
        return kept.computeIfAbsent(connection, anew -> new HashMap<>());
    }

    private static Connection beneath(Connection pooled) {
        try {
            return pooled.unwrap(Connection.class);
        } catch (SQLException e) {
            throw new IllegalStateException("a pool's connection is one of a driver", e);
        }
    }

    private static boolean isClosed(Connection connection) {
        try {
            return connection.isClosed();
        } catch (SQLException e) {
            throw new IllegalStateException("SQLite's driver asks nobody whether it is closed", e);
        }
    }
}
