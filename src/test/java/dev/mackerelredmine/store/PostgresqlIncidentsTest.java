package dev.mackerelredmine.store;

import java.sql.SQLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** In a PostgreSQL. */
@Tag("service")
final class PostgresqlIncidentsTest extends IncidentsContract {

    private static RealPostgresql postgresql;

    private TestDatabase schema;

    @BeforeAll
    static void findPostgresql() {
        postgresql = RealPostgresql.find();
    }

    @Override
    void drop() throws SQLException {
        postgresql.drop(schema);
    }

    @Override
    TestDatabase database() throws SQLException {
        schema = postgresql.newSchema();
        return schema;
    }
}
