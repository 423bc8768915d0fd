package dev.mackerelredmine.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mackerelredmine.escalation.EscalationFile;
import dev.mackerelredmine.escalation.EscalationPolicy;
import dev.mackerelredmine.escalation.EscalationStep;
import dev.mackerelredmine.escalation.Person;
import dev.mackerelredmine.escalation.Target;
import dev.mackerelredmine.mackerel.NotificationReader;
import dev.mackerelredmine.notice.Notice;
import dev.mackerelredmine.paging.Auditor;
import dev.mackerelredmine.paging.CurrentFile;
import dev.mackerelredmine.paging.Escalating;
import dev.mackerelredmine.paging.OutgoingPage;
import dev.mackerelredmine.paging.Paging;
import dev.mackerelredmine.paging.message.PageText;
import dev.mackerelredmine.people.Act;
import dev.mackerelredmine.people.How;
import dev.mackerelredmine.people.WhoIsOnIt;
import dev.mackerelredmine.redmine.Issue.Named;
import dev.mackerelredmine.text.TextFormat;
import dev.mackerelredmine.text.Texts;
import dev.mackerelredmine.ticket.text.Sentences;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What wakes nobody, who is asked anew, and what a ticket says of a round. */
@Tag("fast")
class PagingTest {

    private static final Instant BEGUN = Instant.parse("2026-12-01T00:00:00Z");
    private static final Duration MAX_AGE = Duration.ofHours(1);
    private static final Duration AGAIN_AFTER = Duration.ofHours(4);
    private static final Duration WAIT = Duration.ofMinutes(5);
    private static final Duration A_MOMENT = Duration.ofSeconds(1);

    private static final EscalationPolicy POLICY = new EscalationPolicy(
            "p",
            null,
            List.of(step(0, "h", "chat", "redmine"), step(10, "nobody known", "chat"), step(20, "t", "chat")),
            1,
            Duration.ofMinutes(10),
            AGAIN_AFTER);

    private static final EscalationFile FILE = new EscalationFile(
            Map.of(),
            Map.of(
                    "h", new Person("h", Map.of("chat", "SECRET-h", "redmine", "h")),
                    "t", new Person("t", Map.of("chat", "SECRET-t"))),
            Map.of("p", POLICY));

    @TempDir
    Path folder;

    private final SetClock clock = new SetClock();
    private TestDatabase database;
    private Store store;
    private Escalating escalating;
    private Paging paging;
    private Auditor auditor;

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

    private static EscalationStep step(int minutes, String whom, String... by) {
        return new EscalationStep(
                Duration.ofMinutes(minutes), List.of(new Target(Target.Kind.PERSON, whom)), List.of(by));
    }

    @BeforeEach
    void open() throws IOException {
        database = new TestDatabase("jdbc:sqlite:" + folder.resolve("store.db"), null, null);
        Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(2));
        store = new Store(
                new StoreOptions(database.address(), "redmine", false, backoff, Duration.ofMinutes(5)),
                new NotificationReader(),
                clock);
        store.open();
        CurrentFile file = new CurrentFile(folder, path -> FILE);
        file.begin();
        TextFormat format = TextFormat.COMMON_MARK;
        Texts texts = new Texts(Path.of("texts"), "en", format.templates(), format::escape);
        escalating = new Escalating(store, file, new Escalating.Rules(Set.of(), WAIT, MAX_AGE), clock);
        Sentences sentences = new Sentences(texts.words(), ZoneOffset.UTC);
        auditor = new Auditor(
                store,
                file,
                sentences,
                new Auditor.Limits(Duration.ofMinutes(3), Duration.ofMinutes(5), "https://redmine.example.jp"),
                clock);
        paging = new Paging(
                store,
                file,
                new PageText(sentences),
                new Paging.Limits(3, 10, false, "https://redmine.example.jp"),
                (means, outcome) -> {});
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    private void ticket(int number, Duration age) throws SQLException {
        database.execute("INSERT INTO problem (id, stream, problem_key, received) VALUES (" + number + ", 'redmine', 'p"
                + number + "', 1)");
        database.execute("INSERT INTO ticket (id, problem_id, issue, is_open, escalation) VALUES (" + number + ", "
                + number + ", " + number + ", TRUE, 'p')");
        database.execute(
                "INSERT INTO alert (id, stream, org, alert_key, problem_id, ticket_id, told, headline, status) VALUES ("
                        + number + ", 'redmine', 'example', 'a" + number + "', " + number + ", " + number
                        + ", 1, 1, 'critical')");
        database.execute("INSERT INTO event (received_at, kind, alert_id, problem_id, seq, notification) VALUES ("
                + clock.millis() + ", 'alert', " + number + ", " + number
                + ", 1, '{\"event\":\"alert\",\"alert\":{\"status\":\"critical\",\"openedAt\":"
                + clock.now.minus(age).getEpochSecond() + "}}')");
        database.execute("INSERT INTO step (alert_id, at, issue, up_to, action, why) VALUES (" + number + ", "
                + clock.millis() + ", " + number + ", 1, 'create', 'it fires')");
    }

