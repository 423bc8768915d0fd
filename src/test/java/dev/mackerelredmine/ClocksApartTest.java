package dev.mackerelredmine;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mackerelredmine.fakeredmine.FakeRedmine;
import dev.mackerelredmine.redmine.RedmineCaller;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people do is seen, each act once, however far Redmine's clock is from ours. */
@Tag("service")
class ClocksApartTest {

    @RegisterExtension
    final FakeRedmine redmine = new FakeRedmine();

    @TempDir
    Path folder;

    private RunningService service;

    @AfterEach
    void stop() {
        service.close();
    }

    private void devSets(Object assignee) throws Exception {
        RedmineCaller dev = new RedmineCaller(redmine.url(), redmine.id("key_dev"));
        String issue = "/issues/" + redmine.issues().get(0).id() + ".json";
        assertThat(dev.put(issue, Map.of("assigned_to_id", assignee)).status()).isEqualTo(204);
    }

    private void untilAcknowledged(long tickets) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> service.count("ticket WHERE acknowledged_at IS NOT NULL") == tickets);
    }

    @ParameterizedTest(name = "Redmine is {0} s ahead")
    @ValueSource(ints = {-7_200, -5, 5, 7_200})
    void who_is_on_it_is_known_by_redmines_clock(int seconds) throws Exception {
        Duration ahead = Duration.ofSeconds(seconds);
        redmine.clockApart(ahead);
        service = DeliverTest.deliveringTo(redmine, folder)
                .with("redmine.assigned", "")
                .watching("300ms")
                .start();
        service.post(critical().bytes());
        await().atMost(Duration.ofSeconds(20)).until(() -> redmine.issues().size() == 1 && service.isIdle());

        devSets(redmine.id("user_dev"));
        untilAcknowledged(1);
        assertThat(Instant.ofEpochMilli(Long.parseLong(service.text("acknowledged_at FROM ticket"))))
                .isBetween(
                        Instant.now().plus(ahead).minusSeconds(25),
                        Instant.now().plus(ahead));

        devSets("");
        untilAcknowledged(0);
        devSets(redmine.id("user_dev"));
        untilAcknowledged(1);
        assertThat(service.count("step WHERE action IN ('acknowledge', 'taken-back')"))
                .isEqualTo(3);
    }
}
