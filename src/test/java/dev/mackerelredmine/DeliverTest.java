package dev.mackerelredmine;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static dev.mackerelredmine.mackerel.TestAlerts.fixture;
import static dev.mackerelredmine.mackerel.TestAlerts.warning;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mackerelredmine.fakeredmine.FakeIssue;
import dev.mackerelredmine.fakeredmine.FakeRedmine;
import dev.mackerelredmine.mackerel.TestAlerts;
import dev.mackerelredmine.redmine.LoggedErrors;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("service")
public class DeliverTest {

    @RegisterExtension
    static final FakeRedmine REDMINE = new FakeRedmine();

    /** By which it is known whether Redmine is there as a whole. */
    private static final String PROBE = "GET /users/current.json";

    private static final String ROUTES = "dev.mackerelredmine.routes";

    @TempDir
    static Path folder;

    private static RunningService service;
    private static int ids;

    @BeforeAll
    static void start() throws Exception {
        service = deliveringTo(REDMINE, folder).start();
    }

    public static RunningService deliveringTo(FakeRedmine redmine, Path folder) {
        return new RunningService(folder)
                .with("redmine.url", redmine.url())
                .with("redmine.apikey", redmine.apiKey())
                .with("redmine.project", "alert")
                .with("redmine.tracker", redmine.id("tracker_alert"))
                .with("redmine.assigned", redmine.id("user_dev"))
                .with("redmine.custom-field.monitor", redmine.id("field_monitor"))
                .with("redmine.custom-field.level", redmine.id("field_level"))
                .with("redmine.custom-field.host", redmine.id("field_host"))
                .with("redmine.custom-field.alert-id", redmine.id("field_alert_id"));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    /** An alert that no other test has posted, of a problem of its own. */
    private static TestAlerts fresh(TestAlerts alert) {
        String id = "2bj" + ++ids;
        return alert.id(id).monitor("monitor " + id);
    }

    private static void post(TestAlerts... alerts) throws Exception {
        for (TestAlerts alert : alerts) {
            assertThat(service.post(alert.bytes()).statusCode()).isEqualTo(202);
        }
    }

    private static void untilDelivered() {
        await().atMost(Duration.ofSeconds(15)).until(service::isIdle);
    }

    private static List<String> requests() {
        return REDMINE.requests().stream()
                .map(request -> request.method() + " " + request.path())
                .toList();
    }

    @Test
    void opens_a_ticket_for_a_new_alert_with_one_request() throws Exception {
        post(critical().id("2bjNew").host("web1").monitor("CPU %"));
        untilDelivered();

        assertThat(REDMINE.issues()).singleElement().satisfies(issue -> {
            assertThat(issue.project()).isEqualTo("alert");
            assertThat(issue.tracker()).isEqualTo("Alert");
            assertThat(issue.assignee()).isEqualTo("dev");
            assertThat(issue.subject()).isEqualTo("CRITICAL: web1 CPU %");
            assertThat(issue.customFields().values()).contains("CPU %", "critical", "web1", "2bjNew");
            assertThat(issue.description()).contains("\"id\" : \"2bjNew\"", "mackerel-redmine:");
        });
        assertThat(requests()).containsExactly("POST /projects/alert/issues.json");
    }

    @Test
    void sends_the_key_in_a_header_and_nowhere_else() throws Exception {
        post(fresh(critical()));
        untilDelivered();

        assertThat(REDMINE.requests()).singleElement().satisfies(request -> {
            assertThat(request.header("X-Redmine-API-Key")).isEqualTo(REDMINE.apiKey());
            assertThat(request.header("Content-Type")).isEqualTo("application/json");
            assertThat(request.path() + request.query() + request.body()).doesNotContain(REDMINE.apiKey());
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "service-critical",
                "external-critical",
                "check-critical",
                "original",
                "original-in-body-base64",
                "shape-2014",
                "shape-2017",
                "emoji-japanese",
                "lone-surrogate",
                "unknown",
                "alert-group-warning",
                "query-critical"
            })
    void opens_a_ticket_for_every_shape_of_an_opening(String fixture) throws Exception {
        service.execute("DELETE FROM event");
        service.execute("DELETE FROM alert");

        service.post(fixture(fixture));
        untilDelivered();

        assertThat(REDMINE.issues()).hasSize(1);
    }

    @Test
    void opens_no_ticket_for_what_is_not_an_opening() throws Exception {
        for (String other : List.of("sample", "host-status", "host-retire", "monitor-create", "future-event")) {
            service.post(fixture(other));
        }
        untilDelivered();

        assertThat(REDMINE.requests()).isEmpty();
    }

    @Test
    void looks_once_for_the_ticket_of_what_recovers_and_was_never_known_to_open() throws Exception {
        TestAlerts ended = fresh(critical()).open(false);
        for (String end : List.of("service-ok", "monitor-deleted")) {
            service.post(fixture(end));
        }
        post(ended);
        untilDelivered();
        int lookedUp = REDMINE.requests().size();
        post(ended);
        untilDelivered();

        assertThat(REDMINE.requests())
                .hasSize(lookedUp)
                .allSatisfy(request -> assertThat(request.method()).isEqualTo("GET"));
        assertThat(REDMINE.issues()).isEmpty();
    }

    @Test
    void makes_no_second_ticket_of_an_alert() throws Exception {
        TestAlerts alert = fresh(warning());
        post(alert);
        untilDelivered();

        post(alert, alert.status("critical"), alert.status("ok").open(false));
        untilDelivered();

        assertThat(REDMINE.issues()).hasSize(1);
    }

    @Test
    void makes_one_ticket_with_the_latest_fault_of_what_waited_while_redmine_was_away() throws Exception {
        REDMINE.stop();
        TestAlerts alert = fresh(warning());
        post(alert, alert.status("critical"), alert.status("ok").open(false));
        await().until(service::waitsForRedmine);
        REDMINE.start();
        untilDelivered();

        assertThat(REDMINE.issues())
                .singleElement()
                .extracting(FakeIssue::subject)
                .asString()
                .startsWith("CRITICAL");
    }

    @Test
    void delivers_twenty_alerts_that_waited_while_redmine_was_away() throws Exception {
        REDMINE.stop();
        post(IntStream.range(0, 20).mapToObj(i -> fresh(critical())).toArray(TestAlerts[]::new));
        REDMINE.start();
        untilDelivered();

        assertThat(REDMINE.issues()).hasSize(20).extracting(FakeIssue::subject).doesNotHaveDuplicates();
    }

    @Test
    void makes_one_ticket_when_the_connection_is_dropped_after_redmine_received_the_post() throws Exception {
        REDMINE.dropConnectionAfterReceiving();
        post(fresh(critical()));
        untilDelivered();

        assertThat(REDMINE.issues()).hasSize(1);
        assertThat(requests()).containsExactly("POST /projects/alert/issues.json", PROBE, "GET /issues.json");
    }

    /** What was handled for one alert is not what went wrong with the next one of the same delivery. */
    @Test
    void makes_one_note_when_its_answer_is_lost_after_a_question_about_another_alert_was_asked_twice()
            throws Exception {
        TestAlerts one = fresh(warning());
        TestAlerts other = critical().monitor("monitor 2bj" + ids).id("2bj" + ids + "b");
        post(one, other);
        untilDelivered();
        Instant now = Instant.now();
        // While the first note is on its way, what is then delivered together comes in.
        REDMINE.delayAnswer(Duration.ofMillis(500)).answerNormally();
        REDMINE.dropConnectionBeforeReceiving().answerNormally().answerNormally();
        REDMINE.answerNormally().dropConnectionAfterReceiving();
        post(one.status("critical").statusChangedAt(now));
        await().until(() -> requests().contains("GET /issues/1.json"));
        post(one.recovered(now.plusSeconds(1)), other.recovered(now));
        untilDelivered();

        assertThat(requests())
                .as("of %s", requests())
                .filteredOn(request -> request.startsWith("PUT "))
                .containsExactly("PUT /issues/1.json", "PUT /issues/1.json", "PUT /issues/2.json");
    }

    @Test
    void makes_one_ticket_when_redmine_answers_too_late() throws Exception {
        REDMINE.delayAnswer(Duration.ofSeconds(3));
        post(fresh(critical()));
        untilDelivered();

        assertThat(REDMINE.issues()).hasSize(1);
        assertThat(requests()).containsExactly("POST /projects/alert/issues.json", PROBE, "GET /issues.json");
    }

    @Test
    void does_not_believe_not_found_before_the_request_can_have_settled() throws Exception {
        REDMINE.dropConnectionBeforeReceiving();
        post(fresh(critical()));
        untilDelivered();

        assertThat(REDMINE.issues()).hasSize(1);
        assertThat(requests())
                .filteredOn("POST /projects/alert/issues.json"::equals)
                .hasSize(2);
        assertThat(requests()).filteredOn(PROBE::equals).hasSizeGreaterThan(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504})
    void looks_up_before_it_posts_again_after_a_server_error(int status) throws Exception {
        REDMINE.enqueueFailure(status, "<html>");
        post(fresh(critical()));
        untilDelivered();

        assertThat(REDMINE.issues()).hasSize(1);
        assertThat(requests().subList(0, 3))
                .containsExactly("POST /projects/alert/issues.json", PROBE, "GET /issues.json");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 408, 429})
    void looks_first_after_a_creation_that_was_refused_because_it_may_have_been_done(int status) throws Exception {
        REDMINE.enqueueFailure(status, "");
        post(fresh(critical()));
        untilDelivered();

        assertThat(REDMINE.issues()).hasSize(1);
        assertThat(requests())
                .startsWith("POST /projects/alert/issues.json", PROBE, "GET /issues.json")
                .endsWith("POST /projects/alert/issues.json");
        assertThat(requests()).filteredOn(request -> request.startsWith("POST")).hasSize(2);
    }

    @Test
    void relates_a_new_ticket_to_the_one_before_when_the_first_try_to_create_it_failed() throws Exception {
        isRelatedWhen(() -> REDMINE.answerNormally().enqueueFailure(500, "<html>"));
    }

    @Test
    void relates_a_new_ticket_to_the_one_before_when_the_answer_to_its_creation_was_lost() throws Exception {
        isRelatedWhen(() -> REDMINE.answerNormally().dropConnectionAfterReceiving());
    }

    private static void isRelatedWhen(Runnable creationFails) throws Exception {
        TestAlerts one = fresh(critical());
        post(one, one.recovered(TestAlerts.OPENED.plusSeconds(60)));
        untilDelivered();
        Instant after = TestAlerts.OPENED.plus(Duration.ofDays(2));

        creationFails.run();
        post(one.id("2bj" + ids + "b").openedAt(after).statusChangedAt(after));
        untilDelivered();

        assertThat(REDMINE.issues()).hasSize(2);
        assertThat(REDMINE.issues().get(1).relations()).as("of %s", requests()).containsExactly(1);
    }

    @Test
    void waits_as_long_as_redmine_asks_for() throws Exception {
        waits("2");
    }

    /** A date has no fractions of a second, so up to one of the three may be gone. */
    @Test
    void waits_until_redmine_asks_for() throws Exception {
        waits(DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(3)));
    }

