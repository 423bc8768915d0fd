package dev.mackerelredmine.notice;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static dev.mackerelredmine.mackerel.TestAlerts.warning;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mackerelredmine.DeliverTest;
import dev.mackerelredmine.RunningService;
import dev.mackerelredmine.fakeredmine.FakeRedmine;
import dev.mackerelredmine.redmine.LoggedErrors;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The operator is notified once of what needs a person. As the routes are shipped, that is a line in the log. */
@Tag("service")
class OperatorNoticesTest {

    @RegisterExtension
    final FakeRedmine redmine = new FakeRedmine();

    @TempDir
    Path folder;

    private final LoggedErrors log = LoggedErrors.of("dev.mackerelredmine.routes", Level.INFO);
    private RunningService service;

    @BeforeEach
    void start() throws Exception {
        service = DeliverTest.deliveringTo(redmine, folder).start();
    }

    @AfterEach
    void stop() {
        service.close();
        log.close();
    }

    private void restartWith(String setting, String value) throws Exception {
        service.close();
        service = DeliverTest.deliveringTo(redmine, folder).with(setting, value).start();
    }

    private void post(String... ids) throws Exception {
        for (String id : ids) {
            assertThat(service.post(critical().id(id).monitor("monitor " + id).bytes())
                            .statusCode())
                    .isEqualTo(202);
        }
    }

    private List<String> notices(String beginning) {
        return log.messages().stream()
                .filter(message -> message.startsWith(beginning))
                .toList();
    }

    private void until(int times, String beginning) {
        await().atMost(Duration.ofSeconds(15)).until(() -> notices(beginning).size() == times);
        await().during(Duration.ofMillis(500)).until(() -> notices(beginning).size() == times);
    }

    @Test
    void says_by_file_and_line_which_step_of_the_operators_route_fails() throws Exception {
        Path file = Files.writeString(
                folder.resolve("own.camel.yaml"),
                Files.readString(Path.of("routes/operator.camel.yaml")).replace("\"${body}\"", "\"${body.titel}\""));
        service.close();
        service = DeliverTest.deliveringTo(redmine, folder).withOperator(file).start();
        redmine.stop();
        post("2bjA");

        until(1, "The operator could not be notified (");

        assertThat(notices("The operator could not be notified (").get(0))
                .contains(file + ", line ", "(route operator, step log): there is no \"titel\"")
                .hasLineCount(1);
    }

    @Test
    void once_that_redmine_is_away_and_once_that_it_is_back() throws Exception {
        redmine.stop();
        post("2bjA", "2bjB", "2bjC");
        until(1, "Redmine is away. Nothing has been delivered since ");
        redmine.start();
        until(1, "Redmine is back. It was away for ");

        await().untilAsserted(() -> assertThat(redmine.issues()).hasSize(3));
    }

    @Test
    void not_again_after_a_restart_that_redmine_is_away_and_not_before_it_is_known_that_it_is_back() throws Exception {
        redmine.stop();
        post("2bjA");
        until(1, "Redmine is away. ");
        restartWith("delivery.stuck-after", "10m");
        await().until(service::waitsForRedmine);
        until(1, "Redmine is away. ");

        assertThat(notices("Redmine is back. ")).isEmpty();
        redmine.start();
        until(1, "Redmine is back. ");
    }

    @Test
    void that_redmine_came_back_while_the_service_did_not_run() throws Exception {
        redmine.stop();
        post("2bjA");
        until(1, "Redmine is away. ");
        service.close();
        redmine.start();
        service = DeliverTest.deliveringTo(redmine, folder).start();

        until(1, "Redmine is back. ");
    }

    @Test
    void that_alerts_are_parked_and_of_each_once() throws Exception {
        redmine.refuseAt(Pattern.compile("subject"), 422, "{\"errors\":[\"Subject is odd\"]}");
        restartWith("delivery.stuck-after", "1s");
        post("2bjA");
        until(1, "Alerts are parked: 1. ");
        post("2bjB");
        until(2, "Alerts are parked: 1. ");

        assertThat(notices("Alerts are parked: 1. ").get(0)).contains("parked retry --all", "2bjA: ", "Subject is odd");
        assertThat(notices("Alerts are parked: 1. ").get(1)).contains("2bjB: ").doesNotContain("2bjA");
    }

