package dev.mackerelredmine;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mackerelredmine.fakeredmine.FakeIssue;
import dev.mackerelredmine.fakeredmine.FakeRedmine;
import dev.mackerelredmine.mackerel.TestAlerts;
import dev.mackerelredmine.redmine.RedmineCaller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * What holds for every life of an alert, whatever Mackerel sends, in whatever order, however often, whatever a person does meanwhile, and
 * wherever a delivery ends in its midst.
 */
@Tag("service")
class TicketLifePropertyTest {

    private static final FakeRedmine REDMINE = new FakeRedmine();
    private static final Line LINE = new Line(REDMINE.url());
    private static final Crashes CRASHES = new Crashes();

    private static RunningService service;
    private static int lives;

    @BeforeContainer
    static void start() throws Exception {
        Path folder = Files.createTempDirectory("lives");
        service = new RunningService(folder)
                .with("redmine.url", LINE.url())
                .with("redmine.apikey", REDMINE.apiKey())
                .with("redmine.project", "alert")
                .with("redmine.tracker", REDMINE.id("tracker_alert"))
                .with("redmine.custom-field.alert-id", REDMINE.id("field_alert_id"))
                .with("redmine.settle-time", "50ms")
                .with("redmine.max-concurrency", "1")
                .with("delivery.initial-backoff", "10ms")
                .with("delivery.max-backoff", "20ms")
                .with("delivery.poll-interval", "10ms")
                .intercepting(CRASHES)
                .start();
        CRASHES.leaveLeaseTo(() -> service.execute("UPDATE problem SET lease_until = 0"));
    }

    @AfterContainer
    static void stop() {
        // Else the lives above would have been quiet ones.
        assertThat(CRASHES.count()).isPositive();
        assertThat(LINE.lost()).isPositive();
        service.close();
        LINE.close();
        REDMINE.end();
    }

    /** Something that happens; {@code number} says which, or after how many steps. */
    record Happening(What what, int number) {}

    enum What {
        /** Mackerel posts the alert's change of this number, which it may have posted before. */
        POST,
        /** A person sets a field of the ticket. */
        ASSIGN,
        RENAME,
        START_PROGRESS,
        REJECT,
        /** The next delivery ends after so many steps. */
        CRASH,
        /** Redmine does what it is asked, and one answer of the next few is lost. */
        LOSE_ANSWER,
        /** All that waits is delivered before anything else happens. */
        REST
    }

    /** The statuses through which an alert goes, ten seconds apart; the last one may be its end. */
    @Provide
    Arbitrary<List<String>> life() {
        Arbitrary<List<String>> faults = Arbitraries.of("warning", "critical", "unknown")
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
        return Combinators.combine(faults, Arbitraries.of(true, false)).as((statuses, ends) -> {
            List<String> life = new ArrayList<>(statuses);
            if (ends) {
                life.add("ok");
            }
            return life;
        });
    }

