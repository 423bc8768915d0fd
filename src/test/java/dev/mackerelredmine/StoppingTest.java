package dev.mackerelredmine;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static dev.mackerelredmine.mackerel.TestAlerts.fixture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mackerelredmine.fakeredmine.FakeRedmine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A service that is stopped (SIGTERM) while Redmine is slow. */
@Tag("service")
final class StoppingTest {

    private static final int STOPPED_BY_SIGTERM = 143;

    @RegisterExtension
    final FakeRedmine redmine = new FakeRedmine();

    @TempDir
    Path folder;

    private ServiceProcess delivering(int atOnce) throws Exception {
        return new ServiceProcess(folder)
                .with(Map.of(
                        "REDMINE_URL",
                        redmine.url(),
                        "REDMINE_APIKEY",
                        redmine.apiKey(),
                        "REDMINE_PROJECT",
                        "alert",
                        "REDMINE_MAX_CONCURRENCY",
                        "1"));
    }

    private List<String> requests() {
        return redmine.requests().stream()
                .map(request -> request.method() + " " + request.path())
                .toList();
    }

    private static int post(ServiceProcess service, String alert) throws Exception {
        return service.post(critical().id(alert).monitor(alert).bytes()).statusCode();
    }

    private void restartUntilThereAreTickets(int tickets) throws Exception {
        try (ServiceProcess again = delivering(2).start().untilItRuns()) {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> again.output()
                                    .lines()
                                    .filter(line -> line.contains(": ticket #") || line.contains("its ticket is #"))
                                    .count()
                            == tickets);
        }
    }

    @Test
    void finishes_what_is_under_way_begins_nothing_more_and_takes_no_more() throws Exception {
        int atOnce = 2;
        for (int i = 0; i < atOnce; i++) {
            redmine.delayAnswer(Duration.ofSeconds(5));
        }
        ServiceProcess service = delivering(atOnce).start().untilItRuns();
        for (int i = 0; i < 10; i++) {
            assertThat(post(service, "A" + i)).isEqualTo(202);
        }
        await().until(() -> redmine.requests().size() == atOnce);

        service.terminate();

        await().atMost(Duration.ofSeconds(5))
                .until(() -> service.post(fixture("sample")).statusCode() == 503);
        assertThat(service.exitCode()).isEqualTo(STOPPED_BY_SIGTERM);
        assertThat(service.output())
                .contains("ticket #1 created", "ticket #2 created")
                .doesNotContain("Exception");
        assertThat(redmine.requests()).hasSize(atOnce);

        restartUntilThereAreTickets(8);
        assertThat(requests()).containsOnly("POST /projects/alert/issues.json").hasSize(10);
        assertThat(redmine.issues()).hasSize(10);
    }

    /** With nothing set otherwise than it is shipped. */
    @Test
    void ends_within_twenty_seconds_though_redmine_takes_longer() throws Exception {
        redmine.delayAnswer(Duration.ofSeconds(45));
        ServiceProcess service = delivering(1).start().untilItRuns();
        assertThat(post(service, "underWay")).isEqualTo(202);
        await().until(() -> redmine.requests().size() == 1);

        long asked = System.nanoTime();
        service.terminate();
        assertThat(service.exitCode()).isEqualTo(STOPPED_BY_SIGTERM);

        assertThat(Duration.ofNanos(System.nanoTime() - asked))
                .isBetween(Duration.ofSeconds(10), Duration.ofSeconds(25));
        restartUntilThereAreTickets(1);
        assertThat(redmine.issues()).hasSize(1);
    }

    @Test
    void gives_up_what_takes_too_long_and_finds_it_again_at_the_next_start() throws Exception {
        redmine.delayAnswer(Duration.ofSeconds(8));
        ServiceProcess service = delivering(1)
                .with(Map.of("CAMEL_MAIN_SHUTDOWN_TIMEOUT", "1"))
                .start()
                .untilItRuns();
        assertThat(post(service, "underWay")).isEqualTo(202);
        await().until(() -> redmine.requests().size() == 1);

        service.terminate();

        assertThat(service.exitCode()).isEqualTo(STOPPED_BY_SIGTERM);
        assertThat(service.output()).doesNotContain("ticket #1");
        restartUntilThereAreTickets(1);
        assertThat(requests()).containsExactly("POST /projects/alert/issues.json", "GET /issues.json");
        assertThat(redmine.issues()).hasSize(1);
    }
}
