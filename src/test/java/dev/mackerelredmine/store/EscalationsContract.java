package dev.mackerelredmine.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mackerelredmine.mackerel.NotificationReader;
import dev.mackerelredmine.people.Act;
import dev.mackerelredmine.people.How;
import dev.mackerelredmine.people.WhoIsOnIt;
import dev.mackerelredmine.redmine.Issue.Named;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is notified while nobody answers, in whichever database it is kept. */
abstract class EscalationsContract {

    private static final long ISSUE = 42;
    private static final String POLICY = "{\"steps\":[]}";
    private static final Duration A_MOMENT = Duration.ofSeconds(1);
    private static final Instant BEGUN = Instant.parse("2026-12-01T00:00:00Z");

    private final SetClock clock = new SetClock();
    private TestDatabase database;
    private Store store;
    private Escalations escalations;
    private Pages pages;

    /** Stands still until it is let go on. */
    private static final class SetClock extends Clock {
        private Instant now = BEGUN;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    abstract TestDatabase database() throws SQLException;

    @BeforeEach
    void open() throws Exception {
        database = database();
        store = opened("redmine");
        escalations = store.escalations();
        pages = store.pages();
        ticket(1, ISSUE);
    }

    @AfterEach
    void close() throws Exception {
        store.close();
        database.drop();
    }

    private Store opened(String stream) throws IOException {
        Backoff backoff = new Backoff(Duration.ofMinutes(1), Duration.ofHours(1));
        Store opened = new Store(
                new StoreOptions(database.address(), stream, false, backoff, Duration.ofMinutes(5)),
                new NotificationReader(),
                clock);
        opened.open();
        return opened;
    }

    private void restart() throws IOException {
        store.close();
        store = opened("redmine");
        escalations = store.escalations();
        pages = store.pages();
    }

    /** With an alert that fires, and a policy. */
    private void ticket(int number, long issue) throws SQLException {
        String identity = database.url().startsWith("jdbc:sqlite") ? "" : " OVERRIDING SYSTEM VALUE";
        database.execute("INSERT INTO problem (id, stream, problem_key, received)" + identity + " VALUES (" + number
                + ", 'redmine', 'p" + number + "', 1)");
        database.execute("INSERT INTO ticket (id, problem_id, issue, is_open, state, escalation)" + identity
                + " VALUES (" + number + ", " + number + ", " + issue + ", TRUE, '{}', 'critical-alerts')");
        database.execute(
                "INSERT INTO alert (id, stream, org, alert_key, problem_id, ticket_id, told, headline, status, last_status)"
                        + identity + " VALUES (" + number + ", 'redmine', 'example', 'a" + number + "', " + number
                        + ", " + number + ", 2, 1, 'critical', 'critical')");
        database.execute(
                "INSERT INTO event (received_at, kind, alert_id, problem_id, seq, notification) VALUES (1, 'alert', "
                        + number + ", " + number + ", 1, 'the worst')");
        database.execute(
                "INSERT INTO event (received_at, kind, alert_id, problem_id, seq, notification) VALUES (1, 'alert', "
                        + number + ", " + number + ", 2, 'the last')");
        database.execute("INSERT INTO step (alert_id, at, issue, up_to, action, why) VALUES (" + number + ", "
                + clock.millis() + ", " + issue + ", 1, 'create', 'it fires')");
    }

    private void goOn(Duration time) {
        clock.now = clock.now.plus(time);
    }

    private void begin() {
        escalations.toBegin().forEach(ticket -> escalations.begin(ticket, POLICY, clock.now, clock.now));
    }

    private static NewPage to(String person, String means) {
        return new NewPage("page", 1, 0, person, means, false);
    }

    /** The first step is done. */
    private void notify(NewPage... pages) {
        begin();
        RunningEscalation step = escalations.claimStep().orElseThrow();
        escalations.stepDone(step, List.of(pages), "who is on call", 1, 1, clock.now.plusSeconds(600));
    }

    private PendingPage claimed() {
        return pages.claim().orElseThrow();
    }

    private void acknowledge(String person) throws SQLException {
        WhoIsOnIt who = new WhoIsOnIt(
                new Act(7, How.ASSIGNEE, new Named(5L, person), clock.now.getEpochSecond(), null), null, null);
        database.execute(
                "UPDATE ticket SET acknowledged_at = " + clock.millis() + ", people = '" + TicketRow.write(who) + "'");
        act();
    }

    /** A person does something to the ticket, whatever it is. */
    private void act() throws SQLException {
        database.execute("UPDATE ticket SET person_journal = COALESCE(person_journal, 0) + 1");
    }

    private void handOver(long journal, String to) throws SQLException {
        WhoIsOnIt who = new WhoIsOnIt(
                null,
                new Act(
                        journal,
                        How.HAND_OVER,
                        new Named(5L, "Jiro Sato"),
                        clock.now.getEpochSecond(),
                        new Named(6L, to)),
                null);
        database.execute("UPDATE ticket SET acknowledged_at = NULL, person_journal = " + journal + ", people = '"
                + TicketRow.write(who) + "'");
    }

    private void getsWorse() throws SQLException {
        database.execute("UPDATE ticket SET anew = 'worse', anew_at = " + clock.millis()
                + ", anew_journal = COALESCE(person_journal, 0) WHERE acknowledged_at IS NOT NULL");
    }

    private void recover() throws SQLException {
        database.execute("UPDATE alert SET status = 'ok', last_status = 'ok'");
    }

