package dev.mackerelredmine.store;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static dev.mackerelredmine.mackerel.TestAlerts.warning;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.mackerelredmine.mackerel.AlertStatus;
import dev.mackerelredmine.mackerel.NotificationReader;
import dev.mackerelredmine.people.AcknowledgementRule;
import dev.mackerelredmine.people.How;
import dev.mackerelredmine.people.Journals;
import dev.mackerelredmine.redmine.Issue;
import dev.mackerelredmine.redmine.ParkedException;
import dev.mackerelredmine.redmine.TryAgainException;
import dev.mackerelredmine.ticket.AlertHistory;
import dev.mackerelredmine.ticket.policy.Policy;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several services with one store, in a PostgreSQL. */
@Tag("service")
final class SharedStoreTest {

    private static final int THREADS = 8;
    private static final Duration LEASE = Duration.ofMinutes(5);

    private static RealPostgresql postgresql;

    private TestDatabase schema;
    private Store one;
    private Store other;

    @BeforeAll
    static void findPostgresql() {
        postgresql = RealPostgresql.find();
    }

    @BeforeEach
    void open() throws Exception {
        schema = postgresql.newSchema();
        one = opened(schema);
        other = opened(schema);
    }

    @AfterEach
    void close() throws Exception {
        one.close();
        other.close();
        schema.drop();
    }

    private static Store store(TestDatabase at) {
        return store(at, Clock.systemUTC());
    }

    private static Store store(TestDatabase at, Clock clock) {
        Backoff backoff = new Backoff(Duration.ofMinutes(1), Duration.ofHours(1));
        StoreOptions settings = new StoreOptions(at.address(), "redmine", false, backoff, LEASE);
        return new Store(settings, new NotificationReader(), clock);
    }

    private static Store opened(TestDatabase at) throws IOException {
        Store store = store(at);
        store.open();
        return store;
    }

    private void startAnother() throws IOException {
        opened(schema).close();
    }

    private void letTimePass(Duration time) throws SQLException {
        schema.execute("UPDATE problem SET due_at = due_at - %1$d, lease_until = lease_until - %1$d"
                .formatted(time.toMillis()));
    }

