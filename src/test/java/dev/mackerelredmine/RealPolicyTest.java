package dev.mackerelredmine;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mackerelredmine.redmine.RealRedmine;
import dev.mackerelredmine.redmine.RedmineCaller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Redmine gives a policy what it names, and takes a ticket for which half of the names are wrong. */
@Tag("service")
class RealPolicyTest {

    private static final String POLICY = """
            - route:
                id: policy
                from:
                  uri: direct
                  parameters:
                    name: policy
                  steps:
                    - setVariable: {name: ticket.project, expression: {constant: {expression: Alerts}}}
                    - setVariable: {name: ticket.tracker, expression: {constant: {expression: Alarm}}}
                    - setVariable: {name: ticket.priority, expression: {constant: {expression: Highest}}}
                    - setVariable: {name: ticket.assignee, expression: {constant: {expression: dev Test}}}
                    - setVariable: {name: ticket.category, expression: {constant: {expression: Servers}}}
                    - setVariable: {name: ticket.watchers, expression: {constant: {expression: "Ops, Noone, 999999"}}}
                    - setVariable: {name: ticket.dueDate, expression: {constant: {expression: 3d}}}
            """;

    @TempDir
    Path folder;

    private RealRedmine redmine;

    @BeforeEach
    void findRedmine() throws IOException {
        redmine = RealRedmine.find();
    }

    @Test
    void gives_what_it_has_and_takes_the_rest_for_a_remark() throws Exception {
        String id = "2bjPolicy" + System.nanoTime();
        Path policy = Files.writeString(folder.resolve("my.camel.yaml"), POLICY);
        try (RunningService service = new RunningService(folder)
                .withSharedRedmine()
                .with("redmine.url", redmine.url())
                .with("redmine.apikey", redmine.id("key_bot"))
                .with("redmine.project", "alert")
                .with("redmine.tracker", redmine.id("tracker_alert"))
                .withPolicy(policy)
                .start()) {
            service.post(critical().id(id).monitor(id).bytes());
            await().atMost(Duration.ofSeconds(30)).until(service::isIdle);
        }

        JsonNode issue = issueOf(id);
        assertThat(issue.at("/project/name").asText()).isEqualTo("Alerts");
        assertThat(issue.at("/tracker/name").asText()).isEqualTo("Alert");
        assertThat(issue.at("/assigned_to/name").asText()).isEqualTo("dev Test");
        assertThat(issue.at("/category/name").asText()).isEqualTo("Servers");
        assertThat(issue.at("/watchers").findValuesAsText("name"))
                .filteredOn(name -> !name.equals("bot Test")) // its author, since 5.1
                .containsExactly("Ops");
        assertThat(LocalDate.parse(issue.path("due_date").asText()))
                .isBetween(LocalDate.now().plusDays(2), LocalDate.now().plusDays(3));
        assertThat(issue.path("description").asText()).contains("Alarm", "Highest", "Noone", "999999");
    }

    private JsonNode issueOf(String id) {
        RedmineCaller caller = new RedmineCaller(redmine.url(), redmine.id("key_bot"));
        String number = caller.get("/issues.json?f[]=subject&op[subject]=~&v[subject][]=" + id)
                .json()
                .at("/issues/0/id")
                .asText();
        return caller.get("/issues/" + number + ".json?include=watchers").json().path("issue");
    }
}