    private static void waits(String retryAfter) throws Exception {
        REDMINE.enqueueFailure(429, "", Map.of("Retry-After", retryAfter));
        post(fresh(critical()));
        await().until(() -> REDMINE.requests().size() == 2);

        await().during(Duration.ofMillis(1200))
                .until(() -> requests().equals(List.of("POST /projects/alert/issues.json", PROBE)));
        untilDelivered();

        assertThat(REDMINE.issues()).hasSize(1);
    }

    @Test
    void parks_what_redmine_will_never_take_and_tries_again_with_the_next_event() throws Exception {
        REDMINE.refuseAt(Pattern.compile("subject"), 422, "{\"errors\":[\"Subject is too long\"]}");
        TestAlerts refused = fresh(critical());
        post(refused);
        untilDelivered();

        assertThat(REDMINE.issues()).isEmpty();
        assertThat(service.count("alert WHERE parked LIKE '%Subject is too long%'"))
                .isOne();

        REDMINE.refuseNothing();
        post(refused);
        untilDelivered();

        assertThat(REDMINE.issues()).hasSize(1);
        assertThat(service.count("alert WHERE parked IS NOT NULL")).isZero();
    }

    @Test
    void leaves_out_what_the_database_of_redmine_does_not_take_and_says_so() throws Exception {
        REDMINE.onUtf8mb3();
        TestAlerts alert = fresh(warning()).host("web1 \uD83D\uDD25").memo("\uD83D\uDD25\uD83D\uDD25 on fire");
        post(alert);
        untilDelivered();
        post(alert.status("critical"));
        untilDelivered();

        assertThat(REDMINE.issues()).singleElement().satisfies(issue -> {
            assertThat(issue.subject()).startsWith("CRITICAL: web1 \uFFFD");
            assertThat(issue.customFields().values()).contains("web1 \uFFFD");
            assertThat(issue.description())
                    .contains("\uFFFD\uFFFD on fire", "Redmine could not store this text as it was");
        });
    }

