package dev.mackerelredmine.store;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static dev.mackerelredmine.mackerel.TestAlerts.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mackerelredmine.mackerel.NotificationReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("fast")
class BackupTest {

    @TempDir
    Path folder;

    private Store store;

    @BeforeEach
    void open() throws IOException {
        store = of("store.db");
        store.open();
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    private Store of(String file) {
        Backoff backoff = new Backoff(Duration.ofMinutes(1), Duration.ofHours(1));
        return new Store(
                new StoreOptions(
                        StoreAddress.of("jdbc:sqlite:" + folder.resolve(file)),
                        "redmine",
                        false,
                        backoff,
                        Duration.ofMinutes(5)),
                new NotificationReader());
    }

    private Path file(String name) {
        return folder.resolve(name);
    }

    @Test
    void is_a_store_with_the_same_events() throws IOException {
        store.inbox().keep(critical().notification(), null);
        store.inbox().keep(ok().notification(), null);

        store.backUp(file("copy.db"));

        try (Store copy = of("copy.db")) {
            copy.open();
            assertThat(copy.histories().records("2bj7ZsQ4bYh"))
                    .singleElement()
                    .satisfies(alert -> assertThat(alert.events())
                            .isEqualTo(store.histories()
                                    .records("2bj7ZsQ4bYh")
                                    .get(0)
                                    .events()));
            assertThat(copy.deliveries().backlog().waiting()).isEqualTo(2);
        }
        assertThat(file("copy.db.part")).doesNotExist();
    }

    @Test
    void is_whole_though_more_comes_in_while_it_is_made() throws Exception {
        IntStream.range(0, 200)
                .forEach(i -> store.inbox().keep(critical().id("A" + i).notification(), null));
        CompletableFuture<Void> more = CompletableFuture.runAsync(() -> IntStream.range(200, 260)
                .forEach(i -> store.inbox().keep(critical().id("A" + i).notification(), null)));

        try (Store beside = of("store.db")) {
            beside.openBeside();
            beside.backUp(file("copy.db"));
        }
        more.join();

        try (Store copy = of("copy.db")) {
            copy.open();
            assertThat(copy.deliveries().backlog().waiting()).isBetween(200L, 260L);
            assertThat(copy.deliveries().undelivered(copy.deliveries().claim())).hasSizeBetween(200, 260);
        }
    }

    @Test
    void goes_over_what_an_earlier_one_that_was_cut_off_left() throws IOException {
        Files.writeString(file("copy.db.part"), "half of it");

        store.backUp(file("copy.db"));

        assertThat(file("copy.db")).isNotEmptyFile();
    }

    @Test
    void overwrites_nothing() throws IOException {
        Files.writeString(file("copy.db"), "yesterday's");

        assertThatThrownBy(() -> store.backUp(file("copy.db")))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("is there already");
        assertThat(file("copy.db")).hasContent("yesterday's");
    }

    @Test
    void says_that_it_cannot_be_written() {
        assertThatThrownBy(() -> store.backUp(file("nowhere").resolve("copy.db")))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("Name a file in a folder that is there");
    }
}
