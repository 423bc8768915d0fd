package dev.mackerelredmine;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static dev.mackerelredmine.mackerel.TestAlerts.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mackerelredmine.fakeredmine.FakeRedmine;
import dev.mackerelredmine.mackerel.TestAlerts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Tag("service")
class ReplayCommandTest {

    private static final String ALERT = "2bj7ZsQ4bYh";

    @RegisterExtension
    final FakeRedmine redmine = new FakeRedmine();

    @TempDir
    Path folder;

    private String replay(int exitCode, String... options) throws Exception {
        String[] arguments = new String[options.length + 1];
        arguments[0] = "replay";
        System.arraycopy(options, 0, arguments, 1, options.length);
        return output(exitCode, arguments);
    }

    private String output(int exitCode, String... arguments) throws Exception {
        Map<String, String> settings = new HashMap<>(
                Map.of("REDMINE_URL", redmine.url(), "REDMINE_APIKEY", redmine.apiKey(), "REDMINE_PROJECT", "alert"));
        settings.put("STORE_URL", "jdbc:sqlite:" + folder.resolve("data").resolve("store.db"));
        ServiceProcess process =
                new ServiceProcess(folder, arguments).with(settings).start();
        assertThat(process.exitCode()).as(process.output()).isEqualTo(exitCode);
        assertThat(process.output()).doesNotContain(redmine.apiKey());
        return process.output();
    }

    private RunningService service() {
        return DeliverTest.deliveringTo(redmine, folder);
    }

    private static void deliver(RunningService service, TestAlerts... alerts) throws Exception {
        for (TestAlerts alert : alerts) {
            assertThat(service.post(alert.bytes()).statusCode()).isEqualTo(202);
            await().atMost(Duration.ofSeconds(15)).until(service::isIdle);
        }
    }

    private void delivered(TestAlerts alert) throws Exception {
        try (RunningService service = service().start()) {
            deliver(service, alert);
        }
    }

    private static void untilIdle(RunningService service) {
        await().atMost(Duration.ofSeconds(15)).until(service::isIdle);
    }

    private Path skippingAll() throws Exception {
        return Files.writeString(folder.resolve("skipping.camel.yaml"), """
                - route:
                    id: policy
                    from:
                      uri: direct
                      parameters:
                        name: policy
                      steps:
                        - setVariable:
                            name: ticket.skip
                            expression:
                              constant:
                                expression: "nobody wants it"
                """);
    }

    @Test
    void changes_nothing_when_it_is_only_to_show_the_alerts() throws Exception {
        delivered(critical());

        assertThat(replay(0, "--alert", ALERT, "--dry-run"))
                .contains("example/" + ALERT, "Alerts that would be replayed: 1. Nothing was changed.");

        assertThat(output(0, "explain", "--alert", ALERT)).doesNotContain("-> replay");
    }

    @Test
    void works_out_anew_an_alert_that_an_older_policy_skipped() throws Exception {
        try (RunningService service = service().withPolicy(skippingAll()).start()) {
            deliver(service, critical(), ok());
        }
        assertThat(redmine.issues()).isEmpty();

        assertThat(replay(0, "--alert", ALERT))
                .contains("has no ticket: is worked out anew from all of its events (2)");

        try (RunningService service = service().start()) {
            untilIdle(service);
        }
        assertThat(redmine.issues())
                .singleElement()
                .satisfies(issue -> assertThat(issue.closed()).isTrue());
    }

