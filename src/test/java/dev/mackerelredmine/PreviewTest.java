package dev.mackerelredmine;

import static dev.mackerelredmine.mackerel.TestAlerts.OPENED;
import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static dev.mackerelredmine.mackerel.TestAlerts.fixture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mackerelredmine.fakeredmine.FakeRedmine;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("service")
class PreviewTest {

    @RegisterExtension
    final FakeRedmine redmine = new FakeRedmine();

    @TempDir
    Path folder;

    private RunningService preview() {
        return new RunningService(folder)
                .with("redmine.custom-field.monitor", "11")
                .with("redmine.custom-field.level", "22")
                .with("redmine.custom-field.host", "33");
    }

    @Test
    void shows_the_ticket_that_the_original_function_would_have_made() throws Exception {
        try (RunningService service = preview().start()) {
            service.post(fixture("original"));
            await().until(() -> service.previews().size() == 1);

            JsonNode issue = service.previews().get(0).get("issue");
            assertThat(issue.get("subject").asText()).matches("[A-Z]+: \\S.*");
            assertThat(issue.get("description").asText()).contains("\"url\" : \"[alert url]\"");
            assertThat(issue.get("custom_fields").findValuesAsText("id")).containsExactly("11", "22", "33");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8", "text/plain"})
    void shows_a_person_text_in_which_nothing_comes_alive(String accept) throws Exception {
        try (RunningService service = preview().start()) {
            service.post(
                    critical().monitor("<script>alert(1)</script>\u001b[31m").bytes());
            await().until(() -> service.previews().size() == 1);

            HttpResponse<String> shown = service.send(HttpRequest.newBuilder(service.management("/preview"))
                    .header("Accept", accept)
                    .build());

            assertThat(shown.headers().firstValue("Content-Type")).contains("text/plain; charset=utf-8");
            assertThat(shown.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(shown.body())
                    .startsWith("Ticket #1, alert example/2bj7ZsQ4bYh, ")
                    .contains("    subject = CRITICAL: web1 ", "  description:\n")
                    .doesNotContain("\u001b", "\\n");
        }
    }

    @Test
    void shows_what_an_example_policy_decides_in_its_own_words() throws Exception {
        try (RunningService service = preview()
                .withPolicy(Path.of("examples/policies/by-service.camel.yaml"))
                .start()) {
            service.post(fixture("service-critical"));
            await().until(() -> service.previews().size() == 1);

            assertThat(service.previews().get(0).at("/policy/project").asText()).isEqualTo("shop-operations");
            assertThat(service.previews().get(0).at("/policy/assignee").asText())
                    .isEqualTo("Hanako Yamada");
        }
    }

    @Test
    void shows_an_incident_from_its_beginning_to_its_end() throws Exception {
        List<String> hosts = List.of("web1", "web2", "db1");
        try (RunningService service = preview()
                .withPolicy(IncidentPolicy.in(folder))
                .with("incident.quiet", "0")
                .start()) {
            for (String host : hosts) {
                service.post(critical().id(host).host(host).bytes());
            }
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> service.previews().size() == 4);
            for (String host : hosts) {
                service.post(critical()
                        .id(host)
                        .host(host)
                        .recovered(OPENED.plusSeconds(600))
                        .bytes());
            }
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> service.previews().size() == 8);

            JsonNode end = service.previews().get(0);
            assertThat(end.get("alert").asText()).startsWith("example/incident-");
            assertThat(end.at("/issue/notes").asText()).contains("**OK** recovered");
            assertThat(end.at("/issue/description").asText()).contains("3, of which 0 are firing", "| #1 |", "db1");
            assertThat(end.at("/change/action").asText()).isEqualTo("incident-over");
        }
    }

    @Test
    void shows_an_alert_anew_after_a_new_start() throws Exception {
        for (int start = 1; start <= 2; start++) {
            try (RunningService service = preview().start()) {
                service.post(fixture("host-critical"));
                await().until(() -> service.previews().size() == 1);
            }
        }
    }

    @Test
    void never_delivers_later_what_came_in_during_a_preview() throws Exception {
        try (RunningService service = preview().start()) {
            service.post(critical().id("2bjPreviewed").bytes());
            await().until(() -> service.previews().size() == 1);
            service.execute("UPDATE problem SET delivered = 0, due_at = 0");
        }
        try (RunningService service = DeliverTest.deliveringTo(redmine, folder).start()) {
            service.post(critical().id("2bjDelivered").monitor("other").bytes());
            await().until(() -> !redmine.issues().isEmpty());
            await().until(() -> service.count("problem WHERE due_at IS NOT NULL AND stream = 'redmine'") == 0);

            assertThat(redmine.issues())
                    .singleElement()
                    .satisfies(issue -> assertThat(issue.description()).contains("2bjDelivered"));
        }
    }

    @Test
    void never_shows_as_a_preview_what_waits_to_be_delivered() throws Exception {
        redmine.stop();
        try (RunningService service = DeliverTest.deliveringTo(redmine, folder).start()) {
            service.post(critical().id("2bjWaiting").bytes());
        }
        try (RunningService service = preview().start()) {
            service.post(critical().id("2bjPreviewed").monitor("other").bytes());
            await().until(() -> service.previews().size() == 1);

            assertThat(service.previews().get(0).get("alert").asText()).endsWith("2bjPreviewed");
            assertThat(service.count("problem WHERE stream = 'redmine' AND delivered = 0"))
                    .isOne();
        }
        redmine.start();
        try (RunningService service = DeliverTest.deliveringTo(redmine, folder).start()) {
            await().until(() -> redmine.issues().size() == 1);
        }
    }
}
