package dev.mackerelredmine.store;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/**
 * The PostgreSQL of e2e/postgresql/up, found by the variables that `up` prints: E2E_STORE_URL, E2E_STORE_USER and
 * E2E_STORE_PASSWORD. Without it tests that need it are skipped, or with CI_POSTGRESQL=required they fail.
 */
public final class RealPostgresql {

    private final TestDatabase database;

    private RealPostgresql(TestDatabase database) {
        this.database = database;
    }

    public static RealPostgresql find() {
        TestDatabase database = new TestDatabase(
                setting("E2E_STORE_URL").orElseGet(() -> doWithout("E2E_STORE_URL is not set")),
                setting("E2E_STORE_USER").orElse(null),
                setting("E2E_STORE_PASSWORD").orElse(null));
        try {
            database.found("SELECT 1");
        } catch (SQLException e) {
            doWithout("no PostgreSQL answers at E2E_STORE_URL");
        }
        return new RealPostgresql(database);
    }

    /** A place of its own for one test, as a database of its own would be. */
    public TestDatabase newSchema() throws SQLException {
        String schema = "test_" + UUID.randomUUID().toString().replace("-", "");
        database.execute("CREATE SCHEMA " + schema);
        return new TestDatabase(database.url() + "?currentSchema=" + schema, database.user(), database.password());
    }

    private static String doWithout(String missing) {
        String message = missing + ": run eval \"$(e2e/postgresql/up)\" first";
        if (setting("CI_POSTGRESQL").equals(Optional.of("required"))) {
            fail(message);
        }
        return abort(message);
    }

    private static Optional<String> setting(String name) {
        return Optional.ofNullable(System.getProperty(name, System.getenv(name)));
    }
}
