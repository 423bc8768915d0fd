package dev.mackerelredmine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mackerelredmine.fakemackerel.FakeAlert;
import dev.mackerelredmine.fakemackerel.FakeMackerel;
import dev.mackerelredmine.fakemackerel.FakeMonitor;
import dev.mackerelredmine.fakeredmine.FakeIssue;
import dev.mackerelredmine.fakeredmine.FakeRedmine;
import dev.mackerelredmine.reconcile.Reconciled;
import dev.mackerelredmine.reconcile.Reconciler;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What lost webhooks leave open is found by asking Mackerel. The whole service, with FakeMackerel and FakeRedmine. */
@Tag("service")
class ReconcileTest {

    @RegisterExtension
    final FakeRedmine redmine = new FakeRedmine();

    @RegisterExtension
    final FakeMackerel mackerel = new FakeMackerel();

    @TempDir
    Path folder;

    private final MovableClock clock = new MovableClock();
    private RunningService service;
    private FakeMonitor cpu;
    private String web1;

    @BeforeEach
    void start() throws Exception {
        service = DeliverTest.deliveringTo(redmine, folder)
                .with("mackerel.apikey", FakeMackerel.KEY)
                .with("mackerel.url", mackerel.url())
                .with("mackerel.reconcile-interval", "1h")
                .bind("clock", clock)
                .without("service/mackerel")
                .start();
        mackerel.withChannel("ours", "https://alerts.example.jp/mackerel");
        cpu = mackerel.hostMonitor("CPU %");
        web1 = mackerel.host("web1");
    }

    @AfterEach
    void stop() {
        service.close();
    }

    /** As the timer does, whose file is left out. */
    private Reconciled poll() {
        Reconciled done = pollOnce();
        // The next poll has requests of its own minute.
        clock.goOn(Duration.ofMinutes(2));
        return done;
    }

    private Reconciled pollOnce() {
        service.execute("UPDATE mackerel_look SET due_at = 0");
        Reconciled done = service.camelContext()
                .getRegistry()
                .findSingleByType(Reconciler.class)
                .poll();
        await().atMost(Duration.ofSeconds(15)).until(service::isIdle);
        return done;
    }

    private static Instant ago(long minutes) {
        return Instant.now().minus(Duration.ofMinutes(minutes));
    }

    private void post(FakeAlert alert, FakeAlert.Log log) throws Exception {
        assertThat(service.post(mackerel.webhook(alert, log)).statusCode()).isEqualTo(202);
        await().atMost(Duration.ofSeconds(15)).until(service::isIdle);
    }

    private FakeIssue onlyIssue() {
        assertThat(redmine.issues()).hasSize(1);
        return redmine.issues().get(0);
    }

    @Test
    void makes_the_ticket_of_an_alert_of_which_no_webhook_came() throws Exception {
        FakeAlert alert = mackerel.open(cpu, web1, "CRITICAL", ago(5));

        poll();

        FakeIssue issue = onlyIssue();
        assertThat(issue.subject()).isEqualTo("CRITICAL: web1 CPU %");
        assertThat(issue.customFields().values()).contains("CPU %", "critical", "web1", alert.id());
        assertThat(issue.description())
                .contains("No webhook reported this. It was found by asking Mackerel.")
                .contains("95.5 > 90 (critical)", "Runbook of CPU %", "Shop: web");
    }

    @Test
    void makes_no_second_ticket_when_the_webhook_comes_late_and_takes_its_values() throws Exception {
        FakeAlert alert = mackerel.open(cpu, web1, "CRITICAL", ago(5));
        poll();

        post(alert, alert.last());
        post(alert, alert.becomes("OK", Instant.now()).last());

        FakeIssue issue = onlyIssue();
        assertThat(issue.status()).isEqualTo("Closed");
        assertThat(issue.notes()).anyMatch(note -> note.contains("CPU % is CRITICAL"));
    }

    @Test
    void leaves_an_alert_alone_whose_webhook_may_be_under_way() {
        mackerel.open(cpu, web1, "CRITICAL", Instant.now().minusSeconds(30));

        poll();

        assertThat(redmine.issues()).isEmpty();
    }

