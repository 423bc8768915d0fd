package dev.mackerelredmine;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mackerelredmine.fakeredmine.FakeRedmine;
import dev.mackerelredmine.redmine.LoggedErrors;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What alerts are parked for is corrected in Redmine, and nobody tells the service: it finds that out by itself. */
@Tag("service")
class ParkedTest {

    @RegisterExtension
    static final FakeRedmine REDMINE = new FakeRedmine();

    @TempDir
    Path folder;

    private RunningService service;

    @BeforeEach
    void park() throws Exception {
        service = DeliverTest.deliveringTo(REDMINE, folder).start();
        REDMINE.refuseAt(Pattern.compile("subject"), 422, "{\"errors\":[\"Cost center cannot be blank\"]}");
        for (int i = 0; i < 3; i++) {
            service.post(critical().id("2bj" + i).monitor("monitor " + i).bytes());
        }
        // With the notice to the operator, which would else come at any later time.
        await().atMost(Duration.ofSeconds(15))
                .until(() -> service.count("alert WHERE parked IS NOT NULL AND parked_told = TRUE") == 3);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private void aMinutePasses() {
        service.execute("UPDATE parked_cause SET next_at = 0");
    }

    @Test
    void all_get_their_tickets_within_a_minute_after_the_cause_was_corrected() throws Exception {
        REDMINE.refuseNothing();
        aMinutePasses();

        await().atMost(Duration.ofSeconds(15)).until(() -> REDMINE.issues().size() == 3);
        await().until(() -> service.count("alert WHERE parked IS NOT NULL") == 0);
        assertThat(service.count("parked_cause")).isZero();
    }

    @Test
    void only_one_is_tried_while_it_is_not_corrected_and_the_log_says_nothing_of_it() throws Exception {
        await().until(service::isIdle);
        int before = REDMINE.requests().size();
        try (LoggedErrors log = LoggedErrors.of("dev.mackerelredmine", Level.INFO)) {
            aMinutePasses();
            await().atMost(Duration.ofSeconds(15))
                    .until(() -> REDMINE.requests().size() > before);
            await().until(service::isIdle);

            assertThat(log.messages()).isEmpty();
        }
        assertThat(REDMINE.requests().stream()
                        .skip(before)
                        .filter(request -> request.path().endsWith("/issues.json"))
                        .map(request -> request.body().replaceAll("(?s).*monitor (\\d).*", "$1"))
                        .distinct())
                .hasSize(1);
        assertThat(service.count("alert WHERE parked IS NOT NULL")).isEqualTo(3);
    }
}
