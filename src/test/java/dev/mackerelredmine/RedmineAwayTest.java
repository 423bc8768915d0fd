package dev.mackerelredmine;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mackerelredmine.fakeredmine.FakeRedmine;
import dev.mackerelredmine.mackerel.TestAlerts;
import dev.mackerelredmine.redmine.LoggedErrors;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** While Redmine as a whole does not serve us, it is only asked whether it does again. */
@Tag("service")
class RedmineAwayTest {

    private static final String CREATION = "POST /projects/alert/issues.json";
    private static final String PROBE = "GET /users/current.json";

    @RegisterExtension
    final FakeRedmine redmine = new FakeRedmine();

    @TempDir
    Path folder;

    private RunningService service;

    @BeforeEach
    void start() throws Exception {
        // One delivery at a time: what another has begun when it turns out that Redmine is away is asked all the same.
        service = DeliverTest.deliveringTo(redmine, folder)
                .with("redmine.max-concurrency", "1")
                .start();
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private void post(String... ids) throws Exception {
        for (String id : ids) {
            TestAlerts alert = critical().id(id).monitor("monitor " + id);
            assertThat(service.post(alert.bytes()).statusCode()).isEqualTo(202);
        }
    }

    private void untilDelivered() {
        await().atMost(Duration.ofSeconds(15)).until(service::isIdle);
    }

    private List<String> requests() {
        return redmine.requests().stream()
                .map(request -> request.method() + " " + request.path())
                .toList();
    }

    @Test
    void no_alert_uses_up_a_try() throws Exception {
        redmine.stop();
        post("2bjA", "2bjB", "2bjC");
        await().until(service::waitsForRedmine);
        post("2bjD");

        await().during(Duration.ofMillis(500)).until(() -> service.count("problem WHERE tries > 0") == 0);
        redmine.start();
        untilDelivered();

        assertThat(redmine.issues()).hasSize(4);
    }

    @Test
    void camel_logs_nothing_of_it() throws Exception {
        try (LoggedErrors log = LoggedErrors.of("org.apache.camel", Level.WARN)) {
            redmine.enqueueFailure(503, "").enqueueFailure(503, "");
            post("2bjA");
            untilDelivered();

            assertThat(log.messages()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 429, 500, 502, 503, 504})
    void only_who_we_are_is_asked_until_it_is_answered(int status) throws Exception {
        for (int i = 0; i < 4; i++) {
            redmine.enqueueFailure(status, "");
        }
        post("2bjA");
        await().until(() -> requests().size() >= 3);
        post("2bjB");
        untilDelivered();

        assertThat(redmine.issues()).hasSize(2);
        assertThat(requests().subList(0, 5)).containsExactly(CREATION, PROBE, PROBE, PROBE, PROBE);
    }

    @Test
    void it_is_not_asked_before_the_time_that_it_gave() throws Exception {
        redmine.enqueueFailure(503, "").enqueueFailure(503, "", Map.of("Retry-After", "2"));
        post("2bjA");
        await().until(() -> requests().size() == 2);
        post("2bjB");

        await().during(Duration.ofMillis(1200)).until(() -> requests().size() == 2);
        untilDelivered();

        assertThat(redmine.issues()).hasSize(2);
    }

    @Test
    void one_alert_that_fails_while_redmine_answers_is_no_outage() throws Exception {
        redmine.enqueueFailure(500, "");
        post("2bjA");
        await().until(() -> requests().size() >= 2);

        assertThat(service.waitsForRedmine()).isFalse();
        untilDelivered();

        assertThat(redmine.issues()).hasSize(1);
        assertThat(requests()).filteredOn(PROBE::equals).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void what_may_have_been_created_is_looked_up_when_redmine_is_back() throws Exception {
        redmine.dropConnectionAfterReceiving();
        redmine.enqueueFailure(503, "").enqueueFailure(503, "");
        post("2bjA");
        untilDelivered();

        assertThat(redmine.issues()).hasSize(1);
        assertThat(requests()).containsExactly(CREATION, PROBE, PROBE, PROBE, "GET /issues.json");
    }

    @Test
    void nothing_is_parked_that_redmine_may_take_when_it_is_back() throws Exception {
        redmine.enqueueFailure(404, "").enqueueFailure(403, "").enqueueFailure(403, "");
        post("2bjA");
        untilDelivered();

        assertThat(redmine.issues()).hasSize(1);
        assertThat(requests()).startsWith(CREATION, PROBE, PROBE, PROBE).endsWith(CREATION);
        assertThat(requests()).filteredOn(CREATION::equals).hasSize(2);
    }
}