    @Test
    void closes_the_ticket_of_an_alert_that_is_over_at_mackerel() throws Exception {
        FakeAlert alert = mackerel.open(cpu, web1, "CRITICAL", ago(30));
        post(alert, alert.last());
        alert.closedByHand("the disk was changed", ago(5));

        poll();

        FakeIssue issue = onlyIssue();
        assertThat(issue.status()).isEqualTo("Closed");
        assertThat(issue.notes())
                .anyMatch(note -> note.contains("closed by hand") && note.contains("the disk was changed"));
    }

    @Test
    void tells_that_an_alert_got_worse_without_a_webhook() throws Exception {
        FakeAlert alert = mackerel.open(cpu, web1, "WARNING", ago(30));
        post(alert, alert.last());
        alert.becomes("CRITICAL", ago(5));

        poll();

        assertThat(onlyIssue().subject()).isEqualTo("CRITICAL: web1 CPU %");
    }

    @Test
    void makes_one_closed_ticket_of_an_alert_that_came_and_went_without_a_webhook() {
        FakeAlert alert = mackerel.open(cpu, web1, "WARNING", ago(30));
        alert.becomes("CRITICAL", ago(20)).becomes("OK", ago(10));

        poll();

        FakeIssue issue = onlyIssue();
        assertThat(issue.status()).isEqualTo("Closed");
        assertThat(issue.subject()).isEqualTo("CRITICAL: web1 CPU %");
    }

    @Test
    void does_nothing_at_the_next_poll() {
        mackerel.open(cpu, web1, "CRITICAL", ago(5));
        poll();
        mackerel.forgetRequests();

        Reconciled again = poll();

        assertThat(again.hasKept()).isFalse();
        assertThat(again.isWhole()).isTrue();
        assertThat(mackerel.asked()).containsExactly("GET /api/v0/alerts", "GET /api/v0/alerts");
        assertThat(redmine.issues()).hasSize(1);
    }

    @Test
    void makes_no_ticket_of_what_our_channel_does_not_get() {
        FakeMonitor muted = mackerel.monitor(mackerel.hostMonitor("muted").muted());
        FakeMonitor theirs = mackerel.hostMonitor("theirs");
        mackerel.withGroup("other-team", "all").monitorInGroup("other-team", theirs.id(), true);
        String standby = mackerel.host("standby1", "standby");
        mackerel.open(muted, web1, "CRITICAL", ago(5));
        mackerel.open(theirs, web1, "CRITICAL", ago(5));
        mackerel.open(cpu, standby, "CRITICAL", ago(5));

        Reconciled done = poll();

        assertThat(redmine.issues()).isEmpty();
        assertThat(done.leftAlone()).isEqualTo(3);
        assertThat(done.isWhole()).isTrue();
    }

    @Test
    void makes_no_ticket_of_what_opened_long_before_the_first_poll() {
        mackerel.open(cpu, web1, "CRITICAL", ago(90));

        poll();
        poll();

        assertThat(redmine.issues()).isEmpty();
    }

    @Test
    void takes_the_worst_first_and_the_others_at_the_next_polls() throws Exception {
        service.close();
        start("mackerel.found-max", "2");
        for (int i = 0; i < 4; i++) {
            mackerel.open(cpu, mackerel.host("host" + i), i == 3 ? "CRITICAL" : "WARNING", ago(5 + i));
        }

        Reconciled first = poll();
        assertThat(first.waiting()).isEqualTo(2);
        assertThat(redmine.issues())
                .hasSize(2)
                .anyMatch(issue -> issue.subject().startsWith("CRITICAL"));

        poll();
        assertThat(redmine.issues()).hasSize(4);
    }

    /** As long as there is something to catch up with, 60 requests a minute are ours, and not 10. */
    @Test
    void goes_on_at_the_next_poll_within_the_same_minute() throws Exception {
        service.close();
        start("mackerel.found-max", "6");
        for (int i = 0; i < 12; i++) {
            mackerel.open(cpu, mackerel.host("host" + i), "CRITICAL", ago(5));
        }

        assertThat(pollOnce().waiting()).isEqualTo(6);
        assertThat(mackerel.requests()).hasSizeGreaterThan(10);
        assertThat(pollOnce().isWhole()).isTrue();

        assertThat(redmine.issues()).hasSize(12);
        assertThat(pollOnce()).as("one at rest within that minute").isEqualTo(Reconciled.NOTHING);
    }

