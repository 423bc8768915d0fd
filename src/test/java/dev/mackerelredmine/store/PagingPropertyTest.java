package dev.mackerelredmine.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mackerelredmine.escalation.EscalationFile;
import dev.mackerelredmine.escalation.EscalationPolicy;
import dev.mackerelredmine.escalation.EscalationStep;
import dev.mackerelredmine.escalation.Person;
import dev.mackerelredmine.escalation.Rota;
import dev.mackerelredmine.escalation.Target;
import dev.mackerelredmine.mackerel.NotificationReader;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Alerts fire, get worse and recover, people take tickets, give them back and hand them over, two services look, one is killed between a claim and the sending, or before it says
 * that it has sent, clocks are set, somebody pauses. Each step that was due was sent at least once or has a reason, nothing is sent to whom it does
 * not concern any more, and nobody gets more than the most.
 */
@Tag("fast")
class PagingPropertyTest {

    private static final long CALLS = 2;
    private static final long MESSAGES = 3;
    private static final Duration WINDOW = Duration.ofMinutes(15);

    private static Path folder;
    private static TestDatabase database;
    private static SetClock clock;
    private static Service one;
    private static Service other;
    private static long tickets;
    private static long journals;

    private static final class SetClock extends Clock {
        private Instant now = Instant.parse("2026-11-29T12:00:00Z");

        void goOn(Duration by) {
            now = now.plus(by);
        }

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

    /** One of two that share a store. */
    private record Service(Store store, Escalating escalating, Paging paging) {

        static Service of(Store store) throws IOException {
            CurrentFile file = new CurrentFile(Files.createTempFile(folder, "escalation", ".yaml"), path -> FILE);
            file.begin();
            TextFormat format = TextFormat.COMMON_MARK;
            Texts texts = new Texts(Path.of("texts"), "en", format.templates(), format::escape);
            return new Service(
                    store,
                    new Escalating(
                            store,
                            file,
                            new Escalating.Rules(Set.of(), Duration.ofMinutes(5), Duration.ofHours(1)),
                            clock),
                    new Paging(
                            store,
                            file,
                            new PageText(new Sentences(texts.words(), ZoneOffset.UTC)),
                            new Paging.Limits(CALLS, MESSAGES, false, "https://redmine.example.jp"),
                            (means, outcome) -> {}));
        }
    }

    /** Nobody is on call in each third hour, and one person has no phone. */
    private static final Rota ROTA = at -> {
        long hour = at.getEpochSecond() / 3600;
        return hour % 3 == 0 ? Optional.empty() : Optional.of(hour % 3 == 1 ? "h" : "t");
    };

    private static final EscalationPolicy POLICY = new EscalationPolicy(
            "p",
            null,
            List.of(
                    step(0, List.of(new Target(Target.Kind.ROTA, "r")), "chat", "redmine"),
                    step(10, List.of(new Target(Target.Kind.ROTA, "r")), "phone"),
                    step(
                            20,
                            List.of(new Target(Target.Kind.GROUP, "g"), new Target(Target.Kind.PERSON, "h")),
                            "chat",
                            "phone")),
            1,
            Duration.ofMinutes(10),
            null);

    private static final EscalationFile FILE = new EscalationFile(
            Map.of("r", ROTA),
            Map.of(
                    "h", new Person("h", Map.of("chat", "h", "phone", "1")),
                    "t", new Person("t", Map.of("chat", "t")),
                    "g", new Person("g", Map.of("chat", "g"))),
            Map.of("p", POLICY));

    private static EscalationStep step(int minutes, List<Target> whom, String... by) {
        return new EscalationStep(Duration.ofMinutes(minutes), whom, List.of(by));
    }

    @BeforeContainer
    static void open() throws IOException {
        folder = Files.createTempDirectory("paging");
        database = new TestDatabase("jdbc:sqlite:" + folder.resolve("store.db"), null, null);
        clock = new SetClock();
        Store first = store();
        first.open();
        one = Service.of(first);
        Store second = store();
        assertThat(second.openBeside()).isTrue();
        other = Service.of(second);
    }

    private static Store store() {
        Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(2));
        return new Store(
                new StoreOptions(database.address(), "redmine", false, backoff, Duration.ofMinutes(5)),
                new NotificationReader(),
                clock);
    }

    @AfterContainer
    static void close() throws IOException {
        other.store().close();
        one.store().close();
        for (Path file : Files.list(folder).toList()) {
            Files.delete(file);
        }
        Files.delete(folder);
    }

