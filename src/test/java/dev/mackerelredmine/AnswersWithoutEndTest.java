package dev.mackerelredmine;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mackerelredmine.fakeredmine.FakeRedmine;
import dev.mackerelredmine.redmine.LoggedErrors;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** No answer holds a worker for ever, and none fills the memory. */
@Tag("service")
class AnswersWithoutEndTest {

    @RegisterExtension
    static final FakeRedmine REDMINE = new FakeRedmine();

    @TempDir
    Path folder;

    private RunningService service;

    @BeforeEach
    void start() throws Exception {
        service = DeliverTest.deliveringTo(REDMINE, folder)
                .with("redmine.connect-timeout", "1s")
                .with("redmine.response-timeout", "500ms")
                .with("redmine.proxy-user", "gateway")
                .with("redmine.proxy-password", "pass:word")
                .start();
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private void post() throws Exception {
        assertThat(service.post(critical().bytes()).statusCode()).isEqualTo(202);
    }

    @Test
    void gives_up_an_answer_that_trickles_and_finds_what_it_created() throws Exception {
        try (LoggedErrors log = LoggedErrors.of("dev.mackerelredmine.routes", Level.WARN)) {
            REDMINE.trickleAnswer(Duration.ofMillis(100));
            post();
            await().atMost(Duration.ofSeconds(20)).until(service::isIdle);

            assertThat(log.messages()).anyMatch(line -> line.contains("the whole answer did not come within"));
        }
        assertThat(REDMINE.issues()).hasSize(1);
    }

    @Test
    void gives_up_an_answer_that_is_too_large() throws Exception {
        try (LoggedErrors log = LoggedErrors.of("dev.mackerelredmine.routes", Level.WARN)) {
            REDMINE.answerWithoutEnd();
            post();
            await().atMost(Duration.ofSeconds(20)).until(service::isIdle);

            assertThat(log.messages()).anyMatch(line -> line.contains("the answer is larger than"));
        }
        assertThat(REDMINE.issues()).hasSize(1);
    }

    @Test
    void says_to_a_proxy_in_front_of_redmine_who_it_is() throws Exception {
        post();
        await().atMost(Duration.ofSeconds(20)).until(service::isIdle);

        assertThat(REDMINE.requests())
                .isNotEmpty()
                .allSatisfy(request -> assertThat(request.header("Authorization"))
                        .isEqualTo("Basic "
                                + Base64.getEncoder()
                                        .encodeToString("gateway:pass:word".getBytes(StandardCharsets.UTF_8))));
    }
}
