package dev.mackerelredmine;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.mackerelredmine.fakeredmine.FakeRedmine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A service whose critical alerts escalate, and a chat that is an HTTP server, by which people are notified. */
abstract class EscalatingService {

    static final String SECRET = "T0KEN-of-the-chat";

    private static final ObjectMapper JSON = new ObjectMapper();

    @RegisterExtension
    final FakeRedmine redmine = new FakeRedmine();

    @TempDir
    Path folder;

    final List<JsonNode> posted = new CopyOnWriteArrayList<>();
    final Queue<Integer> answers = new ConcurrentLinkedQueue<>();
    HttpServer chat;
    RunningService service;

    @BeforeEach
    void openChat() throws IOException {
        chat = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        chat.createContext("/", this::take);
        chat.start();
    }

    @AfterEach
    void closeService() {
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

    String chat() {
        return "http://127.0.0.1:" + chat.getAddress().getPort() + "/" + SECRET;
    }

    Path file(String... steps) throws IOException {
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

    Path policy() throws IOException {
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
                """ + morePolicy());
    }

    /** Steps of the policy's route after its own, indented as these are. */
    String morePolicy() {
        return "";
    }

    RunningService escalating(RunningService with, Path file) throws Exception {
        return with.withPolicy(policy())
                .with("escalation.file", file.toString())
                .with("escalation.max-age", "0");
    }

    void start(String... steps) throws Exception {
        service = escalating(DeliverTest.deliveringTo(redmine, folder).with("redmine.assigned", ""), file(steps))
                .watching("500ms")
                .start();
    }

    static void soon(ThrowingRunnable assertion) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(assertion);
    }

    List<String> said() {
        return posted.stream()
                .map(page -> page.path("type").asText() + " "
                        + page.at("/data/person").asText() + " "
                        + page.at("/data/step").asInt())
                .toList();
    }

    void makeDue() {
        service.execute(
                "UPDATE escalation SET due_at = due_at - 3600000, starts_at = starts_at - 3600000 WHERE due_at IS NOT NULL");
        service.execute("UPDATE page SET at = at - 3600000 WHERE state <> 'waiting'");
    }
}