    /** What was sent, by whom the means counts it. */
    private final Map<String, List<Instant>> taken = new HashMap<>();

    private final Map<Long, String> ids = new HashMap<>();
    private final Set<Long> sent = new HashSet<>();
    private final Set<Long> known = new HashSet<>();

    @Property(tries = 15, shrinking = ShrinkingMode.OFF, afterFailure = AfterFailureMode.RANDOM_SEED)
    void no_step_is_lost_nothing_is_sent_after_the_end_and_caps_are_kept(@ForAll long seed) throws SQLException {
        database.execute("DELETE FROM escalation");
        database.execute("UPDATE alert SET status = 'ok'");
        Random random = new Random(seed);
        List<Long> own = new ArrayList<>(List.of(ticket(), ticket()));
        for (int i = 0; i < 60; i++) {
            Service service = random.nextBoolean() ? one : other;
            switch (random.nextInt(12)) {
                case 0, 1, 2 -> clock.goOn(Duration.ofSeconds(random.nextInt(1500)));
                case 3 -> clock.goOn(Duration.ofMinutes(-random.nextInt(10)));
                case 4, 5, 6 -> service.escalating().poll();
                case 7, 8, 9 -> send(service, random.nextInt(5));
                case 10 -> happens(own.get(random.nextInt(2)), random);
                default -> {
                    if (random.nextBoolean()) {
                        service.store().escalations().pause();
                    } else {
                        service.store().escalations().resume();
                    }
                }
            }
        }
        one.store().escalations().resume();
        for (int i = 0; i < 20; i++) {
            clock.goOn(Duration.ofMinutes(12));
            one.escalating().poll();
            while (send(other, 4)) {
                // the next one
            }
        }
        nothingIsLost(own);
    }

    private static long ticket() throws SQLException {
        long number = ++tickets;
        database.execute("INSERT INTO problem (id, stream, problem_key, received) VALUES (" + number + ", 'redmine', 'p"
                + number + "', 1)");
        database.execute("INSERT INTO ticket (id, problem_id, issue, is_open, escalation) VALUES (" + number + ", "
                + number + ", " + number + ", TRUE, 'p')");
        database.execute("INSERT INTO alert (id, stream, org, alert_key, problem_id, ticket_id, told, status) VALUES ("
                + number + ", 'redmine', 'example', 'a" + number + "', " + number + ", " + number + ", 1, 'critical')");
        return number;
    }

    private static void happens(long ticket, Random random) throws SQLException {
        Named person = new Named(1L, "t");
        long journal = ++journals;
        database.execute(
                switch (random.nextInt(10)) {
                    case 0 -> "UPDATE alert SET status = 'ok' WHERE id = " + ticket;
                    case 1 -> "UPDATE alert SET status = 'critical' WHERE id = " + ticket;
                    case 2, 3 ->
                        acts(ticket, new WhoIsOnIt(new Act(journal, How.ASSIGNEE, person, 1, null), null, null), "1");
                    case 4 ->
                        acts(
                                ticket,
                                new WhoIsOnIt(null, new Act(journal, How.TAKEN_BACK, person, 1, null), null),
                                "NULL");
                    case 5 ->
                        acts(
                                ticket,
                                new WhoIsOnIt(
                                        null, new Act(journal, How.HAND_OVER, person, 1, new Named(2L, "h")), null),
                                "NULL");
                    case 6 -> "UPDATE ticket SET person_journal = " + journal + " WHERE id = " + ticket;
                    case 7 -> "UPDATE ticket SET is_open = FALSE WHERE id = " + ticket;
                    case 8 -> "UPDATE ticket SET is_open = TRUE WHERE id = " + ticket;
                    default ->
                        "UPDATE ticket SET anew = 'worse', anew_at = 1, anew_journal = COALESCE(person_journal, 0)"
                                + " WHERE acknowledged_at IS NOT NULL AND id = " + ticket;
                });
    }

    private static String acts(long ticket, WhoIsOnIt who, String acknowledgedAt) {
        Act act = who.hasSomebody() ? who.acknowledged() : who.ended();
        return "UPDATE ticket SET acknowledged_at = " + acknowledgedAt + ", person_journal = " + act.journal()
                + ", people = '" + TicketRow.write(who) + "' WHERE id = " + ticket;
    }

