package dev.mackerelredmine.store;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static dev.mackerelredmine.mackerel.TestAlerts.fixture;
import static dev.mackerelredmine.mackerel.TestAlerts.ok;
import static dev.mackerelredmine.mackerel.TestAlerts.warning;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mackerelredmine.MovableClock;
import dev.mackerelredmine.mackerel.AlertStatus;
import dev.mackerelredmine.mackerel.Notification;
import dev.mackerelredmine.mackerel.NotificationReader;
import dev.mackerelredmine.mackerel.TestAlerts;
import dev.mackerelredmine.redmine.LookUpFirstException;
import dev.mackerelredmine.redmine.LookUpFirstException.Request;
import dev.mackerelredmine.redmine.ParkedException;
import dev.mackerelredmine.redmine.RefusedException;
import dev.mackerelredmine.redmine.TryAgainException;
import dev.mackerelredmine.ticket.AlertHistory;
import dev.mackerelredmine.ticket.AlertKey;
import dev.mackerelredmine.ticket.Change;
import dev.mackerelredmine.ticket.Created;
import dev.mackerelredmine.ticket.Decision;
import dev.mackerelredmine.ticket.Graph;
import dev.mackerelredmine.ticket.PendingWrite;
import dev.mackerelredmine.ticket.PendingWrite.Intent;
import dev.mackerelredmine.ticket.PendingWrite.Marks;
import dev.mackerelredmine.ticket.Reported;
import dev.mackerelredmine.ticket.Ticket;
import dev.mackerelredmine.ticket.TicketAction;
import dev.mackerelredmine.ticket.TicketState;
import dev.mackerelredmine.ticket.TicketState.Names;
import dev.mackerelredmine.ticket.TicketState.Shown;
import dev.mackerelredmine.ticket.policy.Policy;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a store has to do, in whichever database it is. */
abstract class StoreContract {

    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final Duration FIRST_RETRY = Duration.ofMinutes(1);
    private static final Instant NOTED = Instant.parse("2026-11-20T01:00:00Z");
    private static final TicketState STATE =
            new TicketState(new Shown(1L, 2L, null, "CRITICAL: web1 CPU %", "critical"), 1L, null, 0, false, List.of());
    private final MovableClock clock = new MovableClock();
    private TestDatabase database;
    private Store store;

    /** An empty one. */
    abstract TestDatabase database() throws SQLException;