    private void happens(String what) throws SQLException {
        switch (what) {
            case "acknowledged by Hanako Yamada" -> acknowledge("Hanako Yamada");
            case "recovered" -> recover();
            case "closed" -> database.execute("UPDATE ticket SET is_open = FALSE");
            case "gone" -> database.execute("UPDATE ticket SET is_open = FALSE, gone_at = 1");
            case "stopped" -> assertThat(escalations.stop(ISSUE, "taro")).isTrue();
            default -> throw new IllegalArgumentException(what);
        }
    }

    private List<String> states() throws SQLException {
        return database.found(
                "SELECT kind || ' ' || person || ' ' || means || ': ' || state || COALESCE(', ' || why, '') FROM page ORDER BY id");
    }

    private List<String> endings() throws SQLException {
        return database.found("SELECT COALESCE(ended_for, 'runs') FROM escalation ORDER BY id");
    }

    private static <T> List<T> atOnce(Callable<Optional<T>> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Optional<T>>> all =
                    IntStream.range(0, 8).mapToObj(i -> work).toList();
            List<T> found = new ArrayList<>();
            for (Future<Optional<T>> done : threads.invokeAll(all)) {
                done.get().ifPresent(found::add);
            }
            return found;
        } finally {
            threads.shutdownNow();
        }
    }

    // --- beginning

