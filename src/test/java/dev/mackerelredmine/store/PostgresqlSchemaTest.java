package dev.mackerelredmine.store;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** The schema of a store in a PostgreSQL. */
@Tag("service")
final class PostgresqlSchemaTest extends SchemaContract {

    private static RealPostgresql postgresql;

    private TestDatabase schema;

    @BeforeAll
    static void findPostgresql() {
        postgresql = RealPostgresql.find();
    }

    @AfterEach
    void dropSchema() throws SQLException {
        schema.drop();
    }

    @Override
    TestDatabase database() throws SQLException {
        schema = postgresql.newSchema();
        return schema;
    }
}