    @Test
    void delivers_an_incident_that_was_parked_and_puts_the_tickets_of_its_alerts_below_it() throws Exception {
        redmine.refuseAt(Pattern.compile("Shop: 3 alerts since"), 422, "{\"errors\":[\"Subject is too long\"]}");
        String incident;
        try (RunningService service =
                service().withPolicy(IncidentPolicy.in(folder)).start()) {
            for (String host : List.of("web1", "web2", "db1")) {
                deliver(service, critical().id(host).host(host));
            }
            await().atMost(Duration.ofSeconds(15)).until(() -> service.count("alert WHERE parked IS NOT NULL") == 1);
            incident = service.text("alert_key FROM alert WHERE parked IS NOT NULL");
        }
        assertThat(redmine.issues()).hasSize(3);
        redmine.refuseNothing();

        assertThat(replay(0, "--alert", incident))
                .contains("example / Shop / incident", "parked: ", "Alerts to be delivered: 1");

        try (RunningService service =
                service().withPolicy(IncidentPolicy.in(folder)).start()) {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> service.count("ticket WHERE in_incident_by = 'parent'") == 3);
        }
        assertThat(redmine.issues())
                .hasSize(4)
                .filteredOn(issue -> issue.subject().startsWith("Shop: 3 alerts since"))
                .hasSize(1);
    }

    @Test
    void tells_a_ticket_nothing_twice() throws Exception {
        try (RunningService service = service().start()) {
            deliver(service, critical(), ok());
            int requests = redmine.requests().size();

            assertThat(replay(0, "--alert", ALERT)).contains("#1", "its ticket says all");

            untilIdle(service);
            assertThat(redmine.requests()).hasSize(requests);
        }
    }

    @Test
    void takes_each_name_that_a_person_has_for_an_alert_and_no_other() throws Exception {
        delivered(critical());

        for (String name : List.of(
                ALERT,
                "example/" + ALERT,
                "https://mackerel.io/orgs/example/alerts/" + ALERT,
                "https://mackerel.io/orgs/example/alerts/" + ALERT + "?from=mail",
                "#1")) {
            assertThat(replay(0, "--alert", name, "--dry-run"))
                    .as(name)
                    .contains("example/" + ALERT, "#1", "replayed: 1.");
        }
        for (String other : List.of("other/" + ALERT, "https://mackerel.io/orgs/other/alerts/" + ALERT, "#2")) {
            assertThat(replay(0, "--alert", other)).as(other).contains("nothing to replay");
        }
    }

    @Test
    void takes_no_ticket_of_a_preview_for_one_in_redmine() throws Exception {
        try (RunningService preview = new RunningService(folder).start()) {
            deliver(preview, critical());
        }

        assertThat(replay(0, "--alert", "#1")).contains("nothing to replay");
    }

    @Test
    void delivers_what_came_in_during_a_preview() throws Exception {
        try (RunningService preview = new RunningService(folder).start()) {
            deliver(preview, critical());
        }
        try (RunningService service = service().start()) {
            untilIdle(service);
            assertThat(redmine.issues()).isEmpty();

            assertThat(replay(0, "--since", "1h")).contains("example/" + ALERT, "came in during a preview");

            await().until(() -> service.count("ticket WHERE issue IS NOT NULL AND problem_id IN"
                            + " (SELECT id FROM problem WHERE stream = 'redmine')")
                    == 1);
            untilIdle(service);
        }
        assertThat(replay(0, "--since", "1h")).contains("nothing to replay");
        assertThat(redmine.issues()).hasSize(1);
    }

    @Test
    void has_nothing_to_replay_where_there_is_no_store() throws Exception {
        assertThat(replay(0, "--since", "1h")).contains("There is no store yet");
    }

    @Test
    void refuses_a_time_that_is_none() throws Exception {
        assertThat(replay(2, "--since", "yesterday")).contains("--since yesterday is not a time", "2h", "2026-11-20");
    }

    @Test
    void refuses_to_replay_nothing_in_particular_or_two_things_at_once() {
        CommandLine commands = Application.commandLine();

        assertThat(commands.execute("replay")).isEqualTo(2);
        assertThat(commands.execute("replay", "--alert", "x", "--since", "2h")).isEqualTo(2);
    }

    @Test
    void refuses_to_replay_where_no_redmine_is_set() throws Exception {
        ServiceProcess process = new ServiceProcess(folder, "replay", "--since", "1h").start();

        assertThat(process.exitCode()).isEqualTo(2);
        assertThat(process.output()).contains("no Redmine is set", "redmine.url (REDMINE_URL)");
    }
}