    @Test
    void begins_once_for_a_ticket_that_nobody_answers_to() {
        List<EscalatableTicket> tickets = escalations.toBegin();
        assertThat(tickets).containsExactly(new EscalatableTicket(1, ISSUE, "critical-alerts", null, 0));

        tickets.forEach(ticket -> escalations.begin(ticket, POLICY, BEGUN, BEGUN.plusSeconds(60)));
        tickets.forEach(ticket -> escalations.begin(ticket, POLICY, BEGUN, BEGUN));

        assertThat(escalations.toBegin()).isEmpty();
        assertThat(escalations.running()).singleElement().satisfies(row -> {
            assertThat(row.issue()).isEqualTo(ISSUE);
            assertThat(row.policyName()).isEqualTo("critical-alerts");
            assertThat(row.dueAt()).isEqualTo(BEGUN.plusSeconds(60).toEpochMilli());
            assertThat(row.endedFor()).isNull();
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UPDATE ticket SET escalation = NULL",
                "UPDATE ticket SET is_open = FALSE",
                "UPDATE ticket SET issue = NULL",
                "UPDATE ticket SET gone_at = 1",
                "UPDATE ticket SET acknowledged_at = 1",
                "UPDATE alert SET status = 'ok'",
                "UPDATE alert SET last_status = 'ok'",
                "UPDATE problem SET stream = 'preview'"
            })
    void begins_none_where_nobody_has_to_answer(String change) throws SQLException {
        List<EscalatableTicket> before = escalations.toBegin();
        database.execute(change);

        assertThat(escalations.toBegin()).isEmpty();
        before.forEach(ticket -> escalations.begin(ticket, POLICY, BEGUN, BEGUN));
        assertThat(escalations.running()).isEmpty();
    }

    @Test
    void begins_one_in_a_preview_too() throws Exception {
        database.execute("UPDATE problem SET stream = 'preview today'");
        store.close();
        store = opened("preview today");

        assertThat(store.escalations().toBegin()).hasSize(1);
    }

    @Test
    void begins_anew_when_an_acknowledgement_ends() throws SQLException {
        begin();
        acknowledge("Hanako Yamada");
        escalations.endSettled();
        begin();
        assertThat(endings()).containsExactly("acknowledged by Hanako Yamada");

        database.execute("UPDATE ticket SET acknowledged_at = NULL");
        begin();

        assertThat(endings()).containsExactly("acknowledged by Hanako Yamada", "runs");
    }

    @Test
    void one_of_an_alert_that_was_too_old_stands_without_steps() throws SQLException {
        EscalatableTicket ticket = escalations.toBegin().get(0);

        escalations.beginTooOld(ticket, POLICY, Duration.ofHours(3), "too old");
        escalations.beginTooOld(ticket, POLICY, Duration.ofHours(4), "too old");

        assertThat(escalations.toBegin()).isEmpty();
        assertThat(escalations.claimStep()).isEmpty();
        assertThat(escalations.stuck(clock.now)).isEmpty();
        assertThat(escalations.steps(1))
                .singleElement()
                .satisfies(step -> assertThat(step.why()).isEqualTo("too old"));
        List<EscalationRow> reported = escalations.unreportedExhausted(Duration.ofMinutes(5));
        assertThat(reported)
                .singleElement()
                .satisfies(row ->
                        assertThat(row.alertAge()).isEqualTo(Duration.ofHours(3).toMillis()));
        escalations.reportedExhausted(reported);
        assertThat(escalations.unreportedExhausted(Duration.ofMinutes(5))).isEmpty();

        acknowledge("Hanako Yamada");
        escalations.endSettled();
        database.execute("UPDATE ticket SET acknowledged_at = NULL");
        begin();
        assertThat(endings()).containsExactly("acknowledged by Hanako Yamada", "runs");
        assertThat(escalations.claimStep()).isPresent();
    }

    @Test
    void knows_when_each_alert_that_fires_came_and_until_when_it_escalated() throws SQLException {
        EscalatableTicket ticket = escalations.toBegin().get(0);
        assertThat(escalations.firing(ticket)).containsExactly(new FiringAlert(clock.millis(), 1L, "the worst", null));

        begin();
        goOn(A_MOMENT);
        acknowledge("Hanako Yamada");
        escalations.endSettled();
        assertThat(escalations.firing(ticket))
                .containsExactly(new FiringAlert(BEGUN.toEpochMilli(), 1L, "the worst", clock.millis()));

        recover();
        assertThat(escalations.firing(ticket)).isEmpty();
    }

    // --- once more

    /** Somebody has it, and it is time to look. */
    private QuietEscalation quiet() throws SQLException {
        notify(to("Hanako Yamada", "slack"));
        pages.accepted(claimed());
        acknowledge("Hanako Yamada");
        escalations.endSettled();
        List<QuietEscalation> quiet = escalations.quiet();
        assertThat(quiet).hasSize(1);
        return quiet.get(0);
    }

    @Test
    void one_that_somebody_took_is_looked_at_again() throws SQLException {
        begin();
        assertThat(escalations.quiet()).isEmpty();
        acknowledge("Hanako Yamada");
        escalations.endSettled();
        database.execute("UPDATE ticket SET seen_updated = " + (clock.millis() + 5));

        QuietEscalation quiet = escalations.quiet().get(0);

        assertThat(quiet.policyName()).isEqualTo("critical-alerts");
        assertThat(quiet.since()).isEqualTo(clock.millis() + 5);
        assertThat(quiet.lasts()).isTrue();
        assertThat(quiet.fires()).isTrue();
        escalations.pollLater(quiet, clock.now.plusSeconds(60));
        assertThat(escalations.quiet()).isEmpty();
        goOn(Duration.ofSeconds(60));
        assertThat(escalations.quiet()).hasSize(1);
        escalations.pause();
        assertThat(escalations.quiet()).isEmpty();
        escalations.resume();
        escalations.pollLater(escalations.quiet().get(0), null);
        goOn(Duration.ofDays(9));
        assertThat(escalations.quiet()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"recovered", "closed", "gone"})
    void one_of_a_ticket_that_is_over_is_not_looked_at_again(String what) throws SQLException {
        begin();
        happens(what);
        escalations.endSettled();
        assertThat(escalations.quiet()).isEmpty();
    }

    @Test
    void one_that_another_follows_does_not_last() throws SQLException {
        quiet();
        database.execute("UPDATE ticket SET acknowledged_at = NULL");
        assertThat(escalations.quiet().get(0).lasts()).isFalse();
        begin();
        acknowledge("Taro Suzuki");
        assertThat(escalations.quiet().get(0).lasts()).isFalse();
    }

    @Test
    void who_was_silent_is_asked_by_one_of_two_that_poll_at_once() throws SQLException {
        QuietEscalation quiet = quiet();
        assertThat(escalations.toBegin()).isEmpty();

        escalations.askAgain(quiet);
        escalations.pollLater(quiet, clock.now);
        escalations.askAgain(quiet);

        assertThat(escalations.quiet()).isEmpty();
        assertThat(escalations.toBegin())
                .containsExactly(new EscalatableTicket(1, ISSUE, "critical-alerts", "again", 1));
        act();
        assertThat(escalations.toBegin()).isEmpty();
    }

    @Test
    void nobody_is_asked_who_has_given_it_back() throws SQLException {
        QuietEscalation quiet = quiet();
        database.execute("UPDATE ticket SET acknowledged_at = NULL");

        escalations.askAgain(quiet);

        assertThat(escalations.toBegin()).containsExactly(new EscalatableTicket(1, ISSUE, "critical-alerts", null, 1));
    }

    // --- asked anew

    /** Hanako has it, it gets worse, and she is asked; the first step comes after ten minutes. */
    private void asked() throws SQLException {
        acknowledge("Hanako Yamada");
        getsWorse();
        notify(new NewPage("worse", 0, 0, "Hanako Yamada", "slack", false));
    }

    @Test
    void begins_for_a_ticket_that_somebody_has_once_it_gets_worse() throws SQLException {
        acknowledge("Hanako Yamada");
        assertThat(escalations.toBegin()).isEmpty();
        getsWorse();

        assertThat(escalations.toBegin())
                .containsExactly(new EscalatableTicket(1, ISSUE, "critical-alerts", "worse", 1));
        assertThat(escalations.stuck(clock.now.minusMillis(1))).isEmpty();
        begin();
        escalations.endSettled();
        assertThat(endings()).containsExactly("runs");
        assertThat(escalations.toBegin()).isEmpty();
        assertThat(escalations.claimStep())
                .hasValueSatisfying(step -> assertThat(step.asks()).isEqualTo("worse"));
    }

    @Test
    void whatever_a_person_does_then_is_an_answer() throws SQLException {
        asked();
        pages.accepted(claimed());
        escalations.endSettled();
        assertThat(endings()).containsExactly("runs");
        act();
        goOn(Duration.ofSeconds(600));

        assertThat(escalations.claimStep()).isEmpty();
        escalations.endSettled();

        assertThat(endings()).containsExactly("acknowledged by Hanako Yamada");
        assertThat(states()).containsExactly("worse Hanako Yamada slack: answered");
        assertThat(escalations.toBegin()).isEmpty();
        assertThat(escalations.quiet()).hasSize(1);
        getsWorse();
        assertThat(escalations.toBegin()).hasSize(1);
    }

    @Test
    void unanswered_it_goes_on_although_somebody_has_the_ticket() throws SQLException {
        asked();
        pages.accepted(claimed());
        goOn(Duration.ofSeconds(600));

        RunningEscalation step = escalations.claimStep().orElseThrow();
        escalations.stepDone(
                step, List.of(new NewPage("page", 1, 1, "Taro Suzuki", "slack", false)), "on call", 1, 1, null);
        PendingPage page = claimed();
        assertThat(page.person()).isEqualTo("Taro Suzuki");
        pages.accepted(page);
        goOn(Duration.ofMinutes(5));
        assertThat(escalations.unreportedExhausted(Duration.ofMinutes(5))).hasSize(1);

        recover();
        escalations.endSettled();
        assertThat(states())
                .containsExactlyInAnyOrder(
                        "worse Hanako Yamada slack: accepted",
                        "page Taro Suzuki slack: accepted",
                        "over Hanako Yamada slack: waiting",
                        "over Taro Suzuki slack: waiting");
    }

    @ParameterizedTest
    @CsvSource({"recovered", "closed", "gone", "stopped"})
    void nobody_is_asked_anew_about_what_is_over(String what) throws SQLException {
        asked();
        happens(what);
        goOn(Duration.ofSeconds(600));

        assertThat(pages.claim()).isEmpty();
        assertThat(escalations.claimStep()).isEmpty();
        assertThat(states()).containsExactly("worse Hanako Yamada slack: dropped, " + what);
    }

    @Test
    void nobody_is_asked_who_has_done_something_before_the_page_left() throws SQLException {
        asked();
        act();

        assertThat(pages.claim()).isEmpty();
        assertThat(states()).containsExactly("worse Hanako Yamada slack: dropped, acknowledged by Hanako Yamada");
    }

    @Test
    void one_that_asks_ends_where_the_ticket_is_given_back_and_another_begins() throws SQLException {
        asked();
        act();
        database.execute("UPDATE ticket SET acknowledged_at = NULL, people = NULL");
        escalations.endSettled();
        begin();

        assertThat(endings()).containsExactly("acknowledged by somebody", "runs");
        assertThat(escalations.claimStep())
                .hasValueSatisfying(step -> assertThat(step.asks()).isNull());
    }

    @Test
    void a_step_waits_with_those_after_it() {
        notify(to("Taro Suzuki", "slack"));
        goOn(Duration.ofSeconds(600));
        RunningEscalation step = escalations.claimStep().orElseThrow();

        escalations.stepWaits(step, Duration.ofSeconds(300));
        escalations.stepWaits(step, Duration.ofSeconds(300));

        goOn(Duration.ofSeconds(299));
        assertThat(escalations.claimStep()).isEmpty();
        goOn(A_MOMENT);
        assertThat(escalations.claimStep()).hasValueSatisfying(waited -> {
            assertThat(waited.step()).isOne();
            assertThat(waited.startsAt()).isEqualTo(BEGUN.plusSeconds(300).toEpochMilli());
        });
    }

    // --- what people do meanwhile

    @Test
    void a_hand_over_while_nobody_has_it_is_taken_in_once() throws SQLException {
        NewPage page = new NewPage("hand-over", 0, 0, "Taro Suzuki", "slack", false);
        begin();
        handOver(7, "Taro Suzuki");
        assertThat(escalations.touched()).isEmpty();
        notify(to("Hanako Yamada", "slack"));
        escalations.pause();
        assertThat(escalations.touched()).isEmpty();
        escalations.resume();

        TouchedEscalation touched = escalations.touched().get(0);
        assertThat(touched.handOver().orElseThrow().to().name()).isEqualTo("Taro Suzuki");
        escalations.takenIn(touched, List.of(page));
        escalations.takenIn(touched, List.of(page));
        assertThat(escalations.touched()).isEmpty();

        database.execute("UPDATE ticket SET person_journal = 8");
        assertThat(escalations.touched().get(0).handOver()).isEmpty();
        handOver(9, "Taro Suzuki");
        escalations.takenIn(escalations.touched().get(0), List.of(page));
        assertThat(states())
                .containsExactly(
                        "page Hanako Yamada slack: waiting",
                        "hand-over Taro Suzuki slack: waiting",
                        "hand-over Taro Suzuki slack: waiting");
    }

    @ParameterizedTest
    @CsvSource({"acknowledged by Hanako Yamada", "recovered", "closed", "gone", "stopped"})
    void a_hand_over_is_not_taken_in_after(String what) throws SQLException {
        notify(to("Hanako Yamada", "slack"));
        handOver(7, "Taro Suzuki");
        happens(what);

        assertThat(escalations.touched()).isEmpty();
    }

    // --- what is said of a round

    private void lastStep() {
        begin();
        RunningEscalation step = escalations.claimStep().orElseThrow();
        escalations.stepDone(
                step, List.of(to("Hanako Yamada", "slack"), NewPage.ofRound(1, 0)), "who is on call", 1, 0, null);
        pages.accepted(claimed());
    }

    @Test
    void a_round_is_said_a_minute_later_and_reaches_nobody() throws SQLException {
        lastStep();
        goOn(Duration.ofSeconds(59));
        assertThat(pages.claim()).isEmpty();
        goOn(A_MOMENT);

        PendingPage page = claimed();
        assertThat(page.kind()).isEqualTo("round");
        pages.accepted(page);

        assertThat(pages.notified(ISSUE)).containsOnlyKeys("Hanako Yamada");
        recover();
        escalations.endSettled();
        assertThat(states())
                .containsExactly(
                        "page Hanako Yamada slack: accepted",
                        "round the ticket redmine: accepted",
                        "over Hanako Yamada slack: waiting");
    }

    @Test
    void a_restart_does_not_hurry_what_is_said_of_a_round() throws IOException {
        lastStep();
        restart();
        assertThat(pages.claim()).isEmpty();
        goOn(Duration.ofMinutes(1));
        assertThat(pages.claim()).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"acknowledged by Hanako Yamada", "recovered", "closed", "gone", "stopped"})
    void a_round_is_not_said_after(String what) throws SQLException {
        lastStep();
        happens(what);
        escalations.endSettled();
        goOn(Duration.ofMinutes(1));

        pages.claim().ifPresent(page -> assertThat(page.kind()).isEqualTo("over"));
        assertThat(states()).contains("round the ticket redmine: dropped, " + what);
    }

