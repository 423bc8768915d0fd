package dev.mackerelredmine.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jdbi.v3.core.statement.DefaultStatementBuilder;
import org.jdbi.v3.core.statement.StatementContext;

/** Prepares a statement once, however often it runs: SQLite takes longer to prepare most of ours than to run them. */
final class PreparedOnce extends DefaultStatementBuilder {

    private final Connection prepares;
    private final Map<String, PreparedStatement> idle;
    /** The SQL of those that run. JDBI closes by the SQL of the interfaces, which is the same for lists of any length. */
    private final Map<PreparedStatement, String> running = new IdentityHashMap<>();

    /** @param idle by their SQL as the database gets it */
    PreparedOnce(Connection prepares, Map<String, PreparedStatement> idle) {
        this.prepares = prepares;
        this.idle = idle;
    }

    @Override
    public PreparedStatement create(Connection connection, String sql, StatementContext context) throws SQLException {
        PreparedStatement kept = idle.remove(sql);
        PreparedStatement prepared = kept == null ? super.create(prepares, sql, context) : kept;
        running.put(prepared, sql);
        return prepared;
    }

    @Override
    public void close(Connection connection, String written, Statement statement) throws SQLException {
        String sql = statement instanceof PreparedStatement prepared ? running.remove(prepared) : null;
        if (sql != null && !idle.containsKey(sql)) {
            PreparedStatement prepared = (PreparedStatement) statement;
            prepared.clearParameters();
            idle.put(sql, prepared);
        } else {
            statement.close();
        }
    }
}
