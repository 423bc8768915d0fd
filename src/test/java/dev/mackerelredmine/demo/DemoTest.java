package dev.mackerelredmine.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mackerelredmine.FreePort;
import dev.mackerelredmine.camel.Routes;
import dev.mackerelredmine.demo.Happening.Act;
import dev.mackerelredmine.demo.Happening.Post;
import dev.mackerelredmine.demo.Happening.Promise;
import dev.mackerelredmine.mackerel.TestAlerts;
import dev.mackerelredmine.redmine.LoggedErrors;
import dev.mackerelredmine.report.Week;
import dev.mackerelredmine.settings.SettingsException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.logging.log4j.LogManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a newcomer sees. */
@Tag("service")
class DemoTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int PORT = FreePort.next();

    private static final Pattern SPOKEN = Pattern.compile("(?:aria-label|title|data-label|data-lost)=\"([^\"]*)\"");
    private static final Pattern LATIN = Pattern.compile("[A-Za-z]{2,}");

    /** Names, and words that Mackerel and Redmine have. */
    private static final Set<String> ALLOWED = Set.of(
            "mackerel",
            "redmine",
            "Mackerel",
            "Redmine",
            "CRITICAL",
            "WARNING",
            "critical",
            "warning",
            "unknown",
            "UTC",
            "JSON",
            "CSV");

    /** What is set, or kept, as it is: settings, and why Redmine refused an alert. */
    private static final List<String> KEPT = List.of(
            "mackerel.apikey",
            "report.verdict-field",
            "#noise",
            "noise と数えます",
            "refuses it",
            "primary",
            ZoneId.systemDefault().getId());

    private static Demo demo;
    private static List<String> logged;

    @BeforeAll
    static void start() throws Exception {
        demo = Demo.make();
        demo.main().addOverrideProperty("server.port", Integer.toString(FreePort.next()));
        demo.main().addOverrideProperty("management.port", Integer.toString(PORT));
        try (LoggedErrors errors = LoggedErrors.of(LogManager.ROOT_LOGGER_NAME)) {
            Routes.start(demo.main());
            demo.fill();
            logged = errors.messages();
        }
    }

    @AfterAll
    static void stop() {
        demo.main().stop();
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + PORT + path));
    }

    private static String get(String path) throws Exception {
        return HTTP.send(request(path).build(), BodyHandlers.ofString()).body();
    }

    private static String post(String path, String type, String body) throws Exception {
        HttpRequest post = request(path)
                .header("Content-Type", type)
                .header("Sec-Fetch-Site", "same-origin")
                .POST(BodyPublishers.ofString(body))
                .build();
        return HTTP.send(post, BodyHandlers.ofString()).body();
    }

    private static JsonNode json(String path) throws Exception {
        return JSON.readTree(get(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/trends", "/report", "/try"})
    void each_page_says_that_this_is_a_demonstration(String path) throws Exception {
        assertThat(get(path)).contains("This is a demonstration");
    }

    /** What the story says is data, as are the words of Mackerel, of Redmine, and of the time zone. */
    @ParameterizedTest
    @ValueSource(strings = {"/", "/trends", "/trends/alerts", "/report", "/report?week=RUNNING", "/try"})
    void each_page_in_japanese_has_no_english_of_ours(String path) throws Exception {
        String running = Week.of(LocalDate.now(ZoneId.systemDefault())).toString();
        HttpRequest asked = request(path.replace("RUNNING", running))
                .header("Accept-Language", "ja")
                .build();

        String text = shown(HTTP.send(asked, BodyHandlers.ofString()).body());

        assertThat(text).contains("デモです");
        assertThat(LATIN.matcher(text).results().map(MatchResult::group).filter(word -> !ALLOWED.contains(word)))
                .isEmpty();
    }

    /** What a person reads or hears of a page, without the data. */
    private static String shown(String page) throws IOException {
        String body = page.replaceFirst("(?s)^.*?<body>", "");
        Stream<String> spoken = SPOKEN.matcher(body).results().map(found -> found.group(1));
        String text =
                body.replaceAll("(?s)<pre.*?</pre>|<textarea.*?</textarea>", "").replaceAll("<[^>]*>", "\n");
        String all = Stream.concat(Stream.of(text), spoken).collect(Collectors.joining("\n"));
        all = all.replace("&#39;", "'").replace("&amp;", "&").replaceAll("&\\w+;", " ");
        for (String data : data()) {
            all = all.replace(data, "");
        }
        return all;
    }

    /** The longer before what is in it. */
    private static List<String> data() throws IOException {
        Set<String> data =
                new TreeSet<>(Comparator.comparing(String::length).reversed().thenComparing(Comparator.naturalOrder()));
        data.addAll(KEPT);
        for (Happening each : Story.of(Instant.now(), ZoneId.systemDefault())) {
            if (each instanceof Post post) {
                texts(JSON.readTree(post.json())).forEach(data::add);
                data.add(Objects.requireNonNullElse(post.refused(), "Payment"));
            } else if (each instanceof Act act) {
                data.add(act.by().name());
                data.add(act.to() == null ? act.by().name() : act.to().name());
            } else if (each instanceof Promise promise) {
                data.add(promise.subject());
            }
        }
        return List.copyOf(data);
    }

    private static Stream<String> texts(JsonNode node) {
        return node.isTextual()
                ? Stream.of(node.asText()).filter(text -> text.length() > 1)
                : StreamSupport.stream(node.spliterator(), false).flatMap(DemoTest::texts);
    }

    @Test
    void the_weeks_pass_without_an_error() {
        assertThat(logged).isEmpty();
    }

    @Test
    void the_first_page_has_what_is_unanswered_taken_handed_over_and_parked() throws Exception {
        assertThat(get("/"))
                .contains("Unanswered: 1", "Replication lag", "Taro Suzuki", "given to Hanako Yamada")
                .contains("Cost center cannot be blank");
    }

    @Test
    void trends_have_figures_and_a_suggestion_of_each_kind_that_people_can_act_on() throws Exception {
        String page = get("/trends");

        assertThat(page)
                .contains("mute the monitor from", "move the threshold:", "delete the monitor, or")
                .doesNotContain("none: people act on it", "too few to say");
        assertThat(json("/api/trends").at("/figures/pages").asLong()).isPositive();
        assertThat(json("/api/trends").at("/figuresBefore/alerts").asLong()).isGreaterThan(50);
    }

    @Test
    void an_outage_at_night_is_an_incident_that_one_person_takes_and_another_closes() throws Exception {
        assertThat(story("Connectivity"))
                .contains("shown with incident", "Hanako Yamada took it", "gave it to Taro Suzuki", "closed it");
    }

    @Test
    void the_report_of_last_week_says_what_became_of_what_was_promised() throws Exception {
        Week last = Week.of(LocalDate.now(ZoneId.systemDefault())).before();

        String[] sections = get("/report?week=" + last).split("<h3");

        assertThat(section(sections, "Counter-measures promised in this week"))
                .contains("Write the runbook", "done on " + last.monday().plusDays(3))
                .contains("overdue", "Order a second switch")
                .containsPattern("Order a second switch.*<td>open</td>");
        assertThat(section(sections, "Counter-measures done in this week")).contains("Page the network team");
        assertThat(section(sections, "Counter-measures of earlier weeks, still open"))
                .contains("Mute Disk I/O %", "overdue");
    }

    @Test
    void the_report_of_the_running_week_says_what_was_promised_in_it() throws Exception {
        Week running = Week.of(LocalDate.now(ZoneId.systemDefault()));

        assertThat(section(get("/report?week=" + running).split("<h3"), "Counter-measures promised in this week"))
                .contains("Ask whether anybody needs Memory %", "Yuki Tanaka");
    }

    private static String section(String[] sections, String heading) {
        return Stream.of(sections)
                .filter(section -> section.contains(">" + heading + "</h3>"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void people_are_paged_step_by_step_for_what_nobody_answers() throws Exception {
        assertThat(story("Replication lag")).contains("slack", "phone");
    }

    /** Of the first alert of this monitor. */
    private static String story(String monitor) throws Exception {
        for (Happening each : Story.of(Instant.now(), ZoneId.systemDefault())) {
            if (each instanceof Post post && post.json().contains("\"" + monitor + "\"")) {
                return get("/alerts/" + post.alert());
            }
        }
        throw new IllegalStateException("no alert of " + monitor);
    }

    @Test
    void a_notification_can_be_tried() throws Exception {
        String form = "notification=" + URLEncoder.encode(TestAlerts.critical().json(), StandardCharsets.UTF_8);

        assertThat(post("/try", "application/x-www-form-urlencoded", form)).contains("CRITICAL: web1 CPU %");
    }

    @Test
    void a_parked_alert_stays_so_until_a_person_has_it_delivered() throws Exception {
        JsonNode parked = json("/api/deliveries").findValue("parked");
        String alert = StreamSupport.stream(parked.spliterator(), false)
                .map(each -> each.path("alert").asText())
                .findFirst()
                .orElseThrow();

        post("/api/deliveries/retry", "application/json", "{\"alerts\":[\"" + alert + "\"]}");

        await().atMost(Duration.ofSeconds(15))
                .until(() -> get("/alerts/" + alert).contains("ticket created"));
    }

    @Test
    void its_store_is_in_a_folder_of_its_own() {
        assertThat(demo.folder().resolve("demo.db")).exists();
        assertThat(demo.folder()).startsWith(Path.of(System.getProperty("java.io.tmpdir")));
    }

    @Test
    void takes_no_setting_that_could_reach_anybody() {
        Demo.refuseSettings(Map.of("SERVER_PORT", "8088", "TICKET_TIME_ZONE", "Asia/Tokyo", "REDMINE_URL", " "));

        assertThatThrownBy(() -> Demo.refuseSettings(
                        Map.of("REDMINE_URL", "https://redmine.example.com", "REDMINE_APIKEY_FILE", "x")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("REDMINE_APIKEY_FILE, REDMINE_URL")
                .hasMessageNotContaining("redmine.example.com");
    }
}
