package dev.mackerelredmine.store;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mackerelredmine.mackerel.NotificationReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("fast")
class UpgradeBackupsTest {

    @TempDir
    Path folder;

    private Store store;
    private Database database;

    @BeforeEach
    void open() throws IOException {
        store = of("store.db");
        store.open();
        database = new Database(StoreAddress.of(url("store.db")));
    }

    @AfterEach
    void close() throws IOException {
        database.close();
        store.close();
    }

    private String url(String file) {
        return "jdbc:sqlite:" + folder.resolve(file);
    }

    private Store of(String file) {
        Backoff backoff = new Backoff(Duration.ofMinutes(1), Duration.ofHours(1));
        return new Store(
                new StoreOptions(StoreAddress.of(url(file)), "redmine", false, backoff, Duration.ofMinutes(5)),
                new NotificationReader());
    }

    private Path make(String schema, String at) {
        return new UpgradeBackups(
                        SqliteFile.of(url("store.db")),
                        new Backup(database),
                        Clock.fixed(Instant.parse(at), ZoneOffset.UTC))
                .make(schema);
    }

    private Set<String> backups() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.contains("backup"))
                    .collect(Collectors.toSet());
        }
    }

    @Test
    void is_a_store_beside_the_store_named_by_its_schema_and_the_time() throws IOException {
        store.inbox().keep(critical().notification(), null);

        Path copy = make("1", "2026-11-20T00:00:03Z");

        assertThat(copy).isEqualTo(folder.resolve("backup-schema-1-20261120T000003Z-store.db"));
        try (Store restored = of(copy.getFileName().toString())) {
            restored.open();
            assertThat(restored.deliveries().backlog().waiting()).isEqualTo(1);
        }
    }

    @Test
    void the_last_two_are_kept() throws IOException {
        make("9", "2026-11-20T00:00:03Z");
        make("10", "2027-01-09T00:00:00Z");
        make("11", "2027-03-05T12:00:00Z");

        assertThat(backups())
                .containsExactlyInAnyOrder(
                        "backup-schema-10-20270109T000000Z-store.db", "backup-schema-11-20270305T120000Z-store.db");
    }

    @Test
    void no_other_file_is_deleted() throws IOException {
        Files.writeString(folder.resolve("my-own-backup-of-store.db"), "");
        Files.writeString(folder.resolve("backup-schema-1-20260101T000000Z-other.db"), "");

        make("1", "2026-11-20T00:00:03Z");
        make("2", "2026-11-21T00:00:03Z");

        assertThat(backups())
                .hasSize(4)
                .contains("my-own-backup-of-store.db", "backup-schema-1-20260101T000000Z-other.db");
    }

    @Test
    void an_older_one_goes_only_when_the_new_one_is_there() throws IOException {
        make("1", "2026-11-20T00:00:03Z");
        make("2", "2026-11-21T00:00:03Z");
        Set<String> before = backups();
        database.close();

        assertThatThrownBy(() -> make("3", "2026-11-22T00:00:03Z")).isInstanceOf(RuntimeException.class);

        assertThat(backups()).isEqualTo(before);
    }
}
