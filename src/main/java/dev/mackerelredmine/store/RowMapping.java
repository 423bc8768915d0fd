package dev.mackerelredmine.store;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Parameter;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.stream.Stream;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.mapper.reflect.JdbiConstructor;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Makes a record of a row: the parameter {@code alertKey} gets what the column {@code alert_key} holds. JDBI's own {@code ConstructorMapper}
 * works out anew for each query how to, which took a fifth of the store's CPU of a delivery.
 */
final class RowMapping<T> implements RowMapper<T> {

    private final Constructor<T> constructor;
    private final Parameter[] parameters;
    private final String[] columns;

    RowMapping(Class<T> row) {
        constructor = constructor(row);
        parameters = constructor.getParameters();
        columns = Stream.of(parameters).map(RowMapping::column).toArray(String[]::new);
    }

    /** The one that is marked, where a row has more than one. */
    @SuppressWarnings("unchecked")
    private static <T> Constructor<T> constructor(Class<T> row) {
        Constructor<?>[] all = row.getDeclaredConstructors();
        Constructor<?> found = Stream.of(all)
                .filter(each -> all.length == 1 || each.isAnnotationPresent(JdbiConstructor.class))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(row + " has several constructors, and none is marked"));
        found.setAccessible(true);
        return (Constructor<T>) found;
    }

    private static String column(Parameter parameter) {
        return parameter.getName().replaceAll("\\p{Upper}", "_$0").toLowerCase(Locale.ROOT);
    }

    @Override
    public T map(ResultSet row, StatementContext context) throws SQLException {
        Object[] values = new Object[columns.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(row, columns[i], parameters[i].getType());
        }
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(constructor + " does not take a row", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A primitive is 0 or false where the column is NULL. */
    private static Object value(ResultSet row, String column, Class<?> type) throws SQLException {
        if (type == String.class) {
            return row.getString(column);
        }
        Object value;
        if (type == long.class || type == Long.class) {
            value = row.getLong(column);
        } else if (type == int.class || type == Integer.class) {
            value = row.getInt(column);
        } else if (type == boolean.class) {
            value = row.getBoolean(column);
        } else {
            throw new IllegalArgumentException("No column becomes a " + type.getName() + ": " + column);
        }
        return row.wasNull() && !type.isPrimitive() ? null : value;
    }
}
