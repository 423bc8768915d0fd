package dev.mackerelredmine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mackerelredmine.fakeredmine.FakeIssue;
import dev.mackerelredmine.fakeredmine.FakeRedmine;
import dev.mackerelredmine.redmine.Issue;
import dev.mackerelredmine.redmine.Issue.Status;
import dev.mackerelredmine.redmine.IssueUpdate;
import dev.mackerelredmine.redmine.LoggedErrors;
import dev.mackerelredmine.redmine.LookUpFirstException;
import dev.mackerelredmine.redmine.LookUpFirstException.Request;
import dev.mackerelredmine.redmine.NewIssue;
import dev.mackerelredmine.redmine.NewIssue.CustomFieldValue;
import dev.mackerelredmine.redmine.ParkedException;
import dev.mackerelredmine.redmine.RefusedException;
import dev.mackerelredmine.redmine.Relation;
import dev.mackerelredmine.redmine.TryAgainException;
import dev.mackerelredmine.redmine.Upload;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.camel.Exchange;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the routes of redmine.camel.yaml ask of Redmine for a ticket that is there, and what they make of each answer. */
@Tag("service")
class RedmineCallsTest {

    @RegisterExtension
    static final FakeRedmine REDMINE = new FakeRedmine();

    private static final byte[] PNG = "\u0089PNG\r\n\u001a\n\u0000\u00ff".getBytes(StandardCharsets.ISO_8859_1);
    private static final String ROUTES = "dev.mackerelredmine.routes";

    /** What the routes leave behind for the next one in the same delivery. */
    private static final String[] OF_ONE_CALL = {"CamelHttpRawQuery", "CamelHttpMethod", "X-Redmine-API-Key"};

    @TempDir
    static Path folder;

    private static RunningService service;