    // --- steps

    @Test
    void a_step_is_one_callers() throws Exception {
        begin();

        List<RunningEscalation> claimed = atOnce(escalations::claimStep);

        assertThat(claimed).singleElement().satisfies(step -> {
            assertThat(step.ticketId()).isEqualTo(1);
            assertThat(step.issue()).isEqualTo(ISSUE);
            assertThat(step.policy()).isEqualTo(POLICY);
            assertThat(step.startsAt()).isEqualTo(BEGUN.toEpochMilli());
            assertThat(step.round()).isEqualTo(1);
            assertThat(step.step()).isZero();
        });
    }

    @Test
    void a_step_is_due_at_its_time() {
        notify(to("Hanako Yamada", "slack"));

        goOn(Duration.ofSeconds(599));
        assertThat(escalations.claimStep()).isEmpty();
        goOn(A_MOMENT);
        assertThat(escalations.claimStep())
                .hasValueSatisfying(step -> assertThat(step.step()).isEqualTo(1));
    }

    @ParameterizedTest
    @CsvSource({"acknowledged by Hanako Yamada", "recovered", "closed", "gone", "stopped"})
    void no_step_is_taken_and_no_page_sent_after(String what) throws SQLException {
        begin();
        RunningEscalation step = escalations.claimStep().orElseThrow();
        escalations.stepDone(step, List.of(to("Taro Suzuki", "slack")), "who is on call", 1, 1, clock.now);
        happens(what);

        assertThat(escalations.claimStep()).isEmpty();
        assertThat(pages.claim()).isEmpty();
        assertThat(states()).containsExactly("page Taro Suzuki slack: dropped, " + what);
    }

