package dev.mackerelredmine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mackerelredmine.fakemackerel.FakeAlert;
import dev.mackerelredmine.fakemackerel.FakeMackerel;
import dev.mackerelredmine.fakeredmine.FakeRedmine;
import dev.mackerelredmine.redmine.RedmineCaller;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A person closes a ticket while its alert fires: what becomes of the alert at Mackerel (ticket.close-closes-alert=always). Which alerts are orphans: ClosingsTest. */
@Tag("service")
class ClosingBackTest {

    @RegisterExtension
    final FakeRedmine redmine = new FakeRedmine();

    @RegisterExtension
    final FakeMackerel mackerel = new FakeMackerel();

    @TempDir
    Path folder;

    private RunningService service;

    private void start(String key) throws Exception {
        service = DeliverTest.deliveringTo(redmine, folder)
                .with("mackerel.apikey", key)
                .with("mackerel.url", mackerel.url())
                .with("mackerel.reconcile-interval", "1h")
                .with("ticket.close-closes-alert", "always")
                .watching("500ms")
                .start();
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private FakeAlert alertOf(String host) throws Exception {
        int before = redmine.issues().size();
        FakeAlert alert = mackerel.open(
                mackerel.hostMonitor("CPU %"), host, "CRITICAL", Instant.now().minusSeconds(300));
        service.post(mackerel.webhook(alert, alert.last()));
        await().atMost(Duration.ofSeconds(30)).until(() -> redmine.issues().size() == before + 1 && service.isIdle());
        return alert;
    }

    /** Of the last ticket. */
    private int personSets(String status) throws Exception {
        RedmineCaller dev = new RedmineCaller(redmine.url(), redmine.id("key_dev"));
        int issue = redmine.issues().get(redmine.issues().size() - 1).id();
        assertThat(dev.put("/issues/" + issue + ".json", Map.of("status_id", redmine.id(status)))
                        .status())
                .isEqualTo(204);
        return issue;
    }

    private void untilReported() {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> service.count("step WHERE action = 'closed-by-person'") == 1);
        await().atMost(Duration.ofSeconds(30)).until(() -> service.count("action WHERE due_at IS NOT NULL") == 0);
    }

    @Test
    void is_closed_too_as_soon_as_mackerel_answers() throws Exception {
        start(FakeMackerel.KEY);
        FakeAlert alert = alertOf(mackerel.host("web1"));
        mackerel.enqueueFailure(503, "").enqueueFailure(503, "");

        int issue = personSets("status_closed");

        await().atMost(Duration.ofSeconds(30)).until(() -> !alert.isOpen());
        assertThat(alert.reason()).isEqualTo("Redmine #" + issue + ", closed by dev Test");
    }

    @Test
    void stays_open_when_the_ticket_was_opened_again_before_mackerel_answered() throws Exception {
        start(FakeMackerel.KEY);
        // While no ticket at all is open, nobody looks for one that is opened again.
        alertOf(mackerel.host("web0"));
        FakeAlert alert = alertOf(mackerel.host("web1"));
        mackerel.stop();
        personSets("status_closed");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> service.count("action WHERE purpose = 'close_alert' AND tries > 0") == 1);
        service.execute("UPDATE action SET due_at = due_at + 60000");

        personSets("status_in_progress");
        await().atMost(Duration.ofSeconds(30)).until(() -> service.count("ticket WHERE is_open") == 2);
        mackerel.start();
        service.execute("UPDATE action SET due_at = 0");

        untilReported();
        assertThat(alert.isOpen()).isTrue();
    }

    @Test
    void stays_open_and_parked_where_the_key_may_not_write() throws Exception {
        start(FakeMackerel.READ_ONLY_KEY);
        FakeAlert alert = alertOf(mackerel.host("web1"));

        personSets("status_closed");

        await().atMost(Duration.ofSeconds(30))
                .until(() -> service.count("action WHERE purpose = 'close_alert' AND due_at IS NULL") == 1);
        assertThat(alert.isOpen()).isTrue();
        assertThat(service.text("failure FROM action")).contains("its closing at Mackerel", "403", "closings");
    }
}