    private void has(String person) throws SQLException {
        WhoIsOnIt who = new WhoIsOnIt(
                new Act(7, How.ASSIGNEE, new Named(5L, person), clock.now.getEpochSecond(), null), null, null);
        database.execute("UPDATE ticket SET acknowledged_at = " + clock.millis() + ", seen_updated = " + clock.millis()
                + ", people = '" + TicketRow.write(who) + "'");
        acts();
    }

    /** A person does something to the ticket, whatever it is. */
    private void acts() throws SQLException {
        database.execute(
                "UPDATE ticket SET person_journal = COALESCE(person_journal, 0) + 1, seen_updated = " + clock.millis());
    }

    private void getsWorse() throws SQLException {
        database.execute("UPDATE ticket SET anew = 'worse', anew_at = " + clock.millis()
                + ", anew_journal = COALESCE(person_journal, 0) WHERE acknowledged_at IS NOT NULL");
    }

    private void given(long journal, String to) throws SQLException {
        WhoIsOnIt who = new WhoIsOnIt(
                null,
                new Act(journal, How.HAND_OVER, new Named(9L, "boss"), clock.now.getEpochSecond(), new Named(5L, to)),
                null);
        database.execute("UPDATE ticket SET person_journal = " + journal + ", people = '" + TicketRow.write(who) + "'");
    }

    /** Everything that is due then is sent. */
    private List<String> sent(Duration later) {
        clock.now = clock.now.plus(later);
        escalating.poll();
        List<String> sent = new ArrayList<>();
        for (OutgoingPage page = paging.next(); page != null; page = paging.next()) {
            sent.add(page.page().kind() + " " + page.page().person() + " "
                    + page.page().means());
            paging.accepted(page);
        }
        return sent;
    }

    // --- what is too much

    @Test
    void what_is_held_back_comes_as_one_page_when_the_time_is_over() throws SQLException {
        for (int number = 1; number <= 13; number++) {
            ticket(number, Duration.ZERO);
        }
        assertThat(sent(Duration.ZERO)).filteredOn("page h chat"::equals).hasSize(10);
        assertThat(sent(Duration.ofMinutes(14))).doesNotContain("page h chat");

        clock.now = clock.now.plusSeconds(60);
        OutgoingPage page = paging.next();
        while (!page.page().person().equals("h")) {
            paging.accepted(page);
            page = paging.next();
        }
        assertThat(page.page().text()).contains("and 2 more");
        paging.accepted(page);
        assertThat(sent(Duration.ofMinutes(1))).doesNotContain("page h chat");
    }

    // --- what is too old