    @ParameterizedTest
    @CsvSource({"acknowledged by Hanako Yamada", "recovered", "closed", "gone"})
    void ends_and_drops_what_waits_after(String what) throws SQLException {
        notify(to("Taro Suzuki", "slack"));
        happens(what);

        escalations.endSettled();
        escalations.endSettled();

        assertThat(endings()).containsExactly(what);
        assertThat(states()).containsExactly("page Taro Suzuki slack: dropped, " + what);
        assertThat(escalations.running()).isEmpty();
    }

    @Test
    void a_lease_that_ran_out_makes_a_step_due_again_and_its_pages_are_added_once() throws SQLException {
        begin();
        RunningEscalation lost = escalations.claimStep().orElseThrow();
        goOn(Escalations.LEASE);
        RunningEscalation again = escalations.claimStep().orElseThrow();

        escalations.stepDone(again, List.of(to("Taro Suzuki", "slack")), "again", 1, 1, clock.now.plusSeconds(60));
        escalations.stepDone(lost, List.of(to("Hanako Yamada", "slack")), "late", 1, 1, clock.now);

        assertThat(states()).containsExactly("page Taro Suzuki slack: waiting");
        assertThat(database.found("SELECT why FROM escalation_step")).containsExactly("again");
    }

    @Test
    void a_step_that_was_stopped_under_way_notifies_nobody() throws SQLException {
        begin();
        RunningEscalation step = escalations.claimStep().orElseThrow();
        escalations.stop(ISSUE, "taro");

        escalations.stepDone(step, List.of(to("Taro Suzuki", "slack")), "late", 1, 1, clock.now);

        assertThat(states()).isEmpty();
        assertThat(escalations.claimStep()).isEmpty();
    }

    // --- pages

    @Test
    void a_page_is_one_callers_and_has_what_it_is_about() throws Exception {
        notify(to("Taro Suzuki", "slack"));

        assertThat(atOnce(pages::claim)).singleElement().satisfies(page -> {
            assertThat(page.issue()).isEqualTo(ISSUE);
            assertThat(page.person()).isEqualTo("Taro Suzuki");
            assertThat(page.means()).isEqualTo("slack");
            assertThat(page.headline()).isEqualTo("the worst");
            assertThat(page.state()).isEqualTo("{}");
        });
    }

    @Test
    void a_page_whose_lease_ran_out_is_sent_again_under_the_same_number() {
        notify(to("Taro Suzuki", "slack"));
        long id = claimed().id();
        assertThat(pages.claim()).isEmpty();

        goOn(Escalations.LEASE);

        assertThat(claimed().id()).isEqualTo(id);
    }

    @Test
    void a_page_that_fails_is_tried_five_times() throws SQLException {
        notify(to("Taro Suzuki", "slack"));

        for (int wait : List.of(10, 20, 40, 80)) {
            Instant again = pages.failed(claimed(), "Slack is away");
            assertThat(again).isEqualTo(clock.now.plusSeconds(wait));
            assertThat(pages.claim()).isEmpty();
            goOn(Duration.ofSeconds(wait));
        }

        assertThat(pages.failed(claimed(), "Slack is " + "\0".repeat(2000))).isNull();
        goOn(Duration.ofDays(1));
        assertThat(pages.claim()).isEmpty();
        assertThat(pages.of(1)).singleElement().satisfies(page -> {
            assertThat(page.state()).isEqualTo("failed");
            assertThat(page.why()).startsWith("Slack is").hasSizeLessThan(600);
        });
    }

