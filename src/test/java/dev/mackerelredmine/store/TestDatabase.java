package dev.mackerelredmine.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** Where a test's store is, and what is done there beside the store. */
public record TestDatabase(String url, String user, String password) {

    public StoreAddress address() {
        return new StoreAddress(url, user, password);
    }

    /** The text of a query. */
    static String statement(Class<?> statements, String method) {
        return Stream.of(statements.getDeclaredMethods())
                .filter(found -> found.getName().equals(method))
                .map(found -> found.getAnnotation(SqlQuery.class).value())
                .findFirst()
                .orElseThrow();
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url, user, password);
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first column that a query finds. */
    public List<String> found(String query) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> column = new ArrayList<>();
            while (rows.next()) {
                column.add(rows.getString(1));
            }
            return column;
        }
    }
}
