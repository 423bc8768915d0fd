package dev.mackerelredmine.store;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static dev.mackerelredmine.mackerel.TestAlerts.ok;
import static dev.mackerelredmine.mackerel.TestAlerts.warning;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.mackerelredmine.MovableClock;
import dev.mackerelredmine.mackerel.NotificationReader;
import dev.mackerelredmine.mackerel.TestAlerts;
import dev.mackerelredmine.notice.Notice;
import dev.mackerelredmine.operate.CurrentPause;
import dev.mackerelredmine.operate.Done;
import dev.mackerelredmine.operate.Operations;
import dev.mackerelredmine.operate.ParkedAlert;
import dev.mackerelredmine.operate.ParkedFilter;
import dev.mackerelredmine.operate.PauseNotices;
import dev.mackerelredmine.operate.RefusedActException;
import dev.mackerelredmine.operate.Running;
import dev.mackerelredmine.operate.Running.UnreachableException;
import dev.mackerelredmine.operate.State;
import dev.mackerelredmine.operate.Status;
import dev.mackerelredmine.operate.StatusReader;
import dev.mackerelredmine.redmine.ParkedException;
import dev.mackerelredmine.text.TextFormat;
import dev.mackerelredmine.text.Texts;
import dev.mackerelredmine.ticket.AlertHistory;
import dev.mackerelredmine.ticket.policy.Policy;
import dev.mackerelredmine.ticket.text.Sentences;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What people do to deliveries, in whichever database they are kept. */
abstract class OperationsContract {

    private static final Running WELL = new Running(false, Duration.ofMillis(80), Duration.ofMillis(400), true);
    private static final String REASON = "Subject is too long";

    private final MovableClock clock = new MovableClock();
    private TestDatabase database;
    private Store store;
    private Operations operations;

    abstract TestDatabase database() throws SQLException;

    @BeforeEach
    void open() throws Exception {
        database = database();
        store = opened();
        operations = new Operations(store, clock);
    }

    @AfterEach
    void close() throws Exception {
        store.close();
        database.drop();
    }

    private Store opened() throws IOException {
        Store opened = new Store(
                new StoreOptions(
                        database.address(),
                        "redmine",
                        false,
                        new Backoff(Duration.ofMinutes(1), Duration.ofHours(1)),
                        Duration.ofMinutes(5)),
                new NotificationReader(),
                clock);
        opened.open();
        return opened;
    }

    private static TestAlerts alert(String id) {
        return critical().id(id).monitor("monitor " + id);
    }

    private void keep(TestAlerts alert) {
        store.inbox().keep(alert.notification(), "/mackerel");
    }

    private void park(String id, String project, String reason) {
        keep(alert(id));
        Problem problem = store.deliveries().claim();
        store.parked().park(problem, onlyHistory(problem), project, new ParkedException(reason));
        store.deliveries().delivered(problem);
    }

    private AlertHistory onlyHistory(Problem problem) {
        List<Long> alerts = store.deliveries().undelivered(problem);
        assertThat(alerts).hasSize(1);
        return store.deliveries().history(problem, alerts.get(0));
    }

    private List<String> claimed() {
        Problem problem = store.deliveries().claim();
        return problem == null
                ? List.of()
                : store.deliveries().undelivered(problem).stream()
                        .map(alert ->
                                store.deliveries().history(problem, alert).key().id())
                        .toList();
    }

    private List<String> stepsOf(String alert) {
        return store.histories().records(alert).get(0).steps().stream()
                .map(step -> step.action() + " by " + step.person() + ": " + step.why())
                .toList();
    }

    // --- parked alerts

    @Test
    void says_of_a_parked_alert_what_a_person_asks_first() {
        Instant before = clock.instant().minusMillis(1);
        park("A1", "shop", REASON);

        assertThat(operations.parked(ParkedFilter.ALL)).singleElement().satisfies(alert -> {
            assertThat(alert.alert()).isEqualTo("example/A1");
            assertThat(alert.problem()).contains("monitor A1");
            assertThat(alert.ticket()).isNull();
            assertThat(alert.project()).isEqualTo("shop");
            assertThat(alert.reason()).isEqualTo(REASON);
            assertThat(alert.since()).isBetween(before, clock.instant());
            assertThat(alert.urgent()).isTrue();
            assertThat(alert.events()).isOne();
            assertThat(alert.nextTry()).isAfter(alert.since());
        });
    }

