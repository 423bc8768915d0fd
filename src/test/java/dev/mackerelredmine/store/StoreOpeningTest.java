package dev.mackerelredmine.store;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mackerelredmine.mackerel.NotificationReader;
import dev.mackerelredmine.ticket.AlertHistory;
import dev.mackerelredmine.ticket.Change;
import dev.mackerelredmine.ticket.Created;
import dev.mackerelredmine.ticket.Reported;
import dev.mackerelredmine.ticket.TicketState;
import dev.mackerelredmine.ticket.TicketState.Shown;
import dev.mackerelredmine.ticket.policy.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("service")
class StoreOpeningTest {

    @TempDir
    Path folder;

    private static Store storeIn(Path file) {
        Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5));
        StoreOptions settings = new StoreOptions(
                StoreAddress.of("jdbc:sqlite:" + file), "redmine", false, backoff, Duration.ofMinutes(5));
        return new Store(settings, new NotificationReader());
    }

    @Test
    void makes_the_folder_where_there_is_none() throws Exception {
        Path file = folder.resolve("a").resolve("b").resolve("store.db");

        try (Store store = storeIn(file)) {
            store.open();

            assertThat(file).isNotEmptyFile();
        }
    }

    @Test
    void refuses_to_share_a_file_that_is_in_use() throws Exception {
        Path file = folder.resolve("store.db");

        try (Store first = storeIn(file);
                Store second = storeIn(file)) {
            first.open();

            assertThatThrownBy(second::open)
                    .isInstanceOf(StoreException.class)
                    .hasMessage("another mackerel-redmine is running on " + file
                            + ". Stop it first, or give this one a store of its own (store.url, STORE_URL).");
            assertThatCode(() -> first.inbox().keep(critical().notification(), null))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void refuses_to_share_a_file_with_another_process() throws Exception {
        Path file = folder.resolve("store.db");
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        HoldsStore.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (Store store = storeIn(file)) {
            assertThat(other.inputReader(UTF_8).lines().anyMatch("open"::equals))
                    .isTrue();

            assertThatThrownBy(store::open)
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("running on " + file);

            other.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            assertThatCode(store::open).doesNotThrowAnyException();
        } finally {
            other.destroyForcibly();
        }
    }

    /** Another process with the store open, until it is killed. */
    static final class HoldsStore {
        public static void main(String... file) throws IOException {
            storeIn(Path.of(file[0])).open();
            System.out.println("open");
            System.in.read();
        }
    }

    @Test
    void can_be_opened_again_when_it_is_closed() throws Exception {
        Path file = folder.resolve("store.db");
        try (Store first = storeIn(file)) {
            first.open();
        }

        try (Store second = storeIn(file)) {
            assertThatCode(second::open).doesNotThrowAnyException();
        }
    }

    @Test
    void claims_at_a_new_start_what_the_last_one_left_in_its_hands() throws Exception {
        Path file = folder.resolve("store.db");
        try (Store first = storeIn(file)) {
            first.open();
            first.inbox().keep(critical().notification(), null);
            Problem lost = first.deliveries().claim();
            first.tickets().beginCreation(lost, onlyHistory(first, lost), Policy.of("alert"));
        }

        try (Store second = storeIn(file)) {
            second.open();

            assertThat(onlyHistory(second, second.deliveries().claim()).ticket().pendingWrite())
                    .isNotNull();
        }
    }

    @Test
    void has_done_again_at_once_the_action_that_was_running_when_it_was_killed() throws Exception {
        Path file = folder.resolve("store.db");
        TicketState state =
                new TicketState(new Shown(1L, 2L, null, "CRITICAL: web1", "critical"), 1L, null, 0, false, List.of());
        try (Store killed = storeIn(file)) {
            killed.queueAfter(Purpose.STEPS, "create"::equals);
            killed.open();
            killed.inbox().keep(critical().notification(), null);
            Problem problem = killed.deliveries().claim();
            AlertHistory history = onlyHistory(killed, problem);
            Change opening = history.changes().get(0);
            Reported told = new Reported(opening, opening, 0, Instant.now(), false);
            killed.tickets().beginCreation(problem, history, Policy.of("alert"));
            killed.tickets().created(history, new Created(42, "it fires", history.last(), told, state));
            assertThat(killed.actions().claim()).isNotNull();
        }

        try (Store next = storeIn(file)) {
            next.open();

            assertThat(next.actions().claim()).isNotNull();
        }
    }

    @Test
    void looks_at_mackerel_and_redmine_again_at_once_when_it_was_killed_in_a_poll() throws Exception {
        Path file = folder.resolve("store.db");
        Duration lease = Duration.ofMinutes(3);
        try (Store killed = storeIn(file)) {
            killed.open();
            assertThat(killed.mackerelPolls().claim(lease)).isPresent();
            assertThat(killed.people().claim(lease)).isPresent();
        }

        try (Store next = storeIn(file)) {
            next.open();

            assertThat(next.mackerelPolls().claim(lease)).isPresent();
            assertThat(next.people().claim(lease)).isPresent();
        }
    }

    private static AlertHistory onlyHistory(Store store, Problem problem) {
        return store.deliveries()
                .history(problem, store.deliveries().undelivered(problem).get(0));
    }

    @Test
    void can_be_opened_when_what_stood_in_its_way_is_gone() throws Exception {
        Path file = folder.resolve("store.db");
        Files.writeString(file, "no database at all, but long enough to be taken for one: ".repeat(100));
        try (Store store = storeIn(file)) {
            assertThatThrownBy(store::open).isInstanceOf(StoreException.class);
            Files.delete(file);

            assertThatCode(store::open).doesNotThrowAnyException();
        }
    }

    @Test
    void can_be_closed_without_having_been_opened() {
        assertThatCode(() -> storeIn(folder.resolve("store.db")).close()).doesNotThrowAnyException();
    }

    @Test
    void says_where_it_cannot_write() throws Exception {
        Path notAFolder = Files.createFile(folder.resolve("data"));

        try (Store store = storeIn(notAFolder.resolve("store.db"))) {
            assertThatThrownBy(store::open)
                    .isInstanceOf(StoreException.class)
                    .hasMessageStartingWith("cannot write to " + notAFolder + " (")
                    .hasMessageEndingWith("). Let the service's user write there, or set store.url (STORE_URL).");
        }
    }

    @Test
    void says_so_when_the_file_is_a_folder() throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));

        try (Store store = storeIn(data)) {
            assertThatThrownBy(store::open)
                    .isInstanceOf(StoreException.class)
                    .hasMessageStartingWith("the store jdbc:sqlite:" + data + " cannot be opened: ");
        }
    }

    @Test
    void leaves_a_file_that_is_no_database_as_it_is() throws Exception {
        String text = "no database at all, but long enough to be taken for one: ".repeat(100);
        Path file = Files.writeString(folder.resolve("notes.txt"), text);

        try (Store store = storeIn(file)) {
            assertThatThrownBy(store::open)
                    .isInstanceOf(StoreException.class)
                    .hasMessageStartingWith("the store jdbc:sqlite:" + file + " cannot be opened: ")
                    .hasMessageContaining("not a database");
        }
        assertThat(file).hasContent(text);
    }

    @Test
    void leaves_a_database_of_something_else_as_it_is() throws Exception {
        Path file = folder.resolve("other.db");
        execute(file, "CREATE TABLE recipe (of TEXT)");

        try (Store store = storeIn(file)) {
            assertThatThrownBy(store::open)
                    .isInstanceOf(StoreException.class)
                    .hasMessageStartingWith("the store jdbc:sqlite:" + file + " cannot be opened: ");
        }
        assertThatThrownBy(() -> execute(file, "SELECT * FROM problem")).hasMessageContaining("no such table");
        assertThatCode(() -> execute(file, "INSERT INTO recipe VALUES ('miso soup')"))
                .doesNotThrowAnyException();
    }

    /** Otherwise each poll for what is due, one a second at least, reads all problems that there ever were. */
    @Test
    void finds_what_is_due_by_an_index() throws Exception {
        Path file = folder.resolve("store.db");
        try (Store store = storeIn(file)) {
            store.open();
        }
        String claim = TestDatabase.statements(DeliverySql.class).get("claim").replace("<skipLocked>", "");

        assertThat(plan(file, claim))
                .contains("SEARCH problem USING INDEX problem_due (stream=?)")
                .doesNotContain("USE TEMP B-TREE FOR ORDER BY");
    }

    private static List<String> plan(Path file, String sql) throws SQLException {
        List<String> steps = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet step = statement.executeQuery("EXPLAIN QUERY PLAN " + sql)) {
            while (step.next()) {
                steps.add(step.getString("detail"));
            }
        }
        return steps;
    }

    private static void execute(Path file, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
