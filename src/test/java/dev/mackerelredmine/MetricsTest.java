package dev.mackerelredmine;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static dev.mackerelredmine.mackerel.TestAlerts.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mackerelredmine.fakeredmine.FakeRedmine;
import dev.mackerelredmine.mackerel.TestAlerts;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The metrics of the service. */
@Tag("service")
class MetricsTest {

    private static final Pattern METRIC = Pattern.compile("mackerel_redmine_[a-z_]+[a-z]");

    @RegisterExtension
    final FakeRedmine redmine = new FakeRedmine();

    @TempDir
    Path folder;

    private RunningService service;

    @BeforeEach
    void start() throws Exception {
        service = DeliverTest.deliveringTo(redmine, folder)
                .with("server.max-body-size", "20000")
                .start();
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private int post(String body) throws Exception {
        return service.post(body.getBytes(StandardCharsets.UTF_8)).statusCode();
    }

    private void deliver(TestAlerts alert) throws Exception {
        assertThat(service.post(alert.bytes()).statusCode()).isEqualTo(202);
        await().atMost(Duration.ofSeconds(15)).until(service::isIdle);
    }

    private static TestAlerts numbered(int number) {
        return critical().id("2bj" + number).monitor("monitor " + number);
    }

    /** What looks by the clock has its series from its first poll on, and not from the start. */
    private void untilPolled(String... routes) {
        for (String route : routes) {
            await().until(() -> Scrape.of(service).series().keySet().stream()
                    .anyMatch(series -> series.startsWith("camel_route_policy_seconds_count")
                            && series.contains("routeId=\"" + route + "\"")));
        }
    }

    private double value(String series) throws Exception {
        return Scrape.of(service).value(series);
    }

    @Test
    void counts_posts_by_what_they_were_answered_with() throws Exception {
        assertThat(service.post(critical().bytes()).statusCode()).isEqualTo(202);
        assertThat(service.post(ok().bytes()).statusCode()).isEqualTo(202);
        assertThat(post("{")).isEqualTo(400);
        assertThat(post("x".repeat(20_001))).isEqualTo(413);
        assertThat(service.post("text/plain", new byte[0]).statusCode()).isEqualTo(415);
        assertThat(service.send(HttpRequest.newBuilder(service.webhook()).build())
                        .statusCode())
                .isEqualTo(405);
        service.execute("ALTER TABLE event RENAME TO not_there");
        assertThat(service.post(critical().bytes()).statusCode()).isEqualTo(503);

        assertThat(value("posts_total{status=\"202\"}")).isEqualTo(2);
        for (int refused : new int[] {400, 405, 413, 415, 503}) {
            assertThat(value("posts_total{status=\"" + refused + "\"}"))
                    .as("refused with " + refused)
                    .isOne();
        }
    }

    @Test
    void shows_what_waits_and_since_when_until_it_is_delivered() throws Exception {
        redmine.stop();
        service.post(critical().bytes());
        service.post(ok().bytes());

        await().until(() -> value("pending_oldest_age_seconds") > 1);
        assertThat(value("pending_events")).isEqualTo(2);

        redmine.start();
        await().atMost(Duration.ofSeconds(15)).until(() -> value("pending_events") == 0);
        assertThat(value("pending_oldest_age_seconds")).isZero();
    }

    @Test
    void shows_what_is_parked() throws Exception {
        redmine.refuseAt(Pattern.compile("subject"), 422, "{\"errors\":[\"Subject is too long\"]}");

        deliver(critical());

        await().until(() -> value("parked_alerts") == 1);
        assertThat(value("steps_total{action=\"park\"}")).isOne();
    }

    @Test
    void shows_incidents_until_they_are_over() throws Exception {
        service.close();
        service = DeliverTest.deliveringTo(redmine, folder)
                .withPolicy(IncidentPolicy.in(folder))
                .with("incident.quiet", "0")
                .start();
        assertThat(value("open_incidents")).isZero();

        for (int i = 1; i <= 3; i++) {
            service.post(numbered(i).bytes());
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> value("open_incidents") == 1);

        for (int i = 1; i <= 3; i++) {
            service.post(
                    numbered(i).recovered(TestAlerts.OPENED.plusSeconds(600)).bytes());
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> value("open_incidents") == 0);
    }

    @Test
    void counts_what_was_done_by_action() throws Exception {
        deliver(critical());
        deliver(ok());
        deliver(numbered(1));

        assertThat(value("steps_total{action=\"create\"}")).isEqualTo(2);
        assertThat(value("steps_total{action=\"close\"}")).isOne();
    }

    @Test
    void times_requests_to_redmine_by_what_was_asked_and_how_it_ended() throws Exception {
        redmine.enqueueFailure(503, "");
        deliver(critical());
        redmine.dropConnectionAfterReceiving();
        deliver(ok());

        assertThat(value(requests("POST", "5xx", "/projects/{id}/issues.json"))).isOne();
        assertThat(value(requests("POST", "2xx", "/projects/{id}/issues.json"))).isOne();
        assertThat(value(requests("GET", "no-answer", "/issues/{id}.json"))).isOne();
        assertThat(value(requests("GET", "2xx", "/issues/{id}.json"))).isPositive();
        assertThat(value(requests("PUT", "2xx", "/issues/{id}.json"))).isOne();
        assertThat(value(requests("POST", "2xx", "/projects/{id}/issues.json").replace("count", "sum")))
                .isPositive();
    }

    private static String requests(String method, String outcome, String path) {
        return "redmine_requests_seconds_count{method=\"" + method + "\",outcome=\"" + outcome + "\",path=\"" + path
                + "\"}";
    }

    @Test
    void shows_that_the_store_can_be_written_to_and_that_it_cannot() throws Exception {
        assertThat(value("store_writable")).isOne();

        service.execute("DROP TABLE trial");

        await().until(() -> value("store_writable") == 0);
    }

    @Test
    void has_no_more_series_after_many_alerts_than_after_a_few() throws Exception {
        for (int i = 0; i < 3; i++) {
            deliver(numbered(i));
            deliver(numbered(i).status("ok").with("isOpen", false));
        }
        untilPolled("actions-poll", "backlog-poll", "notices-poll", "figures-sum", "incidents-end");
        Set<String> few = Scrape.of(service).series().keySet();

        for (int i = 3; i < 20; i++) {
            deliver(numbered(i));
            deliver(numbered(i).status("ok").with("isOpen", false));
        }

        assertThat(Scrape.of(service).series().keySet()).isEqualTo(few);
    }

    /** A total among the parts would be summed up with them. */
    @Test
    void shows_camels_own_metrics_by_route_only() throws Exception {
        deliver(critical());

        assertThat(Scrape.of(service).series().keySet())
                .filteredOn(series -> series.startsWith("camel_exchanges_total"))
                .isNotEmpty()
                .allSatisfy(series -> assertThat(series).containsPattern("routeId=\"[a-z]"));
    }

    @Test
    void delivers_where_metrics_are_switched_off() throws Exception {
        service.close();
        service = DeliverTest.deliveringTo(redmine, folder)
                .with("camel.metrics.enabled", "false")
                .start();

        deliver(critical());

        assertThat(redmine.issues()).hasSize(1);
        assertThat(Scrape.of(service).series()).isEmpty();
    }

    /** Which KeyTest, MackerelRoutesTest and EscalationLifeTest see to. */
    private static final Set<String> SHOWN_WHERE_THERE_ARE_KEYS = Set.of(
            "mackerel_redmine_key_uses_total",
            "mackerel_redmine_webhooks_lost_total",
            "mackerel_redmine_mackerel_requests_seconds_count",
            "mackerel_redmine_channel_suspended",
            "mackerel_redmine_escalations_running",
            "mackerel_redmine_escalations_stuck",
            "mackerel_redmine_pages_total");

    @ParameterizedTest
    @ValueSource(strings = {"docs/operate.md", "docs/ja/operate.md", "examples/prometheus/mackerel-redmine.rules.yml"})
    void every_metric_that_is_written_of_is_shown(String file) throws Exception {
        deliver(critical());
        Set<String> shown = Scrape.of(service).series().keySet().stream()
                .map(series -> series.replaceFirst("\\{.*", ""))
                .collect(Collectors.toSet());
        Set<String> named = METRIC.matcher(Files.readString(Path.of(file)))
                .results()
                .map(MatchResult::group)
                .filter(name -> !SHOWN_WHERE_THERE_ARE_KEYS.contains(name))
                .collect(Collectors.toSet());

        assertThat(named).hasSizeGreaterThanOrEqualTo(5);
        assertThat(shown).containsAll(named);
    }
}
