package dev.mackerelredmine;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static dev.mackerelredmine.mackerel.TestAlerts.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.mackerelredmine.fakeredmine.FakeRedmine;
import dev.mackerelredmine.redmine.LoggedErrors;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * examples/ticket-changed/lambda.camel.yaml, with AWS's own client. The function's side is a few lines, as the API reference of Lambda
 * says; AWS's answers to a wrong request are not played.
 */
@Tag("service")
class LambdaExampleTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> OF_NOBODY = Map.of(
            "aws.region",
            "ap-northeast-1",
            "aws.accessKeyId",
            "AKIAIOSFODNN7EXAMPLE",
            "aws.secretAccessKey",
            "of-nobody");

    @RegisterExtension
    final FakeRedmine redmine = new FakeRedmine();

    @TempDir
    Path folder;

    private final List<JsonNode> invoked = new CopyOnWriteArrayList<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch hung = new CountDownLatch(1);
    private Runnable onFirst = () -> {};
    private String answer = "{}";
    private HttpServer lambda;
    private RunningService service;

    @BeforeEach
    void start() throws Exception {
        lambda = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        lambda.createContext("/2015-03-31/functions/collect-state/invocations", this::invoke);
        lambda.setExecutor(threads);
        lambda.start();
        OF_NOBODY.forEach(System::setProperty);
        System.setProperty(
                "aws.endpointUrl", "http://127.0.0.1:" + lambda.getAddress().getPort());
        service = DeliverTest.deliveringTo(redmine, folder)
                .withTicketChanged(Path.of("examples/ticket-changed/lambda.camel.yaml"))
                .start();
    }

    @AfterEach
    void stop() {
        service.close();
        hung.countDown();
        lambda.stop(0);
        threads.shutdownNow();
        OF_NOBODY.keySet().forEach(System::clearProperty);
        System.clearProperty("aws.endpointUrl");
    }

    private void invoke(HttpExchange exchange) throws IOException {
        invoked.add(JSON.readTree(exchange.getRequestBody()));
        if (invoked.size() == 1) {
            onFirst.run();
        }
        String failure = failures.poll();
        if (failure != null) {
            exchange.getResponseHeaders().set("X-Amz-Function-Error", "Unhandled");
        }
        byte[] body = (failure == null ? answer : failure).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private void untilInvoked(int times) {
        await().atMost(Duration.ofSeconds(20)).until(() -> invoked.size() == times && service.count("action") == 0);
    }

    private List<String> notes() {
        return redmine.issues().get(0).notes();
    }

    @Test
    void gives_the_function_the_change_of_a_new_critical_alert_and_of_no_other() throws Exception {
        service.post(critical().message("日本語").bytes());
        untilInvoked(1);
        service.post(ok().bytes());
        await().atMost(Duration.ofSeconds(20)).until(() -> !notes().isEmpty() && service.count("action") == 0);

        assertThat(invoked).singleElement().satisfies(change -> {
            assertThat(change.path("id").asText()).isEqualTo("example/2bj7ZsQ4bYh:create:1");
            assertThat(change.path("action").asText()).isEqualTo("create");
            assertThat(change.at("/ticket/number").asLong())
                    .isEqualTo(redmine.issues().get(0).id());
            assertThat(change.path("notification"))
                    .isEqualTo(JSON.readTree(critical().message("日本語").bytes()));
        });
    }

    @Test
    void notes_what_the_function_answers() throws Exception {
        answer = "{\"note\":\"load 0.5\"}";

        service.post(critical().bytes());
        untilInvoked(1);

        assertThat(notes()).singleElement().asString().startsWith("load 0.5\n\nmackerel-redmine:action-");
    }

    @Test
    void tries_a_function_that_failed_again_and_notes_its_answer_once() throws Exception {
        answer = "{\"note\":\"at last\"}";
        failures.add("{\"errorMessage\":\"no such host\"}");
        try (LoggedErrors log = LoggedErrors.of("dev.mackerelredmine.routes", Level.WARN)) {
            service.post(critical().bytes());
            untilInvoked(2);

            assertThat(log.messages())
                    .anySatisfy(message -> assertThat(message)
                            .startsWith("Action example/2bj7ZsQ4bYh:create:1 failed (attempt 1 of 10), retrying at ")
                            .contains("no such host"));
        }
        assertThat(invoked.get(0)).isEqualTo(invoked.get(1));
        assertThat(notes()).hasSize(1);
    }

    /** It hangs for longer than the 25 s that a call has. */
    @Test
    void does_not_wait_for_ever_for_a_function() throws Exception {
        onFirst = () -> {
            try {
                hung.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        service.post(critical().bytes());

        await().atMost(Duration.ofSeconds(60)).until(() -> invoked.size() == 2 && service.count("action") == 0);
    }
}
