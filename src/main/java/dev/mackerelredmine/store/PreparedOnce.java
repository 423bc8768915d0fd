package dev.mackerelredmine.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.jdbi.v3.core.statement.DefaultStatementBuilder;
import org.jdbi.v3.core.statement.StatementContext;

/** Prepares a statement once, however often it runs: SQLite takes longer to prepare most of ours than to run them. */
final class PreparedOnce extends DefaultStatementBuilder {

    private final Connection prepares;
    private final Map<String, PreparedStatement> idle;

    /** @param idle by their SQL as it is written in the interfaces: JDBI closes by that */
    PreparedOnce(Connection prepares, Map<String, PreparedStatement> idle) {
        this.prepares = prepares;
        this.idle = idle;
    }

    @Override
    public PreparedStatement create(Connection connection, String sql, StatementContext context) throws SQLException {
        PreparedStatement prepared = idle.remove(context.getRawSql());
        return prepared == null ? super.create(prepares, sql, context) : prepared;
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
}
