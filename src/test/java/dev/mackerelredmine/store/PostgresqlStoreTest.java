package dev.mackerelredmine.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.function.Supplier;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

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
        schema.drop();
    }

    @Override
    TestDatabase database() throws SQLException {
        schema = postgresql.newSchema();
        return schema;
    }

    /** SQLite's is in {@link DurabilityTest}. */
    @Test
    void leaves_only_what_can_be_repaired_to_the_next_write_to_disk() {
        try (Database database = new Database(schema.address())) {
            Supplier<String> synchronousCommit = () -> database.sql(Shown.class).synchronousCommit();

            assertThat(database.inTransaction(synchronousCommit)).isEqualTo("on");
            assertThat(database.inRepairableTransaction(synchronousCommit)).isEqualTo("off");
            assertThat(database.inTransaction(synchronousCommit)).isEqualTo("on");
        }
    }

    private interface Shown {

        @SqlQuery("SHOW synchronous_commit")
        String synchronousCommit();
    }
}
