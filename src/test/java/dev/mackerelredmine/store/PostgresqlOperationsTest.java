package dev.mackerelredmine.store;

import java.sql.SQLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** In a PostgreSQL. */
@Tag("service")
final class PostgresqlOperationsTest extends OperationsContract {

    private static RealPostgresql postgresql;

    @BeforeAll
    static void findPostgresql() {
        postgresql = RealPostgresql.find();
    }

    @Override
    TestDatabase database() throws SQLException {
        return postgresql.newSchema();
    }
}