    @Test
    void counts_since_when_an_alert_is_parked_from_the_first_time() {
        park("A1", "shop", REASON);
        Instant first = operations.parked(ParkedFilter.ALL).get(0).since();
        clock.goOn(Duration.ofMinutes(2));
        keep(alert("A1"));
        Problem problem = store.deliveries().claim();
        store.parked().park(problem, onlyHistory(problem), "other", new ParkedException("Assignee is invalid"));

        assertThat(operations.parked(ParkedFilter.ALL))
                .extracting(ParkedAlert::since, ParkedAlert::project)
                .containsExactly(tuple(first, "other"));
    }

    static Stream<Arguments> filters() {
        return Stream.of(
                Arguments.of(ParkedFilter.ALL, List.of("A1", "B2")),
                Arguments.of(ParkedFilter.of(List.of("A1")), List.of("A1")),
                Arguments.of(ParkedFilter.of(List.of("example/B2", "A1")), List.of("A1", "B2")),
                Arguments.of(ParkedFilter.of(List.of("other/A1")), List.of()),
                Arguments.of(new ParkedFilter(List.of(), "monitor B", null, null, null), List.of("B2")),
                Arguments.of(new ParkedFilter(List.of(), null, "shop", null, null), List.of("A1")),
                Arguments.of(new ParkedFilter(List.of(), null, "sho", null, null), List.of()),
                Arguments.of(new ParkedFilter(List.of(), null, null, "invalid", null), List.of("B2")),
                Arguments.of(new ParkedFilter(List.of(), null, null, null, Duration.ofMinutes(30)), List.of("A1")),
                Arguments.of(new ParkedFilter(List.of("B2"), null, "shop", null, null), List.of()));
    }

    @ParameterizedTest
    @MethodSource("filters")
    void finds_those_that_are_all_of_what_is_asked_for(ParkedFilter filter, List<String> found) {
        park("A1", "shop", REASON);
        clock.goOn(Duration.ofHours(1));
        park("B2", "web", "Assignee is invalid");

        assertThat(operations.parked(filter))
                .extracting(ParkedAlert::alert)
                .containsExactlyElementsOf(
                        found.stream().map(id -> "example/" + id).toList());
    }

    @Test
    void has_a_parked_alert_delivered_once_more_and_keeps_who_wanted_it() {
        park("A1", "shop", REASON);
        park("B2", "shop", "Assignee is invalid");

        Done done = operations.retry(ParkedFilter.of(List.of("A1")), "alice");

        assertThat(done.done()).extracting(ParkedAlert::alert).containsExactly("example/A1");
        assertThat(claimed()).containsExactly("A1");
        assertThat(store.deliveries().claim()).isNull();
        assertThat(stepsOf("A1")).contains("replay by alice: parked: " + REASON);
    }

    @Test
    void drops_a_parked_alert_for_good_and_keeps_why_and_who_wanted_it() throws Exception {
        park("A1", "shop", REASON);

        Done done = operations.drop(ParkedFilter.ALL, "the host\nis gone", "alice");

        assertThat(done.done()).extracting(ParkedAlert::alert).containsExactly("example/A1");
        assertThat(operations.parked(ParkedFilter.ALL)).isEmpty();
        assertThat(store.deliveries().backlog().parked()).isZero();
        assertThat(stepsOf("A1")).contains("drop by alice: the host is gone (it was parked: " + REASON + ")");
        store.close();
        store = opened();
        assertThat(claimed()).isEmpty();
    }

    @Test
    void delivers_what_comes_in_of_a_dropped_alert_later_and_nothing_of_before() {
        park("A1", "shop", REASON);
        operations.drop(ParkedFilter.ALL, "the host is gone", "alice");

        keep(warning().id("A1").monitor("monitor A1"));

        assertThat(onlyHistory(store.deliveries().claim()).changes()).hasSize(1);
    }

    @Test
    void purges_a_dropped_alert_as_any_other_that_is_over() throws Exception {
        keep(alert("A1"));
        keep(ok().id("A1").monitor("monitor A1"));
        Problem problem = store.deliveries().claim();
        store.parked().park(problem, onlyHistory(problem), null, new ParkedException(REASON));
        store.deliveries().delivered(problem);
        operations.drop(ParkedFilter.ALL, "nobody needs it", "alice");

        store.retention(Duration.ofSeconds(-60), Duration.ofDays(1)).purge();

        assertThat(database.found("SELECT id FROM alert")).isEmpty();
    }

    @Test
    void leaves_alone_what_is_being_delivered() {
        park("A1", "shop", REASON);
        operations.retry(ParkedFilter.ALL, "alice");
        Problem problem = store.deliveries().claim();

        Done done = operations.drop(ParkedFilter.ALL, "nobody needs it", "bob");

        assertThat(done.done()).isEmpty();
        assertThat(done.busy()).extracting(ParkedAlert::alert).containsExactly("example/A1");
        assertThat(onlyHistory(problem).changes()).hasSize(1);
    }

