package dev.mackerelredmine.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that an earlier release made is opened by each later one: so what made it stays as it is. */
@Tag("fast")
class FrozenSchemaTest {

    /** By version, the checksum that Flyway writes into each store, and compares at each start. A new migration gets a line here. */
    private static final Map<String, Integer> CHECKSUMS = Map.of(
            "1",
            1186465242,
            "2",
            -1497731648,
            "3",
            1270779674,
            "4",
            1587801145,
            "5",
            650846201,
            "6",
            2034916919,
            "7",
            681137278,
            "8",
            -1048556793,
            "9",
            2037606925);

    @TempDir
    Path folder;

    @Test
    void migrations_stay_as_they_are() {
        Map<String, Integer> found = new TreeMap<>();
        Arrays.stream(migrations())
                .forEach(migration -> found.put(migration.getVersion().getVersion(), migration.getChecksum()));

        assertThat(found).as("""
                        A migration in src/main/resources/db/migration is not the one that stores were made with. \
                        Releases that have it changed refuse those stores. \
                        Take the change back, and write it as a migration of its own: V%d__what_it_does.sql\
                        """, found.size() + 1).isEqualTo(CHECKSUMS);
    }

    private MigrationInfo[] migrations() {
        return Flyway.configure(FrozenSchemaTest.class.getClassLoader())
                .dataSource("jdbc:sqlite:" + folder.resolve("store.db"), null, null)
                .locations("classpath:db/migration")
                .placeholders(StoreKind.SQLITE.placeholders())
                .load()
                .info()
                .all();
    }
}
