package dev.mackerelredmine.store;

import java.util.Optional;
import java.util.function.BiConsumer;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;

/**
 * The tables of a store, by the number of their schema: 1, 2, 3 ... Each migration is entered into the database with the release
 * that made it, so that an older release can say which one is needed.
 */
final class Schema {

    private static final String NAME = "mackerel-redmine ";

    private final String url;
    private final String release;
    private final Flyway flyway;

    Schema(String url, DataSource connections) {
        this(url, connections, thisRelease(), Schema.class.getClassLoader());
    }

    /**
     * @param release this release's version, such as 0.1.0
     * @param migrations where {@code db/migration} is found
     */
    Schema(String url, DataSource connections, String release, ClassLoader migrations) {
        this.url = url;
        this.release = release;
        flyway = Flyway.configure(migrations)
                .dataSource(connections)
                .locations("classpath:db/migration")
                .placeholders(StoreKind.of(url).placeholders())
                .installedBy(NAME + release)
                .load();
    }

    private static String thisRelease() {
        return Optional.ofNullable(Schema.class.getPackage().getImplementationVersion())
                .orElse("(development)");
    }

    /**
     * Brings the tables to the schema of this release.
     *
     * @param before called with the schema of now and the schema to come, before tables that are there already are changed
     * @throws StoreException when the tables are of a newer release; nothing is changed then
     */
    void upgrade(BiConsumer<String, String> before) {
        MigrationInfoService schemas = flyway.info();
        refuseNewer(schemas);
        if (isOlder(schemas)) {
            before.accept(version(schemas.current()), newest(schemas));
        }
        flyway.migrate();
    }

    /** For who only looks into a store. @throws StoreException when the tables are of a newer or an older release */
    void requireCurrent() {
        MigrationInfoService schemas = flyway.info();
        refuseNewer(schemas);
        if (isOlder(schemas)) {
            throw new StoreException(
                    "the store " + url + " has schema " + version(schemas.current()) + ", and this release, " + release
                            + ", needs schema " + newest(schemas)
                            + ". Start the service of this release: it upgrades the store.",
                    null);
        }
    }

    private static boolean isOlder(MigrationInfoService schemas) {
        return schemas.current() != null && schemas.pending().length > 0;
    }

    private void refuseNewer(MigrationInfoService schemas) {
        MigrationInfo current = schemas.current();
        if (current != null && current.getState() == MigrationState.FUTURE_SUCCESS) {
            String needed = current.getInstalledBy().replaceFirst("^" + NAME, "");
            throw new StoreException(
                    "the store " + url + " was upgraded to schema " + version(current) + " by " + NAME + needed
                            + ", and this is " + release + ", which does not know it. Start " + needed
                            + " or newer, or go back to the backup from before the upgrade: docs/operate.md#go-back",
                    null);
        }
    }

    private static String newest(MigrationInfoService schemas) {
        MigrationInfo[] pending = schemas.pending();
        return version(pending[pending.length - 1]);
    }

    private static String version(MigrationInfo schema) {
        return schema.getVersion().getVersion();
    }
}