    @Test
    void an_alert_that_was_too_old_when_its_ticket_came_wakes_nobody() throws SQLException {
        ticket(1, MAX_AGE.plusSeconds(1));
        ticket(2, MAX_AGE);

        assertThat(sent(Duration.ofHours(2))).containsExactlyInAnyOrder("page h chat", "page h redmine");

        assertThat(store.escalations().running())
                .extracting(EscalationRow::issue, EscalationRow::dueAt)
                .contains(org.assertj.core.groups.Tuple.tuple(1L, null));
        assertThat(store.escalations().unreportedExhausted(Duration.ZERO))
                .extracting(EscalationRow::issue)
                .containsExactly(1L);
        assertThat(database.found("SELECT why FROM escalation_step WHERE escalation_id = 1"))
                .containsExactly(
                        "nobody is notified: its alert was 60 min old when its ticket came, and escalation.max-age is 60 min");
    }

    @Test
    void the_operator_gets_one_notice_for_all_that_are_too_old() throws SQLException {
        ticket(1, Duration.ofMinutes(90));
        ticket(2, Duration.ofHours(26));
        sent(Duration.ZERO);

        Notice notice = auditor.next();

        assertThat(notice.kind()).isEqualTo("escalation-exhausted");
        assertThat(notice.text())
                .contains(
                        "/issues/1 (p): its alert was already 1 h 30 min old when its ticket came, and nobody was notified",
                        "/issues/2 (p): its alert was already 1 d 2 h old when its ticket came, and nobody was notified");
        auditor.sent(notice);
        clock.now = clock.now.plusSeconds(60);
        assertThat(auditor.next()).isNull();
    }

    @Test
    void an_acknowledgement_that_ends_wakes_somebody_however_old_the_alert_is() throws SQLException {
        ticket(1, Duration.ofDays(1));
        assertThat(sent(Duration.ZERO)).isEmpty();
        has("t");
        assertThat(sent(Duration.ofMinutes(1))).isEmpty();
        database.execute("UPDATE ticket SET acknowledged_at = NULL, people = NULL");

        assertThat(sent(Duration.ofMinutes(1))).containsExactly("page h chat", "page h redmine");
    }

    // --- once more

    @Test
    void who_has_it_is_asked_where_there_is_no_word_and_then_it_goes_on() throws SQLException {
        ticket(1, Duration.ZERO);
        sent(Duration.ZERO);
        has("h");
        assertThat(sent(Duration.ZERO)).isEmpty();

        assertThat(sent(AGAIN_AFTER.minus(A_MOMENT))).isEmpty();
        assertThat(sent(A_MOMENT)).containsExactly("again h chat");
        assertThat(sent(WAIT.minus(A_MOMENT))).isEmpty();
        assertThat(sent(A_MOMENT)).containsExactly("page h chat", "page h redmine");

        acts();
        assertThat(sent(AGAIN_AFTER.minus(A_MOMENT))).isEmpty();
        assertThat(sent(A_MOMENT)).containsExactly("again h chat");
        database.execute("UPDATE alert SET status = 'ok'");
        assertThat(sent(WAIT)).containsExactly("over h chat");
        assertThat(sent(AGAIN_AFTER)).isEmpty();
    }

    @Test
    void who_took_it_before_any_escalation_began_is_asked_too() throws SQLException {
        ticket(1, Duration.ZERO);
        has("h");
        assertThat(sent(Duration.ZERO)).isEmpty();
        assertThat(sent(Duration.ZERO)).isEmpty();
        assertThat(store.escalations().running()).isEmpty();

        assertThat(sent(AGAIN_AFTER.minus(A_MOMENT))).isEmpty();
        assertThat(sent(A_MOMENT)).containsExactly("again h chat");
        assertThat(sent(WAIT)).containsExactly("page h chat", "page h redmine");
    }

    @Test
    void it_goes_on_where_who_has_it_has_no_contact() throws SQLException {
        ticket(1, Duration.ZERO);
        sent(Duration.ZERO);
        has("somebody else");
        sent(Duration.ZERO);

        assertThat(sent(AGAIN_AFTER)).isEmpty();
        assertThat(sent(WAIT)).containsExactly("page h chat", "page h redmine");
    }