    @Test
    void at_once_that_a_critical_alert_has_no_ticket_and_of_others_for_the_same_reason_later() throws Exception {
        redmine.refuseAt(Pattern.compile("subject"), 422, "{\"errors\":[\"Subject is odd\"]}");
        service.post(warning().id("2bjW").monitor("monitor 2bjW").bytes());
        until(1, "Alerts are parked: 1. ");
        post("2bjA");
        until(2, "Alerts are parked: 1. ");
        post("2bjB");
        await().until(() -> service.count("alert WHERE parked IS NOT NULL") == 3);
        until(2, "Alerts are parked: ");

        assertThat(notices("Alerts are parked: 1. ").get(1)).contains("2bjA: ");
    }

    @Test
    void that_something_waits_too_long() throws Exception {
        redmine.stop();
        restartWith("delivery.stuck-after", "1s");
        post("2bjA");

        until(1, "Alerts are not delivered. The oldest has waited since ");
    }

    @Test
    void that_posts_were_refused_by_answer_and_not_for_each_of_them() throws Exception {
        service.close();
        service = DeliverTest.deliveringTo(redmine, folder)
                .with("gate.rate", "1")
                .with("gate.burst", "2")
                .with("delivery.stuck-after", "2s")
                .start();
        assertThat(service.post("{".getBytes(UTF_8)).statusCode()).isEqualTo(400);
        until(1, "Posts were refused: ");
        post("2bjA");
        for (int i = 0; i < 5; i++) {
            service.post(critical().bytes());
        }
        until(2, "Posts were refused: ");

        assertThat(notices("Posts were refused: ").get(0))
                .startsWith("Posts were refused: 1. ")
                .contains("400 (1)");
        assertThat(notices("Posts were refused: ").get(1)).contains("429 (").doesNotContain("400");
    }

    @Test
    void that_posts_were_refused_when_the_store_can_be_used_again() throws Exception {
        service.execute("ALTER TABLE event RENAME TO not_there");
        assertThat(service.post(critical().bytes()).statusCode()).isEqualTo(503);
        assertThat(service.post(critical().bytes()).statusCode()).isEqualTo(503);
        service.execute("ALTER TABLE not_there RENAME TO event");

        until(1, "Posts were refused: 2. ");
        assertThat(notices("Posts were refused: 2. ").get(0)).contains("503 (2)");
    }

    @Test
    void of_nothing_that_is_no_post_to_the_webhook() throws Exception {
        service.send(HttpRequest.newBuilder(service.webhook()).build());
        service.send(HttpRequest.newBuilder(service.webhook().resolve("/other"))
                .POST(BodyPublishers.noBody())
                .build());
        service.post("text/plain", new byte[0]);

        until(1, "Posts were refused: 1. ");
        assertThat(notices("Posts were refused: 1. ").get(0)).contains("415 (1)");
    }

    @Test
    void of_a_backlog_how_much_it_is_and_when_it_will_be_delivered() throws Exception {
        redmine.stop();
        for (int i = 0; i < 60; i++) {
            post("A" + i);
        }
        until(1, "Redmine is away. ");
        service.close();
        // The one that is stopped says it 1.5 s after its start, where 60 posts took less than that.
        int saidBefore = notices("Waiting to be delivered: 60 notifications of 60 problems. ")
                .size();
        restartWith("redmine.max-requests-per-second", "1");
        await().until(service::waitsForRedmine);
        until(saidBefore + 1, "Waiting to be delivered: 60 notifications of 60 problems. ");
        redmine.start();
        until(1, "Redmine is back. ");

        assertThat(notices("Redmine is back. "))
                .singleElement()
                .asString()
                .containsPattern(
                        "Waiting to be delivered: (\\d+) notifications of \\1 problems\\. At the present pace all of them are"
                                + " delivered by 20\\S+ \\S+ \\S+, in (5\\d s|1 min)\\.");
    }
}
