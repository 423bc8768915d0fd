package dev.mackerelredmine.store;

import dev.mackerelredmine.figures.Opening;
import dev.mackerelredmine.figures.SentPage;
import dev.mackerelredmine.figures.Subject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;

/** Reads rows by the places of their columns: hundreds of thousands are read for one answer, and by name each would take several times as long. */
final class OpeningRows {

    static final List<RowMapper<?>> ALL = List.of(new OfOpening(), new OfPage(), new OfSubject());

    private OpeningRows() {}

    /** Of {@link OpeningSql#openings}. */
    private static final class OfOpening implements RowMapper<Opening> {
        @Override
        public Opening map(ResultSet row, StatementContext context) throws SQLException {
            return new Opening(
                    row.getLong(1),
                    row.getLong(2),
                    row.getLong(3),
                    row.getInt(4),
                    time(row, 5),
                    row.getBoolean(6),
                    time(row, 7),
                    time(row, 8),
                    row.getString(9));
        }
    }

    /** Of {@link OpeningSql#sentPages}. */
    private static final class OfPage implements RowMapper<SentPage> {
        @Override
        public SentPage map(ResultSet row, StatementContext context) throws SQLException {
            return new SentPage(row.getLong(1), row.getInt(2), row.getLong(3), row.getString(4));
        }
    }

    /** Of {@link OpeningSql#subject}. */
    private static final class OfSubject implements RowMapper<Subject> {
        @Override
        public Subject map(ResultSet row, StatementContext context) throws SQLException {
            return new Subject(
                    row.getLong(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getString(5),
                    NamedSubject.names(row.getString(6)),
                    NamedSubject.names(row.getString(7)));
        }
    }

    /** No time is 0: nothing is from before 1970. */
    private static long time(ResultSet row, int column) throws SQLException {
        long time = row.getLong(column);
        return time == 0 ? Opening.NEVER : time;
    }
}
