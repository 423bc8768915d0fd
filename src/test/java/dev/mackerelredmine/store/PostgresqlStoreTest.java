package dev.mackerelredmine.store;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** A store in a PostgreSQL. */
@Tag("service")
final class PostgresqlStoreTest extends StoreContract {

    private static RealPostgresql postgresql;

    private TestDatabase schema;

    @BeforeAll
    static void findPostgresql() {
        postgresql = RealPostgresql.find();
    }

    @AfterEach
    void dropSchema() throws SQLException {
        postgresql.drop(schema);
    }

    @Override
    TestDatabase database() throws SQLException {
        schema = postgresql.newSchema();
        return schema;
    }
}
