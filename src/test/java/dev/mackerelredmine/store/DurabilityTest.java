package dev.mackerelredmine.store;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.mackerelredmine.mackerel.NotificationReader;
import dev.mackerelredmine.ticket.AlertHistory;
import dev.mackerelredmine.ticket.Change;
import dev.mackerelredmine.ticket.Created;
import dev.mackerelredmine.ticket.PendingWrite.Intent;
import dev.mackerelredmine.ticket.PendingWrite.Marks;
import dev.mackerelredmine.ticket.Reported;
import dev.mackerelredmine.ticket.TicketState;
import dev.mackerelredmine.ticket.TicketState.Shown;
import dev.mackerelredmine.ticket.policy.Policy;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of a delivery is on disk before the next step is taken. SQLite's connection still shows what its last transaction was. */
@Tag("fast")
class DurabilityTest {

    private static final String WAITED_FOR_THE_DISK = "2";
    private static final String LEFT_TO_THE_NEXT = "1";

    @TempDir
    Path folder;

    private Store store;

    @BeforeEach
    void open() throws IOException {
        StoreAddress address = StoreAddress.of("jdbc:sqlite:" + folder.resolve("store.db"));
        Backoff backoff = new Backoff(Duration.ofMinutes(1), Duration.ofHours(1));
        store = new Store(
                new StoreOptions(address, "redmine", false, backoff, Duration.ofMinutes(5)), new NotificationReader());
        store.open();
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    private String last() throws Exception {
        Object database = valueOf(store, "database");
        try (Connection connection = ((HikariDataSource) valueOf(database, "connections")).getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA synchronous")) {
            return row.getString(1);
        }
    }

    private static Object valueOf(Object owner, String name) throws ReflectiveOperationException {
        Field field = owner.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(owner);
    }

    private static Intent note(AlertHistory history, Reported reported, TicketState state) {
        return new Intent(
                history.alert(), history.last(), "note", "it was said again", "ref", Marks.of(reported), state);
    }

    @Test
    void a_post_and_each_intent_wait_for_the_disk_and_what_can_be_found_out_again_does_not() throws Exception {
        store.inbox().keep(critical().notification(), null);
        assertThat(last()).isEqualTo(WAITED_FOR_THE_DISK);

        Problem problem = store.deliveries().claim();
        assertThat(last()).isEqualTo(LEFT_TO_THE_NEXT);

        long alert = store.deliveries().undelivered(problem).get(0);
        AlertHistory history = store.deliveries().history(problem, alert);
        store.tickets().beginCreation(problem, history, Policy.of("alert"));
        assertThat(last()).isEqualTo(WAITED_FOR_THE_DISK);

        Change change = history.changes().get(0);
        Reported reported = new Reported(change, change, 0, Instant.now(), false);
        TicketState state =
                new TicketState(new Shown(1L, 2L, null, "CRITICAL: web1", "critical"), 1L, null, 0, false, List.of());
        store.tickets().created(history, new Created(42, "it fires", history.last(), reported, state));
        assertThat(last()).isEqualTo(LEFT_TO_THE_NEXT);

        AlertHistory created = store.deliveries().history(problem, alert);
        Intent note = note(history, reported, state);
        store.tickets().beginUpdate(problem, created, note);
        assertThat(last()).isEqualTo(WAITED_FOR_THE_DISK);

        store.tickets().updated(store.deliveries().history(problem, alert), note);
        assertThat(last()).isEqualTo(LEFT_TO_THE_NEXT);

        store.deliveries().delivered(problem);
        assertThat(last()).isEqualTo(LEFT_TO_THE_NEXT);

        store.tryToWrite();
        assertThat(last()).isEqualTo(WAITED_FOR_THE_DISK);
    }
}
