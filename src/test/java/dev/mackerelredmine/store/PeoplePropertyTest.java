package dev.mackerelredmine.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mackerelredmine.mackerel.NotificationReader;
import dev.mackerelredmine.people.AcknowledgementRule;
import dev.mackerelredmine.people.How;
import dev.mackerelredmine.people.Journals;
import dev.mackerelredmine.people.WhoIsOnIt;
import dev.mackerelredmine.redmine.Issue;
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
import java.util.EnumSet;
import java.util.List;
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
 * While several people work on a ticket, it is read by the watch and by a delivery, whose answers come late, in another order, or, when the service is
 * killed between the answer and the store, never. In the end who is on it is known as the rule says, and each act is reported once at most.
 */
@Tag("fast")
class PeoplePropertyTest {

    private static final List<String> PEOPLE = List.of("h", "t", "j", "us", "ci");
    private static final List<String> ACTS = List.of(
            "take",
            "empty",
            "give-h",
            "give-t",
            "give-us",
            "note",
            "subject",
            "s1",
            "s2",
            "s5",
            "take+note",
            "give-t+s2");

    private static Path folder;
    private static TestDatabase database;
    private static Store store;
    private static SetClock clock;
    private static long tickets;

    /** Goes on when it is let go on. */
    private static final class SetClock extends Clock {
        private Instant now = Instant.parse("2026-11-29T12:00:00Z");

        void goOn() {
            now = now.plusSeconds(3);
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

    /** An answer on its way. */
    private record Answer(Issue issue, Instant askedAt) {}

    @BeforeContainer
    static void open() throws IOException {
        folder = Files.createTempDirectory("people");
        database = new TestDatabase("jdbc:sqlite:" + folder.resolve("store.db"), null, null);
        clock = new SetClock();
        Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(2));
        store = new Store(
                new StoreOptions(database.address(), "redmine", false, backoff, Duration.ofMinutes(5)),
                new NotificationReader(),
                clock);
        store.open();
    }

    @AfterContainer
    static void close() throws IOException {
        store.close();
        for (Path file : Files.list(folder).toList()) {
            Files.delete(file);
        }
        Files.delete(folder);
    }

    private static long ticket() throws SQLException {
        long number = ++tickets;
        database.execute("INSERT INTO problem (id, stream, problem_key, received) VALUES (" + number + ", 'redmine', 'p"
                + number + "', 1)");
        database.execute("INSERT INTO ticket (id, problem_id, issue, is_open) VALUES (" + number + ", " + number + ", "
                + number + ", TRUE)");
        database.execute("INSERT INTO alert (id, stream, org, alert_key, problem_id, ticket_id, told, status) VALUES ("
                + number + ", 'redmine', 'example', 'a" + number + "', " + number + ", " + number + ", 1, 'critical')");
        return number;
    }

    private static final AcknowledgementRule RULE =
            new AcknowledgementRule(EnumSet.of(How.ASSIGNEE, How.STATUS, How.NOTE), Set.of("CI Robot"));

    private static WhoIsOnIt rule(Issue issue, WhoIsOnIt before) {
        return RULE.of(issue, Journals.US, before);
    }

    private static void keep(Answer answer) {
        long ofPerson = RULE.newestOfPerson(answer.issue(), Journals.US);
        store.people().read(answer.issue(), answer.askedAt(), ofPerson, before -> rule(answer.issue(), before));
    }

    @Property(tries = 60, shrinking = ShrinkingMode.OFF, afterFailure = AfterFailureMode.RANDOM_SEED)
    void is_known_in_the_end_and_reported_once(@ForAll long seed) throws SQLException {
        Random random = new Random(seed);
        long number = ticket();
        Journals ticket = Journals.of("");
        List<Answer> underWay = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            clock.goOn();
            switch (random.nextInt(5)) {
                case 0, 1 ->
                    ticket = ticket.and(
                            PEOPLE.get(random.nextInt(PEOPLE.size())) + ":" + ACTS.get(random.nextInt(ACTS.size())));
                case 2 -> underWay.add(new Answer(ticket.issue(number), random.nextBoolean() ? clock.instant() : null));
                case 3 -> {
                    if (!underWay.isEmpty()) {
                        keep(underWay.remove(random.nextInt(underWay.size())));
                    }
                }
                default -> {
                    if (random.nextInt(4) == 0) {
                        underWay.clear();
                    }
                }
            }
        }
        for (int i = 0; i < 2; i++) {
            clock.goOn();
            keep(new Answer(ticket.issue(number), clock.instant()));
        }
        WatchedTicket known = store.people().ofIssue(number).orElseThrow();

        assertThat(known.whoIsOnIt()).isEqualTo(rule(ticket.issue(number), WhoIsOnIt.NOBODY));
        assertThat(known.isOpen()).isEqualTo(!ticket.issue().isClosed());
        assertThat(database.found("SELECT COALESCE(person_journal, 0) FROM ticket WHERE id = " + number))
                .containsExactly(Long.toString(RULE.newestOfPerson(ticket.issue(number), Journals.US)));
        assertThat(known.isKnown(ticket.issue(number).updatedAt())).isTrue();
        assertThat(database.found("SELECT action || ' ' || why FROM step WHERE alert_id = " + number))
                .doesNotHaveDuplicates();
    }
}
