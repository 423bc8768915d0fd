package dev.mackerelredmine;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mackerelredmine.fakeredmine.FakeRedmine;
import dev.mackerelredmine.mackerel.TestAlerts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** status, parked, pause and resume, beside a running service. */
@Tag("service")
class OperateCommandsTest {

    private static final String ALERT = "2bj7ZsQ4bYh";

    @RegisterExtension
    final FakeRedmine redmine = new FakeRedmine();

    @TempDir
    Path folder;

    private final Map<String, String> settings = new HashMap<>();

    @BeforeEach
    void setRedmine() {
        settings.putAll(Map.of(
                "REDMINE_URL",
                redmine.url(),
                "REDMINE_APIKEY",
                redmine.apiKey(),
                "REDMINE_PROJECT",
                "alert",
                "SUDO_USER",
                "alice",
                "STORE_URL",
                "jdbc:sqlite:" + folder.resolve("data").resolve("store.db")));
    }

    private String output(int exitCode, String... arguments) throws Exception {
        ServiceProcess process =
                new ServiceProcess(folder, arguments).with(settings).start();
        assertThat(process.exitCode()).as(process.output()).isEqualTo(exitCode);
        assertThat(process.output()).doesNotContain(redmine.apiKey());
        return process.output();
    }

    private JsonNode json(int exitCode, String... arguments) throws Exception {
        return new ObjectMapper().readTree(output(exitCode, arguments));
    }

    private RunningService started() throws Exception {
        RunningService service = DeliverTest.deliveringTo(redmine, folder).start();
        settings.put("MANAGEMENT_PORT", Integer.toString(service.management("/").getPort()));
        return service;
    }

    private static void post(RunningService service, TestAlerts alert) throws Exception {
        assertThat(service.post(alert.bytes()).statusCode()).isEqualTo(202);
    }

    private void park(RunningService service) throws Exception {
        redmine.refuseAt(Pattern.compile("subject"), 422, "{\"errors\":[\"Subject is too long\"]}");
        post(service, critical());
        untilIdle(service);
        redmine.refuseNothing();
    }

    private static void untilIdle(RunningService service) {
        await().atMost(Duration.ofSeconds(15)).until(service::isIdle);
    }

    @Test
    void lists_a_parked_alert_and_has_it_delivered_by_the_running_service() throws Exception {
        try (RunningService service = started()) {
            park(service);

            JsonNode listed = json(0, "parked", "list", "--why", "Subject is too long", "--json");
            assertThat(listed).hasSize(1);
            assertThat(listed.at("/0/alert").asText()).isEqualTo("example/" + ALERT);
            assertThat(listed.at("/0/project").asText()).isEqualTo("alert");
            assertThat(output(0, "parked", "list", "--project", "other")).contains("No such alert is parked.");

            assertThat(output(0, "parked", "retry", ALERT)).contains("example/" + ALERT, "Alerts to be delivered: 1");
            untilIdle(service);
            assertThat(redmine.issues()).hasSize(1);
            assertThat(service.count("alert WHERE parked IS NOT NULL")).isZero();
        }
        assertThat(output(0, "explain", "--alert", ALERT))
                .containsSubsequence("-> park: ", "-> replay by alice: parked: ", "-> create #1");
    }

    @Test
    void drops_a_parked_alert_with_a_reason_and_never_without() throws Exception {
        try (RunningService service = started()) {
            park(service);

            assertThat(output(2, "parked", "drop", ALERT)).contains("Missing required option: '--reason=TEXT'");
            assertThat(output(2, "parked", "drop", "--reason", "gone")).contains("say which alerts, or --all");
            assertThat(output(0, "parked", "drop", "--all", "--reason", "the host is gone"))
                    .contains("Dropped alerts: 1");
            assertThat(output(1, "parked", "drop", ALERT, "--reason", "again")).contains("No such alert is parked.");
        }
        assertThat(redmine.issues()).isEmpty();
        assertThat(output(0, "explain", "--alert", ALERT)).contains("-> drop by alice: the host is gone");
    }

    @Test
    void holds_deliveries_until_they_are_resumed_and_says_so_in_the_status() throws Exception {
        try (RunningService service = started()) {
            assertThat(json(0, "status", "--json").at("/state").asText()).isEqualTo("ok");

            assertThat(output(0, "pause")).contains("Deliveries are paused.");
            assertThat(output(0, "pause")).contains("paused already, since ", "by alice");
            post(service, critical());
            JsonNode paused = json(1, "status", "--json");
            assertThat(paused.at("/state").asText()).isEqualTo("paused");
            assertThat(paused.at("/waiting/events").asLong()).isOne();
            assertThat(paused.at("/paused/by").asText()).isEqualTo("alice");
            assertThat(redmine.issues()).isEmpty();

            assertThat(json(0, "resume", "--json").at("/changed").asBoolean()).isTrue();
            untilIdle(service);
            assertThat(redmine.issues()).hasSize(1);
            assertThat(output(0, "status"))
                    .contains("State: ok", redmine.url() + " is there, answers in ", "nobody has acknowledged: 1");
        }
        assertThat(output(0, "explain", "--alert", ALERT))
                .containsSubsequence("CPU %", "-> deliveries are resumed by alice", "-> create #1");
    }

    @Test
    void says_what_is_in_the_store_and_that_no_service_answers() throws Exception {
        try (RunningService service = started()) {
            park(service);
        }

        assertThat(output(1, "status"))
                .contains("State: unreachable", "the service does not answer at http://127.0.0.1:")
                .contains(
                        "alerts: 1 (mackerel-redmine parked list)",
                        "Subject is too long",
                        "not known whether it answers");
    }

    @Test
    void says_that_there_is_no_store_or_no_redmine() throws Exception {
        assertThat(output(1, "parked", "list")).contains("There is no store yet");
        settings.keySet().removeIf(name -> name.startsWith("REDMINE_"));
        assertThat(output(2, "pause")).contains("no Redmine is set", "redmine.url (REDMINE_URL)");
    }
}
