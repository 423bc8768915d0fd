package dev.mackerelredmine;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static dev.mackerelredmine.mackerel.TestAlerts.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
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
import java.nio.file.Files;
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
import java.util.stream.IntStream;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A Lambda function is invoked after each change of a ticket, by AWS's own client. The function's side is a few lines, as the API
 * reference of Lambda says; AWS's answers to a wrong request are not played.
 */
class ActionsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> OF_NOBODY = Map.of(
            "aws.region",
            "ap-northeast-1",
            "aws.accessKeyId",
            "AKIAIOSFODNN7EXAMPLE",
            "aws.secretAccessKey",
            "of-nobody");

    private static final String MISTAKE = "${body.ticket.numbr}";

    @RegisterExtension
    final FakeRedmine redmine = new FakeRedmine();

    @TempDir
    Path folder;

    private final List<JsonNode> invoked = new CopyOnWriteArrayList<>();
    private final List<String> kinds = new CopyOnWriteArrayList<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private Runnable onFirst = () -> {};
    private String answer = "{}";
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch hung = new CountDownLatch(1);
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
    }

    @AfterEach
    void stop() {
        if (service != null) {
            service.close();
        }
        hung.countDown();
        lambda.stop(0);
        threads.shutdownNow();
        OF_NOBODY.keySet().forEach(System::clearProperty);
        System.clearProperty("aws.endpointUrl");
    }

    private void invoke(HttpExchange exchange) throws IOException {
        invoked.add(JSON.readTree(exchange.getRequestBody()));
        kinds.add(exchange.getRequestHeaders().getFirst("X-Amz-Invocation-Type"));
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

    private void startWith(String waits) throws Exception {
        Path file = Files.writeString(
                folder.resolve("own.camel.yaml"),
                Files.readString(Path.of("routes/actions.camel.yaml"))
                                .replace("constant: \"\"", "constant: collect-state")
                        + """
                                - setVariable: {name: action.waits, constant: "%s"}
                        """.formatted(waits));
        service = DeliverTest.deliveringTo(redmine, folder)
                .with("ticket.actions", "true")
                .withActions(file)
                .start();
    }

    private Path actionsWithAMistake() throws IOException {
        return Files.writeString(
                folder.resolve("own.camel.yaml"),
                Files.readString(Path.of("routes/actions.camel.yaml"))
                        .replace("constant: \"\"}", "simple: \"" + MISTAKE + "\"}"));
    }

    private static int lineOfMistake(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        return IntStream.range(0, lines.size())
                        .filter(i -> lines.get(i).contains(MISTAKE))
                        .findFirst()
                        .orElseThrow()
                + 1;
    }

    private void untilInvoked(int times) {
        await().atMost(Duration.ofSeconds(20)).until(() -> invoked.size() == times && service.count("action") == 0);
    }

    private List<String> notes() {
        return redmine.issues().get(0).notes();
    }

    @Test
    void says_once_a_minute_by_file_and_line_which_step_of_the_actions_fails() throws Exception {
        Path file = actionsWithAMistake();
        try (LoggedErrors log = LoggedErrors.of("dev.mackerelredmine.routes", Level.WARN)) {
            service = DeliverTest.deliveringTo(redmine, folder)
                    .with("ticket.actions", "true")
                    .withActions(file)
                    .start();

            service.post(critical().bytes());
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> service.count("action WHERE tries > 2 OR due_at IS NULL") == 1);

            assertThat(log.messages().stream().filter(message -> message.startsWith("Not done besides")))
                    .singleElement()
                    .satisfies(message -> assertThat(message)
                            .contains(file + ", line " + lineOfMistake(file) + " (route action, step setVariable): ")
                            .contains("there is no \"numbr\"")
                            .hasLineCount(1));
        }
    }

    @Test
    void tells_the_function_of_each_change_of_the_ticket() throws Exception {
        startWith("true");
        service.post(critical().bytes());
        untilInvoked(1);
        service.post(ok().bytes());
        untilInvoked(2);

        JsonNode first = invoked.get(0);
        assertThat(first.path("id").asText()).isEqualTo("example/2bj7ZsQ4bYh:create:1");
        assertThat(first.path("action").asText()).isEqualTo("create");
        assertThat(first.path("ticket").path("number").asInt())
                .isEqualTo(redmine.issues().get(0).id());
        assertThat(first.path("ticket").path("url").asText())
                .isEqualTo(redmine.url() + "/issues/" + redmine.issues().get(0).id());
        assertThat(first.path("notification"))
                .isEqualTo(JSON.readTree(critical().bytes()));
        assertThat(invoked.get(1).path("action").asText()).isEqualTo("close");
        assertThat(kinds).containsOnly("RequestResponse");
    }

    @Test
    void notes_what_the_function_answers_as_plain_text() throws Exception {
        answer = "{\"note\":\"load 0.5\\ndisk 93% *full* #1\"}";
        startWith("true");

        service.post(critical().bytes());
        untilInvoked(1);

        assertThat(notes())
                .singleElement()
                .asString()
                .startsWith("load 0.5<br>disk 93% &#42;full&#42; <span>&#35;</span>1<br>"
                        + "This is what function collect-state says of it.\n\nmackerel-redmine:action-");
    }

    @Test
    void does_not_wait_for_a_function_that_is_started_only() throws Exception {
        answer = "";
        startWith("false");

        service.post(critical().bytes());
        untilInvoked(1);

        assertThat(kinds).containsExactly("Event");
        assertThat(notes()).isEmpty();
    }

    @Test
    void tries_a_function_that_failed_again_with_the_same_id_and_notes_its_answer_once() throws Exception {
        answer = "{\"note\":\"at last\"}";
        failures.add("{\"errorMessage\":\"no such host\"}");
        try (LoggedErrors log = LoggedErrors.of("dev.mackerelredmine.routes", Level.WARN)) {
            startWith("true");
            service.post(critical().bytes());
            untilInvoked(2);

            assertThat(log.messages())
                    .anySatisfy(message -> assertThat(message)
                            .startsWith("Not done besides (example/2bj7ZsQ4bYh:create:1), next try at ")
                            .contains("no such host"));
        }
        assertThat(invoked.get(0)).isEqualTo(invoked.get(1));
        assertThat(notes()).hasSize(1);
    }

    @Test
    void does_not_note_the_same_twice_where_it_is_not_known_whether_it_was_noted() throws Exception {
        answer = "{\"note\":\"once\"}";
        onFirst = () -> {
            redmine.answerNormally(); // what the ticket shows
            redmine.dropConnectionAfterReceiving();
        };
        startWith("true");

        service.post(critical().bytes());
        untilInvoked(2);

        assertThat(notes()).hasSize(1);
    }

    @Test
    void holds_up_no_ticket_and_is_parked_after_the_last_try() throws Exception {
        for (int i = 0; i < 10; i++) {
            failures.add("{\"errorMessage\":\"never\"}");
        }
        try (LoggedErrors log = LoggedErrors.of("dev.mackerelredmine.routes", Level.WARN)) {
            startWith("true");
            service.post(critical().bytes());

            await().atMost(Duration.ofSeconds(30)).until(() -> service.count("action WHERE due_at IS NULL") == 1);

            assertThat(redmine.issues()).hasSize(1);
            assertThat(invoked).hasSize(10);
            await().atMost(Duration.ofSeconds(15))
                    .untilAsserted(() -> assertThat(log.messages())
                            .filteredOn(message -> message.startsWith("Actions are parked: 1. "))
                            .singleElement(STRING)
                            .contains("2bj7ZsQ4bYh: ", "never"));
            await().until(() -> service.count("action WHERE parked_told") == 1);
        }
    }

    /** It hangs for longer than the 25 s that a call has. */
    @Test
    void does_not_wait_for_ever_and_no_ticket_waits_at_all() throws Exception {
        onFirst = () -> {
            try {
                hung.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        try (LoggedErrors log = LoggedErrors.of("dev.mackerelredmine.routes", Level.WARN)) {
            startWith("true");
            service.post(critical().bytes());
            await().atMost(Duration.ofSeconds(20)).until(() -> invoked.size() == 1);
            service.post(critical().id("2bjB").monitor("another").bytes());
            await().atMost(Duration.ofSeconds(15)).until(() -> redmine.issues().size() == 2);
            assertThat(invoked).hasSize(1);

            await().atMost(Duration.ofSeconds(40))
                    .until(() -> log.messages().stream()
                            .anyMatch(
                                    message -> message.startsWith("Not done besides (example/2bj7ZsQ4bYh:create:1)")));
            await().atMost(Duration.ofSeconds(20)).until(() -> service.count("action") == 0);
        }
    }

    @Test
    void invokes_nothing_as_it_is_shipped() throws Exception {
        service = DeliverTest.deliveringTo(redmine, folder).start();
        service.post(critical().bytes());
        await().atMost(Duration.ofSeconds(15)).until(service::isIdle);

        assertThat(service.count("action")).isZero();
        assertThat(invoked).isEmpty();
    }
}