    private void start(String setting, String value) throws Exception {
        service = DeliverTest.deliveringTo(redmine, folder)
                .with("mackerel.apikey", FakeMackerel.KEY)
                .with("mackerel.url", mackerel.url())
                .with("mackerel.reconcile-interval", "1h")
                .with(setting, value)
                .bind("clock", clock)
                .without("service/mackerel")
                .start();
    }

    @Test
    void concludes_nothing_from_a_list_that_failed_or_was_cut() throws Exception {
        FakeAlert alert = mackerel.open(cpu, web1, "CRITICAL", ago(30));
        post(alert, alert.last());
        List<Map.Entry<Integer, String>> answers = List.of(
                Map.entry(500, ""),
                Map.entry(429, "{\"error\":\"Too many\"}"),
                Map.entry(403, "{\"error\":\"no\"}"),
                Map.entry(200, "{\"alerts\":"),
                Map.entry(200, "{}"),
                Map.entry(200, "<html>"));
        poll();
        for (Map.Entry<Integer, String> answer : answers) {
            mackerel.enqueueFailure(answer.getKey(), answer.getValue());
            assertThat(poll().isWhole()).isFalse();
        }

        assertThat(onlyIssue().status()).isNotEqualTo("Closed");
    }

    @Test
    void leaves_the_ticket_of_an_alert_that_mackerel_does_not_know() throws Exception {
        FakeAlert alert = mackerel.open(cpu, web1, "CRITICAL", ago(30));
        post(alert, alert.last());
        alert.becomes("OK", ago(5));
        service.execute("UPDATE mackerel_look SET looked_at = 0");
        mackerel.forgetsAlerts();
        service.execute("UPDATE alert SET alert_key = 'unknown'");

        poll();

        assertThat(onlyIssue().status()).isNotEqualTo("Closed");
    }

    /** The label of a metric, which the API does not tell, is taken from the one alert of the same problem that came by a webhook. */
    @Test
    void knows_the_same_fault_by_its_metrics_label() throws Exception {
        FakeAlert first = mackerel.open(cpu, web1, "CRITICAL", ago(30));
        post(first, first.last());
        post(first, first.becomes("OK", ago(10)).last());
        mackerel.open(cpu, web1, "CRITICAL", ago(5));

        poll();

        assertThat(onlyIssue().status()).isNotEqualTo("Closed");
    }

    @Test
    void makes_the_ticket_of_an_alert_of_which_only_the_end_came() throws Exception {
        FakeAlert alert = mackerel.open(cpu, web1, "CRITICAL", ago(20));
        post(alert, alert.becomes("OK", ago(10)).last());
        assertThat(redmine.issues()).isEmpty();

        poll();

        assertThat(onlyIssue().status()).isEqualTo("Closed");
        assertThat(onlyIssue().subject()).isEqualTo("CRITICAL: web1 CPU %");
        poll();
        assertThat(redmine.issues()).hasSize(1);
    }

    /** An hour by the test's clock: a poll each two minutes, with alerts that came by webhooks, and stay open. */
    @ParameterizedTest
    @CsvSource({"0, 90", "10, 90", "500, 330"})
    void asks_little_in_an_hour_in_which_nothing_is_lost(int open, int most) throws Exception {
        for (int i = 0; i < open; i++) {
            FakeAlert alert = mackerel.open(cpu, mackerel.host("host" + i), "WARNING", ago(60 * 24));
            assertThat(service.post(mackerel.webhook(alert, alert.last())).statusCode())
                    .isEqualTo(202);
        }
        mackerel.forgetRequests();
        for (int i = 0; i < 30; i++) {
            service.execute("UPDATE mackerel_look SET due_at = 0");
            assertThat(service.camelContext()
                            .getRegistry()
                            .findSingleByType(Reconciler.class)
                            .poll()
                            .isWhole())
                    .isTrue();
            clock.goOn(Duration.ofMinutes(2));
        }

        System.out.println("requests in an hour with " + open + " open alerts: "
                + mackerel.requests().size());
        assertThat(mackerel.requests()).hasSizeLessThanOrEqualTo(most);
    }
}
