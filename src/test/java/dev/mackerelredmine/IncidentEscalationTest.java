package dev.mackerelredmine;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.mackerelredmine.fakeredmine.FakeRedmine;
import dev.mackerelredmine.redmine.RedmineCaller;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Who is notified of an incident: as of one alert. People are notified by a chat that is an HTTP server. */
@Tag("service")
class IncidentEscalationTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SECRET = "T0KEN-of-the-chat";

    @RegisterExtension
    final FakeRedmine redmine = new FakeRedmine();

    @TempDir
    Path folder;

    private final List<JsonNode> posted = new CopyOnWriteArrayList<>();
    private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();
    private HttpServer chat;
    private RunningService service;

    @BeforeEach
    void open() throws IOException {
        chat = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        chat.createContext("/", this::take);
        chat.start();
    }

    @AfterEach
    void close() {
        if (service != null) {
            service.close();
        }
        chat.stop(0);
    }

    private void take(HttpExchange exchange) throws IOException {
        JsonNode page = JSON.readTree(exchange.getRequestBody());
        Integer status = answers.poll();
        if (status == null) {
            posted.add(page);
        }
        exchange.sendResponseHeaders(status == null ? 204 : status, -1);
        exchange.close();
    }

    // --- what is set

    private String chat() {
        return "http://127.0.0.1:" + chat.getAddress().getPort() + "/" + SECRET;
    }

    private Path file(String... steps) throws IOException {
        return Files.writeString(
                folder.resolve("escalation.yaml"),
                """
                people:
                  dev Test: {webhook: "%s", redmine: dev}
                  Hanako Yamada: {webhook: "%s"}
                policies:
                  critical-alerts:
                    repeat: 0
                    steps:
                """.formatted(chat(), chat())
                        + String.join(
                                "",
                                List.of(steps).stream()
                                        .map(step -> "      - " + step + "\n")
                                        .toList()));
    }

    private Path policy() throws IOException {
        return Files.writeString(folder.resolve("policy.camel.yaml"), """
                # Whose ticket is it?
                - route:
                    id: policy
                    description: Escalates what is critical
                    group: edit
                    note: contract 1
                    from:
                      uri: direct:policy
                      steps:
                        - filter:
                            simple: "${body.alert.status} == 'critical'"
                            steps:
                              - setVariable: {name: ticket.escalation, constant: critical-alerts}
                        - setVariable: {name: ticket.incident, constant: Shop}
                """);
    }

    private RunningService escalating(RunningService with, Path file) throws Exception {
        return with.withPolicy(policy())
                .with("escalation.file", file.toString())
                .with("escalation.max-age", "0");
    }

    private void start(String... steps) throws Exception {
        service = escalating(DeliverTest.deliveringTo(redmine, folder).with("redmine.assigned", ""), file(steps))
                .watching("500ms")
                .start();
    }

    private static void soon(org.awaitility.core.ThrowingRunnable assertion) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(assertion);
    }

    private List<String> said() {
        return posted.stream()
                .map(page -> page.path("type").asText() + " "
                        + page.at("/data/person").asText() + " "
                        + page.at("/data/step").asInt())
                .toList();
    }

    private void makeDue() {
        service.execute(
                "UPDATE escalation SET due_at = due_at - 3600000, starts_at = starts_at - 3600000 WHERE due_at IS NOT NULL");
        service.execute("UPDATE page SET at = at - 3600000 WHERE state <> 'waiting'");
    }

    private void opens(String host) throws Exception {
        assertThat(service.post(critical().id(host).host(host).bytes()).statusCode())
                .isEqualTo(202);
    }

    private int ticketOf(String host) {
        return Integer.parseInt(service.text(
                "t.issue FROM ticket t JOIN alert a ON a.ticket_id = t.id WHERE a.alert_key = '" + host + "'"));
    }

    private String endedOf(String host) {
        return service.text(
                "e.ended_for FROM escalation e JOIN alert a ON a.ticket_id = e.ticket_id WHERE a.alert_key = '" + host
                        + "'");
    }

    private String ofIncident(String column) {
        return service.text("e." + column
                + " FROM escalation e JOIN alert a ON a.ticket_id = e.ticket_id WHERE a.incident_role = 'incident'");
    }

    private void three() throws Exception {
        start(
                "{at: 0m, notify: dev Test, by: [webhook]}",
                "{at: 1h, notify: Hanako Yamada, by: [webhook]}",
                "{at: 2h, notify: dev Test, by: [webhook]}");
        opens("web1");
        soon(() -> assertThat(said()).containsExactly("escalation.page dev Test 1"));
        makeDue();
        soon(() -> assertThat(said()).contains("escalation.page Hanako Yamada 2"));
        opens("web2");
        opens("web3");
        soon(() -> assertThat(ofIncident("id")).isNotNull());
    }

    @Test
    void it_goes_on_where_its_members_had_come_to_and_theirs_end() throws Exception {
        three();

        soon(() -> assertThat(endedOf("web1")).isEqualTo("its incident goes on"));
        assertThat(ofIncident("step")).isEqualTo("2");
        assertThat(ofIncident("ended_for")).isNull();
        soon(() ->
                assertThat(service.count("escalation WHERE ended_at IS NULL")).isOne());

        opens("web4");
        soon(() -> assertThat(service.count("alert WHERE incident_role = 'child' AND ticket_id IS NOT NULL"))
                .isEqualTo(4));
        assertThat(service.count("escalation WHERE ended_at IS NULL")).isOne();
    }

    @Test
    void whoever_takes_the_ticket_of_a_member_has_the_incident() throws Exception {
        three();
        soon(() -> assertThat(service.count("ticket WHERE in_incident IS NOT NULL"))
                .isEqualTo(3));
        RedmineCaller dev = new RedmineCaller(redmine.url(), redmine.id("key_dev"));
        String issue = "/issues/" + ticketOf("web1") + ".json";
        Instant changed =
                Instant.parse(dev.get(issue).json().at("/issue/updated_on").asText());
        await().until(() -> Instant.now().isAfter(changed.plusSeconds(1)));

        assertThat(dev.put(issue, Map.of("assigned_to_id", redmine.id("user_dev")))
                        .status())
                .isEqualTo(204);

        soon(() -> {
            service.execute("UPDATE redmine_watch SET swept_at = 0 WHERE since IS NOT NULL");
            assertThat(ofIncident("ended_for")).isEqualTo("acknowledged by dev Test");
        });
    }
}
