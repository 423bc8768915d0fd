package dev.mackerelredmine;

import static dev.mackerelredmine.mackerel.TestAlerts.OPENED;
import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static dev.mackerelredmine.mackerel.TestAlerts.ok;
import static dev.mackerelredmine.mackerel.TestAlerts.warning;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mackerelredmine.fakemackerel.FakeAlert;
import dev.mackerelredmine.fakemackerel.FakeMackerel;
import dev.mackerelredmine.fakemackerel.FakeMonitor;
import dev.mackerelredmine.fakeredmine.FakeRedmine;
import dev.mackerelredmine.mackerel.TestAlerts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Tag("service")
class ExplainCommandTest {

    @RegisterExtension
    final FakeRedmine redmine = new FakeRedmine();

    @RegisterExtension
    final FakeMackerel mackerel = new FakeMackerel();

    @TempDir
    Path folder;

    private ServiceProcess explain(TestAlerts alert) throws Exception {
        Path file = Files.write(folder.resolve("notification.json"), alert.bytes());
        return process("explain", file.toString());
    }

    private ServiceProcess process(String... arguments) throws Exception {
        Map<String, String> settings = new HashMap<>(Map.of(
                "REDMINE_URL",
                redmine.url(),
                "REDMINE_APIKEY",
                redmine.apiKey(),
                "REDMINE_PROJECT",
                "alert",
                "REDMINE_TRACKER",
                "Alert"));
        settings.put("STORE_URL", "jdbc:sqlite:" + folder.resolve("data").resolve("store.db"));
        return new ServiceProcess(folder, arguments).with(settings);
    }

    /** A ticket that a service made, which then was stopped, or runs on. */
    private RunningService delivered(TestAlerts... alerts) throws Exception {
        RunningService service = DeliverTest.deliveringTo(redmine, folder).start();
        for (TestAlerts alert : alerts) {
            service.post(alert.bytes());
            await().atMost(Duration.ofSeconds(15)).until(service::isIdle);
        }
        return service;
    }

    private static String output(ServiceProcess process, int exitCode) throws Exception {
        process.start();
        assertThat(process.exitCode()).as(process.output()).isEqualTo(exitCode);
        return process.output();
    }