    @Provide
    Arbitrary<List<Happening>> happenings() {
        Arbitrary<What> what = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(8, Arbitraries.just(What.POST)),
                net.jqwik.api.Tuple.of(3, Arbitraries.just(What.CRASH)),
                net.jqwik.api.Tuple.of(2, Arbitraries.just(What.LOSE_ANSWER)),
                net.jqwik.api.Tuple.of(4, Arbitraries.just(What.REST)),
                net.jqwik.api.Tuple.of(3, Arbitraries.of(What.ASSIGN, What.RENAME, What.START_PROGRESS, What.REJECT)));
        return Combinators.combine(what, Arbitraries.integers().between(0, 100))
                .as(Happening::new)
                .list()
                .ofMinSize(3)
                .ofMaxSize(14);
    }

    @Property(tries = 150, shrinking = ShrinkingMode.BOUNDED)
    void one_ticket_in_the_state_of_the_newest_event_and_nothing_of_a_persons_overwritten(
            @ForAll("life") List<String> life, @ForAll("happenings") List<Happening> happenings) throws Exception {
        Life alert = new Life("life" + ++lives, life);

        for (Happening happening : happenings) {
            alert.happens(happening);
        }
        alert.comesToRest();

        alert.check();
    }

    private static final class Life {

        private final String id;
        private final List<TestAlerts> changes = new ArrayList<>();
        private final List<Integer> posted = new ArrayList<>();
        private final Map<String, String> persons = new HashMap<>();

        Life(String id, List<String> statuses) {
            this.id = id;
            for (int i = 0; i < statuses.size(); i++) {
                TestAlerts alert = critical().id(id).monitor(id);
                var at = TestAlerts.OPENED.plusSeconds(10L * i);
                changes.add(
                        statuses.get(i).equals("ok")
                                ? alert.recovered(at)
                                : alert.status(statuses.get(i)).statusChangedAt(at));
            }
        }

        void happens(Happening happening) throws Exception {
            switch (happening.what()) {
                case POST -> post(happening.number() % changes.size());
                case CRASH -> CRASHES.after(happening.number());
                case LOSE_ANSWER -> LINE.loseAnswers(happening.number() % 4, 1);
                case REST -> comesToRest();
                case ASSIGN -> person("assigned_to_id", REDMINE.id("user_dev"));
                case RENAME -> person("subject", id + " is mine " + happening.number());
                case START_PROGRESS -> person("status_id", REDMINE.id("status_in_progress"));
                case REJECT -> person("status_id", REDMINE.id("status_rejected"));
            }
        }

        private void post(int change) throws IOException, InterruptedException {
            assertThat(service.post(changes.get(change).bytes()).statusCode()).isEqualTo(202);
            posted.add(change);
        }

        void comesToRest() {
            await().pollInterval(Duration.ofMillis(5))
                    .atMost(Duration.ofSeconds(20))
                    .until(service::isIdle);
            CRASHES.never();
            LINE.loseAnswers(0);
        }

        /** A person acts on what is there to be seen, when nothing is under way. */
        private void person(String field, String value) {
            comesToRest();
            tickets().stream().findFirst().ifPresent(ticket -> {
                RedmineCaller dev = new RedmineCaller(REDMINE.url(), REDMINE.id("key_dev"));
                assertThat(dev.put("/issues/" + ticket.id() + ".json", Map.of(field, value))
                                .status())
                        .isEqualTo(204);
                persons.put(field, value);
            });
        }

        private List<FakeIssue> tickets() {
            return REDMINE.issues().stream()
                    .filter(issue -> issue.customFields().containsValue(id))
                    .toList();
        }

        void check() {
            boolean fired = posted.stream().anyMatch(change -> !isEnd(change));
            assertThat(tickets()).hasSize(fired ? 1 : 0);
            if (fired) {
                check(tickets().get(0));
            }
        }

        private void check(FakeIssue ticket) {
            assertThat(contents(ticket)).doesNotHaveDuplicates();
            if (persons.containsKey("assigned_to_id")) {
                assertThat(ticket.assignee()).isEqualTo("dev");
            }
            if (persons.containsKey("subject")) {
                assertThat(ticket.subject()).isEqualTo(persons.get("subject"));
            } else {
                assertThat(ticket.subject()).startsWith(worst().toUpperCase(java.util.Locale.ROOT));
            }
            String taken = persons.get("status_id");
            if (REDMINE.id("status_in_progress").equals(taken)) {
                assertThat(ticket.status()).isEqualTo("In Progress");
            } else if (taken != null) {
                // Reopened where it got worse, and from then on ours again.
                assertThat(ticket.status()).isIn("Rejected", "New", "Closed");
            } else {
                assertThat(ticket.closed()).isEqualTo(newestIsEnd());
            }
        }

        /** Each note without its last line, which differs in each. */
        private static List<String> contents(FakeIssue ticket) {
            return ticket.notes().stream()
                    .map(note -> note.replaceFirst("\\R+[^\\r\\n]*$", ""))
                    .toList();
        }

        private boolean newestIsEnd() {
            return posted.stream()
                    .max(Comparator.naturalOrder())
                    .map(this::isEnd)
                    .orElseThrow();
        }

        private boolean isEnd(int change) {
            return changes.get(change)
                    .notification()
                    .alert()
                    .status()
                    .toString()
                    .equals("ok");
        }

        private String worst() {
            List<String> severities = Arrays.asList("ok", "warning", "unknown", "critical");
            Optional<String> worst = posted.stream()
                    .map(change ->
                            changes.get(change).notification().alert().status().toString())
                    .max(Comparator.comparingInt(severities::indexOf));
            return worst.orElseThrow();
        }
    }
}
