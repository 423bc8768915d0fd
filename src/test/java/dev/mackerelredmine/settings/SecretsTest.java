package dev.mackerelredmine.settings;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mackerelredmine.FreePort;
import dev.mackerelredmine.RouteFiles;
import dev.mackerelredmine.ServiceProcess;
import dev.mackerelredmine.fakeredmine.FakeRedmine;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every way in which something can go wrong, with secrets that are known here: after each, all that was said (log at its finest, answers,
 * pages, metrics, commands) is searched for them.
 */
@Tag("service")
class SecretsTest {

    private static final String GATE_KEY = "marked-gate-key-0123456789";
    private static final String PASSWORD = "marked-password-of-management";
    private static final String OF_STORE = "marked-password-of-store";
    private static final String OF_PROXY = "secret-of-the-proxy-5f1c";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @RegisterExtension
    final FakeRedmine redmine = new FakeRedmine();

    @TempDir
    Path folder;

    private final List<String> said = new ArrayList<>();
    private final int management = FreePort.next();
    private List<String> secrets;
    private int ids;

    @BeforeEach
    void mark() {
        secrets = List.of(redmine.apiKey(), GATE_KEY, PASSWORD, OF_STORE, OF_PROXY);
    }

    /** As they are, and as HTTP Basic writes them with these users. */
    @AfterEach
    void nothing_of_them_was_said() {
        Stream<String> encoded = Stream.of(
                        "mackerel:" + GATE_KEY, "operator:" + PASSWORD, "mackerel:" + OF_STORE, "gateway:" + OF_PROXY)
                .map(login -> Base64.getEncoder().encodeToString(login.getBytes(UTF_8)));
        assertThat(String.join("\n", said))
                .doesNotContain(Stream.concat(secrets.stream(), encoded).toList());
    }

    private ServiceProcess process(String... arguments) throws IOException {
        Map<String, String> settings = new HashMap<>(Map.of(
                "REDMINE_URL", redmine.url(),
                "REDMINE_APIKEY", redmine.apiKey(),
                "REDMINE_PROJECT", "alert",
                "REDMINE_RESPONSE_TIMEOUT", "1s",
                "REDMINE_SETTLE_TIME", "300ms",
                "TICKET_GRAPHS", "false",
                "DELIVERY_INITIAL_BACKOFF", "100ms",
                "DELIVERY_POLL_INTERVAL", "50ms"));
        settings.putAll(Map.of("REDMINE_PROXY_USER", "gateway", "REDMINE_PROXY_PASSWORD", OF_PROXY));
        settings.putAll(Map.of(
                "GATE_API_KEY",
                GATE_KEY,
                "MANAGEMENT_USER",
                "operator",
                "MANAGEMENT_PASSWORD",
                PASSWORD,
                "MANAGEMENT_PORT",
                Integer.toString(management)));
        return new ServiceProcess(
                        folder, List.of("-Dfile.encoding=UTF-8", "-Dmackerel-redmine.log.level=TRACE"), arguments)
                .with(settings);
    }

    private String postAlert(ServiceProcess service) throws Exception {
        String id = "2bj" + ++ids;
        said.add(service.post(
                        GATE_KEY, critical().id(id).monitor("monitor " + id).bytes())
                .body());
        return id;
    }

    private void says(ServiceProcess service, String text) {
        await(text).atMost(Duration.ofSeconds(20)).until(() -> service.output().contains(text));
    }