    @Test
    void says_how_a_notification_is_read_decided_and_written_and_sends_nothing() throws Exception {
        RouteFiles.withTeamPolicy(RouteFiles.copyTo(folder), "constant: \"{{redmine.project:-}}\"", "constant: alert");

        String output = output(explain(critical()), 0);

        assertThat(output)
                .contains("alert     example/2bj7ZsQ4bYh, critical, open", "monitor   CPU %", "ticket    none yet")
                .contains("ticket.project = ", "project   alert", "tracker   Alert")
                .contains("next      create", "request   POST /projects/alert/issues.json")
                .contains("CRITICAL: web1 CPU %\n", "\"trackerId\" : ".replace("trackerId", "tracker_id"))
                .doesNotContain(redmine.apiKey());
        assertThat(redmine.requests()).extracting(FakeRedmine.Request::method).containsOnly("GET");
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void says_which_ticket_a_notification_would_change_and_how_beside_a_running_service() throws Exception {
        try (RunningService service = delivered(critical())) {
            String output = output(explain(ok()), 0);

            assertThat(output)
                    .contains("ticket    #1", "why       it recovered, its ticket is open", "next      close")
                    .contains("request   PUT /issues/1.json", "\"status_id\" : ");
            assertThat(service.count("event")).isOne();
        }
        assertThat(redmine.issues())
                .singleElement()
                .satisfies(issue -> assertThat(issue.closed()).isFalse());
    }

    @Test
    void says_who_was_notified_of_an_alert_by_what_and_what_came_of_it() throws Exception {
        try (RunningService service = delivered(critical())) {
            service.execute(
                    "INSERT INTO escalation (id, stream, ticket_id, policy_name, policy, starts_at, round, step, due_at)"
                            + " VALUES (1, 'redmine', 1, 'critical-alerts', '{}', 1000, 1, 1, 601000)");
            service.execute("INSERT INTO escalation_step (escalation_id, round, step, at, why)"
                    + " VALUES (1, 1, 0, 2000, 'Hanako Yamada by slack')");
            service.execute(
                    "INSERT INTO page (stream, escalation_id, kind, round, step, person, means, is_group, state, why, at)"
                            + " VALUES ('redmine', 1, 'page', 1, 0, 'Hanako Yamada', 'slack', FALSE, 'failed', 'Slack is away', 3000)");
        }

        String output = output(process("explain", "--alert", "2bj7ZsQ4bYh"), 0);

        assertThat(output)
                .containsSubsequence(
                        "Escalation by critical-alerts, from ",
                        ":02 round 1, step 1: Hanako Yamada by slack\n",
                        ":03 -> page to Hanako Yamada by slack, failed: Slack is away\n",
                        "now       round 1, step 2 is due at ",
                        "What is next");
    }

    @Test
    void says_of_an_incident_and_of_its_alerts_what_belongs_where() throws Exception {
        RunningService service = DeliverTest.deliveringTo(redmine, folder)
                .withPolicy(IncidentPolicy.in(folder))
                .with("incident.children", "3")
                .start();
        String incident;
        String key;
        try (service) {
            for (String host : List.of("web1", "web2", "web3", "web4")) {
                service.post(critical().id(host).host(host).bytes());
                await().atMost(Duration.ofSeconds(15)).until(() -> reported(service, host));
            }
            await().atMost(Duration.ofSeconds(15))
                    .until(() -> service.count("ticket WHERE in_incident IS NOT NULL") == 3);
            incident = service.text(
                    "t.issue FROM ticket t JOIN alert a ON a.ticket_id = t.id WHERE a.incident_role = 'incident'");
            key = service.text("alert_key FROM alert WHERE incident_role = 'incident'");
        }

        assertThat(output(process("explain", "--alert", "web1"), 0))
                .contains(
                        "incident  #" + incident + ", as a subtask", "shown with incident #" + incident + " by parent");
        assertThat(output(process("explain", "--alert", "#" + incident), 0))
                .contains("incident  of 4 alerts, 4 of which fire")
                .contains("incident  #" + incident + ", as a line of its list");
        assertThat(output(process("explain", "--alert", key), 0))
                .contains("problem   example / Shop / incident\n", "ticket    #" + incident + "\n")
                .contains(" critical since ", " its list is to be written anew\n")
                .contains(" -> create #" + incident + ": it fires\n");
    }

    private static boolean reported(RunningService service, String host) {
        return service.count("alert WHERE status = 'critical' AND alert_key = '" + host + "'") == 1;
    }

    @Test
    void says_what_came_in_for_an_alert_what_was_done_and_why() throws Exception {
        delivered(warning(), critical().statusChangedAt(OPENED.plusSeconds(60)), ok())
                .close();

        String output = output(process("explain", "--alert", "2bj7ZsQ4bYh"), 0);

        assertThat(output)
                .contains("Alert example/2bj7ZsQ4bYh", "ticket    #1")
                .containsSubsequence(
                        "warning since",
                        "-> create #1: it fires",
                        "critical since",
                        "-> worse #1: it got worse, or fires again, its ticket is open",
                        "ok since",
                        "-> close #1: it recovered, its ticket is open (closed)")
                .contains("its ticket says all that was posted");
    }

    @Test
    void says_what_was_found_by_asking_mackerel_and_why_an_alert_has_no_ticket() throws Exception {
        mackerel.withChannel("ours", "https://alerts.example.jp/mackerel");
        FakeMonitor muted = mackerel.monitor(mackerel.hostMonitor("Disk %").muted());
        String web1 = mackerel.host("web1");
        Instant before = Instant.now().minus(Duration.ofMinutes(5));
        FakeAlert found = mackerel.open(mackerel.hostMonitor("CPU %"), web1, "CRITICAL", before);
        FakeAlert alone = mackerel.open(muted, web1, "CRITICAL", before);
        try (RunningService service = DeliverTest.deliveringTo(redmine, folder)
                .with("mackerel.apikey", FakeMackerel.KEY)
                .with("mackerel.url", mackerel.url())
                .start()) {
            await().atMost(Duration.ofSeconds(30)).until(() -> redmine.issues().size() == 1 && service.isIdle());
        }

        assertThat(output(process("explain", "--alert", found.id()), 0))
                .containsSubsequence(
                        "found by asking Mackerel, no webhook reported it: critical since", "-> create #1: it fires");
        assertThat(output(process("explain", "--alert", alone.id()), 0))
                .contains("/" + alone.id() + " is critical at Mackerel, and gets no ticket: its monitor is muted");
    }

    @Test
    void says_why_an_alert_waits() throws Exception {
        RunningService service = delivered(warning());
        redmine.stop();
        service.post(critical().statusChangedAt(OPENED.plusSeconds(60)).bytes());
        await().until(() -> service.count("problem WHERE failure IS NOT NULL") == 1);
        service.close();

        String output = output(process("explain", "--alert", "2bj7ZsQ4bYh"), 0);

        assertThat(output).contains("waits     GET /issues/1.json failed", "does not answer", "next      show");
    }

    @Test
    void says_what_cannot_be_read() throws Exception {
        Path file = Files.writeString(folder.resolve("broken.json"), "{\"event\":\"alert\"}");

        assertThat(output(process("explain", file.toString()), 1))
                .isEqualTo("Mackerel would be answered 400, and nothing would be kept:"
                        + " alert is missing, and the event is an alert\n");
    }

    @Test
    void says_that_what_is_no_alert_is_only_kept() throws Exception {
        assertThat(output(
                        process(
                                "explain",
                                Path.of("src/test/resources/mackerel/host-retire.json")
                                        .toAbsolutePath()
                                        .toString()),
                        0))
                .contains("event     hostRetire", "kept for the record");
    }

    /** As a person asks who has none of the service's settings at hand. */
    private ServiceProcess withoutRedmine(String... arguments) throws Exception {
        return new ServiceProcess(folder, arguments)
                .with(Map.of(
                        "STORE_URL",
                        "jdbc:sqlite:" + folder.resolve("data").resolve("store.db"),
                        "TICKET_TIME_ZONE",
                        "Pacific/Chatham"));
    }

    @Test
    void finds_an_alert_by_each_name_that_a_person_has_for_it_without_the_services_environment_and_by_no_other()
            throws Exception {
        delivered(critical()).close();

        for (String name : List.of(
                "2bj7ZsQ4bYh",
                "example/2bj7ZsQ4bYh",
                "https://mackerel.io/orgs/example/alerts/2bj7ZsQ4bYh",
                "https://mackerel.io/orgs/example/alerts/2bj7ZsQ4bYh?from=mail",
                "#1")) {
            assertThat(output(withoutRedmine("explain", "--alert", name), 0))
                    .as(name)
                    .contains("Alert example/2bj7ZsQ4bYh", "ticket    #1", "-> create #1: it fires")
                    .contains("times of Pacific/Chatham")
                    .contains("Redmine   none is set");
        }
        for (String other : List.of("other/2bj7ZsQ4bYh", "https://mackerel.io/orgs/other/alerts/2bj7ZsQ4bYh", "#2")) {
            assertThat(output(withoutRedmine("explain", "--alert", other), 1))
                    .as(other)
                    .contains("There is no alert " + other, "No Redmine is set for this command");
        }
    }

    @Test
    void shows_the_history_of_an_alert_whose_policy_fails_and_says_where() throws Exception {
        delivered(critical()).close();
        RouteFiles.withTeamPolicy(
                RouteFiles.copyTo(folder), "${body.alert.status} == 'crit", "${body.alert.staus} == 'crit");

        assertThat(output(process("explain", "--alert", "2bj7ZsQ4bYh"), 1))
                .contains("-> create #1: it fires")
                .contains(
                        "policy    fails, so the alert waits: routes/policy.camel.yaml, line 15 (route policy, step choice):"
                                + " there is no \"staus\"")
                .doesNotContain("\tat ");
    }

    private void policyCalls(String route) throws Exception {
        Path routes = RouteFiles.copyTo(folder);
        Files.writeString(routes.resolve("policy.camel.yaml"), """
                - route:
                    id: policy
                    from:
                      uri: direct
                      parameters:
                        name: policy
                      steps:
                        - to:
                            uri: direct
                            parameters:
                              name: %s
                """.formatted(route));
        Files.writeString(routes.resolve("my-rules.camel.yaml"), """
                - route:
                    id: my-rules
                    from:
                      uri: direct
                      parameters:
                        name: my-rules
                      steps:
                        - setVariable:
                            name: ticket.project
                            constant: shop-operations
                - route:
                    id: my-timer
                    from:
                      uri: timer
                      parameters:
                        timerName: my-timer
                        delay: "-1"
                      steps:
                        - log:
                            loggingLevel: WARN
                            message: "began by itself"
                """);
    }

    @Test
    void follows_a_policy_into_a_file_that_an_engineer_added_and_begins_nothing_that_is_not_called() throws Exception {
        policyCalls("my-rules");

        assertThat(output(explain(critical()), 0))
                .contains("shop-operations")
                .doesNotContain("began by itself", "my-timer");
    }

    @Test
    void refuses_a_policy_that_calls_what_is_in_no_file() throws Exception {
        policyCalls("my-rulse");

        assertThat(output(explain(critical()), 2))
                .contains("routes/policy.camel.yaml, line 8: no route begins with direct:my-rulse: is my-rules meant?");
    }

    @Test
    void refuses_no_policy_that_calls_a_route_of_the_service_for_some_alerts() throws Exception {
        policyCalls("operator");

        assertThat(output(explain(critical()), 1)).contains("policy    fails").doesNotContain("no route begins");
    }

    @Test
    void says_that_there_is_no_such_alert() throws Exception {
        assertThat(output(process("explain", "--alert", "2bjNone"), 1))
                .isEqualTo("There is no alert 2bjNone in jdbc:sqlite:" + folder.resolve("data/store.db") + ".\n");
    }

    @Test
    void refuses_to_explain_nothing() throws Exception {
        assertThat(output(process("explain"), 2)).contains("FILE", "--alert");
    }
}