    @Test
    void leaves_alone_what_redmine_may_be_doing_just_now() throws Exception {
        park("A1", "shop", REASON);
        operations.retry(ParkedFilter.ALL, "alice");
        Problem problem = store.deliveries().claim();
        store.tickets().beginCreation(problem, onlyHistory(problem), Policy.of("shop"));
        clock.goOn(Duration.ofMinutes(10));

        assertThat(operations.drop(ParkedFilter.ALL, "nobody needs it", "bob").busy())
                .hasSize(1);
    }

    @Test
    void refuses_an_act_without_a_reason_or_a_person() {
        park("A1", "shop", REASON);

        assertThatThrownBy(() -> operations.drop(ParkedFilter.ALL, " ", "alice"))
                .isInstanceOf(RefusedActException.class)
                .hasMessage("say why they are dropped: whoever asks for them later reads it");
        assertThatThrownBy(() -> operations.drop(ParkedFilter.ALL, "x".repeat(501), "alice"))
                .isInstanceOf(RefusedActException.class)
                .hasMessage("that is too long (501 characters): write 500 at most");
        assertThatThrownBy(() -> operations.retry(ParkedFilter.ALL, null))
                .isInstanceOf(RefusedActException.class)
                .hasMessage("say who does this");
        assertThat(operations.parked(ParkedFilter.ALL)).hasSize(1);
    }

    // --- pauses

    @Test
    void delivers_nothing_while_deliveries_are_paused_and_takes_what_comes_in() {
        assertThat(operations.pause("alice")).isTrue();
        keep(alert("A1"));

        assertThat(claimed()).isEmpty();
        assertThat(store.deliveries().backlog().waiting()).isOne();

        assertThat(operations.resume("bob")).isTrue();
        assertThat(claimed()).containsExactly("A1");
    }

    @Test
    void stays_paused_over_a_restart_for_each_service_on_the_store() throws Exception {
        operations.pause("alice");
        keep(alert("A1"));

        store.close();
        store = opened();

        assertThat(claimed()).isEmpty();
        assertThat(new Operations(store, clock).currentPause())
                .map(CurrentPause::by)
                .contains("alice");
    }

    @Test
    void says_who_paused_first_however_often_it_is_paused() {
        assertThat(operations.resume("alice")).isFalse();
        operations.pause("alice");
        CurrentPause pause = operations.currentPause().orElseThrow();

        assertThat(operations.pause("bob")).isFalse();
        assertThat(operations.currentPause()).contains(pause);
        operations.resume("bob");
        assertThat(operations.currentPause()).isEmpty();
        assertThat(operations.pause("carol")).isTrue();
    }

    @Test
    void shows_of_an_alert_the_pauses_that_held_it() {
        operations.pause("alice");
        operations.resume("bob");
        clock.goOn(Duration.ofHours(1));
        keep(alert("A1"));
        clock.goOn(Duration.ofHours(1));
        operations.pause("carol");

        assertThat(store.histories().records("A1").get(0).pauses())
                .extracting(Pause::pausedBy, Pause::resumedBy)
                .containsExactly(tuple("carol", null));
    }

    @Test
    void takes_nothing_for_overdue_that_a_pause_has_held() {
        keep(alert("A1"));
        clock.goOn(Duration.ofHours(1));
        Instant longAgo = clock.instant().minus(Duration.ofMinutes(3));
        assertThat(store.deliveries().hasOverdue(longAgo)).isTrue();

        operations.pause("alice");
        assertThat(store.deliveries().hasOverdue(longAgo)).isFalse();
        operations.resume("alice");
        assertThat(store.deliveries().hasOverdue(longAgo)).isFalse();
        clock.goOn(Duration.ofMinutes(5));
        assertThat(store.deliveries().hasOverdue(clock.instant().minus(Duration.ofMinutes(3))))
                .isTrue();
    }

    @Test
    void forgets_old_pauses_and_no_other() {
        operations.pause("alice");
        operations.resume("alice");
        operations.pause("bob");
        clock.goOn(Duration.ofDays(10));

        store.retention(Duration.ofSeconds(-60), Duration.ofDays(1)).purge();

        assertThat(operations.currentPause()).map(CurrentPause::by).contains("bob");
    }

    // --- the state

    private Status status(Running.Source source) {
        StatusReader.Rules rules = new StatusReader.Rules(
                "https://redmine.example.com", true, Duration.ofMinutes(10), Duration.ofMinutes(30));
        return new StatusReader(store, source, rules, clock).read();
    }