    /** False where none was due. @param fate what becomes of it */
    private boolean send(Service service, int fate) throws SQLException {
        OutgoingPage page = service.paging().next();
        if (page == null) {
            return false;
        }
        long id = page.pending().id();
        assertThat(isPaused()).isFalse();
        assertThat(ids.merge(id, page.page().id(), (before, now) -> before))
                .isEqualTo(page.page().id());
        if (!page.page().kind().equals("over")) {
            assertThat(needsSomebody(page.pending().issue())).isTrue();
        }
        staysBelowTheMost(page);
        if (fate > 0) {
            sent.add(id);
        }
        switch (fate) {
            case 0, 1 -> {} // killed: before it was sent, or after
            case 2 -> service.paging().failed(page, new IOException("no answer"));
            default -> {
                service.paging().accepted(page);
                if (known.add(id)) {
                    taken.computeIfAbsent(key(page), any -> new ArrayList<>()).add(clock.instant());
                }
            }
        }
        return true;
    }

    private static String key(OutgoingPage page) {
        return page.page().person() + " " + page.page().means();
    }

    private void staysBelowTheMost(OutgoingPage page) {
        if (page.page().means().equals("redmine")) {
            return;
        }
        long within = taken.getOrDefault(key(page), List.of()).stream()
                .filter(at -> at.isAfter(clock.instant().minus(WINDOW)))
                .count();
        assertThat(within).isLessThan(page.page().means().equals("phone") ? CALLS : MESSAGES);
    }

    private static boolean isPaused() throws SQLException {
        return !database.found("SELECT 1 FROM escalation_pause WHERE paused_at IS NOT NULL")
                .isEmpty();
    }

    private static boolean needsSomebody(long ticket) throws SQLException {
        return !database.found("SELECT 1 FROM ticket t JOIN alert a ON a.ticket_id = t.id WHERE t.id = " + ticket
                        + " AND a.status <> 'ok' AND t.is_open"
                        + " AND (t.acknowledged_at IS NULL OR t.anew_journal >= COALESCE(t.person_journal, 0))")
                .isEmpty();
    }

    private void nothingIsLost(List<Long> own) throws SQLException {
        assertThat(database.found("SELECT id FROM page WHERE state = 'waiting'"))
                .isEmpty();
        assertThat(database.found("SELECT id FROM page WHERE state IN ('accepted', 'answered')"))
                .allSatisfy(id -> assertThat(sent).contains(Long.valueOf(id)));
        assertThat(database.found("SELECT id FROM page WHERE state IN ('dropped', 'failed') AND why IS NULL"))
                .isEmpty();
        assertThat(database.found("SELECT id FROM page WHERE state = 'capped' AND means = 'redmine'"))
                .isEmpty();
        assertThat(database.found("SELECT id FROM page WHERE state = 'capped' AND due_at IS NOT NULL"))
                .isEmpty();
        assertThat(database.found("SELECT id FROM page c WHERE state = 'capped' AND NOT EXISTS"
                        + " (SELECT 1 FROM page g WHERE g.person = c.person AND g.means = c.means AND g.at >= c.at"
                        + " AND g.state IN ('accepted', 'answered'))"))
                .as("held back, and said by no other")
                .isEmpty();
        // Each step before the next one has its page, or the reason for which it has none.
        assertThat(database.found(
                        "SELECT e.id FROM escalation e WHERE (SELECT COUNT(*) FROM escalation_step s WHERE s.escalation_id = e.id"
                                + " AND (s.round < e.round OR s.round = e.round AND (s.step < e.step OR e.due_at IS NULL)))"
                                + " <> (e.round - 1) * 3 + e.step + CASE WHEN e.due_at IS NULL AND e.ended_at IS NULL THEN 1 ELSE 0 END"
                                + " AND e.ended_at IS NULL"))
                .isEmpty();
        assertThat(database.found("SELECT s.why FROM escalation_step s WHERE s.why = ''"))
                .isEmpty();
        assertThat(
                        database.found(
                                "SELECT s.why FROM escalation_step s WHERE s.why LIKE '% by %' AND NOT EXISTS"
                                        + " (SELECT 1 FROM page g WHERE g.escalation_id = s.escalation_id AND (g.round = s.round AND g.step = s.step OR g.kind IN ('worse', 'hand-over')))"))
                .isEmpty();
        for (long ticket : own) {
            boolean runs = !database.found("SELECT 1 FROM escalation WHERE ended_at IS NULL AND ticket_id = " + ticket)
                    .isEmpty();
            assertThat(runs).isEqualTo(needsSomebody(ticket));
        }
    }
}
