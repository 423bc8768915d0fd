package dev.mackerelredmine.store;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Where a test's store is, and what is done there beside the store. */
public record TestDatabase(String url, String user, String password) {

    public StoreAddress address() {
        return new StoreAddress(url, user, password);
    }

    /** The SQL of each method that has some, by the method's name. */
    static Map<String, String> statements(Class<?> type) {
        Map<String, String> statements = new TreeMap<>();
        for (Method method : type.getDeclaredMethods()) {
            String sql = sql(method);
            if (!sql.isEmpty()) {
                statements.put(method.getName(), sql);
            }
        }
        return statements;
    }

    /** Of a method that has one; else empty. */
    static String sql(Method method) {
        if (method.isAnnotationPresent(SqlQuery.class)) {
            return method.getAnnotation(SqlQuery.class).value();
        }
        return method.isAnnotationPresent(SqlUpdate.class)
                ? method.getAnnotation(SqlUpdate.class).value()
                : "";
    }

    /** With all that is in it; a file goes with its folder. */
    public void drop() throws SQLException {
        String[] parts = url.split("currentSchema=");
        if (parts.length > 1) {
            execute("DROP SCHEMA " + parts[1] + " CASCADE");
        }
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url, user, password);
    }

    public void execute(String sql) throws SQLException {
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
