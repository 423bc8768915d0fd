package dev.mackerelredmine;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import dev.mackerelredmine.fakeredmine.FakeRedmine;
import dev.mackerelredmine.report.Week;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** The pages and the API of the management port, of the running service. */
@Tag("service")
class PageTest {

    private static final String OPERATOR = "operator:s3cret-of-operators";
    private static final String READER = "watcher:s3cret-of-readers";
    private static final ObjectMapper JSON = new ObjectMapper();

    @RegisterExtension
    static final FakeRedmine REDMINE = new FakeRedmine();

    @TempDir
    static Path folder;

    private static RunningService service;
    private static int ids;

    private String id;

    @BeforeAll
    static void start() throws Exception {
        service = DeliverTest.deliveringTo(REDMINE, folder)
                .with("management.user", "operator")
                .with("management.password", "s3cret-of-operators")
                .with("management.reader.user", "watcher")
                .with("management.reader.password", "s3cret-of-readers")
                .start();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @BeforeEach
    void accept() {
        REDMINE.refuseNothing();
        id = "page" + ++ids;
    }

    private static HttpRequest.Builder request(String path, String login) {
        String encoded = Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
        return HttpRequest.newBuilder(service.management(path)).header("Authorization", "Basic " + encoded);
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return service.send(request(path, OPERATOR).build());
    }

    private static HttpResponse<String> post(String path, String login, String json, String... headers)
            throws Exception {
        HttpRequest.Builder request =
                request(path, login).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return service.send(request.build());
    }

    /** By a page, with a form. */
    private static HttpResponse<String> send(String path, String form) throws Exception {
        return service.send(request(path, OPERATOR)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Sec-Fetch-Site", "same-origin")
                .POST(BodyPublishers.ofString(form))
                .build());
    }

    private void park() throws Exception {
        REDMINE.refuseAt(Pattern.compile(id), 422, "{\"errors\":[\"Cost center of " + id + " cannot be blank\"]}");
        service.post(critical().id(id).monitor(id).bytes());
        await().atMost(Duration.ofSeconds(15)).until(() -> isParked(id));
    }

    private static boolean isParked(String id) {
        return service.count("alert WHERE parked IS NOT NULL AND alert_key = '" + id + "'") == 1;
    }

    // --- pages

    @Test
    void shows_a_ticket_as_soon_as_it_is_there() throws Exception {
        service.post(critical().id(id).monitor(id).bytes());

        await().atMost(Duration.ofSeconds(15)).until(() -> get("/").body().contains("/alerts/example/" + id + "\""));
        assertThat(get("/live").body()).contains("CRITICAL: web1 " + id).doesNotContain("<html");
    }

    @Test
    void tells_an_alerts_history() throws Exception {
        service.post(critical().id(id).monitor(id).bytes());
        await().atMost(Duration.ofSeconds(15))
                .until(() -> get("/alerts/" + id).body().contains("ticket created"));

        assertThat(get("/alerts/example/" + id).body())
                .contains(
                        "&quot;monitorName&quot; : &quot;" + id + "&quot;", "POST /projects/alert/issues.json", "201");
        assertThat(get("/alerts/" + id + "?next").body()).contains("its ticket says all that was posted");
        assertThat(get("/alerts/none-such").statusCode()).isEqualTo(404);
    }

    @Test
    void shows_the_ticket_that_a_notification_would_get_and_keeps_nothing_of_it() throws Exception {
        String notification = URLEncoder.encode(critical().id(id).monitor(id).json(), StandardCharsets.UTF_8);

        assertThat(send("/try", "notification=" + notification).body())
                .contains("CRITICAL: web1 " + id, "POST /projects/alert/issues.json");
        assertThat(send("/try", "notification=nothing").body()).contains("Mackerel would be answered 400");
        assertThat(service.count("alert WHERE alert_key = '" + id + "'")).isZero();
    }

    @Test
    void lists_the_alerts_behind_a_figure_as_many_as_it_says_on_page_api_and_csv() throws Exception {
        service.post(critical()
                .id(id)
                .monitor(id)
                .openedAt(Instant.now())
                .statusChangedAt(Instant.now())
                .bytes());
        String list = "/trends/alerts?figure=never-acknowledged&monitor=" + id;
        await().atMost(Duration.ofSeconds(30))
                .until(() ->
                        JSON.readTree(get("/api" + list).body()).path("total").asInt() == 1);

        assertThat(get("/trends?monitor=" + id).body())
                .containsPattern(
                        "href=\"/trends/alerts\\?[^\"]*monitor=" + id + "&amp;figure=never-acknowledged\">1</a>");
        assertThat(get(list).body()).contains("<h1>Never acknowledged: 1</h1>", "/alerts/example/" + id);
        assertThat(JSON.readTree(get("/api" + list).body()).at("/alerts/0/id").asText())
                .isEqualTo(id);
        assertThat(get(list + "&format=csv").body()).hasLineCount(2).contains("\"" + id + "\"");
    }

    @Test
    void reports_a_week_to_who_may_only_read_and_names_the_weeks_beside_it() throws Exception {
        HttpRequest report = request("/report?week=2026-W01", READER)
                .header("Accept-Language", "ja")
                .build();

        assertThat(service.send(report).body())
                .contains("2026-W01 のアラート", "/report?week=2025-W52", "/report?week=2026-W02");
    }

    @Test
    void reports_the_last_week_unless_asked_for_another() throws Exception {
        Week running = Week.of(LocalDate.now(ZoneId.systemDefault()));

        assertThat(get("/report").body())
                .contains(
                        "Alerts of " + running.before(),
                        "/report?week=" + running.before().before())
                .contains("/report?week=" + running + "\"")
                .doesNotContain("This week is not over");
        assertThat(get("/report?week=" + running).body())
                .contains("Alerts of " + running, "This week is not over")
                .doesNotContain("/report?week=" + running + "\"");
        assertThat(get("/report?week=2026-W01").body()).contains("/report?week=" + running + "\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-W60 | week is no week: write it as 20",
                "yesterday | week is no week",
                "2999-W01 | has not begun"
            })
    void says_why_it_reports_no_such_week(String week, String why) throws Exception {
        HttpResponse<String> answer = get("/report?week=" + week);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains(why);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/live",
                "/alerts/none-such",
                "/try",
                "/act?do=pause",
                "/trends",
                "/trends?format=csv",
                "/api/trends",
                "/report",
                "/trends/alerts",
                "/api/trends/alerts",
                "/page.js",
                "/page.css",
                "/api/alerts"
            })
    void lets_nothing_run_that_is_not_its_own_file(String path) throws Exception {
        HttpResponse<String> answer = get(path);

        assertThat(answer.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy)
                        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                        .doesNotContain("unsafe"));
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.body()).doesNotContain("s3cret", REDMINE.apiKey());
    }

    @Test
    void tells_an_open_page_that_something_changed() throws Exception {
        HttpResponse<InputStream> stream =
                HttpClient.newHttpClient().send(request("/events", READER).build(), BodyHandlers.ofInputStream());
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
            assertThat(stream.headers().firstValue("Content-Type")).contains("text/event-stream");
            nextChange(lines);
            service.post(critical().id(id).monitor(id).bytes());
            nextChange(lines);
        }
    }

    private static void nextChange(BufferedReader lines) throws Exception {
        CompletableFuture.supplyAsync(() -> lines.lines().anyMatch("event: change"::equals))
                .get(20, TimeUnit.SECONDS);
    }

    // --- acts

    @Test
    void has_a_parked_alert_delivered_once_more() throws Exception {
        park();
        assertThat(get("/").body()).as("first").contains("Cost center of " + id);
        assertThat(get("/alerts/" + id + "?next").body())
                .as("what would be done now")
                .containsPattern("parked +POST .*Cost center of " + id);
        REDMINE.refuseNothing();

        assertThat(get("/act?do=retry&alert=example/" + id).body())
                .contains("Deliver once more", "Cost center of " + id);
        HttpResponse<String> done = send("/api/deliveries/retry", "alert=example/" + id);

        assertThat(done.statusCode()).isEqualTo(303);
        assertThat(get(done.headers().firstValue("Location").orElseThrow()).body())
                .contains("Done: 1 are delivered");
        await().atMost(Duration.ofSeconds(15)).until(() -> !isParked(id));
        assertThat(get("/alerts/" + id).body()).contains("(by operator)");
    }

    @Test
    void drops_a_parked_alert_for_a_reason_and_says_later_who_did_it() throws Exception {
        park();

        HttpResponse<String> without = send("/api/deliveries/drop", "alert=example/" + id + "&why=");
        assertThat(without.statusCode()).isEqualTo(400);
        assertThat(without.body()).contains("say why they are dropped");
        await().atMost(Duration.ofSeconds(15)).until(() -> {
            send("/api/deliveries/drop", "alert=example/" + id + "&why=known+test");
            return !isParked(id);
        });

        assertThat(get("/alerts/" + id).body()).contains("(by operator): known test");
    }

    @Test
    void acts_on_all_whose_reason_matches_and_on_no_other() throws Exception {
        park();

        JsonNode none = JSON.readTree(post("/api/deliveries/retry", OPERATOR, "{\"all\":{\"reason\":\"of nobody\"}}")
                .body());
        JsonNode one = JSON.readTree(
                post("/api/deliveries/retry", OPERATOR, "{\"all\":{\"reason\":\"Cost center of " + id + " \"}}")
                        .body());

        assertThat(none.path("done")).isEmpty();
        assertThat(one.path("done").findValuesAsText("alert")).containsExactly("example/" + id);
    }

    @Test
    void pauses_and_resumes_deliveries_while_posts_are_taken() throws Exception {
        assertThat(post("/api/deliveries/pause", OPERATOR, "{}").statusCode()).isEqualTo(200);
        service.post(critical().id(id).monitor(id).bytes());
        await().until(() -> get("/").body().contains("Deliveries are paused; posts are taken"));
        assertThat(get("/").body()).contains("Paused by operator", id);

        assertThat(post("/api/deliveries/resume", OPERATOR, "{}").statusCode()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(15))
                .until(() -> get("/alerts/" + id).body().contains("ticket created"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Sec-Fetch-Site | cross-site",
                "Sec-Fetch-Site | same-site",
                "Origin | https://evil.example",
                "Origin | null",
                "Origin | not an origin"
            })
    void another_site_may_change_nothing(String header, String value) throws Exception {
        for (String act : Set.of("pause", "resume", "retry", "drop")) {
            assertThat(post("/api/deliveries/" + act, OPERATOR, "{}", header, value)
                            .statusCode())
                    .isEqualTo(403);
        }
        assertThat(post("/try", OPERATOR, "{}", header, value).statusCode()).isEqualTo(403);
        assertThat(service.count("pause WHERE resumed_at IS NULL")).isZero();
    }

    @Test
    void who_may_only_read_sees_all_and_changes_nothing() throws Exception {
        assertThat(service.send(request("/", READER).build()).body())
                .contains("You are watcher, who may only read.")
                .doesNotContain("<button");
        for (String act : Set.of("pause", "resume", "retry", "drop")) {
            assertThat(post("/api/deliveries/" + act, READER, "{\"all\":{},\"why\":\"x\"}")
                            .statusCode())
                    .isEqualTo(403);
        }
        assertThat(service.count("pause WHERE resumed_at IS NULL")).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/live",
                "/events",
                "/alerts/x",
                "/try",
                "/act?do=pause",
                "/page.js",
                "/api/alerts",
                "/trends",
                "/trends?format=csv",
                "/api/trends",
                "/report",
                "/trends/alerts",
                "/api/trends/alerts",
                "/openapi.yaml"
            })
    void nobody_without_a_login(String path) throws Exception {
        assertThat(service.send(HttpRequest.newBuilder(service.management(path)).build())
                        .statusCode())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not json",
                "[]",
                "{\"alerts\":\"x\"}",
                "{\"alert\":[\"x\"]}",
                "{}",
                "{\"alerts\":[\"x\"],\"all\":{}}"
            })
    void says_what_it_does_not_understand(String body) throws Exception {
        HttpResponse<String> answer = post("/api/deliveries/retry", OPERATOR, body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        hasForm("Problem", answer);
    }

    @Test
    void takes_nothing_larger_than_a_post_may_be() throws Exception {
        assertThat(send("/try", "notification=" + "x".repeat(1024 * 1024)).statusCode())
                .isEqualTo(413);
    }

    // --- the API

    @Test
    void answers_as_its_description_says() throws Exception {
        park();
        hasForm("OpenAlerts", get("/api/alerts"));
        hasForm("Alert", get("/api/alerts/" + id));
        hasForm("Standstill", get("/api/deliveries"));
        hasForm("Trends", get("/api/trends"));
        hasForm("AlertList", get("/api/trends/alerts"));
        hasForm(
                "AlertList",
                get("/api/trends/alerts?figure=never-acknowledged&problem=1&verdict=x&weekday=monday&hour=3"));
        hasForm("Problem", get("/api/trends/alerts?figure=bad"));
        hasForm("Problem", get("/api/trends?severity=bad"));
        hasForm("Problem", get("/api/alerts/none-such"));
        hasForm("Problem", post("/api/deliveries/pause", READER, "{}"));
        hasForm("Pause", post("/api/deliveries/pause", OPERATOR, "{}"));
        hasForm("Standstill", get("/api/deliveries"));
        hasForm("Alert", get("/api/alerts/" + id));
        hasForm("Pause", post("/api/deliveries/resume", OPERATOR, ""));
        hasForm("Done", post("/api/deliveries/retry", OPERATOR, "{\"alerts\":[\"example/" + id + "\"]}"));
        hasForm("Done", post("/api/deliveries/drop", OPERATOR, "{\"all\":{\"reason\":\"" + id + "\"},\"why\":\"x\"}"));
    }

    private static void hasForm(String schema, HttpResponse<String> answer) throws Exception {
        ObjectNode description =
                JSON.valueToTree(new Yaml().load(get("/openapi.yaml").body()));
        description.put("$ref", "#/components/schemas/" + schema);
        JsonSchema form = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(description);

        Set<ValidationMessage> differences = form.validate(JSON.readTree(answer.body()));

        assertThat(differences).as("%s: %s", schema, answer.body()).isEmpty();
    }

    // --- by which name

    @Test
    void without_a_login_a_name_of_somebody_elses_leads_nowhere(@TempDir Path other) throws Exception {
        try (RunningService open = new RunningService(other).start()) {
            URI address = open.management("/");
            assertThat(open.send(HttpRequest.newBuilder(address).build()).statusCode())
                    .isEqualTo(200);
            assertThat(answerTo(address, "evil.example")).startsWith("HTTP/1.1 421 ");
            assertThat(answerTo(address, "localhost:1")).startsWith("HTTP/1.1 200 ");
        }
    }

    /** Java's own client sends no other name than the address has. */
    private static String answerTo(URI address, String name) throws Exception {
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            String request = "GET / HTTP/1.1\r\nHost: " + name + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