    /** Done by several threads at once, by each of the two stores in turn. */
    private <T> List<T> atOnce(int times, Callable<T> byOne, Callable<T> byOther) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<T>> work = IntStream.range(0, times)
                    .mapToObj(i -> i % 2 == 0 ? byOne : byOther)
                    .toList();
            Stream.Builder<T> results = Stream.builder();
            for (Future<T> done : threads.invokeAll(work)) {
                results.add(done.get());
            }
            return results.build().filter(Objects::nonNull).toList();
        } finally {
            threads.shutdownNow();
        }
    }

    /** Nearly as far off as it may be at its start. */
    private Store openedWithAClockOffBy(int seconds) throws IOException {
        Store off = store(schema, Clock.offset(Clock.systemUTC(), Duration.ofSeconds(seconds)));
        off.open();
        return off;
    }

    @ParameterizedTest
    @ValueSource(ints = {-25, 25})
    void leaves_what_another_is_at_to_it_though_their_clocks_differ(int seconds) throws Exception {
        one.inbox().keep(critical().notification(), null);
        Problem problem = one.deliveries().claim();

        try (Store off = openedWithAClockOffBy(seconds)) {
            assertThat(off.deliveries().claim()).isNull();

            one.tickets()
                    .beginCreation(
                            problem,
                            one.deliveries()
                                    .history(
                                            problem,
                                            one.deliveries()
                                                    .undelivered(problem)
                                                    .get(0)),
                            Policy.of("alert"));
            assertThat(off.deliveries().claim()).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-25, 25})
    void takes_over_what_is_left_though_their_clocks_differ(int seconds) throws Exception {
        one.inbox().keep(critical().notification(), null);
        Problem left = one.deliveries().claim();
        one.tickets()
                .beginCreation(
                        left,
                        one.deliveries()
                                .history(
                                        left, one.deliveries().undelivered(left).get(0)),
                        Policy.of("alert"));

        try (Store off = openedWithAClockOffBy(seconds)) {
            letTimePass(LEASE.plusSeconds(30));
            Problem takenOver = off.deliveries().claim();

            assertThat(off.deliveries()
                            .history(
                                    takenOver,
                                    off.deliveries().undelivered(takenOver).get(0))
                            .ticket()
                            .pendingWrite())
                    .as("is looked up before it is created again")
                    .isNotNull();
            assertThat(one.deliveries().claim()).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-25, 25})
    void delivers_in_the_order_in_which_it_came_in_though_their_clocks_differ(int seconds) throws Exception {
        try (Store off = openedWithAClockOffBy(seconds)) {
            off.inbox().keep(warning().notification(), null);
            one.inbox().keep(critical().notification(), null);
            off.inbox().keep(critical().recovered(Instant.now()).notification(), null);

            // What came in by a clock that is ahead is due when the others come there.
            letTimePass(Duration.ofSeconds(30));
            Problem problem = one.deliveries().claim();

            assertThat(one.deliveries()
                            .history(
                                    problem,
                                    one.deliveries().undelivered(problem).get(0))
                            .changes())
                    .extracting(change -> change.notification().alert().status())
                    .containsExactly(AlertStatus.WARNING, AlertStatus.CRITICAL, AlertStatus.OK);
        }
    }

    @Test
    void gives_each_problem_to_one_however_many_claim_at_once() throws Exception {
        IntStream.range(0, 100)
                .forEach(i -> one.inbox()
                        .keep(critical().id("A" + i).monitor("CPU " + i).notification(), null));

        List<Problem> claimed = atOnce(200, one.deliveries()::claim, other.deliveries()::claim);

        assertThat(claimed).extracting(Problem::id).doesNotHaveDuplicates().hasSize(100);
    }

    @Test
    void passes_over_a_problem_that_another_is_just_claiming() throws Exception {
        one.inbox().keep(critical().id("A").monitor("CPU").notification(), null);
        one.inbox().keep(critical().id("B").monitor("memory").notification(), null);

        try (Connection connection = schema.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("UPDATE problem SET lease = 'of another' WHERE problem_key LIKE '%CPU%'");

            assertThat(other.deliveries().claim().problemKey()).contains("memory");
        }
    }

    @Test
    void makes_one_problem_and_one_alert_of_what_comes_in_at_once_and_numbers_its_events() throws Exception {
        List<Receipt> receipts = atOnce(
                100,
                () -> one.inbox().keep(critical().notification(), null),
                () -> other.inbox().keep(critical().notification(), null));

        assertThat(receipts).filteredOn(Receipt::isNew).hasSize(1);
        assertThat(schema.found("SELECT received FROM problem")).containsExactly("100");
        assertThat(schema.found("SELECT seq FROM event ORDER BY seq"))
                .isEqualTo(IntStream.rangeClosed(1, 100)
                        .mapToObj(Integer::toString)
                        .toList());
    }

    @Test
    void does_again_what_the_database_undid_in_a_deadlock() throws Exception {
        one.inbox().keep(critical().notification(), null);
        Problem problem = one.deliveries().claim();
        AlertHistory history = one.deliveries()
                .history(problem, one.deliveries().undelivered(problem).get(0));
        one.tickets().beginCreation(problem, history, Policy.of("alert"));
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (Connection connection = schema.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SET deadlock_timeout = '1min'"); // the other one looks first, and is undone
            statement.execute("UPDATE alert SET told = told");

            Future<?> parked =
                    thread.submit(() -> one.parked().park(problem, history, "shop", new ParkedException("too long")));
            await().until(() -> schema.found("SELECT 1 FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'")
                            .size()
                    == 1);
            statement.execute("UPDATE ticket SET state = state");
            connection.commit();
            parked.get();
        } finally {
            thread.shutdownNow();
        }

        assertThat(schema.found("SELECT parked FROM alert")).containsExactly("too long");
    }

    @Test
    void delivers_here_what_came_in_there() {
        one.inbox().keep(critical().notification(), null);

        assertThat(other.deliveries().claim()).isNotNull();
    }

    @Test
    void leaves_to_one_what_it_delivers_when_another_starts() throws Exception {
        one.inbox().keep(critical().notification(), null);
        Problem problem = one.deliveries().claim();
        AlertHistory history = one.deliveries()
                .history(problem, one.deliveries().undelivered(problem).get(0));

        startAnother();

        assertThat(other.deliveries().claim()).isNull();
        one.tickets().beginCreation(problem, history, Policy.of("alert"));
    }

    @Test
    void leaves_to_one_the_polls_that_it_takes_when_another_starts() throws Exception {
        one.mackerelPolls().claim(LEASE).orElseThrow();
        one.people().claim(LEASE).orElseThrow();

        startAnother();
        assertThat(other.mackerelPolls().claim(LEASE)).isEmpty();
        assertThat(other.people().claim(LEASE)).isEmpty();
    }

    @Test
    void takes_over_what_one_that_died_was_delivering_when_its_lease_has_run_out() throws Exception {
        one.inbox().keep(critical().notification(), null);
        Problem problem = one.deliveries().claim();
        AlertHistory history = one.deliveries()
                .history(problem, one.deliveries().undelivered(problem).get(0));

        letTimePass(Duration.ofMinutes(5));
        startAnother();

        assertThat(other.deliveries().claim()).isNotNull();
        assertThatThrownBy(() -> one.tickets().beginCreation(problem, history, Policy.of("alert")))
                .isInstanceOf(TryAgainException.class);
    }

    @Test
    void makes_due_at_a_start_what_waits_for_its_next_try() throws Exception {
        one.inbox().keep(warning().notification(), null);
        one.deliveries()
                .retryAfterFailure(one.deliveries().claim(), new TryAgainException("Redmine did nothing", null, null));
        assertThat(other.deliveries().claim()).isNull();

        startAnother();

        assertThat(other.deliveries().claim()).isNotNull();
    }

    @Test
    void can_be_opened_by_several_at_once_for_the_first_time() throws Exception {
        TestDatabase empty = postgresql.newSchema();

        atOnce(
                4,
                () -> {
                    opened(empty).close();
                    return null;
                },
                () -> {
                    opened(empty).close();
                    return null;
                });

        assertThat(empty.found("SELECT COUNT(*) FROM problem")).containsExactly("0");
        empty.drop();
    }

    @Test
    void looks_into_no_store_where_there_are_no_tables_yet() throws Exception {
        TestDatabase empty = postgresql.newSchema();

        try (Store beside = store(empty);
                Store besideOne = store(schema)) {
            assertThat(beside.openBeside()).isFalse();
            assertThat(besideOne.openBeside()).isTrue();
        }
        empty.drop();
    }

    @Test
    void waits_for_the_disk_even_where_its_user_is_set_not_to() throws Exception {
        String careless = schema.url() + "&options=-c%20synchronous_commit=off";

        try (HikariDataSource connections = new HikariDataSource(StoreKind.POSTGRESQL.configuration(
                        new StoreAddress(careless, schema.user(), schema.password())));
                Connection connection = connections.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW synchronous_commit")) {
            row.next();
            assertThat(row.getString(1)).isEqualTo("on");
        }
    }

    @Test
    void says_who_was_refused_and_never_with_which_password() {
        Store refused = store(new TestDatabase(schema.url(), schema.user(), "s3cret"));

        assertThatThrownBy(refused::openBeside).isInstanceOf(StoreException.class);
        assertThatThrownBy(refused::open)
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("the store " + schema.url() + " cannot be opened: ")
                .hasMessageContaining("\"" + schema.user() + "\"")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void takes_a_clock_that_is_some_seconds_off_and_refuses_one_that_is_far_off() {
        Instant now = Instant.parse("2026-11-20T00:00:00Z");

        PostgresqlServer.checkClocks(now, now.plusSeconds(30));
        PostgresqlServer.checkClocks(now, now.minusSeconds(30));
        assertThatThrownBy(() -> PostgresqlServer.checkClocks(now, now.minusSeconds(90)))
                .isInstanceOf(StoreException.class)
                .hasMessage("this machine's clock and the database's are 90 s apart, and several services could deliver"
                        + " the same. Set both by NTP.");
    }

    @Test
    void refuses_a_database_that_cannot_hold_every_character() {
        PostgresqlServer.checkEncoding("UTF8");
        assertThatThrownBy(() -> PostgresqlServer.checkEncoding("EUC_JP"))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("the database's encoding is EUC_JP");
    }

    @Test
    void gives_a_poll_of_mackerel_to_one_of_two() {
        Instant whole = Instant.parse("2026-11-20T01:00:00Z");
        MackerelPoll poll = one.mackerelPolls().claim(LEASE).orElseThrow();

        assertThat(other.mackerelPolls().claim(LEASE)).isEmpty();

        one.mackerelPolls().end(poll, whole, Instant.now());
        assertThat(other.mackerelPolls().claim(LEASE).orElseThrow().lastWhole()).isEqualTo(whole);
    }

    @Test
    void gives_a_poll_of_what_people_did_to_one_of_two() {
        Instant known = Instant.parse("2026-11-20T01:00:00Z");
        WatchTurn turn = one.people().claim(LEASE).orElseThrow();

        assertThat(other.people().claim(LEASE)).isEmpty();

        one.people().end(turn, known, known, Instant.now());
        assertThat(other.people().claim(LEASE).orElseThrow().knownUpTo()).isEqualTo(known);
    }

    @Test
    void writes_down_once_what_both_read_of_a_person() throws Exception {
        schema.execute("INSERT INTO problem (stream, problem_key, received) VALUES ('redmine', 'p', 1)");
        schema.execute("INSERT INTO ticket (problem_id, issue, is_open) VALUES (1, 42, TRUE)");
        schema.execute("INSERT INTO alert (stream, org, alert_key, problem_id, ticket_id, told, status)"
                + " VALUES ('redmine', 'example', 'a', 1, 1, 1, 'critical')");
        schema.execute("INSERT INTO step (alert_id, at, up_to, action, why) VALUES (1, 1000, 1, 'create', 'it fires')");
        assertThat(one.people().unanswered())
                .singleElement()
                .satisfies(
                        ticket -> assertThat(ticket.due(Duration.ofSeconds(5))).contains(Instant.ofEpochSecond(6)));
        assertThat(one.people().unacknowledged()).isOne();

        Issue taken = Journals.of("h:take").issue(42);
        AcknowledgementRule rule = new AcknowledgementRule(Set.of(How.ASSIGNEE), Set.of());
        atOnce(THREADS * 2, () -> read(one, taken, rule), () -> read(other, taken, rule));

        assertThat(schema.found("SELECT action FROM step WHERE action <> 'create'"))
                .containsExactly("acknowledge");
        assertThat(one.people().open())
                .singleElement()
                .satisfies(ticket -> assertThat(
                                ticket.whoIsOnIt().acknowledged().by().name())
                        .isEqualTo("Hanako"));
        assertThat(other.people().unanswered()).isEmpty();
        assertThat(other.people().unacknowledged()).isZero();
        one.people().rest();
        one.people().notSeen(42);
        assertThat(other.people().open()).isEmpty();
    }

    private static Object read(Store store, Issue issue, AcknowledgementRule rule) {
        store.people().read(issue, Instant.now(), 0, before -> rule.of(issue, Journals.US, before));
        return null;
    }
}
