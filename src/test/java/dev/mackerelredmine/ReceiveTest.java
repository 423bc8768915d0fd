package dev.mackerelredmine;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static dev.mackerelredmine.mackerel.TestAlerts.fixture;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mackerelredmine.redmine.LoggedErrors;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("service")
class ReceiveTest {

    @TempDir
    static Path folder;

    private static RunningService service;

    @BeforeAll
    static void start() throws Exception {
        service = new RunningService(folder).start();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    static List<String> fixtures() throws Exception {
        try (var files = Files.list(Path.of("src/test/resources/mackerel"))) {
            return files.map(file -> file.getFileName().toString().replace(".json", ""))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void takes_every_shape_that_mackerel_is_known_to_send(String name) throws Exception {
        long before = service.count("event");

        assertThat(service.post(fixture(name)).statusCode()).isEqualTo(202);

        assertThat(service.count("event")).isEqualTo(before + 1);
    }

    @Test
    void answers_what_was_kept() throws Exception {
        HttpResponse<String> answer = service.post(critical().id("2bjAnswered").bytes());

        assertThat(answer.body()).isEqualTo("{\"event\":\"alert\",\"alert\":\"2bjAnswered\"}");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(service.count("event WHERE notification LIKE '%2bjAnswered%'"))
                .isOne();
    }

    @Test
    void keeps_what_is_no_alert_for_the_record() throws Exception {
        assertThat(service.post(fixture("host-retire")).body()).isEqualTo("{\"event\":\"hostRetire\"}");

        assertThat(service.count("event WHERE kind = 'hostRetire' AND alert_id IS NULL"))
                .isPositive();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"event":                             | it ends too early
            [1, 2]                                | not a JSON object
            {"event": "alert", "alert": {}}       | alert.status is missing
            {"alert": {"status": "on fire"}}      | alert.status
            """)
    void refuses_what_is_no_notification_and_says_why(String body, String why) throws Exception {
        long before = service.count("event");

        HttpResponse<String> answer = service.post(body.getBytes(StandardCharsets.UTF_8));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body()).contains("\"status\":400", why).doesNotContain("Exception", "\tat ");
        assertThat(service.count("event")).isEqualTo(before);
    }

    @Test
    void takes_posts_only() throws Exception {
        HttpResponse<String> answer =
                service.send(HttpRequest.newBuilder(service.webhook()).build());

        assertThat(answer.headers().firstValue("Allow")).contains("POST");
        isProblem(answer, 405, "Only POST is taken.");
    }

    @Test
    void says_why_it_does_not_take_another_type_or_path() throws Exception {
        isProblem(service.post("text/plain", critical().bytes()), 415, "Only application/json is taken.");
        isProblem(
                service.send(HttpRequest.newBuilder(service.webhook().resolve("/macerel"))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(critical().bytes()))
                        .build()),
                404,
                "Mackerel's posts go to /mackerel.");
    }

    private static void isProblem(HttpResponse<String> answer, int status, String detail) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body()).contains("\"status\":" + status, "\"detail\":\"" + detail + "\"");
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, 202",
        "application/json; charset=utf-8, 202",
        "text/plain, 415",
        "application/xml, 415"
    })
    void takes_json_only(String contentType, int status) throws Exception {
        assertThat(service.post(contentType, critical().bytes()).statusCode()).isEqualTo(status);
    }

    @Test
    void takes_a_post_of_a_mebibyte_and_no_more() throws Exception {
        int frame = critical().memo("").bytes().length;

        assertThat(service.post(critical().memo("x".repeat((1 << 20) - frame)).bytes())
                        .statusCode())
                .isEqualTo(202);
        assertThat(service.post(critical()
                                .memo("x".repeat((1 << 20) - frame + 1))
                                .bytes())
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void answers_with_no_header_of_the_request() throws Exception {
        HttpResponse<String> answer = service.send(HttpRequest.newBuilder(service.webhook())
                .header("Content-Type", "application/json")
                .header("X-Api-Key", "secret")
                .header("CamelHttpResponseCode", "299")
                .header("CamelHttpUri", "http://127.0.0.1:1/")
                .POST(BodyPublishers.ofByteArray(critical().bytes()))
                .build());

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.headers().map().keySet()).containsOnly("content-type", "transfer-encoding");
    }

    @Test
    void keeps_a_placeholder_where_half_a_character_was_sent() throws Exception {
        service.post(fixture("lone-surrogate"));

        assertThat(service.count("event WHERE notification LIKE '%\uFFFD%'")).isPositive();
    }

    @Test
    void claims_nothing_when_the_store_cannot_be_written(@TempDir Path other) throws Exception {
        try (RunningService full = new RunningService(other).start()) {
            full.execute("CREATE TRIGGER full BEFORE INSERT ON event BEGIN SELECT RAISE(ABORT, 'disk full'); END");

            HttpResponse<String> answer = full.post(critical().bytes());

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(answer.body()).contains("was not taken").doesNotContain("Exception", "disk full");
            assertThat(full.count("event")).isZero();
        }
    }

    @Test
    void logs_why_it_could_not_keep_a_post_in_one_line_and_nothing_of_the_post(@TempDir Path other) throws Exception {
        try (RunningService full = new RunningService(other).start();
                LoggedErrors log = LoggedErrors.of("dev.mackerelredmine.routes")) {
            full.execute("CREATE TRIGGER full BEFORE INSERT ON event BEGIN SELECT RAISE(ABORT, 'disk full'); END");

            full.post(critical().memo("between us").bytes());

            assertThat(log.messages())
                    .singleElement()
                    .asString()
                    .contains("503", "disk full")
                    .doesNotContain("between us", "INSERT", "\n");
        }
    }
}