    @Test
    void recovery_is_said_once_to_each_who_was_notified_by_each_means() throws SQLException {
        notify(to("Taro Suzuki", "slack"), to("Taro Suzuki", "mail"), to("Hanako Yamada", "slack"));
        pages.accepted(claimed());
        pages.accepted(claimed());
        goOn(Duration.ofSeconds(600));
        RunningEscalation next = escalations.claimStep().orElseThrow();
        hold(claimed());
        escalations.stepDone(
                next, List.of(new NewPage("page", 1, 1, "Taro Suzuki", "slack", false)), "who is on call", 1, 2, null);
        pages.accepted(claimed());
        recover();
        escalations.endSettled();

        PendingPage one = claimed();
        PendingPage other = claimed();
        assertThat(List.of(one.person() + " " + one.means(), other.person() + " " + other.means()))
                .containsExactlyInAnyOrder("Taro Suzuki slack", "Taro Suzuki mail");
        assertThat(List.of(one.kind(), other.kind())).containsOnly("over");
        pages.accepted(one);
        pages.accepted(other);
        escalations.endSettled();
        assertThat(pages.claim()).isEmpty();
        assertThat(states()).contains("page Hanako Yamada slack: dropped, recovered");
    }

    @Test
    void recovery_is_said_to_whom_a_page_reaches_that_was_under_way() throws SQLException {
        notify(to("Taro Suzuki", "slack"));
        PendingPage page = claimed();
        recover();
        escalations.endSettled();
        assertThat(states()).containsExactly("page Taro Suzuki slack: waiting");

        pages.accepted(page);

        assertThat(states()).containsExactly("page Taro Suzuki slack: accepted", "over Taro Suzuki slack: waiting");
    }

    @Test
    void recovery_is_not_said_where_a_person_has_it() throws SQLException {
        notify(to("Taro Suzuki", "slack"), to("Hanako Yamada", "slack"));
        pages.accepted(claimed());
        pages.accepted(claimed());
        acknowledge("Hanako Yamada");
        recover();
        escalations.endSettled();

        assertThat(states())
                .containsExactlyInAnyOrder("page Taro Suzuki slack: accepted", "page Hanako Yamada slack: answered");
    }

    @Test
    void a_page_under_way_is_answered_too() throws SQLException {
        notify(to("Hanako Yamada", "slack"));
        PendingPage page = claimed();
        acknowledge("Hanako Yamada");
        escalations.endSettled();

        pages.accepted(page);

        assertThat(states()).containsExactly("page Hanako Yamada slack: answered");
    }

    @Test
    void recovery_after_a_stop_is_said_too() throws SQLException {
        notify(to("Taro Suzuki", "slack"));
        pages.accepted(claimed());
        escalations.stop(ISSUE, "taro");
        recover();
        escalations.endSettled();

        assertThat(claimed().kind()).isEqualTo("over");
    }

    @Test
    void counts_what_a_person_got_by_a_means_within_a_time() {
        notify(to("Taro Suzuki", "slack"), to("Hanako Yamada", "slack"));
        PendingPage taro = claimed();
        PendingPage hanako = claimed();
        pages.accepted(taro);

        assertThat(pages.acceptedWithin(taro, Duration.ofMinutes(15))).isOne();
        assertThat(pages.acceptedWithin(hanako, Duration.ofMinutes(15))).isZero();
        goOn(Duration.ofMinutes(15));
        assertThat(pages.acceptedWithin(taro, Duration.ofMinutes(15))).isZero();
    }

    @Test
    void of_two_pages_that_are_sent_at_once_the_first_counts_for_the_second() {
        notify(to("Taro Suzuki", "slack"), new NewPage("page", 1, 1, "Taro Suzuki", "slack", false));
        PendingPage first = claimed();
        PendingPage second = claimed();

        assertThat(pages.acceptedWithin(first, Duration.ofMinutes(15))).isZero();
        assertThat(pages.acceptedWithin(second, Duration.ofMinutes(15))).isOne();
    }

    // --- what is held back

    private static final Duration WINDOW = Duration.ofMinutes(15);

    /** One is as many as the person gets. */
    private void hold(PendingPage page) {
        pages.hold(page, 1, WINDOW);
    }

    /** Of tickets of their own, one after the other; the first page was taken. */
    private void heldBack(int others) throws SQLException {
        for (int number = 2; number <= others + 1; number++) {
            ticket(number, ISSUE + number);
        }
        escalations.toBegin().forEach(ticket -> escalations.begin(ticket, POLICY, clock.now, clock.now));
        for (int i = 0; i <= others; i++) {
            RunningEscalation step = escalations.claimStep().orElseThrow();
            escalations.stepDone(step, List.of(to("Taro Suzuki", "slack")), "who is on call", 1, 1, null);
        }
        pages.accepted(claimed());
        goOn(A_MOMENT);
        for (int i = 0; i < others; i++) {
            hold(claimed());
        }
        assertThat(pages.claim()).isEmpty();
    }