    @Test
    void parks_what_redmine_fails_at_whatever_it_is_sent_when_it_does_what_others_need() throws Exception {
        TestAlerts poison = fresh(critical());
        TestAlerts sameProblem = fresh(critical()).monitor("monitor 2bj" + (ids - 1));
        REDMINE.failAt(Pattern.compile("id.{5,7}2bj" + (ids - 1)));
        post(poison);
        await().until(() -> service.count("ticket WHERE failures >= 5") > 0);
        assertThat(service.count("alert WHERE parked IS NOT NULL")).isZero();

        post(fresh(critical()), sameProblem);
        untilDelivered();

        assertThat(service.count("alert WHERE parked LIKE '%Redmine fails (500)%'"))
                .isOne();
        assertThat(REDMINE.issues()).hasSize(2);
        service.execute("UPDATE alert SET parked = NULL");
    }

    @Test
    void goes_on_with_the_other_alerts_of_a_problem_when_one_is_parked() throws Exception {
        REDMINE.stop();
        TestAlerts refused = fresh(critical());
        post(refused, refused.id("2bjNext"));
        await().until(service::waitsForRedmine);
        REDMINE.refuseAt(Pattern.compile("id.{5,7}2bj" + ids), 422, "{\"errors\":[\"Subject is too long\"]}");
        REDMINE.start();
        untilDelivered();

        assertThat(REDMINE.issues())
                .singleElement()
                .satisfies(issue -> assertThat(issue.description()).contains("2bjNext"));
        service.execute("UPDATE alert SET parked = NULL");
    }

