package dev.mackerelredmine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mackerelredmine.fakeredmine.FakeRedmine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The check as an operator starts it, and as the service makes it after its start. */
@Tag("service")
class CheckCommandTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @RegisterExtension
    final FakeRedmine redmine = new FakeRedmine();

    @TempDir
    Path folder;

    private ServiceProcess process(String... arguments) throws Exception {
        return new ServiceProcess(folder, arguments)
                .with(Map.of(
                        "REDMINE_URL", redmine.url(),
                        "REDMINE_APIKEY", redmine.apiKey(),
                        "REDMINE_PROJECT", "alert"));
    }

    @Test
    void prints_a_table_and_nothing_else() throws Exception {
        ServiceProcess check = process("check").start();

        assertThat(check.exitCode()).isZero();
        assertThat(check.output().lines())
                .element(1)
                .asString()
                .matches("ok +redmine\\.url +http://127\\.0\\.0\\.1:\\d+ answers by plain http");
        assertThat(check.output())
                .endsWith("Nothing is wrong.\n")
                .doesNotContain(redmine.apiKey(), "INFO", "WARN", "\u001b");
    }

    @Test
    void ends_with_1_and_says_what_to_do_where_something_is_wrong() throws Exception {
        ServiceProcess check =
                process("check").with(Map.of("REDMINE_TRACKER", "Alarm")).start();

        assertThat(check.exitCode()).isEqualTo(1);
        assertThat(check.output())
                .containsPattern("(?m)^wrong +redmine.tracker +there is no tracker \"Alarm\"$")
                .containsPattern("(?m)^ +-> Set one of: Bug, Alert$")
                .endsWith("Wrong: 1\n");
    }

    @Test
    void prints_json_where_it_is_asked_to() throws Exception {
        ServiceProcess check = process("check", "--json")
                .with(Map.of("REDMINE_TRACKER", "Alarm"))
                .start();

        assertThat(check.exitCode()).isEqualTo(1);
        assertThat(JSON.readTree(check.output()))
                .extracting(JsonNode::toString)
                .contains("{\"subject\":\"redmine.tracker\",\"verdict\":\"wrong\","
                        + "\"found\":\"there is no tracker \\\"Alarm\\\"\",\"advice\":\"Set one of: Bug, Alert\"}");
    }

    @Test
    void ends_with_1_and_without_a_stack_trace_where_redmine_is_away() throws Exception {
        redmine.stop();
        ServiceProcess check = process("check").start();

        assertThat(check.exitCode()).isEqualTo(1);
        assertThat(check.output()).contains("Connection refused", "not checked").doesNotContain("\tat ", "Exception");
    }

    @Test
    void refuses_settings_that_cannot_work() throws Exception {
        ServiceProcess check =
                process("check").with(Map.of("REDMINE_SETTLE_TIME", "soon")).start();

        assertThat(check.exitCode()).isEqualTo(2);
        assertThat(check.output()).contains("redmine.settle-time (REDMINE_SETTLE_TIME) is \"soon\"");
        assertThat(redmine.requests()).isEmpty();
    }

    @Test
    void checks_the_routes_alone_in_a_preview() throws Exception {
        ServiceProcess check = new ServiceProcess(folder, "check").start();

        assertThat(check.exitCode()).as(check.output()).isZero();
        assertThat(check.output())
                .containsPattern(
                        "(?m)^ok +routes/policy.camel.yaml \\(in the jar\\) +decides about alerts of each kind$")
                .contains("none is set, so nothing was asked", "REDMINE_URL", "REDMINE_APIKEY", "REDMINE_PROJECT");
    }

    @Test
    void makes_no_test_ticket_in_a_preview() throws Exception {
        ServiceProcess check = new ServiceProcess(folder, "check", "--ticket").start();

        assertThat(check.exitCode()).isEqualTo(2);
        assertThat(check.output()).contains("no Redmine is set that could take a test ticket");
    }

    @Test
    void makes_and_closes_a_test_ticket_where_it_is_asked_to() throws Exception {
        ServiceProcess check = process("check", "--ticket").start();

        assertThat(check.exitCode()).as(check.output()).isZero();
        assertThat(check.output()).containsPattern("(?m)^ok +test ticket: closed +#1 .* is Closed$");
        assertThat(redmine.issues()).hasSize(1);
    }

    // --- the routes

    @Test
    void names_a_step_of_the_policy_that_fails_for_some_alerts() throws Exception {
        RouteFiles.withTeamPolicy(
                RouteFiles.copyTo(folder), "${body.alert.status} == 'warning'", "${body.alert.staus} == 'warning'");
        ServiceProcess check = process("check").start();

        assertThat(check.exitCode()).isEqualTo(1);
        assertThat(check.output())
                .containsPattern("(?m)^wrong +routes/policy.camel.yaml +routes/policy.camel.yaml, line \\d+ .*staus");
    }

    @Test
    void names_a_mistake_in_any_file_of_routes() throws Exception {
        Path operator = RouteFiles.copyTo(folder).resolve("operator.camel.yaml");
        Files.writeString(operator, Files.readString(operator).replace("- log:", "- lgo:"));
        ServiceProcess check = process("check").start();

        assertThat(check.exitCode()).isEqualTo(2);
        assertThat(check.output()).contains("routes/operator.camel.yaml, line").doesNotContain("\tat ");
    }

    @Test
    void works_beside_a_service_and_opens_neither_its_ports_nor_its_store() throws Exception {
        try (ServiceProcess service = process().start().untilItRuns()) {
            Map<String, String> samePorts = Map.of("SERVER_PORT", Integer.toString(service.port()));
            ServiceProcess check = process("check").with(samePorts).start();

            assertThat(check.exitCode()).as(check.output()).isZero();
        }
    }

    @Test
    void makes_no_store() throws Exception {
        assertThat(process("check").start().exitCode()).isZero();

        assertThat(folder.resolve("data")).doesNotExist();
    }

    // --- after the start of the service

    @Test
    void is_made_after_the_start_and_says_in_one_line_that_all_is_well() throws Exception {
        try (ServiceProcess service = process("run").start().untilItRuns()) {
            await().atMost(Duration.ofSeconds(20)).until(() -> service.output().contains("Redmine is set up as"));

            assertThat(service.output()).doesNotContain("WARN", "ERROR");
        }
    }

    @Test
    void warns_after_the_start_of_each_thing_that_is_wrong() throws Exception {
        try (ServiceProcess service = process("run")
                .with(Map.of("REDMINE_TRACKER", "Alarm", "REDMINE_PRIORITY_CRITICAL", "Panic"))
                .start()
                .untilItRuns()) {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> service.output().contains("redmine.priority.critical: "));

            assertThat(service.output())
                    .contains("WARN  Redmine: redmine.tracker: there is no tracker \"Alarm\". Set one of: Bug, Alert")
                    .doesNotContain("Redmine is set up as");
        }
    }

    @Test
    void warns_in_one_line_that_redmine_is_away_and_runs_all_the_same() throws Exception {
        redmine.stop();
        try (ServiceProcess service = process("run").start().untilItRuns()) {
            await().atMost(Duration.ofSeconds(20)).until(() -> service.output().contains("WARN"));

            assertThat(service.output().lines().filter(line -> line.contains("WARN")))
                    .singleElement()
                    .asString()
                    .contains("does not answer");
            assertThat(service.output()).doesNotContain("\tat ", "Exception");
        }
    }

    @Test
    void is_not_made_in_a_preview() throws Exception {
        try (ServiceProcess service = new ServiceProcess(folder, "run").start().untilItRuns()) {
            assertThat(service.output()).contains("PREVIEW").doesNotContain("WARN");
        }
    }
}
