package dev.mackerelredmine.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.statement.DefaultStatementBuilder;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Prepares a statement once for a transaction, however often it runs there: for each post of a group the same four run, and SQLite takes
 * longer to prepare them than to run them.
 */
final class PreparedOnce extends DefaultStatementBuilder {

    /** By their SQL as it is written in the interfaces: JDBI closes by that. */
    private final Map<String, PreparedStatement> idle = new HashMap<>();

    @Override
    public PreparedStatement create(Connection connection, String sql, StatementContext context) throws SQLException {
        PreparedStatement prepared = idle.remove(context.getRawSql());
        return prepared == null ? super.create(connection, sql, context) : prepared;
    }

    @Override
    public void close(Connection connection, String sql, Statement statement) throws SQLException {
        if (statement instanceof PreparedStatement prepared && !idle.containsKey(sql)) {
            prepared.clearParameters();
            idle.put(sql, prepared);
        } else {
            statement.close();
        }
    }

    /** Hikari closes the statements with the connection. */
    @Override
    public void close(Connection connection) {
        idle.clear();
    }
}