    private void untilOneMoreMayBeSent() {
        goOn(WINDOW.minus(A_MOMENT).minusMillis(1));
        assertThat(pages.claim()).isEmpty();
        goOn(Duration.ofMillis(1));
    }

    @Test
    void what_is_held_back_is_due_as_soon_as_one_more_may_be_sent() throws Exception {
        heldBack(1);
        untilOneMoreMayBeSent();
        assertThat(pages.acceptedWithin(claimed(), WINDOW)).isZero();
    }

    @Test
    void it_outlasts_a_restart() throws Exception {
        heldBack(1);
        restart();
        hold(claimed());
        untilOneMoreMayBeSent();

        assertThat(claimed().isHeld()).isTrue();
    }

    @Test
    void one_page_is_for_all_that_is_held_back() throws Exception {
        heldBack(3);
        untilOneMoreMayBeSent();

        PendingPage page = claimed();
        assertThat(pages.held(page)).isEqualTo(2);
        assertThat(pages.claim()).isEmpty();
        pages.accepted(page);

        goOn(Duration.ofDays(1));
        assertThat(pages.claim()).isEmpty();
    }

    @Test
    void where_that_one_fails_for_good_another_is_sent_for_all() throws Exception {
        heldBack(3);
        untilOneMoreMayBeSent();
        PendingPage page = claimed();
        pages.dropped(page, "no contact");

        goOn(Escalations.LEASE);

        assertThat(pages.held(claimed())).isOne();
    }

    @Test
    void any_other_page_that_the_means_takes_says_it_too() throws Exception {
        heldBack(2);
        database.execute(
                "INSERT INTO page (stream, escalation_id, kind, round, step, person, means, is_group, at, due_at)"
                        + " VALUES ('redmine', 1, 'page', 1, 5, 'Taro Suzuki', 'slack', FALSE, 1, 1)");
        PendingPage page = claimed();
        assertThat(pages.held(page)).isEqualTo(2);

        pages.accepted(page);

        goOn(Duration.ofDays(1));
        assertThat(pages.claim()).isEmpty();
    }