    private void look(String path, String login) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + management + path));
        if (login != null) {
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(login.getBytes(UTF_8)));
        }
        var answer = HTTP.send(request.build(), BodyHandlers.ofString());
        said.add(answer.headers().map() + answer.body());
    }

    private void readAll() throws Exception {
        for (String path : List.of("/observe/health", "/observe/metrics", "/observe/info", "/preview", "/nothing")) {
            look(path, "operator:" + PASSWORD);
            look(path, "operator:wrong");
            look(path, null);
        }
    }

    private void command(String... arguments) throws Exception {
        ServiceProcess process = process(arguments).start();
        process.exitCode();
        said.add(process.output());
    }

    @Test
    void whatever_redmine_answers() throws Exception {
        try (ServiceProcess service = process().start().untilItRuns()) {
            String page = "<html>401 for X-Redmine-API-Key: " + redmine.apiKey() + "</html>";
            for (int status : new int[] {302, 400, 401, 403, 404, 409, 422, 429, 500, 502, 503}) {
                redmine.enqueueFailure(status, page);
                String id = postAlert(service);
                await(status + " for " + id)
                        .atMost(Duration.ofSeconds(20))
                        .until(() -> redmine.requests().stream()
                                .anyMatch(request -> request.body().contains("monitor " + id)));
            }
            Pattern next = Pattern.compile("monitor 2bj" + (ids + 1));
            redmine.refuseAt(next, 422, "{\"errors\":[\"Subject is odd\"]}");
            postAlert(service);
            says(service, "Subject is odd");
            redmine.refuseNothing();

            redmine.dropConnectionBeforeReceiving();
            postAlert(service);
            redmine.dropConnectionAfterReceiving();
            postAlert(service);
            redmine.cutAnswer();
            postAlert(service);
            redmine.delayAnswer(Duration.ofSeconds(2));
            String last = postAlert(service);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> redmine.issues().stream()
                            .anyMatch(issue -> issue.description().contains(last)));
            redmine.stop();
            postAlert(service);
            says(service, "Redmine is away");

            readAll();
            command("explain", "--alert", last);
            command("parked", "list");
            command("status", "--json");
            command("config");
            command("replay", "--since", "1d");
            command("check");
            said.add(service.output());
        }
    }

    @Test
    void whatever_is_posted() throws Exception {
        try (ServiceProcess service = process().start().untilItRuns()) {
            for (String key : List.of("wrong", GATE_KEY.toUpperCase(), GATE_KEY + ",x", "")) {
                said.add(service.post(key, critical().bytes()).body());
            }
            for (String body :
                    List.of("", "{", "[]", "{\"event\":5}", "{\"event\":\"alert\"}", "x".repeat(2_000_000))) {
                said.add(service.post(GATE_KEY, body.getBytes(UTF_8)).body());
            }
            says(service, "Refused a post with 401");
            said.add(service.output());
        }
    }

    @Test
    void whatever_fails_inside() throws Exception {
        Files.writeString(RouteFiles.copyTo(folder).resolve("policy.camel.yaml"), """
                - route:
                    id: policy
                    from:
                      uri: direct
                      parameters:
                        name: policy
                      steps:
                        - setHeader:
                            name: key
                            constant: "{{redmine.apikey}} {{gate.api-key}} {{management.password}}"
                        - setVariable:
                            name: key
                            constant: "{{redmine.apikey}} {{gate.api-key}} {{management.password}}"
                        - setProperty:
                            name: key
                            constant: "{{redmine.apikey}} {{gate.api-key}} {{management.password}}"
                        - setVariable:
                            name: ticket.project
                            simple: "${body.nothing.like.this}"
                """);
        try (ServiceProcess service = process().start().untilItRuns()) {
            postAlert(service);
            says(service, "there is no \"nothing\" in what it is asked of");
            try (Connection store =
                            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("data/mackerel-redmine.db"));
                    Statement statement = store.createStatement()) {
                statement.execute("ALTER TABLE problem RENAME TO not_there");
            }
            postAlert(service);
            says(service, "The store cannot be used");
            readAll();
            said.add(service.output());
        }
    }

    @Test
    void whatever_settings_are_wrong() throws Exception {
        Path lines = Files.writeString(folder.resolve("lines"), OF_STORE + "\n" + OF_STORE + "\n");
        Path pem = Files.writeString(folder.resolve("pem"), "-----BEGIN PRIVATE KEY-----\n" + GATE_KEY + "\n");

        ServiceProcess many = process()
                .with(Map.of(
                        "REDMINE_APIKEY_FILE", redmine.apiKey(),
                        "REDMINE_CA", pem.toString(),
                        "GATE_API_KEY", GATE_KEY + " " + GATE_KEY,
                        "MANAGEMENT_USER", "",
                        "STORE_PASSWORD_FILE", lines.toString(),
                        "SERVER_TLS_CERTIFICATE", pem.toString(),
                        "SERVER_TLS_KEY", pem.toString()))
                .start();
        assertThat(many.exitCode()).isEqualTo(2);
        said.add(many.output());
        assertThat(many.output())
                .contains("redmine.apikey", "redmine.ca", "gate.api-key", "management", "store.password", "server.tls");

        for (Map<String, String> wrong : List.of(
                Map.of("REDMINE_URL", "http://mackerel:" + GATE_KEY + "@127.0.0.1"),
                Map.of("STORE_URL", "jdbc:postgresql://127.0.0.1/mackerel?user=mackerel&password=" + OF_STORE),
                Map.of("STORE_URL", "jdbc:postgresql://mackerel:" + OF_STORE + "@127.0.0.1/mackerel"),
                Map.of("GATE_API_KEY", "{{" + GATE_KEY + "}}"))) {
            ServiceProcess one = process().with(wrong).start();
            assertThat(one.exitCode()).as(wrong.toString()).isEqualTo(2);
            said.add(one.output());
        }
    }

    @Test
    void while_the_database_cannot_be_reached() throws Exception {
        try (ServiceProcess service = process()
                .with(Map.of(
                        "STORE_URL",
                        "jdbc:postgresql://127.0.0.1:" + FreePort.next() + "/mackerel",
                        "STORE_USER",
                        "mackerel",
                        "STORE_PASSWORD",
                        OF_STORE))
                .start()) {
            says(service, "PostgreSQL");
            said.add(service.output());
        }
    }
}