    @Test
    void says_that_the_store_can_be_used_again_before_another_alert_comes_in() throws Exception {
        try (LoggedErrors log = LoggedErrors.of("dev.mackerelredmine.store", Level.INFO)) {
            service.execute("ALTER TABLE problem RENAME COLUMN due_at TO mislaid");
            await().until(() -> !log.messages().isEmpty());
            service.execute("ALTER TABLE problem RENAME COLUMN mislaid TO due_at");

            await().atMost(Duration.ofSeconds(15))
                    .until(() ->
                            log.messages().stream().anyMatch(line -> line.startsWith("The store can be used again")));
        }
    }

    @Test
    void says_once_in_one_line_that_the_store_does_not_answer_and_goes_on_when_it_does() throws Exception {
        try (LoggedErrors log = LoggedErrors.of("dev.mackerelredmine");
                LoggedErrors routes = LoggedErrors.of(ROUTES)) {
            service.execute("ALTER TABLE problem RENAME COLUMN lease TO mislaid");
            await().until(() -> !log.messages().isEmpty());
            await().during(Duration.ofMillis(500))
                    .until(() -> log.messages().size() == 1 && routes.messages().isEmpty());
            service.execute("ALTER TABLE problem RENAME COLUMN mislaid TO lease");

            assertThat(log.messages())
                    .singleElement()
                    .asString()
                    .startsWith("The store cannot be used, so posts are refused and nothing is delivered: ")
                    .contains("no such column")
                    .doesNotContain("\n");
        }
        post(fresh(critical()));
        untilDelivered();

        assertThat(REDMINE.issues()).hasSize(1);
    }

    @Test
    void keeps_a_ticket_that_redmine_made_otherwise_than_asked() throws Exception {
        service.close();
        service = deliveringTo(REDMINE, folder.resolve("other"))
                .with("redmine.tracker", "999")
                .start();
        try (LoggedErrors log = LoggedErrors.of(ROUTES)) {
            post(fresh(critical()));
            untilDelivered();

            assertThat(REDMINE.issues())
                    .singleElement()
                    .extracting(FakeIssue::tracker)
                    .isEqualTo("Bug");
            assertThat(REDMINE.requests()).hasSize(1);
            assertThat(log.messages())
                    .singleElement()
                    .asString()
                    .contains("ticket #1 is not as asked", "tracker-replaced");
        } finally {
            service.close();
            start();
        }
    }

    @Test
    void takes_names_for_numbers_and_asks_for_each_list_once() throws Exception {
        service.close();
        service = deliveringTo(REDMINE, folder.resolve("names"))
                .with("redmine.tracker", "Alert")
                .with("redmine.status", "In Progress")
                .with("redmine.priority.critical", "Urgent")
                .with("redmine.assigned", "dev Test")
                .start();
        try {
            post(fresh(critical()), fresh(critical()));
            untilDelivered();

            assertThat(REDMINE.issues()).hasSize(2).allSatisfy(issue -> {
                assertThat(issue.tracker()).isEqualTo("Alert");
                assertThat(issue.status()).isEqualTo("In Progress");
                assertThat(issue.priority()).isEqualTo("Urgent");
                assertThat(issue.assignee()).isEqualTo("dev");
            });
        } finally {
            service.close();
            start();
        }
    }

    @Test
    void asks_redmine_no_more_often_than_it_is_to_be_asked() throws Exception {
        service.close();
        service = deliveringTo(REDMINE, folder.resolve("budget"))
                .with("redmine.max-requests-per-second", "3")
                .start();
        try {
            long start = System.nanoTime();
            post(IntStream.range(0, 7).mapToObj(i -> fresh(critical())).toArray(TestAlerts[]::new));
            untilDelivered();

            assertThat(REDMINE.requests()).hasSize(7);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
        } finally {
            service.close();
            start();
        }
    }
}