    @BeforeEach
    void open() throws Exception {
        database = database();
        store = opened("redmine");
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    private Store opened(String stream) throws IOException {
        return opened(stream, false);
    }

    private Store opened(String stream, boolean notesHostEvents) throws IOException {
        Backoff backoff = new Backoff(FIRST_RETRY, Duration.ofHours(1));
        StoreOptions settings = new StoreOptions(database.address(), stream, notesHostEvents, backoff, LEASE);
        Store opened = new Store(settings, new NotificationReader(), clock);
        opened.open();
        return opened;
    }

    private void reopen() throws IOException {
        store.close();
        store = opened("redmine");
    }

    /** Changes the database beside the store. */
    private void execute(String sql) throws SQLException {
        database.execute(sql);
    }

    /** The first column that a query finds in the database. */
    private List<String> found(String query) throws SQLException {
        return database.found(query);
    }

    /** The same in the midst of what the store does. */
    private List<String> foundBeside(String query) {
        try {
            return database.found(query);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void letTimePass(Duration time) throws SQLException {
        execute(
                "UPDATE problem SET due_at = due_at - %1$d, lease_until = lease_until - %1$d, waiting_since = waiting_since - %1$d"
                        .formatted(time.toMillis()));
        execute("UPDATE action SET due_at = due_at - %1$d, lease_until = lease_until - %1$d"
                .formatted(time.toMillis()));
        execute("UPDATE event SET received_at = received_at - %d".formatted(time.toMillis()));
    }

    private void keep(TestAlerts... alerts) {
        List.of(alerts).forEach(alert -> store.inbox().keep(alert.notification(), null));
    }

    private AlertHistory onlyHistory(Problem problem) {
        List<AlertHistory> histories = histories(problem);
        assertThat(histories).hasSize(1);
        return histories.get(0);
    }

    /** What is not delivered yet, one history for each alert. */
    private List<AlertHistory> histories(Problem problem) {
        return store.deliveries().undelivered(problem).stream()
                .map(alert -> store.deliveries().history(problem, alert))
                .toList();
    }

    private Ticket ticketOf(Problem problem, AlertHistory history) {
        return store.deliveries().history(problem, history.alert()).ticket();
    }

    /** All that there is, shown by a ticket that is open. */
    private static Created created(AlertHistory history, long issue) {
        return new Created(issue, "it fires", history.last(), reported(history, 0), STATE);
    }

    private static Reported reported(AlertHistory history, int resends) {
        Change last = history.changes().get(history.changes().size() - 1);
        return new Reported(last, last, resends, NOTED, false);
    }

    private static Decision counting(AlertHistory history, int resends) {
        return counting(reported(history, resends));
    }

    private static Decision counting(Reported reported) {
        return new Decision(
                TicketAction.COUNT, "it was said again", List.of(), List.of(), null, false, reported, STATE);
    }

    private static Intent intent(AlertHistory history, String reference) {
        TicketState closed = new TicketState(STATE.ours(), 1L, 1795132830L, 1, true, List.of());
        return new Intent(
                history.alert(),
                history.last(),
                "close",
                "it recovered",
                reference,
                Marks.of(reported(history, 2)),
                closed);
    }

    /** An alert whose ticket #42 shows all so far. */
    private void create(TestAlerts alert) throws TryAgainException {
        keep(alert);
        Problem problem = store.deliveries().claim();
        AlertHistory history = histories(problem).get(0);
        store.tickets().beginCreation(problem, history, Policy.of("alert"));
        store.tickets().created(history, created(history, 42));
        store.deliveries().delivered(problem);
    }

    private static TryAgainException didNothing() {
        return new TryAgainException("Redmine did nothing", null, null);
    }

    private static LookUpFirstException unclear(boolean answered) {
        return new LookUpFirstException(
                "Redmine may have done it", null, null, answered ? Request.IS_OVER : Request.MAY_RUN);
    }

    private static TestAlerts alert(int number) {
        return critical().id("A" + number).monitor("monitor " + number);
    }

    /** A ticket that was created, with an action that follows. */
    private void createActing(String alert) throws TryAgainException {
        store.queueAfter(Purpose.STEPS, "create"::equals);
        create(critical().id(alert));
    }

    private void failTenTimes(String why) throws Exception {
        for (int tries = 1; tries < 10; tries++) {
            assertThat(store.actions().failed(store.actions().claim(), why)).isNotNull();
            letTimePass(Duration.ofDays(1));
        }
        assertThat(store.actions().failed(store.actions().claim(), why)).isNull();
    }

    private void parkOne() {
        keep(critical());
        Problem problem = store.deliveries().claim();
        store.parked().park(problem, onlyHistory(problem), "shop", new ParkedException("Subject is too long"));
        store.deliveries().delivered(problem);
    }

    private void park(int number, String reason) {
        keep(alert(number));
        Problem problem = store.deliveries().claim();
        store.parked().park(problem, onlyHistory(problem), "shop", new ParkedException(reason));
        store.deliveries().delivered(problem);
    }

    @Test
    void forgets_all_when_it_is_asked_to() throws Exception {
        createActing("2bjA");

        store.forgetAll();

        assertThat(store.actions().claim()).isNull();
        assertThat(store.inbox()
                        .keep(critical().id("2bjA").notification(), null)
                        .isNew())
                .isTrue();
        assertThat(onlyHistory(store.deliveries().claim()).ticket()).isEqualTo(Ticket.NONE);
    }

    @Test
    void can_be_written_to_or_says_that_it_cannot() throws Exception {
        store.tryToWrite();

        database.execute("DROP TABLE trial");
        assertThatThrownBy(store::tryToWrite).isInstanceOf(StoreException.class);
    }

    @Test
    void keeps_streams_apart() throws Exception {
        keep(critical());
        store.close();

        store = opened("preview");
        assertThat(store.deliveries().claim()).isNull();
        assertThat(store.deliveries().backlog().waiting()).isZero();
        keep(warning());
        assertThat(onlyHistory(store.deliveries().claim()).changes()).hasSize(1);

        reopen();
        assertThat(onlyHistory(store.deliveries().claim()).changes())
                .singleElement()
                .satisfies(change ->
                        assertThat(change.notification().alert().status()).hasToString("critical"));
    }

    @Test
    void gives_an_alert_that_was_seen_in_one_stream_no_ticket_of_it_in_another() throws Exception {
        keep(critical());
        Problem problem = store.deliveries().claim();
        AlertHistory history = onlyHistory(problem);
        store.tickets().beginCreation(problem, history, Policy.of("alert"));
        store.tickets().created(history, created(history, 1));
        store.close();

        store = opened("preview");
        keep(critical());

        assertThat(onlyHistory(store.deliveries().claim()).ticket()).isEqualTo(Ticket.NONE);
    }

    /** What comes in. */
    @Nested
    class InboxContract {

        private static Notification retired(String host) {
            return critical().host(host).event("hostRetire").without("alert").notification();
        }

        @Test
        void says_of_an_alert_that_it_is_kept() {
            assertThat(store.inbox().keep(critical().id("2bjA").notification(), null))
                    .isEqualTo(new Receipt("alert", "2bjA", true));
        }

        @Test
        void says_of_an_alert_that_came_in_before_that_it_is_not_new() {
            store.inbox().keep(warning().id("2bjA").notification(), null);

            assertThat(store.inbox()
                            .keep(critical().id("2bjA").notification(), null)
                            .isNew())
                    .isFalse();
        }

        @Test
        void has_nothing_to_deliver_before_anything_is_kept() {
            assertThat(store.deliveries().claim()).isNull();
        }

        @Test
        void has_after_a_new_start_what_was_kept_before_it() throws Exception {
            Notification notification = critical().message("決済 🚨").notification();
            store.inbox().keep(notification, null);

            reopen();

            assertThat(onlyHistory(store.deliveries().claim()).changes())
                    .extracting(Change::notification)
                    .containsExactly(notification);
        }

        @Test
        void has_after_a_new_start_what_is_known_of_a_ticket() throws Exception {
            keep(warning());
            Problem problem = store.deliveries().claim();
            AlertHistory history = onlyHistory(problem);
            store.tickets().beginCreation(problem, history, Policy.of("alert"));
            store.tickets().created(history, created(history, 42));
            store.deliveries().delivered(problem);
            keep(critical());

            reopen();

            assertThat(onlyHistory(store.deliveries().claim()).ticket().issue()).isEqualTo(42);
        }

        @Test
        void keeps_a_copy_of_each_post_even_of_the_same() throws Exception {
            keep(critical(), critical());

            assertThat(found("SELECT seq FROM event ORDER BY id")).containsExactly("1", "2");
        }

        @Test
        void keeps_what_came_in_with_a_character_that_no_database_takes() throws Exception {
            Notification notification = critical().host("web\0").notification();

            store.inbox().keep(notification, null);

            assertThat(onlyHistory(store.deliveries().claim()).changes())
                    .extracting(Change::notification)
                    .containsExactly(notification);
            assertThat(found("SELECT host FROM alert")).containsExactly("id-of-web\uFFFD");
        }

        @Test
        void keeps_what_came_in_with_names_that_are_too_long_for_an_index() {
            String name = new Random(1)
                    .ints(9000, 'ぁ', '龥')
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            TestAlerts alert = critical().id(name).org(name).monitor(name).host(name);

            store.inbox().keep(alert.notification(), null);

            assertThat(store.inbox().keep(alert.notification(), null).isNew()).isFalse();
            assertThat(store.inbox()
                            .keep(alert.id(name + "B").notification(), null)
                            .isNew())
                    .isTrue();
            assertThat(histories(store.deliveries().claim())).hasSize(2);
        }

        @ParameterizedTest
        @ValueSource(strings = {"sample", "host-status", "monitor-create", "future-event"})
        void keeps_for_the_record_what_is_no_alert_and_delivers_nothing_of_it(String fixture) throws Exception {
            Notification notification = new NotificationReader().read(fixture(fixture));

            assertThat(store.inbox().keep(notification, null))
                    .isEqualTo(new Receipt(notification.event(), null, false));
            assertThat(found("SELECT notification FROM event")).containsExactly(notification.json());
            assertThat(store.deliveries().claim()).isNull();
            assertThat(store.deliveries().backlog().waiting()).isZero();
        }

        @Test
        void loses_nothing_when_many_keep_at_once_and_numbers_each_problems_events() throws Exception {
            ExecutorService threads = Executors.newFixedThreadPool(8);
            try {
                List<Callable<Receipt>> posts = IntStream.range(0, 160)
                        .mapToObj(i -> alert(i % 4).with("post", i).notification())
                        .map(notification ->
                                (Callable<Receipt>) () -> store.inbox().keep(notification, null))
                        .toList();
                for (Future<Receipt> kept : threads.invokeAll(posts)) {
                    kept.get();
                }
            } finally {
                threads.shutdownNow();
            }

            assertThat(found("SELECT DISTINCT notification FROM event")).hasSize(160);
            for (String problem : found("SELECT id FROM problem WHERE received = 40")) {
                assertThat(found("SELECT seq FROM event WHERE problem_id = " + problem + " ORDER BY id"))
                        .isEqualTo(IntStream.rangeClosed(1, 40)
                                .mapToObj(Integer::toString)
                                .toList());
            }
            assertThat(store.deliveries().backlog().waiting()).isEqualTo(160);
        }

        @Test
        void tells_the_open_tickets_of_a_host_what_happens_to_it_where_that_is_set() throws Exception {
            store.close();
            store = opened("redmine", true);
            create(critical().host("web1"));

            store.inbox().keep(retired("web1"), null);

            assertThat(onlyHistory(store.deliveries().claim()).changes())
                    .singleElement()
                    .satisfies(
                            change -> assertThat(change.notification().event()).isEqualTo("hostRetire"));
        }

        @Test
        void tells_nobody_else_what_happens_to_a_host() throws Exception {
            store.close();
            store = opened("redmine", true);
            create(critical().host("web1"));

            store.inbox().keep(retired("web2"), null);

            assertThat(store.deliveries().claim()).isNull();
            assertThat(found("SELECT kind FROM event WHERE alert_id IS NULL")).containsExactly("hostRetire");
        }

        @Test
        void tells_nobody_what_happens_to_a_host_where_that_is_not_set() throws Exception {
            create(critical().host("web1"));

            store.inbox().keep(retired("web1"), null);

            assertThat(store.deliveries().claim()).isNull();
        }
    }

    /** What is handed out to be delivered, and how each delivery ends. */
    @Nested
    class DeliveriesContract {

        private PendingWrite failedOnceMore() throws Exception {
            letTimePass(Duration.ofHours(1));
            Problem problem = store.deliveries().claim();
            AlertHistory history = onlyHistory(problem);
            store.tickets().beginCreation(problem, history, Policy.of("alert"));
            store.deliveries()
                    .retryAfterFailure(
                            problem, new LookUpFirstException("answered with 500", null, null, Request.FAILED));
            return ticketOf(problem, history).pendingWrite();
        }

        private long minutesWaited() {
            return Math.round(store.deliveries().backlog().ageInSeconds(Instant.now()) / 60);
        }

        @Test
        void gives_an_alerts_changes_in_the_order_in_which_they_came() {
            keep(warning(), critical());

            assertThat(onlyHistory(store.deliveries().claim()).changes())
                    .extracting(change -> change.notification().alert().status().toString())
                    .containsExactly("warning", "critical");
        }

        @Test
        void names_the_alert_whose_history_it_is() {
            keep(critical().org("shop").id("2bjA"));

            assertThat(onlyHistory(store.deliveries().claim())).satisfies(history -> {
                assertThat(history.key()).isEqualTo(new AlertKey("shop", "2bjA"));
                assertThat(history.ticket()).isEqualTo(Ticket.NONE);
            });
        }

        @Test
        void delivers_alerts_of_the_same_problem_together_in_the_order_of_their_first_events() {
            keep(critical().id("A2"), critical().id("A1"), ok().id("A2"));

            Problem problem = store.deliveries().claim();

            assertThat(histories(problem))
                    .extracting(history -> history.key().id())
                    .containsExactly("A2", "A1");
            assertThat(histories(problem))
                    .extracting(history -> history.changes().size())
                    .containsExactly(2, 1);
            assertThat(store.deliveries().claim()).isNull();
        }

        @Test
        void leaves_an_alert_with_its_problem_when_its_monitor_is_renamed() {
            keep(critical().monitor("CPU"), ok().monitor("CPU of web servers"));

            Problem problem = store.deliveries().claim();

            assertThat(problem.problemKey()).contains("CPU\n");
            assertThat(onlyHistory(problem).changes()).hasSize(2);
            assertThat(store.deliveries().claim()).isNull();
        }

        @Test
        void keeps_alerts_of_two_organizations_apart_though_they_have_one_id() {
            keep(critical().org("one"), critical().org("two"));

            assertThat(List.of(
                            store.deliveries().claim().problemKey(),
                            store.deliveries().claim().problemKey()))
                    .doesNotHaveDuplicates();
        }

        @Test
        void names_a_problem_in_one_line_without_what_is_absent() {
            keep(critical().without("metricLabel").org("shop").monitor("CPU").host("web1"));

            assertThat(store.deliveries().claim()).hasToString("shop / CPU / id-of-web1");
        }

        @Test
        void claims_what_has_been_due_for_longest_first() throws Exception {
            keep(alert(1), alert(2), alert(3));
            execute("UPDATE problem SET due_at = 4 - id");

            assertThat(List.of(
                            store.deliveries().claim().id(),
                            store.deliveries().claim().id(),
                            store.deliveries().claim().id()))
                    .containsExactly(3L, 2L, 1L);
        }

        @Test
        void claims_what_is_due_at_the_same_time_in_the_order_in_which_it_came() throws Exception {
            keep(alert(1), alert(2), alert(3));
            execute("UPDATE problem SET due_at = 1");

            assertThat(List.of(
                            store.deliveries().claim().id(),
                            store.deliveries().claim().id(),
                            store.deliveries().claim().id()))
                    .containsExactly(1L, 2L, 3L);
        }

        @Test
        void does_not_claim_what_is_not_due_yet() throws Exception {
            keep(critical());
            letTimePass(Duration.ofMinutes(-1));

            assertThat(store.deliveries().claim()).isNull();
        }

        @Test
        void does_not_claim_again_what_is_being_delivered() throws Exception {
            keep(critical());
            store.deliveries().claim();
            letTimePass(LEASE.minusSeconds(10));

            assertThat(store.deliveries().claim()).isNull();
        }

        @Test
        void claims_again_under_a_new_lease_when_the_old_one_is_over() throws Exception {
            keep(critical());
            Problem lost = store.deliveries().claim();
            letTimePass(LEASE);

            assertThat(store.deliveries().claim()).satisfies(claimed -> {
                assertThat(claimed.id()).isEqualTo(lost.id());
                assertThat(claimed.lease()).isNotEqualTo(lost.lease());
            });
        }

        @Test
        void tries_at_once_what_waits_for_its_next_try_when_the_clock_goes_back_an_hour() {
            keep(critical());
            store.deliveries()
                    .retryAfterFailure(
                            store.deliveries().claim(), new TryAgainException("Redmine did nothing", null, null));
            assertThat(store.deliveries().claim()).isNull();

            clock.goBack(Duration.ofHours(1));

            assertThat(store.deliveries().claim()).isNotNull();
        }

        @Test
        void leaves_what_waits_where_it_is_when_the_clock_goes_back_some_seconds() {
            keep(critical());
            store.deliveries()
                    .retryAfterFailure(
                            store.deliveries().claim(), new TryAgainException("Redmine did nothing", null, null));
            assertThat(store.deliveries().claim()).isNull();

            clock.goBack(Duration.ofSeconds(9));

            assertThat(store.deliveries().claim()).isNull();
        }

        @Test
        void leaves_to_one_what_it_delivers_when_the_clock_goes_back_but_not_longer_than_its_lease() {
            keep(critical());
            store.deliveries().claim();

            clock.goBack(Duration.ofHours(1));
            assertThat(store.deliveries().claim()).isNull();

            clock.goOn(LEASE);
            assertThat(store.deliveries().claim()).isNotNull();
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void counts_from_now_how_long_a_request_may_run_when_the_clock_went_back(boolean restarted) throws Exception {
            keep(critical());
            Problem problem = store.deliveries().claim();
            AlertHistory history = onlyHistory(problem);
            store.tickets().beginCreation(problem, history, Policy.of("alert"));
            store.deliveries()
                    .retryAfterFailure(problem, new LookUpFirstException("timed out", null, null, Request.MAY_RUN));

            clock.goBack(Duration.ofHours(1));
            if (restarted) {
                reopen();
            }
            Problem again = store.deliveries().claim();

            assertThat(ticketOf(again, history).pendingWrite().at())
                    .isBetween(clock.instant().minusSeconds(30), clock.instant());
        }

        @Test
        void renews_the_lease_when_a_creation_begins() throws Exception {
            keep(critical());
            Problem problem = store.deliveries().claim();
            letTimePass(LEASE.minusSeconds(10));
            store.tickets().beginCreation(problem, onlyHistory(problem), Policy.of("alert"));
            letTimePass(Duration.ofSeconds(20));

            assertThat(store.deliveries().claim()).isNull();
        }

        @Test
        void lets_each_of_many_who_claim_at_once_have_a_problem_of_its_own() throws Exception {
            IntStream.range(0, 16).forEach(i -> keep(alert(i)));
            ExecutorService threads = Executors.newFixedThreadPool(8);
            try {
                List<Long> claimed = new ArrayList<>();
                for (Future<Problem> claim :
                        threads.invokeAll(Collections.<Callable<Problem>>nCopies(16, store.deliveries()::claim))) {
                    claimed.add(claim.get().id());
                }
                assertThat(claimed).hasSize(16).doesNotHaveDuplicates();
            } finally {
                threads.shutdownNow();
            }
        }

        @Test
        void has_nothing_more_to_deliver_when_all_is_delivered() throws Exception {
            keep(critical());
            store.deliveries().delivered(store.deliveries().claim());
            letTimePass(LEASE);

            assertThat(store.deliveries().claim()).isNull();
            assertThat(store.deliveries().backlog().waiting()).isZero();
        }

        @Test
        void leaves_what_comes_in_during_a_delivery_to_the_next_one_which_is_due_at_once() throws Exception {
            keep(warning());
            Problem first = store.deliveries().claim();
            keep(critical());

            AlertHistory history = onlyHistory(first);
            assertThat(history.changes()).hasSize(1);
            store.tickets().reported(first, history, counting(history, 0));
            store.deliveries().delivered(first);
            assertThat(store.deliveries().backlog().waiting()).isOne();
            assertThat(onlyHistory(store.deliveries().claim()).changes())
                    .singleElement()
                    .satisfies(change ->
                            assertThat(change.notification().alert().status()).hasToString("critical"));
        }

        @Test
        void changes_nothing_for_one_who_has_lost_the_lease() throws Exception {
            keep(critical());
            Problem lost = store.deliveries().claim();
            letTimePass(LEASE);
            Problem current = store.deliveries().claim();

            store.deliveries().delivered(lost);
            store.deliveries().retryAfterFailure(lost, didNothing());
            store.deliveries().retryAfterFailure(lost, unclear(true));
            store.deliveries().retryAfterError(lost, new IllegalStateException());
            store.parked().park(lost, onlyHistory(current), "shop", new ParkedException("never"));

            assertThat(found("SELECT parked FROM alert")).containsExactly((String) null);
            assertThat(found("SELECT delivered || ' ' || tries || ' ' || lease FROM problem"))
                    .containsExactly("0 0 " + current.lease());
        }

        @Test
        void hands_out_creations_before_notes_and_critical_alerts_before_others() throws Exception {
            create(critical().id("2bjA").monitor("reported"));
            create(critical().id("2bjB").monitor("over"));
            keep(ok().id("2bjB").monitor("over"));
            keep(critical().id("2bjA").monitor("reported").statusChangedAt(Instant.ofEpochSecond(1795132800)));
            keep(warning().id("2bjC").monitor("new warning"));
            keep(critical().id("2bjD").monitor("new critical"));

            assertThat(Stream.generate(() -> store.deliveries().claim())
                            .limit(4)
                            .map(Problem::toString))
                    .satisfiesExactly(
                            first -> assertThat(first).contains("new critical"),
                            second -> assertThat(second).contains("new warning"),
                            third -> assertThat(third).contains("reported"),
                            fourth -> assertThat(fourth).contains("over"));
        }

        @Test
        void counts_the_problems_that_wait_and_those_that_were_delivered() throws Exception {
            keep(
                    critical().id("2bjA"),
                    warning().id("2bjA"),
                    critical().id("2bjB").monitor("another"));

            assertThat(store.deliveries().backlog().problems()).isEqualTo(2);

            store.deliveries().delivered(store.deliveries().claim());

            assertThat(store.deliveries().backlog().problems()).isOne();
            assertThat(store.deliveries().count()).isOne();
        }

        @Test
        void counts_no_try_of_what_waits_for_redmine_and_has_it_due_at_once() throws Exception {
            keep(critical());
            Problem problem = store.deliveries().claim();
            store.tickets().beginCreation(problem, onlyHistory(problem), Policy.of("alert"));
            store.deliveries().waitForRedmine(problem, didNothing());

            Problem again = store.deliveries().claim();

            assertThat(again.tries()).isZero();
            assertThat(onlyHistory(again).ticket().pendingWrite()).isNull();
        }

        @Test
        void forgets_that_a_creation_was_begun_when_redmine_certainly_did_nothing() throws Exception {
            keep(critical());
            Problem problem = store.deliveries().claim();
            store.tickets().beginCreation(problem, onlyHistory(problem), Policy.of("alert"));

            store.deliveries().retryAfterFailure(problem, didNothing());

            assertThat(onlyHistory(problem).ticket().pendingWrite()).isNull();
        }

        @Test
        void remembers_what_was_begun_under_an_earlier_lease_when_a_later_try_did_nothing() throws Exception {
            keep(critical());
            Problem first = store.deliveries().claim();
            store.tickets().beginCreation(first, onlyHistory(first), Policy.of("alert"));
            store.deliveries().retryAfterFailure(first, unclear(false));
            letTimePass(FIRST_RETRY.multipliedBy(2));
            Problem second = store.deliveries().claim();

            store.deliveries().retryAfterFailure(second, didNothing());

            assertThat(onlyHistory(second).ticket().pendingWrite()).isNotNull();
        }

        @Test
        void keeps_the_ticket_of_one_alert_when_the_next_alerts_creation_did_nothing() throws Exception {
            keep(critical().id("A1"), critical().id("A2"));
            Problem problem = store.deliveries().claim();
            List<AlertHistory> histories = histories(problem);
            store.tickets().beginCreation(problem, histories.get(0), Policy.of("alert"));
            store.tickets().created(histories.get(0), created(histories.get(0), 41));
            store.tickets().beginCreation(problem, histories.get(1), Policy.of("alert"));

            store.deliveries().retryAfterFailure(problem, didNothing());

            assertThat(histories)
                    .extracting(history -> ticketOf(problem, history).issue())
                    .containsExactly(41L, null);
        }

        @Test
        void waits_with_looking_up_as_long_as_the_request_may_still_run() throws Exception {
            keep(critical());
            Problem problem = store.deliveries().claim();
            store.tickets().beginCreation(problem, onlyHistory(problem), Policy.of("alert"));
            PendingWrite pending = onlyHistory(problem).ticket().pendingWrite();

            store.deliveries().retryAfterFailure(problem, unclear(false));

            assertThat(onlyHistory(problem).ticket().pendingWrite()).isEqualTo(pending);
        }

        @Test
        void need_not_wait_with_looking_up_when_redmine_has_answered() throws Exception {
            keep(critical());
            Problem problem = store.deliveries().claim();
            store.tickets().beginCreation(problem, onlyHistory(problem), Policy.of("alert"));

            store.deliveries().retryAfterFailure(problem, unclear(true));

            assertThat(onlyHistory(problem).ticket().pendingWrite().at()).isEqualTo(Instant.EPOCH);
        }

        @Test
        void knows_that_a_creation_that_was_never_answered_may_have_been_done_as_well_as_the_next() throws Exception {
            keep(critical());
            Problem problem = store.deliveries().claim();
            AlertHistory history = onlyHistory(problem);
            store.tickets().beginCreation(problem, history, Policy.of("alert"));
            store.tickets()
                    .beginCreation(problem, store.deliveries().history(problem, history.alert()), Policy.of("alert"));
            store.tickets().created(history, created(history, 42));

            assertThat(ticketOf(problem, history).mayHaveDuplicate()).isTrue();
            store.tickets().duplicatesClosed(store.deliveries().history(problem, history.alert()));
            assertThat(ticketOf(problem, history).mayHaveDuplicate()).isFalse();
        }

        @Test
        void expects_no_second_ticket_of_a_creation_that_was_answered() throws Exception {
            keep(critical());
            failedOnceMore();
            failedOnceMore();

            assertThat(found("SELECT may_have_double FROM ticket WHERE may_have_double"))
                    .isEmpty();
        }

        @Test
        void counts_how_often_redmine_failed_at_the_same() throws Exception {
            keep(critical());

            assertThat(failedOnceMore().failures()).isOne();
            assertThat(failedOnceMore().failures()).isEqualTo(2);
            assertThat(failedOnceMore().at()).isEqualTo(Instant.EPOCH);
        }

        @Test
        void does_not_count_what_failed_while_redmine_was_away() throws Exception {
            keep(critical());
            Problem problem = store.deliveries().claim();
            store.tickets().beginCreation(problem, onlyHistory(problem), Policy.of("alert"));

            store.deliveries()
                    .waitForRedmine(problem, new LookUpFirstException("answered with 500", null, null, Request.FAILED));

            assertThat(onlyHistory(problem).ticket().pendingWrite().failures()).isZero();
        }

        @Test
        void knows_whether_others_were_reported_since_redmine_failed_at_an_alert() throws Exception {
            create(critical().id("A1").monitor("before"));
            keep(critical());
            assertThat(failedOnceMore().othersTaken()).isFalse();
            keep(critical().id("A2").monitor("after"));
            Problem after = store.deliveries().claim();
            AlertHistory history = onlyHistory(after);
            store.tickets().reported(after, history, counting(history, 1));
            store.deliveries().delivered(after);
            assertThat(failedOnceMore().othersTaken()).isFalse();

            create(critical().id("A3").monitor("later"));

            assertThat(failedOnceMore().othersTaken()).isTrue();
        }

        @Test
        void begins_to_count_anew_when_what_redmine_failed_at_was_parked() throws Exception {
            keep(critical());
            failedOnceMore();
            letTimePass(Duration.ofHours(1));
            Problem problem = store.deliveries().claim();
            AlertHistory history = onlyHistory(problem);

            store.parked().park(problem, history, "shop", new ParkedException("it fails"));

            assertThat(ticketOf(problem, history).pendingWrite().failures()).isZero();
        }

        @Test
        void begins_to_count_anew_when_redmine_did_it() throws Exception {
            keep(critical());
            failedOnceMore();
            letTimePass(Duration.ofHours(1));
            Problem problem = store.deliveries().claim();
            AlertHistory history = onlyHistory(problem);
            store.tickets().created(history, created(history, 42));

            assertThat(found("SELECT failures FROM ticket")).containsExactly("0");
        }

        @Test
        void remembers_that_a_creation_was_begun_after_an_unforeseen_failure() throws Exception {
            keep(critical());
            Problem problem = store.deliveries().claim();
            store.tickets().beginCreation(problem, onlyHistory(problem), Policy.of("alert"));

            store.deliveries().retryAfterError(problem, new IllegalStateException("nobody foresaw this"));

            assertThat(onlyHistory(problem).ticket().pendingWrite()).isNotNull();
        }

        @Test
        void writes_down_what_went_wrong_last_until_it_goes_well() throws Exception {
            keep(critical());
            store.deliveries()
                    .retryAfterFailure(
                            store.deliveries().claim(),
                            new RefusedException("Redmine does not know the API key", null));
            assertThat(found("SELECT failure FROM problem")).containsExactly("Redmine does not know the API key");
            letTimePass(Duration.ofHours(1));

            store.deliveries().delivered(store.deliveries().claim());

            assertThat(found("SELECT failure FROM problem")).containsExactly((String) null);
        }

        @Test
        void tries_again_only_after_the_wait_which_doubles() throws Exception {
            keep(critical());
            for (int tries = 0; tries < 4; tries++) {
                Duration wait = FIRST_RETRY.multipliedBy(1L << tries);
                Problem problem = store.deliveries().claim();
                assertThat(problem.tries()).isEqualTo(tries);

                Instant next = store.deliveries().retryAfterFailure(problem, didNothing());

                assertThat(Duration.between(Instant.now(), next))
                        .isBetween(
                                wait.multipliedBy(7).dividedBy(10),
                                wait.multipliedBy(6).dividedBy(5));
                assertThat(store.deliveries().claim()).isNull();
                letTimePass(wait.multipliedBy(2));
            }
        }

        @Test
        void begins_with_the_first_wait_again_after_a_success() throws Exception {
            keep(warning());
            store.deliveries().retryAfterFailure(store.deliveries().claim(), didNothing());
            letTimePass(Duration.ofHours(1));
            store.deliveries().delivered(store.deliveries().claim());
            keep(critical());

            assertThat(store.deliveries().claim().tries()).isZero();
        }

        @Test
        void does_not_try_earlier_because_another_event_comes_in() {
            keep(warning());
            store.deliveries().retryAfterFailure(store.deliveries().claim(), didNothing());
            keep(critical());

            assertThat(store.deliveries().claim()).isNull();
        }

        @Test
        void waits_as_long_as_redmine_asks_for_where_that_is_longer() {
            keep(critical());
            Instant asked = Instant.now().plus(Duration.ofDays(1));

            assertThat(store.deliveries()
                            .retryAfterFailure(store.deliveries().claim(), new TryAgainException("later", null, asked)))
                    .isEqualTo(asked);
        }

        @Test
        void waits_as_usual_where_redmine_asks_for_less() {
            keep(critical());
            Instant asked = Instant.now().plusSeconds(1);

            assertThat(store.deliveries()
                            .retryAfterFailure(
                                    store.deliveries().claim(),
                                    new LookUpFirstException("later", null, asked, Request.IS_OVER)))
                    .isAfter(asked);
        }

        @Test
        void goes_on_with_others_while_one_waits() {
            keep(alert(1), alert(2));
            Problem first = store.deliveries().claim();
            store.deliveries().retryAfterFailure(first, didNothing());

            assertThat(store.deliveries().claim().id()).isNotEqualTo(first.id());
        }

        @Test
        void says_since_when_the_oldest_event_waits() throws Exception {
            assertThat(store.deliveries().backlog()).isEqualTo(new Backlog(0, 0, null, 0));

            keep(alert(1));
            letTimePass(Duration.ofMinutes(10));
            keep(alert(2));

            assertThat(store.deliveries().backlog().waiting()).isEqualTo(2);
            assertThat(minutesWaited()).isEqualTo(10);
        }

        @Test
        void counts_from_the_first_event_of_a_problem_that_failed_and_got_another() throws Exception {
            keep(warning());
            store.deliveries().retryAfterFailure(store.deliveries().claim(), new TryAgainException("away", null, null));
            letTimePass(Duration.ofMinutes(10));
            keep(critical());

            assertThat(minutesWaited()).isEqualTo(10);
        }

        @Test
        void counts_from_what_came_in_during_a_delivery_when_that_is_done() throws Exception {
            keep(warning());
            letTimePass(Duration.ofMinutes(10));
            Problem problem = store.deliveries().claim();
            keep(critical());
            letTimePass(Duration.ofMinutes(3));

            store.deliveries().delivered(problem);

            assertThat(minutesWaited()).isEqualTo(3);
        }

        @Test
        void waits_for_nothing_when_all_is_delivered_or_parked() {
            parkOne();

            assertThat(store.deliveries().backlog()).isEqualTo(new Backlog(0, 0, null, 1));
        }

        @Test
        void says_of_its_own_stream_only_what_waits() throws Exception {
            keep(critical());

            store.close();
            store = opened("preview");

            assertThat(store.deliveries().backlog()).isEqualTo(new Backlog(0, 0, null, 0));
        }
    }

    /** What is known of tickets. */
    @Nested
    class TicketsContract {

        @Test
        void knows_that_a_creation_was_begun_until_it_knows_how_it_ended() throws Exception {
            keep(critical());
            Problem problem = store.deliveries().claim();
            Instant before = Instant.now().minusMillis(1);
            store.tickets().beginCreation(problem, onlyHistory(problem), Policy.of("alert"));

            assertThat(onlyHistory(problem).ticket()).satisfies(ticket -> {
                assertThat(ticket.issue()).isNull();
                assertThat(ticket.pendingWrite().at()).isBetween(before, Instant.now());
            });
        }

        @Test
        void knows_the_ticket_that_was_created() throws Exception {
            keep(critical());
            Problem problem = store.deliveries().claim();
            AlertHistory history = onlyHistory(problem);
            store.tickets().beginCreation(problem, history, Policy.of("alert"));
            store.tickets().created(history, created(history, 42));

            assertThat(ticketOf(problem, history).issue()).isEqualTo(42);
            assertThat(ticketOf(problem, history).state()).isEqualTo(STATE);
            assertThat(ticketOf(problem, history).pendingWrite()).isNull();
        }

        @Test
        void gives_each_alert_of_a_problem_its_own_ticket() throws Exception {
            keep(critical().id("A1"), critical().id("A2"));
            Problem problem = store.deliveries().claim();
            List<AlertHistory> histories = histories(problem);
            for (AlertHistory history : histories) {
                store.tickets().beginCreation(problem, history, Policy.of("alert"));
                store.tickets().created(history, created(history, 40 + history.alert()));
            }

            assertThat(histories)
                    .extracting(history -> ticketOf(problem, history).issue())
                    .containsExactly(41L, 42L);
        }

        @Test
        void begins_the_same_ticket_anew_at_the_next_try() throws Exception {
            keep(critical());
            for (int tries = 0; tries < 3; tries++) {
                Problem problem = store.deliveries().claim();
                store.tickets().beginCreation(problem, onlyHistory(problem), Policy.of("alert"));
                store.deliveries().retryAfterFailure(problem, didNothing());
                letTimePass(Duration.ofHours(2));
            }

            assertThat(found("SELECT id FROM ticket")).hasSize(1);
        }

        @Test
        void never_changes_the_number_of_a_ticket_that_is_known() throws Exception {
            keep(critical());
            Problem problem = store.deliveries().claim();
            AlertHistory history = onlyHistory(problem);
            store.tickets().beginCreation(problem, history, Policy.of("alert"));
            store.tickets().created(history, created(history, 42));
            store.tickets().created(history, created(history, 43));

            assertThat(ticketOf(problem, history).issue()).isEqualTo(42);
        }

        @Test
        void keeps_in_mind_that_redmine_may_have_done_what_waits_for_it() throws Exception {
            keep(critical());
            Problem problem = store.deliveries().claim();
            store.tickets().beginCreation(problem, onlyHistory(problem), Policy.of("alert"));
            store.deliveries().waitForRedmine(problem, unclear(false));

            assertThat(onlyHistory(store.deliveries().claim()).ticket().pendingWrite())
                    .isNotNull();
        }

        @Test
        void begins_no_ticket_for_one_who_has_lost_the_lease() throws Exception {
            keep(critical());
            Problem lost = store.deliveries().claim();
            letTimePass(LEASE);
            Problem current = store.deliveries().claim();

            assertThatThrownBy(() -> store.tickets().beginCreation(lost, onlyHistory(lost), Policy.of("alert")))
                    .isInstanceOf(TryAgainException.class)
                    .hasMessage("the lease has run out, and another has taken over");
            assertThat(onlyHistory(current).ticket()).isEqualTo(Ticket.NONE);
        }

        @Test
        void leaves_what_another_has_begun_to_that_other() throws Exception {
            keep(critical());
            Problem lost = store.deliveries().claim();
            AlertHistory history = onlyHistory(lost);
            letTimePass(LEASE);
            Problem current = store.deliveries().claim();
            store.tickets().beginCreation(current, history, Policy.of("alert"));

            assertThatThrownBy(() -> store.tickets().beginCreation(lost, history, Policy.of("alert")))
                    .isInstanceOf(TryAgainException.class);
            store.deliveries().retryAfterFailure(lost, didNothing());

            assertThat(onlyHistory(current).ticket().pendingWrite()).isNotNull();
        }

        @Test
        void knows_nothing_reported_of_a_new_alert() {
            keep(critical());

            assertThat(onlyHistory(store.deliveries().claim()).reported()).isNull();
        }

        @Test
        void has_nothing_to_report_again_of_what_the_creation_reported() throws Exception {
            create(critical());
            keep(ok());

            AlertHistory history = onlyHistory(store.deliveries().claim());

            assertThat(history.changes()).hasSize(1);
            assertThat(history.reported().newest().notification().alert().status())
                    .isEqualTo(AlertStatus.CRITICAL);
            assertThat(history.reported().notedAt()).isEqualTo(NOTED);
        }

        @Test
        void knows_that_an_update_was_begun_until_it_knows_how_it_ended() throws Exception {
            create(critical());
            keep(ok());
            Problem problem = store.deliveries().claim();
            AlertHistory history = onlyHistory(problem);
            Intent intent = intent(history, "note-1");

            store.tickets().beginUpdate(problem, history, intent);
            assertThat(onlyHistory(problem).ticket().pendingWrite().intent()).isEqualTo(intent);

            store.tickets().updated(history, intent);
            assertThat(store.deliveries().undelivered(problem)).isEmpty();
            assertThat(store.deliveries().history(problem, history.alert())).satisfies(after -> {
                assertThat(after.ticket().pendingWrite()).isNull();
                assertThat(after.ticket().state()).isEqualTo(intent.state());
                assertThat(after.reported().newest().seq()).isEqualTo(2);
                assertThat(after.reported().resends()).isEqualTo(2);
                assertThat(after.reported().notedAt()).isEqualTo(NOTED);
            });
        }

        @Test
        void takes_a_note_that_is_found_for_one_that_was_written() throws Exception {
            create(critical());
            keep(ok());
            Problem problem = store.deliveries().claim();
            store.tickets().beginUpdate(problem, onlyHistory(problem), intent(onlyHistory(problem), "note-1"));

            store.tickets().noteFound(onlyHistory(problem));

            assertThat(store.deliveries().undelivered(problem)).isEmpty();
        }

        @Test
        void changes_nothing_when_an_update_is_known_for_the_second_time() throws Exception {
            create(critical());
            keep(ok());
            Problem problem = store.deliveries().claim();
            AlertHistory history = onlyHistory(problem);
            Intent intent = intent(history, "note-1");
            store.tickets().beginUpdate(problem, history, intent);
            store.tickets().updated(history, intent);
            store.tickets().reported(problem, history, counting(history, 5));

            store.tickets().updated(history, intent);

            assertThat(store.deliveries()
                            .history(problem, history.alert())
                            .reported()
                            .resends())
                    .isEqualTo(5);
        }

        @Test
        void begins_no_update_for_one_who_has_lost_the_lease() throws Exception {
            create(critical());
            keep(ok());
            Problem lost = store.deliveries().claim();
            AlertHistory history = onlyHistory(lost);
            letTimePass(LEASE);
            store.deliveries().claim();

            assertThatThrownBy(() -> store.tickets().beginUpdate(lost, history, intent(history, "note-1")))
                    .isInstanceOf(TryAgainException.class);
            assertThatThrownBy(() -> store.tickets().reported(lost, history, counting(history, 1)))
                    .isInstanceOf(TryAgainException.class);
        }

        @Test
        void counts_what_is_reported_without_a_note() throws Exception {
            create(critical());
            keep(critical());
            Problem problem = store.deliveries().claim();
            AlertHistory history = onlyHistory(problem);

            store.tickets().reported(problem, history, counting(history, 1));

            assertThat(store.deliveries().undelivered(problem)).isEmpty();
            assertThat(store.deliveries()
                            .history(problem, history.alert())
                            .reported()
                            .resends())
                    .isOne();
        }

        @Test
        void knows_which_late_changes_say_again_what_came_in_before_with_another_value() throws Exception {
            create(warning());
            keep(critical().statusChangedAt(NOTED));
            Problem problem = store.deliveries().claim();
            store.tickets().reported(problem, onlyHistory(problem), counting(onlyHistory(problem), 0));
            store.deliveries().delivered(problem);
            keep(warning().metricValue(77.0));

            assertThat(onlyHistory(store.deliveries().claim()).repeats()).containsExactly(3L);
        }

        @Test
        void gives_an_alert_that_joins_the_problems_last_ticket() throws Exception {
            create(critical().id("A1"));
            keep(critical().id("A2"));
            Problem problem = store.deliveries().claim();
            AlertHistory joining = onlyHistory(problem);
            assertThat(joining.ticket()).isEqualTo(Ticket.NONE);
            assertThat(joining.predecessor().issue()).isEqualTo(42);
            assertThat(joining.predecessor().others()).containsExactly(AlertStatus.CRITICAL);

            Intent intent = intent(joining, "note-1");
            store.tickets().beginUpdate(problem, joining, intent);
            store.tickets().updated(joining, intent);

            assertThat(ticketOf(problem, joining).issue()).isEqualTo(42);
            assertThat(ticketOf(problem, joining).others()).containsExactly(AlertStatus.CRITICAL);
        }

        @Test
        void gives_first_the_alert_for_which_something_was_begun() throws Exception {
            create(critical().id("A1"));
            keep(critical().id("A2"), ok().id("A1"));
            Problem problem = store.deliveries().claim();
            AlertHistory second = histories(problem).get(1);
            assertThat(second.key().id()).isEqualTo("A1");

            store.tickets().beginUpdate(problem, second, intent(second, "note-1"));

            assertThat(histories(problem))
                    .extracting(history -> history.key().id())
                    .containsExactly("A1", "A2");
        }

        @Test
        void knows_that_a_ticket_is_gone_and_begins_another_for_the_same_alert() throws Exception {
            create(warning());
            keep(critical());
            Problem problem = store.deliveries().claim();

            store.tickets().gone(onlyHistory(problem));

            AlertHistory history = onlyHistory(problem);
            assertThat(history.ticket().isGone()).isTrue();
            store.tickets().beginCreation(problem, history, Policy.of("alert"));
            store.tickets().created(history, created(history, 43));
            assertThat(ticketOf(problem, history).issue()).isEqualTo(43);
            assertThat(ticketOf(problem, history).isGone()).isFalse();
        }

        @Test
        void offers_no_ticket_that_is_gone_to_another_alert() throws Exception {
            create(critical().id("A1"));
            keep(ok().id("A1"), critical().id("A2"));
            Problem problem = store.deliveries().claim();
            store.tickets().gone(histories(problem).get(0));

            assertThat(histories(problem).get(1).predecessor()).isEqualTo(Ticket.NONE);
        }

        @Test
        void adopts_a_ticket_that_it_did_not_know() throws Exception {
            keep(ok());
            Problem problem = store.deliveries().claim();

            store.tickets().adopted(problem, onlyHistory(problem), 42, STATE);

            assertThat(onlyHistory(problem)).satisfies(history -> {
                assertThat(history.ticket().issue()).isEqualTo(42);
                assertThat(history.ticket().state()).isEqualTo(STATE);
                assertThat(history.reported()).isNull();
            });
        }

        @Test
        void keeps_what_was_done_and_why() throws Exception {
            create(critical());
            keep(critical());
            Problem problem = store.deliveries().claim();
            store.tickets().reported(problem, onlyHistory(problem), counting(onlyHistory(problem), 1));
            store.deliveries().delivered(problem);
            keep(ok());
            problem = store.deliveries().claim();
            AlertHistory history = onlyHistory(problem);
            store.tickets().beginUpdate(problem, history, intent(history, "note-1"));
            store.tickets().updated(history, intent(history, "note-1"));

            assertThat(
                            found(
                                    "SELECT action || ' #' || issue || ' up to ' || up_to || ': ' || why FROM step ORDER BY id"))
                    .containsExactly(
                            "create #42 up to 1: it fires",
                            "count #42 up to 2: it was said again",
                            "close #42 up to 3: it recovered");
        }

        @Test
        void has_a_graph_until_it_is_reported() throws Exception {
            create(critical());
            byte[] image = {(byte) 0x89, 'P', 'N', 'G'};
            store.inbox().keepGraph(critical().notification(), "graph.png", image);

            Problem problem = store.deliveries().claim();
            AlertHistory history = onlyHistory(problem);
            assertThat(history.graph()).isEqualTo(new Graph(2, "graph.png", 0));
            assertThat(store.tickets().graphImage(history)).isEqualTo(image);

            store.tickets().reported(problem, history, counting(history.reported()));
            assertThat(store.deliveries().undelivered(problem)).isEmpty();
            assertThat(found("SELECT name FROM graph")).isEmpty();
        }

        @Test
        void tells_of_each_step_by_its_action_once_it_is_on_disk() throws Exception {
            List<String> steps = new ArrayList<>();
            store.onStep(action -> steps.addAll(foundBeside("SELECT action FROM step")));
            keep(critical());
            Problem problem = store.deliveries().claim();
            AlertHistory history = onlyHistory(problem);
            store.tickets().beginCreation(problem, history, Policy.of("alert"));
            assertThat(steps).isEmpty();

            store.tickets().created(history, created(history, 12));
            assertThat(steps).containsExactly("create");

            store.tickets().created(history, created(history, 12));
            assertThat(steps).containsExactly("create");
        }

        @Test
        void lets_a_graph_fail_once_and_then_lets_the_ticket_go_on_without_it() throws Exception {
            store.inbox().keep(critical().notification(), null);
            store.inbox().keepGraph(critical().notification(), "graph.png", new byte[] {1});
            AlertHistory history = onlyHistory(store.deliveries().claim());
            TryAgainException failure = new TryAgainException("POST /uploads.json was answered with 500", null, null);

            assertThatThrownBy(() -> store.tickets().graphFailed(history, failure))
                    .isInstanceOf(TryAgainException.class);
            store.tickets().graphFailed(history, failure);
        }
    }

    /** What Redmine would not take. */
    @Nested
    class ParkedAlertsContract {

        /** The problems that are due now, as if all of them were delivered, and their alerts parked once more. */
        private List<String> triedAndParkedAgain(String reason) {
            List<String> tried = new ArrayList<>();
            for (Problem problem = store.deliveries().claim();
                    problem != null;
                    problem = store.deliveries().claim()) {
                tried.add(problem.problemKey()
                        .lines()
                        .filter(part -> part.startsWith("monitor"))
                        .findFirst()
                        .orElseThrow());
                store.parked().park(problem, onlyHistory(problem), "shop", new ParkedException(reason));
                store.deliveries().delivered(problem);
            }
            return tried;
        }

        private void tryParked() {
            while (store.parked().tryNext()) {
                continue;
            }
        }

        @Test
        void parks_an_alert_until_another_event_of_its_problem_comes_in() throws Exception {
            parkOne();
            letTimePass(Duration.ofDays(1000));
            assertThat(store.deliveries().claim()).isNull();
            assertThat(store.deliveries().backlog().parked()).isOne();

            keep(warning());

            assertThat(onlyHistory(store.deliveries().claim()).changes()).hasSize(2);
        }

        @Test
        void parks_an_alert_until_the_next_start() throws Exception {
            parkOne();

            reopen();

            assertThat(onlyHistory(store.deliveries().claim()).changes()).hasSize(1);
        }

        @Test
        void writes_down_why_an_alert_is_parked() throws Exception {
            parkOne();

            assertThat(found("SELECT parked FROM alert")).containsExactly("Subject is too long");
        }

        @Test
        void brings_up_a_parked_alert_again_with_the_next_event_of_its_problem() {
            parkOne();

            keep(critical().id("2bjOther"));

            assertThat(histories(store.deliveries().claim()))
                    .extracting(history -> history.key().id())
                    .containsExactly("2bj7ZsQ4bYh", "2bjOther");
        }

        @Test
        void takes_an_alert_that_has_its_ticket_out_of_the_parked_ones() throws Exception {
            parkOne();
            keep(warning());
            Problem problem = store.deliveries().claim();
            AlertHistory history = onlyHistory(problem);
            store.tickets().beginCreation(problem, history, Policy.of("alert"));

            store.tickets().created(history, created(history, 12));
            store.deliveries().delivered(problem);

            assertThat(store.deliveries().backlog().parked()).isZero();
            assertThat(store.deliveries().claim()).isNull();
        }

        @Test
        void forgets_that_a_creation_was_begun_when_it_is_parked() throws Exception {
            keep(critical());
            Problem problem = store.deliveries().claim();
            store.tickets().beginCreation(problem, onlyHistory(problem), Policy.of("alert"));

            store.parked().park(problem, onlyHistory(problem), "shop", new ParkedException("Subject is too long"));

            assertThat(onlyHistory(problem).ticket().pendingWrite()).isNull();
        }

        @Test
        void makes_due_at_a_new_start_what_waits_and_only_that() throws Exception {
            keep(alert(1), alert(2));
            store.deliveries().delivered(store.deliveries().claim());
            store.deliveries().retryAfterFailure(store.deliveries().claim(), didNothing());

            reopen();

            assertThat(store.deliveries().claim().problemKey()).contains("monitor 2");
            assertThat(store.deliveries().claim()).isNull();
        }

        @Test
        void tries_one_alert_of_those_that_are_parked_for_one_reason_each_minute_and_another_the_next_time() {
            park(1, "PUT /issues/1.json: Assignee is invalid");
            park(2, "PUT /issues/22.json: Assignee is invalid");
            tryParked();
            assertThat(store.deliveries().claim()).isNull();

            clock.goOn(ParkedAlerts.SOON);
            tryParked();
            assertThat(triedAndParkedAgain("PUT /issues/1.json: Assignee is invalid"))
                    .containsExactly("monitor 1");

            clock.goOn(ParkedAlerts.SOON);
            tryParked();
            assertThat(triedAndParkedAgain("PUT /issues/22.json: Assignee is invalid"))
                    .containsExactly("monitor 2");

            clock.goOn(ParkedAlerts.SOON);
            tryParked();
            assertThat(triedAndParkedAgain("PUT /issues/1.json: Assignee is invalid"))
                    .containsExactly("monitor 1");
        }

        @Test
        void tries_one_alert_for_each_reason() {
            park(1, "Assignee is invalid");
            park(2, "Subject is too long");
            clock.goOn(ParkedAlerts.SOON);
            tryParked();

            assertThat(List.of(store.deliveries().claim(), store.deliveries().claim()))
                    .extracting(Problem::problemKey)
                    .allMatch(key -> key.contains("monitor"));
            assertThat(store.deliveries().claim()).isNull();
        }

        @Test
        void tries_less_often_what_is_parked_for_longer_than_an_hour() {
            park(1, "Assignee is invalid");
            clock.goOn(ParkedAlerts.LONG.plusSeconds(1));
            tryParked();
            assertThat(triedAndParkedAgain("Assignee is invalid")).hasSize(1);

            clock.goOn(ParkedAlerts.LATER.minusSeconds(10));
            tryParked();
            assertThat(store.deliveries().claim()).isNull();

            clock.goOn(Duration.ofSeconds(10));
            tryParked();
            assertThat(triedAndParkedAgain("Assignee is invalid")).hasSize(1);
        }

        @Test
        void makes_all_due_that_are_parked_for_the_same_reason_when_one_of_them_gets_its_ticket() throws Exception {
            park(1, "Assignee is invalid");
            park(2, "Assignee is invalid");
            park(3, "Assignee is invalid");
            park(4, "Subject is too long");
            clock.goOn(ParkedAlerts.SOON);
            store.parked().tryNext();
            Problem problem = store.deliveries().claim();
            AlertHistory history = onlyHistory(problem);
            store.tickets().beginCreation(problem, history, Policy.of("alert"));
            store.tickets().created(history, created(history, 12));
            store.deliveries().delivered(problem);

            assertThat(triedAndParkedAgain("something else")).containsExactlyInAnyOrder("monitor 2", "monitor 3");
        }

        @Test
        void writes_down_once_that_an_alert_is_parked_however_often_it_is_tried() throws Exception {
            park(1, "Assignee is invalid");
            clock.goOn(ParkedAlerts.SOON);
            tryParked();
            triedAndParkedAgain("Assignee is invalid");

            assertThat(found("SELECT why FROM step WHERE action = 'park'")).containsExactly("Assignee is invalid");
        }

        @Test
        void tries_what_is_parked_also_after_a_restart() throws Exception {
            park(1, "Assignee is invalid");
            reopen();
            triedAndParkedAgain("Assignee is invalid");
            clock.goOn(ParkedAlerts.SOON);
            tryParked();

            assertThat(triedAndParkedAgain("Assignee is invalid")).hasSize(1);
        }
    }

    /** What is known of alerts, for whoever asks. */
    @Nested
    class HistoriesContract {

        @Test
        void finds_an_alert_by_each_of_its_names_in_whatever_stream() throws Exception {
            store.close();
            store = opened("preview 1");
            keep(critical());
            store.close();
            store = opened("preview 2");
            keep(critical());

            for (String name : List.of(
                    "2bj7ZsQ4bYh",
                    " example/2bj7ZsQ4bYh",
                    "https://mackerel.io/orgs/example/alerts/2bj7ZsQ4bYh",
                    "https://mackerel.io/orgs/example/alerts/2bj7ZsQ4bYh/?a=b#c")) {
                assertThat(store.histories().records(name)).singleElement().satisfies(alert -> {
                    assertThat(alert.key()).hasToString("example/2bj7ZsQ4bYh");
                    assertThat(alert.fromPreview()).isTrue();
                });
            }
            assertThat(store.histories().records("other/2bj7ZsQ4bYh")).isEmpty();
            assertThat(store.histories().records("#42")).isEmpty();
        }

        @Test
        void finds_of_an_alert_the_one_that_is_delivered_also_by_its_ticket() throws Exception {
            store.close();
            store = opened("preview 1");
            keep(critical());
            store.close();
            store = opened("redmine");
            keep(critical());
            execute("INSERT INTO ticket (problem_id, issue) SELECT id, 42 FROM problem WHERE stream = 'redmine'");
            execute("UPDATE alert SET ticket_id = (SELECT id FROM ticket WHERE issue = 42) WHERE stream = 'redmine'");

            for (String name : List.of("2bj7ZsQ4bYh", "#42")) {
                assertThat(store.histories().records(name))
                        .singleElement()
                        .satisfies(alert -> assertThat(alert.fromPreview()).isFalse());
            }
            assertThat(store.histories().records("#4")).isEmpty();
        }
    }

    /** What is delivered anew. */
    @Nested
    class ReplaysContract {

        /** An alert of which nobody was notified, because the policy would not have a ticket. */
        private void skipOne() throws Exception {
            keep(critical());
            Problem problem = store.deliveries().claim();
            AlertHistory history = onlyHistory(problem);
            store.tickets().reported(problem, history, counting(history, 0));
            store.deliveries().delivered(problem);
        }

        @Test
        void has_all_events_to_tell_of_an_alert_without_a_ticket_that_is_replayed() throws Exception {
            skipOne();
            keep(warning());

            store.replays().replay(store.replays().ofAlert("2bj7ZsQ4bYh"), "alice");

            AlertHistory history = onlyHistory(store.deliveries().claim());
            assertThat(history.changes()).hasSize(2);
            assertThat(history.reported()).isNull();
        }

        @Test
        void has_nothing_to_report_again_of_an_alert_whose_ticket_shows_all() throws Exception {
            create(critical());

            store.replays().replay(store.replays().ofAlert("2bj7ZsQ4bYh"), "alice");

            assertThat(histories(store.deliveries().claim())).isEmpty();
        }

        @Test
        void replays_also_what_is_being_delivered_when_that_is_done() throws Exception {
            skipOne();
            keep(critical().id("2bjOther"));
            Problem problem = store.deliveries().claim();

            store.replays().replay(store.replays().ofAlert("2bj7ZsQ4bYh"), "alice");
            assertThat(store.deliveries().claim()).isNull();
            store.deliveries().delivered(problem);

            assertThat(histories(store.deliveries().claim()))
                    .extracting(history -> history.key().id())
                    .contains("2bj7ZsQ4bYh");
        }

        @Test
        void replays_at_the_next_start_what_was_not_delivered_before() throws Exception {
            skipOne();
            store.replays().replay(store.replays().ofAlert("2bj7ZsQ4bYh"), "alice");
            store.deliveries().claim();
            letTimePass(LEASE);

            reopen();

            assertThat(onlyHistory(store.deliveries().claim()).changes()).hasSize(1);
        }

        @Test
        void looks_up_first_what_was_begun_for_an_alert_that_is_replayed() throws Exception {
            keep(critical());
            Problem problem = store.deliveries().claim();
            store.tickets().beginCreation(problem, onlyHistory(problem), Policy.of("alert"));
            store.deliveries().retryAfterFailure(problem, unclear(true));

            store.replays().replay(store.replays().ofAlert("2bj7ZsQ4bYh"), "alice");

            assertThat(onlyHistory(store.deliveries().claim()).ticket().pendingWrite())
                    .isNotNull();
        }

        @Test
        void finds_since_a_time_what_has_no_ticket_and_no_other() throws Exception {
            skipOne();
            create(critical().id("2bjReported").monitor("monitor 2"));
            Instant before = Instant.now().minusSeconds(60);

            assertThat(store.replays().since(before))
                    .extracting(Replayable::alertKey)
                    .containsExactly("2bj7ZsQ4bYh");
            assertThat(store.replays().since(Instant.now().plusSeconds(60))).isEmpty();
        }

        @Test
        void takes_over_once_what_several_previews_saw() throws Exception {
            store.close();
            for (String preview : List.of("preview 1", "preview 2")) {
                store = opened(preview);
                keep(critical());
                store.close();
            }
            store = opened("redmine");
            List<Replayable> alerts = store.replays().since(Instant.now().minusSeconds(60));

            store.replays().replay(alerts, "alice");

            assertThat(alerts).hasSize(1);
            assertThat(onlyHistory(store.deliveries().claim()).changes()).hasSize(2);
            assertThat(found("SELECT stream FROM alert WHERE stream <> 'redmine'"))
                    .hasSize(2);
        }
    }

    /** What the operator is notified of. */
    @Nested
    class NoticeBoardContract {

        private void tellOfParked() {
            Notices board = store.notices();
            board.reportedParked(board.unreportedParked());
        }

        @Test
        void reports_a_parked_alert_until_it_was_reported() {
            parkOne();
            assertThat(store.notices().unreportedParked())
                    .singleElement()
                    .extracting(Parked::parked)
                    .isEqualTo("Subject is too long");

            tellOfParked();

            assertThat(store.notices().unreportedParked()).isEmpty();
        }

        @Test
        void does_not_tell_again_of_an_alert_that_is_parked_again_for_the_same_reason() throws Exception {
            parkOne();
            tellOfParked();
            reopen();
            Problem problem = store.deliveries().claim();
            store.parked().park(problem, onlyHistory(problem), "shop", new ParkedException("Subject is too long"));

            assertThat(store.notices().unreportedParked()).isEmpty();
        }

        @Test
        void tells_again_of_an_alert_that_is_parked_for_another_reason() throws Exception {
            parkOne();
            tellOfParked();
            reopen();
            Problem problem = store.deliveries().claim();
            store.parked().park(problem, onlyHistory(problem), "shop", new ParkedException("Project is archived"));

            assertThat(store.notices().unreportedParked()).hasSize(1);
        }

        @Test
        void tells_again_of_an_alert_that_was_delivered_since_and_is_parked_for_the_same_reason() throws Exception {
            parkOne();
            tellOfParked();
            reopen();
            Problem problem = store.deliveries().claim();
            AlertHistory history = onlyHistory(problem);
            store.tickets().beginCreation(problem, history, Policy.of("alert"));
            store.tickets().created(history, created(history, 42));
            store.deliveries().delivered(problem);
            keep(ok());
            problem = store.deliveries().claim();
            store.parked().park(problem, onlyHistory(problem), "shop", new ParkedException("Subject is too long"));

            assertThat(store.notices().unreportedParked()).hasSize(1);
        }

        @Test
        void reports_a_parked_action_until_it_was_reported_also_when_it_fails_again_after_a_start() throws Exception {
            createActing("2bjA");
            failTenTimes("never");
            Notices board = store.notices();
            assertThat(board.unreportedActions()).singleElement().satisfies(action -> {
                assertThat(action.alertKey()).isEqualTo("2bjA");
                assertThat(action.parked()).isEqualTo("never");
            });
            assertThat(board.unreportedParked()).isEmpty();

            board.reportedActions(board.unreportedActions());

            assertThat(board.unreportedActions()).isEmpty();
            reopen();
            assertThat(store.actions().failed(store.actions().claim(), "never")).isNull();
            assertThat(store.notices().unreportedActions()).isEmpty();
        }

        @Test
        void lets_one_of_several_tell_a_notice_and_that_it_is_over() throws Exception {
            Notices one = store.notices();
            Notices other = store.notices();

            assertThat(one.raise("redmine-away", Instant.EPOCH)).isTrue();
            assertThat(other.raise("redmine-away", Instant.EPOCH)).isFalse();
            assertThat(other.end("redmine-away"))
                    .as("nobody was notified of it yet")
                    .isFalse();
            one.sent("redmine-away");
            assertThat(other.raise("redmine-away", Instant.EPOCH)).isFalse();
            assertThat(other.sentAt("redmine-away")).isPresent();

            assertThat(other.end("redmine-away")).isTrue();
            assertThat(one.end("redmine-away")).isFalse();
            other.forget("redmine-away");
            assertThat(one.sentAt("redmine-away")).isEmpty();
            assertThat(one.raise("redmine-away", Instant.EPOCH)).isTrue();
        }

        @Test
        void lets_another_report_what_was_not_reported_within_a_minute() throws Exception {
            Notices board = store.notices();
            board.raise("stuck", Instant.EPOCH);
            execute("UPDATE notice SET claimed_until = claimed_until - 60000");

            assertThat(board.raise("stuck", Instant.EPOCH)).isTrue();
        }

        @Test
        void lets_a_notice_be_reported_again_that_was_reported_before_a_time() {
            Notices board = store.notices();
            board.raise("parked", Instant.EPOCH);
            board.sent("parked");

            assertThat(board.raise("parked", Instant.now().minusSeconds(60))).isFalse();
            assertThat(board.raise("parked", Instant.now().plusSeconds(60))).isTrue();
        }
    }

    /** What follows changes of tickets. */
    @Nested
    class ActionsContract {

        @Test
        void queues_an_action_after_a_step_that_has_one_and_gives_it_to_one() throws Exception {
            createActing("2bjA");

            assertThat(store.actions().claim()).satisfies(action -> {
                assertThat(action.name()).isEqualTo("example/2bjA:create:1");
                assertThat(action.issue()).isEqualTo(42);
                assertThat(action.state()).isEqualTo(STATE);
                assertThat(new NotificationReader().readText(action.notification()))
                        .isEqualTo(critical().id("2bjA").notification());
            });
            assertThat(store.actions().claim()).isNull();
        }

        @Test
        void queues_nothing_after_a_step_that_has_none() throws Exception {
            create(critical().id("2bjA"));

            assertThat(store.actions().claim()).isNull();
        }

        @Test
        void does_not_run_again_what_is_done() throws Exception {
            createActing("2bjA");
            store.actions().done(store.actions().claim());

            letTimePass(LEASE);

            assertThat(store.actions().claim()).isNull();
        }

        @Test
        void gives_to_another_what_one_who_died_was_running() throws Exception {
            createActing("2bjA");
            store.actions().claim();
            assertThat(store.actions().claim()).isNull();

            letTimePass(LEASE);

            assertThat(store.actions().claim()).isNotNull();
        }

        @Test
        void retries_what_failed_when_that_is_due() throws Exception {
            createActing("2bjA");
            Instant dueAt = store.actions().failed(store.actions().claim(), "no such host");

            assertThat(Duration.between(clock.instant(), dueAt))
                    .isBetween(FIRST_RETRY.dividedBy(2), FIRST_RETRY.multipliedBy(2));
            assertThat(store.actions().claim()).isNull();
            letTimePass(FIRST_RETRY.multipliedBy(2));
            assertThat(store.actions().claim().tries()).isEqualTo(1);
        }

        @Test
        void gives_an_action_whose_ticket_and_headline_are_forgotten() throws Exception {
            createActing("2bjA");
            execute("UPDATE alert SET ticket_id = NULL, headline = NULL");
            execute("DELETE FROM ticket");

            assertThat(store.actions().claim()).satisfies(action -> {
                assertThat(action.issue()).isEqualTo(42);
                assertThat(action.names()).isEqualTo(Names.UNKNOWN);
                assertThat(action.headline()).isEqualTo(action.notification());
            });
        }

        @Test
        void parks_what_failed_ten_times_until_the_next_start() throws Exception {
            createActing("2bjA");
            failTenTimes("never");

            letTimePass(Duration.ofDays(1));
            assertThat(store.actions().claim()).isNull();
            reopen();
            assertThat(store.actions().claim()).isNotNull();
        }
    }

    /** What is over. */
    @Nested
    class RetentionContract {

        private static final Duration KEPT = Duration.ofDays(400);

        /** An alert whose ticket shows that it is over. */
        private void finish(TestAlerts opening, TestAlerts end) throws Exception {
            create(opening);
            tell(end);
        }

        private void tell(TestAlerts alert) throws Exception {
            keep(alert);
            Problem problem = store.deliveries().claim();
            AlertHistory history = onlyHistory(problem);
            store.tickets().reported(problem, history, counting(history, 0));
            store.deliveries().delivered(problem);
        }

        private void age(String events) throws SQLException {
            long more = KEPT.plusHours(1).toMillis();
            execute("UPDATE event SET received_at = received_at - " + more + " WHERE " + events);
            execute("UPDATE step SET at = at - " + more + " WHERE alert_id IN (SELECT alert_id FROM event WHERE "
                    + events + ")");
        }

        private void purge() {
            store.retention(KEPT, KEPT).purge();
        }

        private List<String> rows(String table) throws SQLException {
            return found("SELECT id FROM " + table);
        }

        @Test
        void deletes_all_of_an_alert_that_is_over_for_longer_than_it_is_kept() throws Exception {
            finish(critical(), ok());
            age("TRUE");

            purge();

            for (String table : List.of("event", "step", "alert", "ticket", "problem")) {
                assertThat(rows(table)).as(table).isEmpty();
            }
        }

        @Test
        void deletes_with_an_alert_its_pending_actions() throws Exception {
            store.queueAfter(Purpose.STEPS, "create"::equals);
            finish(critical(), ok());
            age("TRUE");
            assertThat(rows("action")).hasSize(1);

            purge();

            assertThat(rows("action")).isEmpty();
            assertThat(rows("alert")).isEmpty();
        }

        @Test
        void keeps_an_alert_that_is_over_but_not_for_so_long() throws Exception {
            finish(critical(), ok());
            age("seq = 1");

            purge();

            assertThat(rows("event")).hasSize(2);
            assertThat(rows("ticket")).hasSize(1);
        }

        @Test
        void keeps_an_alert_that_fires_however_old_it_is() throws Exception {
            create(critical());
            age("TRUE");

            purge();

            assertThat(rows("event")).hasSize(1);
        }

        @Test
        void keeps_an_alert_that_waits_or_is_parked_however_old_it_is() throws Exception {
            parkOne();
            finish(alert(1), ok().id("A1").monitor("monitor 1"));
            keep(alert(1));
            age("TRUE");

            purge();

            assertThat(rows("alert")).hasSize(2);
            assertThat(rows("event")).hasSize(4);
        }

        @Test
        void keeps_the_last_ticket_of_a_problem_that_has_a_younger_alert() throws Exception {
            finish(critical(), ok());
            tell(critical().id("2bjOther"));
            age("alert_id = (SELECT MIN(id) FROM alert)");

            purge();

            assertThat(found("SELECT alert_key FROM alert")).containsExactly("2bjOther");
            assertThat(found("SELECT issue FROM ticket")).containsExactly("42");
            keep(critical().id("2bjThird"));
            assertThat(onlyHistory(store.deliveries().claim()).predecessor().issue())
                    .isEqualTo(42);
        }

        @Test
        void opens_a_new_life_for_a_problem_that_was_forgotten() throws Exception {
            finish(critical(), ok());
            age("TRUE");
            purge();

            keep(critical().id("2bjOther"));

            assertThat(onlyHistory(store.deliveries().claim()).changes()).hasSize(1);
        }

        @Test
        void deletes_old_previews_whatever_became_of_them_in_many_steps() throws Exception {
            store.close();
            store = opened("preview 1");
            IntStream.range(0, 120).forEach(number -> keep(alert(number)));
            age("TRUE");
            keep(alert(120));

            purge();

            assertThat(found("SELECT alert_key FROM alert")).containsExactly("A120");
        }

        @Test
        void deletes_a_few_at_a_time_so_that_posts_are_kept_in_between() throws Exception {
            Notification notification = new NotificationReader().read(fixture("host-status"));
            IntStream.range(0, 600).forEach(i -> store.inbox().keep(notification, null));
            store.close();
            store = opened("preview 1");
            IntStream.range(0, 120).forEach(number -> keep(alert(number)));
            age("TRUE");
            Instant before = Instant.now().minus(KEPT);

            long last = store.retention(KEPT, KEPT).purgeAlerts(before, 0).orElseThrow();

            assertThat(rows("alert")).hasSize(70);
            assertThat(store.retention(KEPT, KEPT).purgeAlerts(before, last)).isPresent();
            assertThat(rows("alert")).hasSize(20);
            assertThat(store.retention(KEPT, KEPT).purgeOthers(before)).isBetween(1, 500);
        }

        @Test
        void deletes_what_is_no_alert_when_it_is_old() throws Exception {
            Notification notification = new NotificationReader().read(fixture("host-status"));
            IntStream.range(0, 3).forEach(i -> store.inbox().keep(notification, null));
            age("id < 3");

            purge();

            assertThat(rows("event")).containsExactly("3");
        }
    }

    /** What is compared with the answers of Mackerel's API. */
    @Nested
    class PollsContract {

        private final TestAlerts alert = critical().id("2bjFound");

        private KnownAlert known(String id) {
            return store.mackerelPolls().known("example", List.of(id)).get(id);
        }

        private static Notification found(TestAlerts alert) {
            return alert.event("found").notification();
        }

        @Test
        void gives_a_poll_anew_whose_service_has_died() {
            store.mackerelPolls().claim(LEASE).orElseThrow();

            clock.goOn(LEASE.plusSeconds(1));

            assertThat(store.mackerelPolls().claim(LEASE)).isPresent();
        }

        @Test
        void gives_no_poll_before_it_is_due_and_remembers_the_first_one() {
            MackerelPoll first = store.mackerelPolls().claim(LEASE).orElseThrow();
            store.mackerelPolls().end(first, null, clock.instant().plusSeconds(60));
            assertThat(store.mackerelPolls().claim(LEASE)).isEmpty();

            clock.goOn(Duration.ofSeconds(61));

            MackerelPoll second = store.mackerelPolls().claim(LEASE).orElseThrow();
            assertThat(second.first()).isEqualTo(first.first());
            assertThat(second.lastWhole()).isNull();
        }

        @Test
        void knows_the_last_status_that_came_in_delivered_or_not() {
            assertThat(known("2bjFound")).isNull();
            keep(alert);
            keep(alert.status("warning").statusChangedAt(TestAlerts.OPENED.plusSeconds(60)));
            keep(alert.statusChangedAt(TestAlerts.OPENED.plusSeconds(30)));

            assertThat(known("2bjFound").status()).isEqualTo(AlertStatus.WARNING);
            assertThat(known("2bjFound").since()).isEqualTo(TestAlerts.OPENED.plusSeconds(60));
            assertThat(store.mackerelPolls().firing("example")).hasSize(1);

            keep(alert.recovered(TestAlerts.OPENED.plusSeconds(90)));
            assertThat(store.mackerelPolls().firing("example")).isEmpty();
        }

        @Test
        void knows_no_status_of_a_group_of_alerts() {
            store.inbox().keep(new NotificationReader().read(fixture("alert-group-warning")), null);

            assertThat(store.mackerelPolls().firing("example")).isEmpty();
        }

        @Test
        void keeps_what_was_found_unless_something_came_in_since() {
            assertThat(store.inbox().keepFound(List.of(found(alert)), null, 1)).isTrue();
            assertThat(store.inbox().keepFound(List.of(found(alert)), null, 1)).isFalse();

            assertThat(onlyHistory(store.deliveries().claim()).changes()).hasSize(1);
            LostWebhooks lost = store.mackerelPolls().unreportedLost().orElse(null);
            assertThat(lost).isNull();
        }

        @Test
        void counts_what_was_lost_until_that_is_reported() {
            MackerelPoll poll = store.mackerelPolls().claim(LEASE).orElseThrow();
            store.inbox()
                    .keepFound(
                            List.of(found(alert), found(alert.recovered(TestAlerts.OPENED.plusSeconds(90)))), null, 2);
            LostWebhooks lost = store.mackerelPolls().unreportedLost().orElseThrow();
            assertThat(lost.lost()).isEqualTo(2);
            assertThat(lost.first()).isEqualTo(TestAlerts.OPENED);
            store.inbox().keepFound(List.of(found(alert.id("2bjOther"))), null, 1);

            store.mackerelPolls().lostReported(lost);

            assertThat(store.mackerelPolls().unreportedLost().orElseThrow().lost())
                    .isEqualTo(1);
            store.mackerelPolls().end(poll, null, clock.instant());
        }

        @Test
        void finds_problems_by_what_their_keys_begin_with() {
            keep(alert, critical().id("B").monitor("CPU %%"), critical().id("C").host("web2"));

            assertThat(store.mackerelPolls().problemsThatBeginWith("example\nCPU %\n"))
                    .hasSize(2);
        }

        @Test
        void remembers_what_is_left_alone_while_it_is_seen() {
            store.mackerelPolls().leaveAlone("example", "A", AlertStatus.WARNING, "its monitor is muted");
            store.mackerelPolls().leaveAlone("example", "B", AlertStatus.WARNING, "its monitor is muted");
            clock.goOn(Duration.ofHours(2));

            store.mackerelPolls().stillLeftAlone("example", List.of("A"), Duration.ofHours(1));

            assertThat(store.mackerelPolls().leftAlone("example")).containsOnlyKeys("A");
            assertThat(store.mackerelPolls().leftAloneNamed("A"))
                    .extracting(LeftAlone::why)
                    .containsExactly("its monitor is muted");
        }

        @Test
        void knows_whether_all_posts_are_of_another_organization() {
            assertThat(store.mackerelPolls().otherOrganization("example")).isEmpty();
            keep(alert);
            assertThat(store.mackerelPolls().otherOrganization("example")).isEmpty();
            assertThat(store.mackerelPolls().otherOrganization("another")).contains("example");
        }

        @Test
        void runs_actions_for_the_memo_apart_from_others() throws Exception {
            store.queueAfter(Purpose.MEMO, "create"::equals);
            createActing("A");

            PendingAction memo = store.actions().claimFor(Purpose.MEMO);
            assertThat(memo.issue()).isEqualTo(42);
            assertThat(store.actions().claimFor(Purpose.MEMO)).isNull();
            assertThat(store.actions().claim()).isNotNull();
            store.actions().done(memo);
        }
    }
}
