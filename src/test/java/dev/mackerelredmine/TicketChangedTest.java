package dev.mackerelredmine;

import static dev.mackerelredmine.mackerel.TestAlerts.OPENED;
import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static dev.mackerelredmine.mackerel.TestAlerts.ok;
import static dev.mackerelredmine.mackerel.TestAlerts.warning;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.mackerelredmine.fakeredmine.FakeRedmine;
import dev.mackerelredmine.redmine.LoggedErrors;
import dev.mackerelredmine.redmine.RedmineCaller;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The steps of ticket-changed.camel.yaml run after each change of a ticket, apart from deliveries, at least once. */
@Tag("service")
class TicketChangedTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path SHIPPED = Path.of("routes/ticket-changed.camel.yaml");
    private static final String MISTAKE = "${body.ticket.numbr}";

    @RegisterExtension
    final FakeRedmine redmine = new FakeRedmine();

    @TempDir
    Path folder;

    private final List<JsonNode> posted = new CopyOnWriteArrayList<>();
    private final List<String> contentTypes = new CopyOnWriteArrayList<>();
    private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();
    private final CountDownLatch hung = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private Runnable onFirst = () -> {};
    private HttpServer receiver;
    private RunningService service;

    @BeforeEach
    void start() throws Exception {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", this::take);
        receiver.setExecutor(threads);
        receiver.start();
    }

    @AfterEach
    void stop() {
        if (service != null) {
            service.close();
        }
        hung.countDown();
        receiver.stop(0);
        threads.shutdownNow();
    }

    private void take(HttpExchange exchange) throws IOException {
        posted.add(JSON.readTree(exchange.getRequestBody()));
        contentTypes.add(exchange.getRequestHeaders().getFirst("Content-Type"));
        if (posted.size() == 1) {
            onFirst.run();
        }
        Integer status = answers.poll();
        byte[] body = "{\"answer\": \"read\"}".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status == null ? 200 : status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private String url() {
        return "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook";
    }

    /** With these steps below the first one of the file as it is shipped. */
    private Path steps(String... lines) throws IOException {
        String steps = String.join(
                "\n", Stream.of(lines).map(line -> "        " + line).toList());
        return Files.writeString(folder.resolve("own.camel.yaml"), Files.readString(SHIPPED) + steps + "\n");
    }

    private Path postsJson() throws IOException {
        return steps(
                "- marshal: {json: {library: Jackson}}", "- to: {uri: http, parameters: {httpUri: \"" + url() + "\"}}");
    }

    private void startWith(Path file) throws Exception {
        startWith(file, DeliverTest.deliveringTo(redmine, folder));
    }

    private void startWith(Path file, RunningService with) throws Exception {
        service = with.withTicketChanged(file).start();
    }

    private void untilPosted(int times) {
        await().atMost(Duration.ofSeconds(20)).until(() -> posted.size() == times && service.count("action") == 0);
    }

    private List<String> notes() {
        return redmine.issues().isEmpty() ? List.of() : redmine.issues().get(0).notes();
    }

    // --- what comes in

    @Test
    void is_called_with_words_of_their_own_when_an_incident_begins_and_when_it_is_over() throws Exception {
        startWith(
                postsJson(),
                DeliverTest.deliveringTo(redmine, folder)
                        .withPolicy(IncidentPolicy.in(folder))
                        .with("incident.quiet", "0"));
        for (String host : List.of("web1", "web2", "db1")) {
            service.post(critical().id(host).host(host).bytes());
        }
        untilCalled("incident-open");
        for (String host : List.of("web1", "web2", "db1")) {
            service.post(critical()
                    .id(host)
                    .host(host)
                    .recovered(OPENED.plusSeconds(600))
                    .bytes());
        }
        untilCalled("incident-over");

        assertThat(posted)
                .filteredOn(change -> change.path("action").asText().startsWith("incident-"))
                .extracting(change -> change.at("/ticket/number").asText())
                .containsOnly(service.text(
                        "t.issue FROM ticket t JOIN alert a ON a.ticket_id = t.id WHERE a.incident_role = 'incident'"));
    }

    /** What incidents note for themselves is no notification; an event of a host names no alert. */
    @Test
    void has_a_chat_message_of_what_happens_to_the_host_of_an_incidents_alert() throws Exception {
        startWith(
                postsJson(),
                DeliverTest.deliveringTo(redmine, folder)
                        .withPolicy(IncidentPolicy.in(folder))
                        .with("ticket.note-host-events", "true"));
        for (String host : List.of("web1", "web2", "db1")) {
            service.post(critical().id(host).host(host).bytes());
        }
        untilCalled("incident-open");

        service.post(
                critical().host("web1").event("hostStatus").without("alert").bytes());
        untilCalled("note");

        assertThat(posted)
                .filteredOn(change -> !change.path("action").asText().equals("create"))
                .extracting(change -> change.path("chatMessage").asText().replaceAll("#\\d.*", "#"))
                .containsExactly("CRITICAL: Shop. An incident, ticket #", "CRITICAL: web1 CPU %. Ticket #");
    }

    private void untilCalled(String action) {
        await().atMost(Duration.ofSeconds(40))
                .untilAsserted(() -> assertThat(posted)
                        .extracting(change -> change.path("action").asText())
                        .contains(action));
    }

    @Test
    void is_called_after_each_change_of_the_ticket_with_all_that_is_known() throws Exception {
        startWith(postsJson());
        service.post(warning().bytes());
        untilPosted(1);
        service.post(critical().bytes());
        untilPosted(2);
        service.post(ok().bytes());
        untilPosted(3);

        assertThat(posted)
                .extracting(change -> change.path("action").asText())
                .containsExactly("create", "worse", "close");
        assertThat(posted)
                .extracting(change -> change.path("id").asText())
                .containsExactly(
                        "example/2bj7ZsQ4bYh:create:1", "example/2bj7ZsQ4bYh:worse:2", "example/2bj7ZsQ4bYh:close:3");
        long number = redmine.issues().get(0).id();
        assertThat(posted).allSatisfy(change -> {
            assertThat(change.at("/ticket/number").asLong()).isEqualTo(number);
            assertThat(change.at("/ticket/url").asText()).isEqualTo(redmine.url() + "/issues/" + number);
            assertThat(change.at("/ticket/assignee").asText()).isEqualTo("dev Test");
        });
        assertThat(posted)
                .extracting(change -> change.at("/ticket/status").asText())
                .containsExactly("New", "New", "Closed");
        assertThat(posted.get(2).at("/ticket/subject").asText())
                .isEqualTo(redmine.issues().get(0).subject());
        assertThat(posted)
                .extracting(change -> change.path("highestStatus").asText())
                .containsExactly("warning", "critical", "critical");
        assertThat(posted.get(0).path("notification"))
                .isEqualTo(JSON.readTree(warning().bytes()));
        assertThat(posted.get(2).path("notification")).isEqualTo(JSON.readTree(ok().bytes()));
        assertThat(contentTypes).containsOnly("application/json");
    }

    @Test
    void knows_what_a_person_changed_in_the_ticket_meanwhile() throws Exception {
        startWith(postsJson());
        service.post(warning().bytes());
        untilPosted(1);
        new RedmineCaller(redmine.url(), redmine.id("key_admin"))
                .put(
                        "/issues/" + redmine.issues().get(0).id() + ".json",
                        Map.of("subject", "taken by Alice", "status_id", redmine.id("status_in_progress")));

        service.post(critical().bytes());
        untilPosted(3);

        assertThat(posted)
                .extracting(change -> change.path("action").asText())
                .containsExactly("create", "acknowledge", "worse");
        assertThat(posted.get(2).at("/ticket/subject").asText()).isEqualTo("taken by Alice");
        assertThat(posted.get(2).at("/ticket/status").asText()).isEqualTo("In Progress");
    }

    @Test
    void tells_of_a_ticket_that_is_opened_again_and_of_one_that_a_second_alert_joined() throws Exception {
        startWith(postsJson());
        service.post(critical().bytes());
        untilPosted(1);
        service.post(ok().bytes());
        untilPosted(2);
        service.post(critical().id("2bjAgain").bytes());
        untilPosted(3);

        assertThat(posted.get(2).path("action").asText()).isEqualTo("reopen");
    }

    @Test
    void has_a_chat_message_in_the_language_of_tickets() throws Exception {
        startWith(postsJson(), DeliverTest.deliveringTo(redmine, folder).with("ticket.language", "ja"));
        service.post(critical().bytes());
        untilPosted(1);

        long number = redmine.issues().get(0).id();
        assertThat(posted.get(0).path("chatMessage").asText())
                .isEqualTo("[" + redmine.issues().get(0).subject() + "] チケット #" + number + " を作成しました: " + redmine.url()
                        + "/issues/" + number);
    }

    private List<String> exampleInItsComment() throws IOException {
        return Files.readAllLines(SHIPPED).stream()
                .filter(line -> line.startsWith("#        "))
                .map(line -> line.substring("#        ".length()).replace("{{env:SLACK_WEBHOOK}}", url()))
                .toList();
    }

    @Test
    void posts_to_slack_with_the_five_lines_of_its_comment_what_is_or_becomes_critical() throws Exception {
        assertThat(exampleInItsComment()).hasSize(5);
        startWith(steps(exampleInItsComment().toArray(String[]::new)));

        service.post(warning().id("2bjWarning").monitor("other").bytes());
        service.post(critical().bytes());
        untilPosted(1);
        service.post(critical().id("2bjWarning").monitor("other").bytes());
        untilPosted(2);

        assertThat(posted)
                .extracting(message -> message.path("text").asText())
                .satisfiesExactly(
                        created -> assertThat(created)
                                .startsWith("CRITICAL: web1 CPU %. Ticket #")
                                .contains(" was created: " + redmine.url() + "/issues/"),
                        worse -> assertThat(worse).startsWith("CRITICAL: web1 other. It got worse, ticket #"));
        assertThat(contentTypes).containsOnly("application/json");
    }

    @Test
    void posts_to_slack_with_the_example_what_is_critical_and_its_end() throws Exception {
        startWith(Files.writeString(
                folder.resolve("own.camel.yaml"),
                Files.readString(Path.of("examples/ticket-changed/slack.camel.yaml"))
                        .replace("{{env:SLACK_WEBHOOK}}", url())));

        service.post(warning().id("2bjWarning").monitor("other").bytes());
        service.post(ok().id("2bjWarning").monitor("other").bytes());
        service.post(critical().bytes());
        untilPosted(1);
        service.post(ok().bytes());
        untilPosted(2);

        assertThat(posted.get(1).path("text").asText())
                .startsWith("OK: web1 CPU %. Ticket #")
                .contains(" was closed: ");
    }

    @Test
    void has_rules_side_by_side_of_which_each_sees_the_change() throws Exception {
        List<String> twice = new ArrayList<>(exampleInItsComment());
        twice.addAll(exampleInItsComment());
        startWith(steps(twice.toArray(String[]::new)));

        service.post(critical().bytes());
        untilPosted(2);

        assertThat(posted.get(0)).isEqualTo(posted.get(1));
    }

    // --- whether it is called

    @Test
    void queues_nothing_as_it_is_shipped() throws Exception {
        service = DeliverTest.deliveringTo(redmine, folder).start();
        service.post(critical().bytes());
        await().atMost(Duration.ofSeconds(15)).until(service::isIdle);

        assertThat(redmine.issues()).hasSize(1);
        assertThat(service.count("action")).isZero();
    }

    @Test
    void queues_for_any_step_that_an_engineer_adds() throws Exception {
        try (LoggedErrors log = LoggedErrors.of("dev.mackerelredmine.routes", Level.INFO)) {
            startWith(steps("- log: \"mine ${body.action} ${body.ticket.number}\""));
            service.post(critical().bytes());
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> log.messages().stream().anyMatch(message -> message.startsWith("mine create ")));
        }
    }

    @Test
    void costs_no_request_of_redmine() throws Exception {
        startWith(postsJson());
        service.post(critical().bytes());
        untilPosted(1);

        assertThat(redmine.requests()).extracting(FakeRedmine.Request::method).containsExactly("POST");
    }

    @Test
    void is_not_called_in_a_preview_which_shows_what_it_would_get() throws Exception {
        startWith(postsJson(), new RunningService(folder));
        service.post(critical().bytes());
        await().until(() -> service.previews().size() == 1);

        JsonNode change = service.previews().get(0).path("change");
        assertThat(change.path("action").asText()).isEqualTo("create");
        assertThat(change.path("id").asText()).isEqualTo("example/2bj7ZsQ4bYh:create:1");
        assertThat(change.path("chatMessage").asText()).startsWith("CRITICAL: web1 CPU %. Ticket #1 was created: ");
        assertThat(change.path("notification"))
                .isEqualTo(JSON.readTree(critical().bytes()));
        assertThat(service.count("action")).isZero();
        assertThat(posted).isEmpty();
    }

    // --- what fails

    @Test
    void says_once_a_minute_by_file_and_line_which_step_fails() throws Exception {
        Path file = steps("- setBody: {simple: \"" + MISTAKE + "\"}");
        try (LoggedErrors log = LoggedErrors.of("dev.mackerelredmine.routes", Level.WARN)) {
            startWith(file);

            service.post(critical().bytes());
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> service.count("action WHERE tries > 2 OR due_at IS NULL") == 1);

            assertThat(log.messages().stream()
                            .filter(message -> message.startsWith("Action ") && message.contains("retrying")))
                    .singleElement()
                    .satisfies(message -> assertThat(message)
                            .startsWith("Action example/2bj7ZsQ4bYh:create:1 failed (attempt 1 of 10), retrying at ")
                            .contains(
                                    file + ", line " + lineOfMistake(file) + " (route ticket-changed, step setBody): ")
                            .contains("there is no \"numbr\"")
                            .hasLineCount(1));
        }
    }

    private static int lineOfMistake(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        return IntStream.range(0, lines.size())
                        .filter(i -> lines.get(i).contains(MISTAKE))
                        .findFirst()
                        .orElseThrow()
                + 1;
    }

    @Test
    void comes_again_with_the_same_id_where_a_step_failed() throws Exception {
        answers.add(503);
        startWith(postsJson());
        service.post(critical().bytes());
        untilPosted(2);

        assertThat(posted.get(0)).isEqualTo(posted.get(1));
    }

    @Test
    void holds_up_no_ticket_and_is_parked_after_the_last_try() throws Exception {
        for (int i = 0; i < 10; i++) {
            answers.add(404);
        }
        try (LoggedErrors log = LoggedErrors.of("dev.mackerelredmine.routes", Level.WARN)) {
            startWith(postsJson());
            service.post(critical().bytes());

            await().atMost(Duration.ofSeconds(30)).until(() -> service.count("action WHERE due_at IS NULL") == 1);

            assertThat(redmine.issues()).hasSize(1);
            assertThat(posted).hasSize(10);
            await().atMost(Duration.ofSeconds(15))
                    .untilAsserted(() -> assertThat(log.messages())
                            .filteredOn(message -> message.startsWith("Actions are parked: 1. "))
                            .singleElement(STRING)
                            .contains("2bj7ZsQ4bYh: ", "404"));
            await().until(() -> service.count("action WHERE parked_told") == 1);
        }
    }

    @Test
    void no_ticket_waits_for_a_step_that_hangs() throws Exception {
        onFirst = () -> {
            try {
                hung.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        startWith(postsJson());
        service.post(critical().bytes());
        await().atMost(Duration.ofSeconds(20)).until(() -> posted.size() == 1);
        service.post(critical().id("2bjB").monitor("another").bytes());

        await().atMost(Duration.ofSeconds(15)).until(() -> redmine.issues().size() == 2);
        await().atMost(Duration.ofSeconds(20)).until(() -> service.count("action") == 0);
        assertThat(posted.size())
                .as("the one that hung ended by redmine.response-timeout, and came again")
                .isEqualTo(3);
    }

    // --- notes

    @Test
    void adds_each_note_to_the_ticket_as_plain_text() throws Exception {
        startWith(steps(
                "- filter:",
                "    simple: \"${body.action} == 'create'\"",
                "    steps:",
                "      - setBody: {constant: \"load 0.5\\ndisk 93% *full* #1\"}",
                "      - to: direct:add-note",
                "      - setBody: {constant: second}",
                "      - to: direct:add-note"));
        service.post(critical().bytes());
        await().atMost(Duration.ofSeconds(20)).until(() -> notes().size() == 2 && service.count("action") == 0);

        assertThat(notes().get(0))
                .startsWith("load 0.5<br>disk 93% &#42;full&#42; <span>&#35;</span>1\n\nmackerel-redmine:action-");
        assertThat(notes().get(1)).startsWith("second\n\nmackerel-redmine:action-");
    }

    @Test
    void adds_a_note_once_where_a_later_step_fails() throws Exception {
        answers.add(500);
        startWith(steps(
                "- setBody: {constant: once}",
                "- to: direct:add-note",
                "- setBody: {constant: \"{}\"}",
                "- to: {uri: http, parameters: {httpUri: \"" + url() + "\"}}"));
        service.post(critical().bytes());
        untilPosted(2);

        assertThat(notes()).hasSize(1);
    }

    @Test
    void adds_a_note_once_where_it_is_not_known_whether_it_was_added() throws Exception {
        onFirst = () -> {
            redmine.answerNormally(); // what the ticket shows
            redmine.dropConnectionAfterReceiving();
        };
        startWith(steps(
                "- setBody: {constant: \"{}\"}",
                "- to: {uri: http, parameters: {httpUri: \"" + url() + "\"}}",
                "- setBody: {constant: once}",
                "- to: direct:add-note"));
        service.post(critical().bytes());
        untilPosted(2);

        assertThat(notes()).hasSize(1);
    }
}