    @Test
    void what_is_held_back_while_a_page_is_under_way_is_not_said_by_it() throws Exception {
        heldBack(2);
        untilOneMoreMayBeSent();
        PendingPage page = claimed();
        database.execute("UPDATE page SET at = at + 3600000 WHERE state = 'capped'");

        pages.accepted(page);

        goOn(Duration.ofHours(2));
        assertThat(pages.claim()).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"acknowledged by Hanako Yamada", "recovered", "closed", "gone"})
    void nothing_that_was_held_back_is_sent_after(String what) throws Exception {
        heldBack(2);
        database.execute("DELETE FROM page WHERE state = 'accepted'");
        happens(what);
        untilOneMoreMayBeSent();

        assertThat(pages.claim()).isEmpty();
        escalations.endSettled();
        assertThat(states()).containsOnly("page Taro Suzuki slack: dropped, " + what);
    }

    @Test
    void of_what_is_held_back_only_what_still_needs_somebody_is_counted() throws Exception {
        heldBack(3);
        database.execute("UPDATE ticket SET is_open = FALSE WHERE issue = " + (ISSUE + 2));
        escalations.endSettled();
        untilOneMoreMayBeSent();

        assertThat(pages.held(claimed())).isOne();
    }

    @Test
    void that_it_is_over_is_counted_for_itself() throws Exception {
        heldBack(2);
        database.execute("UPDATE page SET kind = 'over' WHERE state = 'capped' AND id = (SELECT MAX(id) FROM page)");
        untilOneMoreMayBeSent();

        PendingPage page = claimed();
        assertThat(pages.held(page)).isZero();
        pages.accepted(page);

        goOn(WINDOW);
        assertThat(claimed().kind()).isNotEqualTo(page.kind());
    }

    // --- for people

    @Test
    void one_that_is_stopped_stands_until_its_ticket_is_acknowledged() throws SQLException {
        notify(to("Taro Suzuki", "slack"));

        assertThat(escalations.stop(ISSUE, "taro")).isTrue();
        assertThat(escalations.stop(ISSUE + 1, "taro")).isFalse();

        assertThat(states()).containsExactly("page Taro Suzuki slack: dropped, stopped");
        assertThat(escalations.toBegin()).isEmpty();
        assertThat(escalations.running()).singleElement().satisfies(row -> {
            assertThat(row.stoppedBy()).isEqualTo("taro");
            assertThat(row.dueAt()).isNull();
        });
        acknowledge("Hanako Yamada");
        escalations.endSettled();
        assertThat(endings()).containsExactly("acknowledged by Hanako Yamada");
    }

    @Test
    void nothing_is_done_while_paused() throws SQLException {
        notify(to("Taro Suzuki", "slack"));
        ticket(2, ISSUE + 1);
        EscalatableTicket other = escalations.toBegin().get(0);
        escalations.pause();
        Instant since = clock.now;
        goOn(Duration.ofHours(1));
        escalations.pause();

        assertThat(escalations.pausedSince()).contains(since);
        escalations.begin(other, POLICY, clock.now, clock.now);
        assertThat(escalations.running()).hasSize(1);
        assertThat(escalations.toBegin()).isEmpty();
        assertThat(escalations.claimStep()).isEmpty();
        assertThat(pages.claim()).isEmpty();
        assertThat(escalations.stuck(clock.now)).isEmpty();

        escalations.resume();
        assertThat(escalations.pausedSince()).isEmpty();
        assertThat(escalations.stuck(clock.now.minusSeconds(60))).isEmpty();
        assertThat(escalations.toBegin()).hasSize(1);
        assertThat(escalations.claimStep()).isPresent();
        assertThat(pages.claim()).isPresent();
    }

    // --- for the auditor

    @Test
    void one_that_ran_out_of_steps_is_reported_once() throws SQLException {
        begin();
        RunningEscalation step = escalations.claimStep().orElseThrow();
        assertThat(escalations.unreportedExhausted(Duration.ofMinutes(5))).isEmpty();
        escalations.stepDone(step, List.of(), "nobody is on call", 1, 1, null);
        goOn(Duration.ofMinutes(5));

        List<EscalationRow> exhausted = escalations.unreportedExhausted(Duration.ofMinutes(5));
        assertThat(exhausted)
                .singleElement()
                .satisfies(row -> assertThat(row.issue()).isEqualTo(ISSUE));
        assertThat(escalations.toBegin()).isEmpty();
        escalations.reportedExhausted(exhausted);
        assertThat(escalations.unreportedExhausted(Duration.ofMinutes(5))).isEmpty();
    }

    @Test
    void one_whose_last_page_is_still_tried_or_was_just_sent_may_yet_be_answered() {
        begin();
        escalations.stepDone(
                escalations.claimStep().orElseThrow(), List.of(to("Taro Suzuki", "slack")), "on call", 1, 1, null);
        goOn(Duration.ofMinutes(5).minusMillis(1));
        pages.accepted(claimed());
        assertThat(escalations.unreportedExhausted(Duration.ofMinutes(5))).isEmpty();

        goOn(Duration.ofMillis(1));
        assertThat(escalations.unreportedExhausted(Duration.ofMinutes(5))).hasSize(1);
    }

    @Test
    void one_whose_page_waits_is_not_given_up() {
        begin();
        escalations.stepDone(
                escalations.claimStep().orElseThrow(), List.of(to("Taro Suzuki", "slack")), "on call", 1, 1, null);
        goOn(Duration.ofMinutes(5));

        assertThat(escalations.unreportedExhausted(Duration.ofMinutes(5))).isEmpty();
    }

    @Test
    void one_that_was_stopped_or_acknowledged_did_not_run_out_of_steps() throws SQLException {
        begin();
        RunningEscalation step = escalations.claimStep().orElseThrow();
        escalations.stepDone(step, List.of(), "nobody is on call", 1, 1, null);
        acknowledge("Hanako Yamada");
        assertThat(escalations.unreportedExhausted(Duration.ofMinutes(5))).isEmpty();

        ticket(2, ISSUE + 1);
        begin();
        escalations.stop(ISSUE + 1, "taro");
        assertThat(escalations.unreportedExhausted(Duration.ofMinutes(5))).isEmpty();
    }

    @Test
    void none_that_begins_for_a_ticket_is_stuck_once_it_should_have() throws SQLException {
        assertThat(escalations.stuck(clock.now.minusMillis(1))).isEmpty();
        assertThat(escalations.stuck(clock.now)).containsExactly(ISSUE);
        begin();
        assertThat(escalations.stuck(clock.now.minusMillis(1))).isEmpty();
    }

    @Test
    void a_step_or_a_page_that_nobody_takes_is_stuck() {
        notify(to("Taro Suzuki", "slack"));
        assertThat(escalations.stuck(clock.now.minusMillis(1))).isEmpty();
        assertThat(escalations.stuck(clock.now)).containsExactly(ISSUE);

        pages.accepted(claimed());
        assertThat(escalations.stuck(clock.now.plusSeconds(599))).isEmpty();
        assertThat(escalations.stuck(clock.now.plusSeconds(600))).containsExactly(ISSUE);
        goOn(Duration.ofSeconds(600));
        escalations.claimStep();
        assertThat(escalations.stuck(clock.now)).isEmpty();
    }

    // --- a restart, and retention

    @Test
    void what_is_over_is_deleted_with_all_that_belongs_to_it() throws SQLException {
        notify(to("Taro Suzuki", "slack"));
        recover();
        escalations.endSettled();

        Retention retention = store.retention(Duration.ofDays(1), Duration.ofDays(1));
        assertThat(retention.purgeEscalations(clock.now)).isZero();
        assertThat(retention.purgeEscalations(clock.now.plusMillis(1))).isOne();
        assertThat(states()).isEmpty();
        assertThat(database.found("SELECT why FROM escalation_step")).isEmpty();
    }

    @Test
    void a_pause_outlasts_a_restart() throws IOException {
        escalations.pause();
        restart();
        assertThat(escalations.pausedSince()).isPresent();
    }

    @Test
    void what_a_run_before_had_claimed_is_due_at_once_where_no_other_can_have_it() throws Exception {
        notify(to("Taro Suzuki", "slack"));
        claimed();
        boolean isAlone = database.url().startsWith("jdbc:sqlite");
        restart();

        assertThat(pages.claim().isPresent()).isEqualTo(isAlone);
        goOn(Escalations.LEASE);
        assertThat(pages.claim().isPresent()).isTrue();
    }

    @Test
    void knows_all_of_a_ticket_for_whoever_asks() {
        notify(to("Taro Suzuki", "slack"));

        assertThat(pages.of(1)).singleElement().satisfies(page -> {
            assertThat(page.kind()).isEqualTo("page");
            assertThat(page.round()).isOne();
            assertThat(page.state()).isEqualTo("waiting");
            assertThat(page.time()).isEqualTo(clock.now);
        });
    }
}