    @Test
    void is_ok_where_nothing_needs_a_person() {
        Status status = status(() -> WELL);

        assertThat(status.state()).isEqualTo(State.OK);
        assertThat(status.lastPost()).isNull();
        assertThat(status.waiting()).isEqualTo(new Status.Waiting(0, 0, null));
        assertThat(status.redmine().latency()).isEqualTo(Duration.ofMillis(80));
        assertThat(status.mackerel()).isEqualTo(new Status.Mackerel(true, 0));
    }

    @Test
    void says_what_waits_and_for_what_alerts_are_parked() {
        Instant before = clock.instant().minusMillis(1);
        park("A1", "shop", "PUT /issues/1.json: " + REASON);
        park("B2", "shop", "PUT /issues/22.json: " + REASON);
        park("C3", "shop", "Assignee is invalid");
        keep(alert("D4"));

        Status status = status(() -> WELL);

        assertThat(status.state()).isEqualTo(State.PARKED);
        assertThat(status.waiting().events()).isOne();
        assertThat(status.waiting().since()).isAfter(before);
        assertThat(status.lastPost()).isAfter(before);
        assertThat(status.parked().alerts()).isEqualTo(3);
        assertThat(status.parked().reasons())
                .extracting(Status.Reason::reason, Status.Reason::alerts)
                .containsExactly(tuple("PUT /issues/1.json: " + REASON, 2L), tuple("Assignee is invalid", 1L));
    }

    @Test
    void says_the_first_thing_that_stands_in_the_way() {
        park("A1", "shop", REASON);
        keep(alert("B2"));
        assertThat(status(() -> new Running(false, null, null, false)).state()).isEqualTo(State.CHANNEL_SUSPENDED);

        clock.goOn(Duration.ofMinutes(11));
        assertThat(status(() -> new Running(false, null, null, false)).state()).isEqualTo(State.STUCK);

        operations.pause("alice");
        Status paused = status(() -> WELL);
        assertThat(paused.state()).isEqualTo(State.PAUSED);
        assertThat(paused.paused().by()).isEqualTo("alice");

        assertThat(status(() -> new Running(true, null, null, null)).state()).isEqualTo(State.REDMINE_AWAY);
    }

    @Test
    void says_what_the_store_knows_where_the_service_cannot_be_asked() {
        park("A1", "shop", REASON);

        Status status = status(() -> {
            throw new UnreachableException("nothing answers at http://127.0.0.1:8081");
        });

        assertThat(status.state()).isEqualTo(State.UNREACHABLE);
        assertThat(status.unreachable()).isEqualTo("nothing answers at http://127.0.0.1:8081");
        assertThat(status.parked().alerts()).isOne();
        assertThat(status.redmine().away()).isNull();
    }

    // --- the operator

    private PauseNotices notices() {
        Texts texts =
                new Texts(Path.of("none"), "en", TextFormat.COMMON_MARK.templates(), TextFormat.COMMON_MARK::escape);
        return new PauseNotices(store, new Sentences(texts.words(), ZoneOffset.UTC), clock);
    }

    @Test
    void reminds_the_operator_of_a_pause_after_an_hour_and_once_a_day_until_it_is_over() {
        PauseNotices notices = notices();
        operations.pause("alice");
        clock.goOn(Duration.ofMinutes(59));
        assertThat(notices.next()).isNull();

        clock.goOn(Duration.ofMinutes(2));
        Notice notice = notices.next();
        assertThat(notice.text())
                .startsWith("alice paused them at ")
                .contains("(0 waiting)", "mackerel-redmine resume");
        notices.sent(notice);
        clock.goOn(Duration.ofHours(23));
        assertThat(notices.next()).isNull();
        clock.goOn(Duration.ofHours(2));
        assertThat(notices.next()).isNotNull();
        notices.sent(notice);

        operations.resume("alice");
        assertThat(notices.next()).isNull();
        operations.pause("bob");
        clock.goOn(Duration.ofHours(2));
        assertThat(notices.next()).isNotNull();
    }

    @Test
    void takes_what_a_pause_held_for_stuck_only_when_it_waits_in_vain_after_it() {
        operations.pause("alice");
        keep(alert("A1"));
        clock.goOn(Duration.ofHours(1));
        operations.resume("alice");

        assertThat(status(() -> WELL).state()).isEqualTo(State.OK);
        clock.goOn(Duration.ofMinutes(11));
        assertThat(status(() -> WELL).state()).isEqualTo(State.STUCK);
    }
}
