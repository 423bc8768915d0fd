package dev.mackerelredmine.lambda;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static dev.mackerelredmine.mackerel.TestAlerts.ok;
import static dev.mackerelredmine.mackerel.TestAlerts.warning;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mackerelredmine.RunningService;
import dev.mackerelredmine.fakeredmine.FakeIssue;
import dev.mackerelredmine.fakeredmine.FakeRedmine;
import dev.mackerelredmine.lambda.LambdaRuntime.FunctionError;
import dev.mackerelredmine.mackerel.TestAlerts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The function without a store that remembers, run by AWS's own client: each event is delivered, or its source has it still. */
@Tag("service")
class LambdaFunctionTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** By the marker, by the alert's id, and whether "nothing found" is said to a good key. */
    private static final int REQUESTS_OF_A_LOOK_UP = 3;

    private static final String KEY = "k3y-of-the.function~0123456789";

    @RegisterExtension
    static final FakeRedmine REDMINE = new FakeRedmine();

    @TempDir
    static Path folder;

    private static LambdaRuntime function;
    private static int ids;

    @BeforeAll
    static void start() throws Exception {
        function = start(Map.of());
        function.untilItIsReady();
    }

    private static LambdaRuntime start(Map<String, String> more) throws IOException {
        return start(folder, more);
    }

    private static LambdaRuntime start(Path deployed, Map<String, String> more) throws IOException {
        Map<String, String> variables = new HashMap<>(Map.of(
                "REDMINE_URL", REDMINE.url(),
                "REDMINE_APIKEY", REDMINE.apiKey(),
                "REDMINE_PROJECT", "alert",
                "REDMINE_TRACKER", REDMINE.id("tracker_alert"),
                "REDMINE_ASSIGNED", REDMINE.id("user_dev"),
                "REDMINE_CUSTOM_FIELD_ALERT_ID", REDMINE.id("field_alert_id"),
                "REDMINE_RESPONSE_TIMEOUT", "2s"));
        variables.putAll(more);
        return LambdaRuntime.ofThisClassPath(deployed, variables);
    }

    @AfterAll
    static void stop() {
        function.close();
    }

    private static String text(TestAlerts alert) {
        return new String(alert.bytes(), StandardCharsets.UTF_8);
    }

    /** Of an alert that no other test has posted. */
    private static TestAlerts fresh(TestAlerts alert) {
        String id = "2bjL" + ++ids;
        return alert.id(id).monitor("monitor " + id);
    }

    private static JsonNode invoke(String event) throws IOException {
        return JSON.readTree(function.invoke(event));
    }

    private static List<FakeIssue> tickets(String text) {
        return REDMINE.issues().stream()
                .filter(issue -> issue.subject().contains(text))
                .toList();
    }

    private static FakeIssue ticket(String text) {
        assertThat(tickets(text)).hasSize(1);
        return tickets(text).get(0);
    }

    static Stream<String> ways() {
        return LambdaEvents.ofAllKinds("{}").keySet().stream();
    }

    /** But for its number, and the alert's id with its digest. */
    @ParameterizedTest
    @MethodSource("ways")
    void makes_the_ticket_that_the_service_makes(String way) throws Exception {
        TestAlerts alert = fresh(critical());
        String id = "2bjL" + ids;

        invoke(LambdaEvents.ofAllKinds(text(alert)).get(way));

        FakeIssue made = ticket("monitor " + id);
        assertThat(comparable(made, id)).isEqualTo(ofService());
    }

    private static String ofService;

    private static String ofService() throws Exception {
        if (ofService == null) {
            String id = "2bjOfService";
            try (RunningService service = new RunningService(folder)
                    .with("redmine.url", REDMINE.url())
                    .with("redmine.apikey", REDMINE.apiKey())
                    .with("redmine.project", "alert")
                    .with("redmine.tracker", REDMINE.id("tracker_alert"))
                    .with("redmine.assigned", REDMINE.id("user_dev"))
                    .with("redmine.custom-field.alert-id", REDMINE.id("field_alert_id"))
                    .start()) {
                service.post(critical().id(id).monitor("monitor " + id).bytes());
                await().atMost(Duration.ofSeconds(15)).until(() -> tickets(id).size() == 1);
                ofService = comparable(ticket("monitor " + id), id);
            }
        }
        return ofService;
    }

    private static String comparable(FakeIssue issue, String id) {
        return issue.toString()
                .replace("id=" + issue.id() + ",", "")
                .replace(id, "ID")
                .replaceAll("mackerel-redmine:[0-9a-f]+", "MARKER");
    }

    @Test
    void answers_http_with_what_was_kept() throws Exception {
        JsonNode answer = invoke(LambdaEvents.restApi(text(fresh(critical()))).toString());

        assertThat(answer.path("statusCode").asInt()).isEqualTo(202);
        assertThat(answer.path("headers").path("Content-Type").asText()).isEqualTo("application/json");
        assertThat(answer.path("body").asText()).isEqualTo("{\"event\":\"alert\",\"alert\":\"2bjL" + ids + "\"}");
    }

    @Test
    void answers_a_load_balancer_as_that_wants_it() throws Exception {
        Map<String, String> events = LambdaEvents.ofAllKinds(text(fresh(critical())));

        assertThat(invoke(events.get("load balancer")).path("statusDescription").asText())
                .isEqualTo("202 Accepted");
        assertThat(invoke(events.get("load balancer, several values"))
                        .path("multiValueHeaders")
                        .path("Content-Type")
                        .path(0)
                        .asText())
                .isEqualTo("application/json");
    }

    @Test
    void refuses_what_is_no_notification() throws Exception {
        JsonNode answer = invoke(LambdaEvents.restApi("{oops").toString());

        assertThat(answer.path("statusCode").asInt()).isEqualTo(400);
        assertThat(answer.path("headers").path("Content-Type").asText()).isEqualTo("application/problem+json");
        assertThat(answer.path("body").asText()).contains("Not a notification of Mackerel");
    }

    @Test
    void refuses_a_body_that_is_not_there_and_another_method() throws Exception {
        ObjectNode empty = LambdaEvents.restApi("").putNull("body");
        ObjectNode get = LambdaEvents.restApi("{}").put("httpMethod", "GET");

        assertThat(invoke(empty.toString()).path("statusCode").asInt()).isEqualTo(400);
        assertThat(invoke(get.toString()).path("statusCode").asInt()).isEqualTo(405);
    }

    @Test
    void fails_for_a_bare_event_that_is_no_notification() {
        assertThatThrownBy(() -> function.invoke("{\"event\":\"alert\"}"))
                .isInstanceOf(FunctionError.class)
                .hasMessageContaining("alert is missing");
    }

    @Test
    void wants_the_key_that_is_set() throws Exception {
        try (LambdaRuntime guarded = start(Map.of("GATE_API_KEY", KEY))) {
            guarded.untilItIsReady();
            ObjectNode event = LambdaEvents.restApi(text(fresh(critical())));
            assertThat(guarded.invoke(event.toString())).contains("\"statusCode\":401");

            ((ObjectNode) event.path("headers")).put("X-Api-Key", KEY);
            assertThat(guarded.invoke(event.toString())).contains("\"statusCode\":202");
        }
    }

    @Test
    void makes_one_ticket_of_an_alert_whatever_comes_of_it_and_how_often() throws Exception {
        TestAlerts opens = fresh(warning());
        TestAlerts worse = critical().id("2bjL" + ids).monitor("monitor 2bjL" + ids);
        String batch = LambdaEvents.sqs(
                        LambdaEvents.message("m1", "a", text(opens)), LambdaEvents.message("m2", "a", text(worse)))
                .toString();

        assertThat(invoke(batch).toString()).isEqualTo("{\"batchItemFailures\":[]}");
        assertThat(invoke(batch).toString()).isEqualTo("{\"batchItemFailures\":[]}");

        assertThat(ticket("monitor 2bjL" + ids).notes()).isEmpty();
    }

    @Test
    void closes_the_ticket_with_a_note_when_the_alert_recovers_and_only_once() throws Exception {
        TestAlerts opens = fresh(critical());
        String end = LambdaEvents.sqs(LambdaEvents.message(
                        "m1", "a", text(ok().id("2bjL" + ids).monitor("monitor 2bjL" + ids))))
                .toString();
        invoke(text(opens));

        invoke(end);
        invoke(end);

        FakeIssue ticket = ticket("monitor 2bjL" + ids);
        assertThat(ticket.closed()).isTrue();
        assertThat(ticket.notes()).hasSize(1);
    }

    @Test
    void leaves_what_redmine_did_not_take_to_the_queue_and_makes_one_ticket_of_it_later() throws Exception {
        String one = text(fresh(critical()));
        String another = text(fresh(critical()));
        String batch = LambdaEvents.sqs(
                        LambdaEvents.message("m1", "a", one),
                        LambdaEvents.message("m2", "b", another),
                        LambdaEvents.message("m3", "a", one))
                .toString();
        REDMINE.stop();
        JsonNode failed = invoke(batch);
        assertThat(failed.path("batchItemFailures").findValuesAsText("itemIdentifier"))
                .containsExactly("m1", "m2", "m3");
        assertThat(invoke(LambdaEvents.restApi(one).toString())
                        .path("statusCode")
                        .asInt())
                .isEqualTo(503);
        assertThatThrownBy(() -> function.invoke(one)).isInstanceOf(FunctionError.class);

        REDMINE.start();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> invoke(batch).path("batchItemFailures").isEmpty());

        assertThat(tickets("monitor 2bjL" + ids)).hasSize(1);
        assertThat(tickets("monitor 2bjL" + (ids - 1))).hasSize(1);
    }

    @Test
    void does_not_let_a_later_message_of_a_group_overtake_one_that_failed() throws Exception {
        String good = text(fresh(critical()));
        String batch = LambdaEvents.sqs(
                        LambdaEvents.message("m1", "a", "{oops"),
                        LambdaEvents.message("m2", "a", good),
                        LambdaEvents.message("m3", null, text(fresh(critical()))))
                .toString();

        assertThat(invoke(batch).path("batchItemFailures").findValuesAsText("itemIdentifier"))
                .containsExactly("m1", "m2");
        assertThat(tickets("monitor 2bjL" + (ids - 1))).isEmpty();
        assertThat(tickets("monitor 2bjL" + ids)).hasSize(1);
    }

    @Test
    void looks_in_redmine_after_a_creation_of_which_the_answer_was_lost() throws Exception {
        String event = text(fresh(critical()));
        try (LambdaRuntime own = start(Map.of())) {
            own.untilItIsReady();
            for (int i = 0; i < REQUESTS_OF_A_LOOK_UP; i++) {
                REDMINE.answerNormally();
            }
            REDMINE.dropConnectionAfterReceiving();
            assertThatThrownBy(() -> own.invoke(event)).isInstanceOf(FunctionError.class);
        }

        invoke(event);

        assertThat(tickets("monitor 2bjL" + ids)).hasSize(1);
    }

    @Test
    void says_whether_redmine_is_set_up_and_which_life_tickets_have() throws Exception {
        JsonNode findings = invoke("{\"mackerel-redmine\":\"check\"}").path("findings");

        assertThat(findings.path(0).path("found").asText()).startsWith("is not set: an alert has one ticket");
        assertThat(findings.findValuesAsText("verdict")).contains("ok").doesNotContain("wrong");
    }

    private static Path copyRoutes(Path deployed) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("routes"))) {
            for (Path file : files.toList()) {
                Files.copy(file, deployed.resolve(file));
            }
        }
        return deployed.resolve("routes");
    }

    @Test
    void does_not_start_where_it_is_to_do_what_only_the_service_does(@TempDir Path deployed) throws Exception {
        Path file = copyRoutes(deployed).resolve("ticket-changed.camel.yaml");
        Files.writeString(file, Files.readString(file) + "        - log: \"${body}\"\n");

        try (LambdaRuntime wrong = start(deployed, Map.of())) {
            assertThatThrownBy(wrong::untilItIsReady)
                    .hasMessageContaining("ticket-changed.camel.yaml has steps, and only the service runs them");
        }
    }

    @Test
    void gives_a_ticket_to_whoever_is_on_call(@TempDir Path deployed) throws Exception {
        Path routes = copyRoutes(deployed);
        Files.writeString(routes.resolve("policy.camel.yaml"), """
                - route:
                    id: policy
                    from:
                      uri: direct:policy
                      steps:
                        - setVariable: {name: ticket.assignee, constant: "on-call:primary"}
                """);
        Files.writeString(deployed.resolve("escalation.yaml"), """
                rotas:
                  primary: {start: 2020-01-06T09:00, every: 7d, time-zone: Asia/Tokyo, people: [dev Test]}
                people:
                  dev Test: {mail: dev@example.jp}
                policies:
                  critical-alerts:
                    steps:
                      - {at: 0m, notify: rota primary, by: mail}
                """);
        try (LambdaRuntime own =
                start(deployed, Map.of("ESCALATION_FILE", "escalation.yaml", "REDMINE_ASSIGNED", ""))) {
            TestAlerts alert = fresh(critical());

            own.invoke(text(alert));

            assertThat(ticket("monitor 2bjL" + ids).assignee()).isEqualTo("dev");
        }
    }

    @Test
    void follows_a_policy_into_a_file_that_an_engineer_added(@TempDir Path deployed) throws Exception {
        Path routes = copyRoutes(deployed);
        Files.writeString(routes.resolve("policy.camel.yaml"), """
                - route:
                    id: policy
                    from:
                      uri: direct:policy
                      steps:
                        - to: direct:my-rules
                """);
        Files.writeString(routes.resolve("my-rules.camel.yaml"), """
                - route:
                    id: my-rules
                    from:
                      uri: direct:my-rules
                      steps:
                        - setVariable:
                            name: ticket.skip
                            constant: my rule
                """);
        try (LambdaRuntime skipping = start(deployed, Map.of())) {
            TestAlerts alert = fresh(critical());

            assertThat(skipping.invoke(text(alert))).contains("2bjL" + ids);

            assertThat(tickets("monitor 2bjL" + ids)).isEmpty();
        }
    }

    @Test
    void says_that_it_makes_no_incidents_where_the_policy_names_them(@TempDir Path deployed) throws Exception {
        Path policy = copyRoutes(deployed).resolve("policy.camel.yaml");
        Files.writeString(policy, """
                - route:
                    id: policy
                    from:
                      uri: direct:policy
                      steps:
                        - setVariable: {name: ticket.incident, constant: Shop}
                """);
        try (LambdaRuntime grouping = start(deployed, Map.of())) {
            JsonNode findings = JSON.readTree(grouping.invoke("{\"mackerel-redmine\":\"check\"}"))
                    .path("findings");

            assertThat(findings)
                    .filteredOn(finding -> finding.path("subject").asText().equals("ticket.incident"))
                    .singleElement()
                    .satisfies(finding -> {
                        assertThat(finding.path("verdict").asText()).isEqualTo("note");
                        assertThat(finding.path("found").asText())
                                .startsWith("a function makes no incidents, and each alert has a ticket of its own");
                    });
        }
    }

    @Test
    void does_not_start_with_a_store_that_would_be_forgotten() throws Exception {
        try (LambdaRuntime wrong = start(Map.of("STORE_URL", "jdbc:sqlite:/tmp/store.db"))) {
            assertThatThrownBy(wrong::untilItIsReady).hasMessageContaining("a function's files are forgotten");
        }
        try (LambdaRuntime wrong = start(Map.of("STORE_URL", ""))) {
            assertThatThrownBy(wrong::untilItIsReady).hasMessageContaining("STORE_URL is set to nothing: leave it out");
        }
    }
}
