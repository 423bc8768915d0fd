package dev.mackerelredmine;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.mackerelredmine.fakeredmine.FakeRedmine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What the service logs, read as an operator's machine reads it. */
@Tag("service")
class ServiceLogTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @RegisterExtension
    final FakeRedmine redmine = new FakeRedmine();

    @TempDir
    Path folder;

    @Test
    void json_tells_alert_and_ticket_of_each_line_that_is_about_them_and_of_no_other() throws Exception {
        try (ServiceProcess service = delivering()) {
            service.start().untilItRuns();
            service.post(critical().id("2bjFirst").monitor("first").bytes());
            await().atMost(Duration.ofSeconds(20)).until(() -> !redmine.issues().isEmpty());
            redmine.enqueueFailure(503, "");
            service.post(critical().id("2bjSecond").monitor("second").bytes());
            await().atMost(Duration.ofSeconds(20)).until(() -> redmine.issues().size() == 2);
            await().atMost(Duration.ofSeconds(20)).until(this::nothingIsBeingDelivered);
            breakStore();
            await().atMost(Duration.ofSeconds(20)).until(() -> service.output().contains("The store cannot be used"));

            assertThat(subject(first(service, "#1 created"))).isEqualTo("example/2bjFirst #1");
            assertThat(subject(first(service, "Not delivered"))).isEqualTo("example/2bjSecond");
            assertThat(subject(first(service, "#2 created"))).isEqualTo("example/2bjSecond #2");
            assertThat(subject(first(service, "is running"))).isEqualTo("none");
            assertThat(subject(first(service, "The store cannot be used"))).isEqualTo("none");
        }
    }

    /** Of one worker, so that each alert meets what the one before left. */
    private ServiceProcess delivering() throws IOException {
        return new ServiceProcess(folder)
                .with(Map.of(
                        "LOG_FORMAT", "json",
                        "REDMINE_URL", redmine.url(),
                        "REDMINE_APIKEY", redmine.apiKey(),
                        "REDMINE_PROJECT", "alert",
                        "REDMINE_MAX_CONCURRENCY", "1",
                        "TICKET_GRAPHS", "false",
                        "DELIVERY_INITIAL_BACKOFF", "100ms",
                        "DELIVERY_POLL_INTERVAL", "50ms"));
    }

    /** What breaks during a delivery is about that delivery's alert. */
    private boolean nothingIsBeingDelivered() throws Exception {
        try (Connection store = store();
                Statement statement = store.createStatement();
                ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM problem WHERE due_at IS NOT NULL")) {
            return row.getInt(1) == 0;
        }
    }

    private Connection store() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("data/mackerel-redmine.db"));
    }

    private void breakStore() throws Exception {
        try (Connection store = store();
                Statement statement = store.createStatement()) {
            statement.execute("ALTER TABLE problem RENAME TO not_there");
        }
    }

    private static JsonNode first(ServiceProcess service, String text) throws IOException {
        return service.output()
                .lines()
                .map(ServiceLogTest::read)
                .filter(line -> line.path("message").asText().contains(text))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode read(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + line, e);
        }
    }

    private static String subject(JsonNode line) {
        String issue = line.has("issue") ? " #" + line.path("issue").asText() : "";
        return line.path("alert").asText("none") + issue;
    }

    @Test
    void what_a_post_says_makes_no_line_of_its_own() throws Exception {
        String sample = JSON.createObjectNode()
                .put("event", "sample")
                .put("message", "hello\r\n2026-11-20T00:00:00.000Z ERROR forged")
                .toString();

        try (ServiceProcess service = new ServiceProcess(folder).start().untilItRuns()) {
            service.post(sample.getBytes(StandardCharsets.UTF_8));
            await().until(() -> service.output().contains("forged"));

            assertThat(service.output().lines().filter(line -> line.contains("forged")))
                    .singleElement()
                    .asString()
                    .endsWith("test notification came in: hello\\r\\n2026-11-20T00:00:00.000Z ERROR forged");
        }
    }
}
