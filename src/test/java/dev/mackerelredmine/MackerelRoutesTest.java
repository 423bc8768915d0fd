package dev.mackerelredmine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mackerelredmine.fakemackerel.FakeAlert;
import dev.mackerelredmine.fakemackerel.FakeMackerel;
import dev.mackerelredmine.fakeredmine.FakeRedmine;
import dev.mackerelredmine.reconcile.Reconciler;
import dev.mackerelredmine.redmine.LoggedErrors;
import dev.mackerelredmine.redmine.RedmineCaller;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What the service does by itself with a key: it polls, notifies the operator, writes memos and sends its heartbeat. And what it does without. */
@Tag("service")
class MackerelRoutesTest {

    @RegisterExtension
    final FakeRedmine redmine = new FakeRedmine();

    @RegisterExtension
    final FakeMackerel mackerel = new FakeMackerel();

    @TempDir
    Path folder;

    private RunningService service;

    @AfterEach
    void stop() {
        service.close();
    }

    private RunningService withKey() {
        return DeliverTest.deliveringTo(redmine, folder)
                .with("mackerel.apikey", FakeMackerel.KEY)
                .with("mackerel.url", mackerel.url());
    }

    private static Instant ago(long minutes) {
        return Instant.now().minus(Duration.ofMinutes(minutes));
    }

    private static void soon(org.awaitility.core.ThrowingRunnable assertion) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(assertion);
    }

    @Test
    void polls_by_itself_tells_the_operator_writes_the_memo_and_beats() throws Exception {
        mackerel.withChannel("ours", "https://alerts.example.jp/mackerel").suspend("ours", ago(20));
        FakeAlert alert = mackerel.open(mackerel.hostMonitor("CPU %"), mackerel.host("web1"), "CRITICAL", ago(5));
        mackerel.open(mackerel.hostMonitor("old"), mackerel.host("web2"), "CRITICAL", ago(500));
        LoggedErrors log = LoggedErrors.of("dev.mackerelredmine.routes", Level.WARN);
        service = withKey()
                .with("mackerel.memo", "true")
                .with("mackerel.heartbeat-service", "Ops")
                .start();

        soon(() -> assertThat(redmine.issues()).hasSize(1));
        soon(() -> assertThat(alert.memo())
                .contains("Redmine #" + redmine.issues().get(0).id() + " " + redmine.url() + "/issues/"));
        soon(() -> assertThat(mackerel.metrics())
                .extracting(metric -> metric.path("name").asText())
                .contains(
                        "mackerel-redmine.alive",
                        "mackerel-redmine.waiting",
                        "mackerel-redmine.parked",
                        "mackerel-redmine.unanswered",
                        "mackerel-redmine.escalations_stuck"));
        soon(() -> assertThat(String.join("\n", log.messages()))
                .contains("Webhooks were lost: 1")
                .contains("Mackerel has suspended this service's channel")
                .contains("Older alerts without a ticket: 1")
                .doesNotContain("alerts.example.jp"));
        assertThat(Scrape.of(service).value("webhooks_lost_total")).isOne();
        assertThat(Scrape.of(service).value("channel_suspended")).isOne();
        assertThat(Scrape.of(service).series().keySet())
                .anyMatch(series -> series.startsWith("mackerel_redmine_mackerel_requests_seconds_count"));
    }

    @Test
    void tries_a_memo_again_and_parks_it_and_no_ticket_waits() throws Exception {
        for (int i = 0; i < 20; i++) {
            mackerel.enqueueFailure(503, "");
        }
        service = withKey()
                .with("mackerel.memo", "true")
                .with("mackerel.reconcile-interval", "1h")
                .start();
        FakeAlert alert = mackerel.open(mackerel.hostMonitor("CPU %"), mackerel.host("web1"), "CRITICAL", ago(5));
        service.post(mackerel.webhook(alert, alert.last()));

        soon(() -> assertThat(redmine.issues()).hasSize(1));
        soon(() -> assertThat(service.count("action WHERE purpose = 'memo' AND due_at IS NULL"))
                .isOne());
        assertThat(redmine.issues().get(0).notes()).isEmpty();
    }

    @Test
    void writes_into_the_memo_who_has_taken_the_ticket_and_leaves_the_alert_open_when_it_is_closed() throws Exception {
        service = withKey().with("mackerel.memo", "true").watching("500ms").start();
        FakeAlert alert = mackerel.open(mackerel.hostMonitor("CPU %"), mackerel.host("web1"), "CRITICAL", ago(5));
        service.post(mackerel.webhook(alert, alert.last()));
        soon(() -> assertThat(alert.memo()).contains("Redmine #").doesNotContain("taken by"));

        RedmineCaller dev = new RedmineCaller(redmine.url(), redmine.id("key_dev"));
        int issue = redmine.issues().get(0).id();
        assertThat(dev.put("/issues/" + issue + ".json", Map.of("status_id", redmine.id("status_in_progress")))
                        .status())
                .isEqualTo(204);

        soon(() -> assertThat(alert.memo()).contains("Redmine #" + issue).contains("\ntaken by dev Test\n"));

        // That Mackerel's alert is closed with it is not asked for here.
        assertThat(dev.put("/issues/" + issue + ".json", Map.of("status_id", redmine.id("status_closed")))
                        .status())
                .isEqualTo(204);
        soon(() -> assertThat(service.count("step WHERE action = 'closed-by-person'"))
                .isOne());
        assertThat(service.count("action WHERE purpose = 'close_alert'")).isZero();
    }

    @Test
    void without_a_key_nothing_is_there_that_would_ask() throws Exception {
        service = DeliverTest.deliveringTo(redmine, folder).start();

        assertThat(service.camelContext().getRegistry().findByType(Reconciler.class))
                .isEmpty();
        assertThat(service.camelContext().getRoutes())
                .extracting(org.apache.camel.Route::getId)
                .doesNotContain("reconcile-poll", "write-back-poll", "heartbeat");
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.contains("reconcile-poll"));
        assertThat(mackerel.requests()).isEmpty();
    }
}
