package dev.mackerelredmine.fakemackerel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mackerelredmine.mackerelapi.ApiAlert;
import dev.mackerelredmine.mackerelapi.ApiLog;
import dev.mackerelredmine.mackerelapi.MackerelApi;
import dev.mackerelredmine.mackerelapi.MackerelException;
import dev.mackerelredmine.mackerelapi.MackerelException.Kind;
import dev.mackerelredmine.mackerelapi.RequestBudget;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What Mackerel's documents say of its API, of FakeMackerel and of our client of it. Each test names the page and heading, as of
 * mackerelio/documents of 2026-08; pages are below content/api-docs/entry.
 */
@Tag("fast")
class FakeMackerelTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant T = Instant.parse("2026-11-20T00:00:00Z");

    @RegisterExtension
    final FakeMackerel mackerel = new FakeMackerel();

    private final RequestBudget budget = new RequestBudget(Clock.systemUTC());

    private MackerelApi api(String key) {
        budget.catchUp();
        return new MackerelApi(mackerel.url(), key, budget, (method, path, outcome, time) -> {});
    }

    private MackerelApi api() {
        return api(FakeMackerel.KEY);
    }

    private JsonNode get(String path) throws Exception {
        return JSON.readTree(answer(path).body());
    }

    private HttpResponse<String> answer(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(mackerel.url() + path))
                .header("X-Api-Key", FakeMackerel.KEY)
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }

    private void open(int alerts) {
        FakeMonitor cpu = mackerel.hostMonitor("CPU %");
        String host = mackerel.host("web1");
        for (int i = 0; i < alerts; i++) {
            mackerel.open(cpu, host, "WARNING", T.plusSeconds(i));
        }
    }

    private static void assertKind(ThrowingCallable call, Kind kind) {
        assertThatThrownBy(call).isInstanceOfSatisfying(MackerelException.class, e -> {
            assertThat(e.kind()).isEqualTo(kind);
            assertThat(e.getMessage()).doesNotContain(FakeMackerel.KEY, FakeMackerel.READ_ONLY_KEY);
        });
    }

    /** alerts.md, "List Alerts": only open ones, unless withClosed is true. */
    @Test
    void lists_open_alerts_and_closed_ones_where_they_are_wanted() throws Exception {
        open(2);
        mackerel.alerts().get(0).becomes("OK", T.plusSeconds(60));

        assertThat(api().openAlerts()).hasSize(1);
        assertThat(api().alertsSince(T)).hasSize(2);
    }

    /** alerts.md, "List Alerts": newest to oldest, up to 100, and nextId only when there are more. */
    @Test
    void lists_alerts_a_page_at_a_time_the_newest_first() throws Exception {
        open(150);

        JsonNode first = get("/api/v0/alerts");
        assertThat(first.path("alerts")).hasSize(100);
        assertThat(first.at("/alerts/0/openedAt").asLong())
                .isGreaterThan(first.at("/alerts/1/openedAt").asLong());
        JsonNode second = get("/api/v0/alerts?nextId=" + first.path("nextId").asText());
        assertThat(second.path("alerts")).hasSize(50);
        assertThat(second.has("nextId")).isFalse();
        assertThat(api().openAlerts()).hasSize(150).extracting(ApiAlert::id).doesNotHaveDuplicates();
    }

    /** alerts.md, "List Alerts", Error: 400 above 100. */
    @Test
    void refuses_a_larger_page() throws Exception {
        assertThat(answer("/api/v0/alerts?limit=101").statusCode()).isEqualTo(400);
    }

    @Test
    void stops_at_the_first_page_that_is_past() throws Exception {
        open(250);
        mackerel.forgetRequests();

        assertThat(api().alertsSince(T.plusSeconds(200))).hasSize(50);
        assertThat(mackerel.requests()).hasSize(1);
    }

    /** alerts.md, "Response": value where there is a metric, hostId where there is a host, closedAt and reason where it is closed. */
    @Test
    void shows_of_an_alert_what_its_kind_has() throws Exception {
        FakeAlert alert = mackerel.open(mackerel.hostMonitor("CPU %"), mackerel.host("web1"), "CRITICAL", T);
        FakeAlert check = mackerel.open(mackerel.checkMonitor("log"), mackerel.host("web1"), "WARNING", T);
        check.closedByHand("was a test", T.plusSeconds(60));

        ApiAlert host = api().alert(alert.id());
        assertThat(host.value()).isEqualByComparingTo("95.5");
        assertThat(host.hostId()).isEqualTo("id-of-web1");
        assertThat(host.closedAt()).isNull();
        ApiAlert closed = api().alert(check.id());
        assertThat(closed.message()).isEqualTo("log is OK");
        assertThat(closed.reason()).isEqualTo("was a test");
        assertThat(closed.closedAt()).isEqualTo(T.plusSeconds(60).getEpochSecond());
    }

    /** alerts.md, "Get Alert", Error: 404. */
    @Test
    void knows_no_alert_of_another_id() {
        assertKind(() -> api().alert("nobody"), Kind.NOT_FOUND);
    }

    /** alerts.md, "Get Alert Logs": the newest first; trigger in words of its own; targetValue of metrics, statusDetail of checks. */
    @Test
    void tells_each_change_of_an_alert() throws Exception {
        FakeAlert alert = mackerel.open(mackerel.hostMonitor("CPU %"), mackerel.host("web1"), "WARNING", T);
        alert.becomes("CRITICAL", T.plusSeconds(60)).closedByHand("done", T.plusSeconds(120));

        List<ApiLog> logs = api().logs(alert.id());

        assertThat(logs).extracting(log -> log.status().toString()).containsExactly("ok", "critical", "warning");
        assertThat(logs.get(0).trigger()).isEqualTo("manual");
        assertThat(logs.get(1).targetValue()).isEqualByComparingTo("95.5");
        FakeAlert check = mackerel.open(mackerel.checkMonitor("log"), mackerel.host("web1"), "WARNING", T);
        assertThat(api().logs(check.id()).get(0).message()).isEqualTo("log is WARNING");
    }

    /** monitors.md: check monitors are not among the monitors; check-monitoring.md, "Retrieve Check Monitor". */
    @Test
    void has_checks_apart_from_other_monitors() throws Exception {
        mackerel.hostMonitor("CPU %");
        FakeMonitor check = mackerel.checkMonitor("log");

        assertThat(api().monitors()).extracting("name").containsExactly("CPU %");
        assertThat(api().check(check.id()).name()).isEqualTo("log");
        assertThat(api().monitor("monitor-CPU %").name()).isEqualTo("CPU %");
        assertKind(() -> api().monitor(check.id()), Kind.NOT_FOUND);
    }

    /** hosts.md, "List Hosts": working and standby, unless other statuses are wanted. A retired host has a page of its own only. */
    @Test
    void lists_hosts_of_the_statuses_that_are_wanted() throws Exception {
        mackerel.host("web1");
        mackerel.host("web2", "maintenance");
        mackerel.host(new FakeMackerel.Host("gone", "web3", "poweroff", Map.of(), true));

        assertThat(get("/api/v0/hosts").path("hosts")).hasSize(1);
        assertThat(api().hosts()).hasSize(2);
        assertThat(api().host("gone").isRetired()).isTrue();
    }

    /** channels.md, "List Notification Channels": suspendedAt in seconds, or null; url and events of a webhook. */
    @Test
    void shows_channels_and_since_when_they_are_suspended() throws Exception {
        mackerel.withChannel("c1", "https://alerts.example.jp/mackerel").withChannel("c2", "https://example.jp/other");
        mackerel.suspend("c2", T);

        assertThat(api().channels()).extracting("suspendedAt").containsExactly(null, T.getEpochSecond());
        assertThat(api().channels().get(0).events()).containsExactly("alert");
    }

    /** notification-groups.md, "Get the notification group list"; the type of the default one is mackerel-client-go's. */
    @Test
    void shows_notification_groups_one_of_which_is_the_default() throws Exception {
        mackerel.withGroup("team", "critical")
                .monitorInGroup("team", "m1", true)
                .serviceInGroup("team", "Shop");

        assertThat(api().notificationGroups()).hasSize(2);
        assertThat(api().notificationGroups().get(0).isDefault()).isTrue();
        assertThat(api().notificationGroups().get(1)).satisfies(team -> {
            assertThat(team.isDefault()).isFalse();
            assertThat(team.isCriticalOnly()).isTrue();
            assertThat(team.monitor("m1").orElseThrow().skipDefault()).isTrue();
        });
    }

    /** alerts.md, "Update Alert": the whole memo is replaced; 403 without the permission Write; 404; 413 above 80 kB. */
    @Test
    void takes_a_memo_from_who_may_write() throws Exception {
        open(1);
        String id = mackerel.alerts().get(0).id();

        api().putMemo(id, "Redmine #42");
        assertThat(api().alert(id).memo()).isEqualTo("Redmine #42");
        assertKind(() -> api(FakeMackerel.READ_ONLY_KEY).putMemo(id, "x"), Kind.REFUSED);
        assertKind(() -> api().putMemo("nobody", "x"), Kind.NOT_FOUND);
        assertKind(() -> api().putMemo(id, "x".repeat(80 * 1024 + 1)), Kind.UNEXPECTED);
    }

    /** alerts.md, "Close Alert": with a reason, by a key with the permission Write; 403, 404. */
    @Test
    void closes_an_alert_for_who_may_write() throws Exception {
        open(1);
        String id = mackerel.alerts().get(0).id();

        assertKind(() -> api(FakeMackerel.READ_ONLY_KEY).closeAlert(id, "done"), Kind.REFUSED);
        assertKind(() -> api().closeAlert("nobody", "done"), Kind.NOT_FOUND);
        assertKind(() -> api().closeAlert(id, ""), Kind.UNEXPECTED);
        assertThat(api().alert(id).isClosed()).isFalse();
        api().closeAlert(id, "Redmine #42, closed by dev Test");
        assertThat(api().alert(id).isClosed()).isTrue();
        assertThat(api().alert(id).reason()).isEqualTo("Redmine #42, closed by dev Test");
    }

    /** service-metrics.md, "Post Service Metrics", Error: 429 above one post a minute. */
    @Test
    void takes_service_metrics_once_a_minute() throws Exception {
        api().postServiceMetrics("Ops", T, Map.of("mackerel-redmine.alive", 1));
        assertThat(mackerel.metrics()).singleElement().satisfies(metric -> {
            assertThat(metric.path("name").asText()).isEqualTo("mackerel-redmine.alive");
            assertThat(metric.path("time").asLong()).isEqualTo(T.getEpochSecond());
        });
        assertKind(() -> api().postServiceMetrics("Ops", T, Map.of("mackerel-redmine.alive", 1)), Kind.TOO_MANY);
    }

    /** index.md, "Summary": the key of an organization in X-Api-Key. */
    @Test
    void answers_only_who_has_a_key() throws Exception {
        assertThat(api().organization()).isEqualTo("example");
        assertKind(() -> api("wrong").organization(), Kind.REFUSED);
    }

    @ParameterizedTest
    @CsvSource({
        "400, UNEXPECTED",
        "401, REFUSED",
        "403, REFUSED",
        "404, NOT_FOUND",
        "418, UNEXPECTED",
        "429, TOO_MANY",
        "500, AWAY",
        "503, AWAY"
    })
    void each_status_is_one_kind_of_failure(int status, Kind kind) {
        mackerel.enqueueFailure(status, "{\"error\":\"why\"}");
        assertKind(() -> api().organization(), kind);
    }

    @Test
    void a_wait_that_is_asked_for_is_kept() {
        mackerel.enqueueFailure(429, "", Map.of("Retry-After", "120"));
        assertThatThrownBy(() -> api().organization())
                .isInstanceOfSatisfying(
                        MackerelException.class, e -> assertThat(e.retryAfter()).contains(Duration.ofSeconds(120)));
    }

    @Test
    void what_is_no_json_or_no_list_is_a_failure() {
        mackerel.enqueueFailure(200, "<html>");
        assertKind(() -> api().organization(), Kind.UNEXPECTED);
        mackerel.enqueueFailure(200, "{\"alerts\":[");
        assertKind(() -> api().openAlerts(), Kind.UNEXPECTED);
        mackerel.enqueueFailure(200, "{\"message\":\"hello\"}");
        assertKind(() -> api().openAlerts(), Kind.UNEXPECTED);
    }

    @Test
    void nobody_at_its_address_is_a_failure() {
        mackerel.stop();
        assertKind(() -> api().organization(), Kind.AWAY);
    }

    @Test
    void asks_no_more_than_the_budget_allows() throws Exception {
        budget.rest();
        MackerelApi api =
                new MackerelApi(mackerel.url(), FakeMackerel.KEY, budget, (method, path, outcome, time) -> {});
        for (int i = 0; i < RequestBudget.AT_REST; i++) {
            api.organization();
        }
        assertKind(api::organization, Kind.OVER_BUDGET);
        budget.catchUp();
        api.organization();
        assertThat(mackerel.requests()).hasSize(RequestBudget.AT_REST + 1);
    }
}
