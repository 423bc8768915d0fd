package dev.mackerelredmine;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mackerelredmine.fakeredmine.FakeIssue.Attachment;
import dev.mackerelredmine.fakeredmine.FakeRedmine;
import dev.mackerelredmine.mackerel.TestAlerts;
import dev.mackerelredmine.redmine.LoggedErrors;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.model.BeanDefinition;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From a notification that points to a graph to the ticket that has it; GraphFetcherTest has the fetching itself. */
@Tag("service")
class GraphFetchTest {

    private static final byte[] PNG = "\u0089PNG\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1);
    private static final TestAlerts ALERT = critical().id("2bjGraph");

    @RegisterExtension
    final FakeRedmine redmine = new FakeRedmine();

    @TempDir
    Path folder;

    private RunningService service;

    @BeforeEach
    void start() throws Exception {
        service = DeliverTest.deliveringTo(redmine, folder)
                .with("ticket.graphs", "true")
                .start();
        service.post(ALERT.bytes());
        await().atMost(Duration.ofSeconds(15)).until(service::isIdle);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private void replaceTheFetching() throws Exception {
        AdviceWith.adviceWith(
                service.camelContext(),
                "graph-fetch",
                route -> route.weaveByType(BeanDefinition.class)
                        .selectFirst()
                        .replace()
                        .setBody()
                        .constant(PNG));
    }

    private void fetch(String imageUrl) {
        service.camelContext()
                .createProducerTemplate()
                .sendBody(
                        "seda:graph-fetch", ALERT.withTop("imageUrl", imageUrl).notification());
    }

    @Test
    void attaches_a_graph_that_came_in_after_the_ticket_was_made() throws Exception {
        replaceTheFetching();

        fetch("https://mackerel.io/embed/public/1.png");

        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThat(redmine.issues())
                        .singleElement()
                        .satisfies(issue -> assertThat(issue.attachments())
                                .containsExactly(new Attachment(
                                        "mackerel-2bjGraph-20261120T000000Z.png", "image/png", PNG.length))));
    }

    @ParameterizedTest
    @CsvSource({
        "500,''",
        "404,''",
        "422,'{\"errors\":[\"too large\"]}'",
        "413,<html>too large</html>",
        "200,<html>Sign in</html>",
        "406,''"
    })
    void does_not_hold_up_a_ticket_whose_graph_redmine_does_not_take(int status, String answer) throws Exception {
        replaceTheFetching();
        redmine.refuseAt(Pattern.compile("^\\x{89}PNG", Pattern.DOTALL), status, answer);
        fetch("https://mackerel.io/embed/public/1.png");
        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThat(redmine.issues())
                        .singleElement()
                        .satisfies(issue -> assertThat(issue.notes())
                                .singleElement()
                                .asString()
                                .contains("The graph is not attached")));
        service.post(ALERT.recovered(TestAlerts.OPENED.plusSeconds(60)).bytes());
        await().atMost(Duration.ofSeconds(15)).until(service::isIdle);

        assertThat(redmine.issues()).singleElement().satisfies(issue -> {
            assertThat(issue.closed()).isTrue();
            assertThat(issue.notes()).hasSize(2);
        });
        assertThat(service.count("graph")).isZero();
    }

    @Test
    void creates_a_ticket_with_its_graph_where_that_came_in_before() throws Exception {
        replaceTheFetching();
        redmine.stop();
        TestAlerts other = critical().id("2bjOther").monitor("other").withTop("imageUrl", "https://mackerel.io/1.png");
        service.post(other.bytes());
        await().atMost(Duration.ofSeconds(15)).until(() -> service.count("graph") == 1);
        await().until(service::waitsForRedmine);
        redmine.start();
        await().atMost(Duration.ofSeconds(15)).until(service::isIdle);

        assertThat(redmine.issues())
                .filteredOn(issue -> issue.subject().contains("other"))
                .singleElement()
                .satisfies(issue -> {
                    assertThat(issue.attachments()).hasSize(1);
                    assertThat(issue.description()).contains("![](mackerel-2bjOther-20261120T000000Z.png)");
                    assertThat(issue.notes()).isEmpty();
                });
    }

    @Test
    void fetches_the_graph_of_a_new_alert_once() throws Exception {
        TestAlerts other = critical().id("2bjOther").withTop("imageUrl", "https://graph.invalid/1.png");
        try (LoggedErrors log = LoggedErrors.of("dev.mackerelredmine.graph", Level.WARN)) {
            service.post(other.bytes());
            service.post(other.bytes());

            await().atMost(Duration.ofSeconds(15)).until(service::isIdle);
            await().atMost(Duration.ofSeconds(15)).until(() -> !log.messages().isEmpty());
            assertThat(log.messages()).hasSize(1);
        }
    }

    @Test
    void leaves_a_ticket_as_it_is_when_its_graph_cannot_be_had() {
        try (LoggedErrors log = LoggedErrors.of("dev.mackerelredmine.graph", Level.WARN)) {
            fetch("https://graph.invalid/1.png");

            await().atMost(Duration.ofSeconds(15)).until(() -> !log.messages().isEmpty());
        }
        assertThat(service.count("graph")).isZero();
        assertThat(redmine.requests()).hasSize(1);
    }
}