    @BeforeAll
    static void start() throws Exception {
        service = DeliverTest.deliveringTo(REDMINE, folder).start();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static Exchange called(String route, Object body) {
        return service.camelContext()
                .createFluentProducerTemplate()
                .withVariable("alertKey", "2bj (Example)")
                .withVariable("fileName", "graph.png")
                .withBody(body)
                .to("direct:" + route)
                .send();
    }

    private static <T> T answer(String route, Object body, Class<T> type) throws Exception {
        Exchange exchange = called(route, body);
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
        assertThat(exchange.getMessage().getHeaders()).doesNotContainKeys(OF_ONE_CALL);
        assertThat(exchange.getVariable("query")).isNull();
        return exchange.getMessage().getBody(type);
    }

    private static Throwable failure(String route, Object body) {
        return called(route, body).getException();
    }

    private static long open() throws Exception {
        NewIssue issue = new NewIssue(
                "alert",
                7L,
                null,
                null,
                null,
                false,
                null,
                null,
                List.of(),
                "CRITICAL: web1",
                "text",
                List.of(),
                List.of());
        return answer("redmine-create-issue", issue, Issue.class).id();
    }

    private static Issue shown(long issue) throws Exception {
        return answer("redmine-show-issue", issue, Issue.class);
    }

    private static IssueUpdate notes(long issue, String notes) {
        return new IssueUpdate(issue, notes, null, null, null, null, null, null, List.of(), List.of());
    }

    private static String lastRequest() {
        FakeRedmine.Request request = REDMINE.requests().get(REDMINE.requests().size() - 1);
        return request.method() + " " + request.path();
    }

    private static FakeIssue issue(long number) {
        return REDMINE.issues().stream()
                .filter(it -> it.id() == number)
                .findFirst()
                .orElseThrow(NoSuchElementException::new);
    }

    @Test
    void leaves_out_what_another_step_left_in_the_headers() throws Exception {
        long number = open();
        service.camelContext()
                .createFluentProducerTemplate()
                .withHeader("camelHttpUri", "http://127.0.0.1:1/")
                .withHeader("CamelHttpQuery", "include=watchers")
                .withHeader("CamelHttpPath", "/users.json")
                .withHeader("X-Redmine-Switch-User", "admin")
                .withBody(number)
                .to("direct:redmine-show-issue")
                .send();

        assertThat(REDMINE.requests()).last().satisfies(request -> {
            assertThat(request.path()).isEqualTo("/issues/" + number + ".json");
            assertThat(request.query()).isEqualTo("include=allowed_statuses,journals");
            assertThat(request.header("X-Redmine-Switch-User")).isNull();
        });
    }

    // --- showing

    @Test
    void shows_an_issue_with_its_allowed_statuses_and_its_journals_by_one_request() throws Exception {
        long number = open();
        answer("redmine-update-issue", notes(number, "first"), Void.class);
        answer("redmine-update-issue", notes(number, "second"), Void.class);

        Issue issue = shown(number);

        assertThat(issue.id()).isEqualTo(number);
        assertThat(issue.subject()).isEqualTo("CRITICAL: web1");
        assertThat(issue.status()).isEqualTo(new Status(1, "New", false));
        assertThat(issue.journals()).extracting(Issue.Journal::notes).containsExactly("first", "second");
        assertThat(issue.allowedStatuses()).contains(new Status(5, "Closed", true));
        assertThat(REDMINE.requests()).hasSize(4).last().satisfies(request -> {
            assertThat(request.method()).isEqualTo("GET");
            assertThat(request.query()).isEqualTo("include=allowed_statuses,journals");
        });
    }

    @Test
    void shows_nothing_where_redmine_has_no_such_issue() throws Exception {
        assertThat(shown(999)).isNull();

        assertThat(lastRequest()).isEqualTo("GET /users/current.json");
    }

    @Test
    void believes_in_no_absence_where_it_is_not_redmine_that_answers() {
        REDMINE.enqueueFailure(404, "<html>Not Found</html>").enqueueFailure(404, "<html>Not Found</html>");

        assertThat(failure("redmine-show-issue", 5L)).isInstanceOf(TryAgainException.class);
    }

    @Test
    void shows_an_issue_at_the_second_try_when_the_connection_was_lost_at_the_first() throws Exception {
        long number = open();
        REDMINE.dropConnectionAfterReceiving();

        assertThat(shown(number).id()).isEqualTo(number);
        assertThat(REDMINE.requests())
                .hasSize(3)
                .last()
                .satisfies(request -> assertThat(request.query()).isEqualTo("include=allowed_statuses,journals"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>Sign in</html>", "{}", "{\"issue\":{\"id\":5"})
    void tries_again_when_what_is_shown_is_not_an_issue(String answer) {
        REDMINE.enqueueFailure(200, answer);

        assertThat(failure("redmine-show-issue", 5L)).isExactlyInstanceOf(TryAgainException.class);
    }

    @Test
    void asks_again_at_once_when_what_is_shown_is_cut_off() throws Exception {
        long number = open();
        int before = REDMINE.requests().size();
        REDMINE.cutAnswer();

        assertThat(shown(number).id()).isEqualTo(number);
        assertThat(REDMINE.requests()).hasSize(before + 2);
    }

    @Test
    void is_refused_an_issue_when_the_key_is_not_known() {
        REDMINE.enqueueFailure(401, "");

        assertThat(failure("redmine-show-issue", 5L)).isInstanceOf(RefusedException.class);
    }

    @Test
    void parks_what_is_about_an_issue_that_it_may_not_see() {
        REDMINE.enqueueFailure(403, "");

        assertThat(failure("redmine-show-issue", 5L)).isExactlyInstanceOf(ParkedException.class);
    }

    // --- changing

    @Test
    void changes_all_that_is_asked_for_by_one_request() throws Exception {
        long number = open();
        CustomFieldValue level = new CustomFieldValue(Long.parseLong(REDMINE.id("field_level")), "warning");

        answer(
                "redmine-update-issue",
                new IssueUpdate(number, "a\nb", 5L, 24L, 47L, null, null, "WARNING: web1", List.of(level), List.of()),
                Void.class);

        assertThat(issue(number)).satisfies(issue -> {
            assertThat(issue.notes()).containsExactly("a\nb");
            assertThat(issue.status()).isEqualTo("Closed");
            assertThat(issue.priority()).isEqualTo("Urgent");
            assertThat(issue.assignee()).isEqualTo("dev");
            assertThat(issue.subject()).isEqualTo("WARNING: web1");
            assertThat(issue.customFields()).containsEntry("アラートレベル", "warning");
        });
        assertThat(REDMINE.requests()).hasSize(2).last().satisfies(request -> {
            assertThat(request.header("Content-Type")).isEqualTo("application/json");
            assertThat(request.query()).isNull();
        });
    }

    @Test
    void puts_an_issue_under_another_and_writes_its_description_anew() throws Exception {
        long parent = open();
        long child = open();

        answer("redmine-update-issue", notes(child, "of it").under(parent), Void.class);
        answer("redmine-update-issue", notes(parent, "").withDescription("| web1 |"), Void.class);

        assertThat(shown(child).isUnder(parent)).isTrue();
        assertThat(issue(parent).description()).isEqualTo("| web1 |");
        assertThat(issue(parent).notes()).isEmpty();
    }

    @Test
    void says_of_nothing_else_how_it_should_be() throws Exception {
        long number = open();

        answer("redmine-update-issue", notes(number, "still firing"), Void.class);

        assertThat(REDMINE.requests())
                .last()
                .extracting(FakeRedmine.Request::body)
                .isEqualTo("{\"issue\":{\"notes\":\"still firing\"}}");
    }

    @Test
    void does_not_take_a_200_for_done_which_redmine_says_to_no_change() {
        REDMINE.enqueueFailure(200, "");

        assertThat(failure("redmine-update-issue", notes(5, "text"))).isInstanceOf(LookUpFirstException.class);
    }

    @Test
    void says_in_the_log_which_ticket_is_updated() throws Exception {
        long number = open();
        try (LoggedErrors log = LoggedErrors.of(ROUTES, Level.INFO)) {
            answer("redmine-update-issue", notes(number, "text"), Void.class);

            assertThat(log.messages()).containsExactly("Alert 2bj (Example): ticket #" + number + " updated");
        }
    }

    @Test
    void sends_a_change_again_at_once_only_when_it_never_reached_redmine() throws Exception {
        long number = open();
        REDMINE.dropConnectionAfterReceiving();

        assertThat(failure("redmine-update-issue", notes(number, "once")))
                .isInstanceOfSatisfying(
                        LookUpFirstException.class,
                        unclear -> assertThat(unclear.request()).isEqualTo(Request.MAY_RUN));
        assertThat(issue(number).notes()).containsExactly("once");
    }

    @Test
    void looks_first_after_a_change_of_which_redmine_says_500() {
        REDMINE.enqueueFailure(500, "");

        assertThat(failure("redmine-update-issue", notes(5, "text")))
                .isInstanceOfSatisfying(
                        LookUpFirstException.class,
                        unclear -> assertThat(unclear.request()).isEqualTo(Request.FAILED));
    }

    @Test
    void tries_a_change_again_that_met_another() {
        REDMINE.enqueueFailure(422, "{\"errors\":[]}");

        assertThat(failure("redmine-update-issue", notes(5, "text"))).isExactlyInstanceOf(TryAgainException.class);
    }

    @Test
    void parks_a_change_that_redmine_will_never_take() throws Exception {
        IssueUpdate update =
                new IssueUpdate(open(), "text", null, 999_999L, null, null, null, null, List.of(), List.of());

        assertThat(failure("redmine-update-issue", update))
                .isInstanceOf(ParkedException.class)
                .hasMessageContaining("Priority cannot be blank");
    }

    @Test
    void looks_first_whether_an_issue_is_gone_that_could_not_be_changed() {
        assertThat(failure("redmine-update-issue", notes(999, "text")))
                .isInstanceOf(LookUpFirstException.class)
                .hasMessageStartingWith("PUT /issues/999.json was answered with 404");
    }

    // --- relating

    @Test
    void relates_two_issues() throws Exception {
        long first = open();
        long second = open();

        answer("redmine-relate-or-log", new Relation(second, first), Void.class);

        assertThat(issue(first).relations()).containsExactly((int) second);
        assertThat(issue(second).relations()).containsExactly((int) first);
        assertThat(REDMINE.requests()).last().satisfies(request -> {
            assertThat(request.path()).isEqualTo("/issues/" + second + "/relations.json");
            assertThat(request.header("Content-Type")).isEqualTo("application/json");
            assertThat(request.body())
                    .startsWith("{\"relation\":{")
                    .contains("\"issue_to_id\":\"" + first + "\"", "\"relation_type\":\"relates\"");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "401, API key",
        "403, may not do this",
        "404, no such project",
        "422, something in front of Redmine refused it",
        "500, 500"
    })
    void goes_on_without_a_relation_that_redmine_does_not_take(int status, String reason) throws Exception {
        REDMINE.enqueueFailure(status, "");
        try (LoggedErrors log = LoggedErrors.of(ROUTES, Level.WARN)) {
            answer("redmine-relate-or-log", new Relation(2, 1), Void.class);

            assertThat(log.messages())
                    .singleElement()
                    .asString()
                    .startsWith("Alert 2bj (Example): not related to its other ticket: ")
                    .contains(reason);
        }
    }

    @Test
    void goes_on_without_a_relation_when_the_connection_is_lost() throws Exception {
        REDMINE.dropConnectionBeforeReceiving();
        try (LoggedErrors log = LoggedErrors.of(ROUTES, Level.WARN)) {
            answer("redmine-relate-or-log", new Relation(2, 1), Void.class);

            assertThat(log.messages()).hasSize(1);
        }
        assertThat(REDMINE.requests()).hasSize(1);
    }

    @Test
    void says_which_relation_is_there_already() throws Exception {
        long first = open();
        long second = open();
        answer("redmine-relate-or-log", new Relation(first, second), Void.class);
        try (LoggedErrors log = LoggedErrors.of(ROUTES, Level.WARN)) {
            answer("redmine-relate-or-log", new Relation(first, second), Void.class);

            assertThat(log.messages()).singleElement().asString().endsWith("Related issue has already been taken");
        }
    }

    // --- uploading

    @Test
    void uploads_a_file_that_an_issue_can_then_be_given() throws Exception {
        long number = open();

        Upload upload = answer("redmine-upload", PNG, Upload.class);
        answer(
                "redmine-update-issue",
                new IssueUpdate(number, "graph", null, null, null, null, null, null, List.of(), List.of(upload)),
                Void.class);

        assertThat(issue(number).attachments())
                .containsExactly(new FakeIssue.Attachment("graph.png", "image/png", PNG.length));
        assertThat(REDMINE.requests().get(1)).satisfies(request -> {
            assertThat(request.path()).isEqualTo("/uploads.json");
            assertThat(request.query()).isEqualTo("filename=graph.png");
            assertThat(request.header("Content-Type")).isEqualTo("application/octet-stream");
            assertThat(request.body().getBytes(StandardCharsets.ISO_8859_1)).isEqualTo(PNG);
        });
    }

    @Test
    void uploads_again_when_the_connection_was_lost_because_an_upload_by_itself_shows_nowhere() throws Exception {
        REDMINE.dropConnectionAfterReceiving();

        assertThat(answer("redmine-upload", PNG, Upload.class).token()).startsWith("2.");
        assertThat(REDMINE.requests()).hasSize(2).last().satisfies(request -> {
            assertThat(request.header("Content-Type")).isEqualTo("application/octet-stream");
            assertThat(request.body().getBytes(StandardCharsets.ISO_8859_1)).isEqualTo(PNG);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504})
    void tries_an_upload_again_that_failed_in_redmine(int status) {
        REDMINE.enqueueFailure(status, "");

        assertThat(failure("redmine-upload", PNG)).isExactlyInstanceOf(TryAgainException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "{}", "{\"upload\":{}}", "{\"upload\":{\"token\":\"\"}}"})
    void tries_an_upload_again_that_was_answered_without_a_token(String answer) {
        REDMINE.enqueueFailure(201, answer);

        assertThat(failure("redmine-upload", PNG)).isExactlyInstanceOf(TryAgainException.class);
    }

    @Test
    void parks_a_file_that_is_too_large() {
        assertThat(failure("redmine-upload", new byte[5 * 1024 * 1024 + 1]))
                .isInstanceOf(ParkedException.class)
                .hasMessageContaining("maximum allowed file size");
    }
}