    // --- worse

    @Test
    void who_has_a_ticket_that_gets_worse_is_asked_once_and_then_it_goes_on() throws SQLException {
        ticket(1, Duration.ZERO);
        has("t");
        assertThat(sent(Duration.ZERO)).isEmpty();

        getsWorse();
        assertThat(sent(Duration.ofMinutes(1))).containsExactly("worse t chat");
        getsWorse();
        assertThat(sent(WAIT.minus(A_MOMENT))).isEmpty();
        assertThat(sent(A_MOMENT)).containsExactly("page h chat", "page h redmine");

        acts();
        getsWorse();
        assertThat(sent(Duration.ofMinutes(1))).containsExactly("worse t chat");
        acts();
        assertThat(sent(WAIT)).isEmpty();
        getsWorse();
        database.execute("UPDATE ticket SET is_open = FALSE");
        assertThat(sent(Duration.ofMinutes(1))).isEmpty();
        assertThat(sent(WAIT)).isEmpty();
    }

    @Test
    void the_wait_counts_from_when_the_means_took_the_question() throws SQLException {
        ticket(1, Duration.ZERO);
        has("t");
        getsWorse();
        escalating.poll();
        for (int wait : List.of(10, 20, 40, 80)) {
            paging.failed(paging.next(), new IOException("no answer"));
            clock.now = clock.now.plusSeconds(wait);
        }
        paging.accepted(paging.next());

        assertThat(sent(WAIT.minus(A_MOMENT))).isEmpty();
        assertThat(sent(A_MOMENT)).containsExactly("page h chat", "page h redmine");
        assertThat(sent(Duration.ofMinutes(10))).containsExactly("page t chat");
    }

    // --- given to somebody while it escalates

    @Test
    void whom_it_is_given_to_while_nobody_has_it_is_notified_once_and_the_next_step_waits() throws SQLException {
        ticket(1, Duration.ZERO);
        sent(Duration.ZERO);
        given(7, "t");

        assertThat(sent(Duration.ofMinutes(8))).containsExactly("hand-over t chat");
        assertThat(sent(WAIT.minus(A_MOMENT))).isEmpty();
        assertThat(sent(A_MOMENT)).containsExactly("page t chat");
    }

    @Test
    void a_hand_over_that_begins_an_escalation_is_notified_of_once() throws SQLException {
        ticket(1, Duration.ZERO);
        given(7, "t");

        assertThat(sent(Duration.ZERO)).containsExactly("hand-over t chat");
        assertThat(sent(A_MOMENT)).isEmpty();
        given(8, "h");
        assertThat(sent(A_MOMENT)).containsExactly("hand-over h chat");
    }

    // --- a round

    @Test
    void a_round_is_said_in_the_ticket_a_minute_after_its_last_step() throws SQLException {
        ticket(1, Duration.ZERO);
        sent(Duration.ZERO);
        assertThat(sent(Duration.ofMinutes(10))).containsExactly("page t chat");
        clock.now = clock.now.plusSeconds(60);

        OutgoingPage page = paging.next();

        assertThat(page.page().kind()).isEqualTo("round");
        assertThat(page.page().means()).isEqualTo("redmine");
        assertThat(page.page().contact()).isNull();
        assertThat(page.page().text()).doesNotContain("SECRET").hasToString("""
                        Round 1 of the escalation is over.
                        Step 1: h by chat (notified), h by redmine (notified)
                        Step 2: nobody was notified (nobody known has no contact for chat)
                        Step 3: t by chat (notified)
                        Another round follows.""");
        paging.accepted(page);

        clock.now = clock.now.plus(Duration.ofHours(1));
        sent(Duration.ZERO);
        sent(Duration.ZERO);
        clock.now = clock.now.plusSeconds(60);
        assertThat(paging.next().page().text()).startsWith("Round 2").endsWith("No round follows.");
    }
}
