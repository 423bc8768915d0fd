package dev.mackerelredmine;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static dev.mackerelredmine.mackerel.TestAlerts.warning;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mackerelredmine.fakeredmine.FakeIssue;
import dev.mackerelredmine.fakeredmine.FakeRedmine;
import dev.mackerelredmine.mackerel.TestAlerts;
import dev.mackerelredmine.redmine.LoggedErrors;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a policy that an engineer wrote makes of a ticket, whatever it names or forgets. */
@Tag("service")
class PolicyRouteTest {

    private static final String HEAD = """
            - route:
                id: policy
                from:
                  uri: direct
                  parameters:
                    name: policy
                  steps:
            """;
    private static final String STEP = """
                    - setVariable:
                        name: %s
                        expression:
                          simple:
                            expression: "%s"
            """;

    @RegisterExtension
    final FakeRedmine redmine = new FakeRedmine();

    @TempDir
    Path folder;

    private RunningService service;

    private void startWith(String... variablesAndValues) throws Exception {
        service = DeliverTest.deliveringTo(redmine, folder)
                .withPolicy(policy(variablesAndValues))
                .start();
    }

    /** Sets the variables in turn: a name, a value, a name, a value. */
    private Path policy(String... variablesAndValues) throws IOException {
        StringBuilder policy = new StringBuilder(HEAD);
        for (int i = 0; i < variablesAndValues.length; i += 2) {
            policy.append(STEP.formatted(variablesAndValues[i], variablesAndValues[i + 1]));
        }
        return Files.writeString(folder.resolve("my.camel.yaml"), policy);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private FakeIssue ticketOf(TestAlerts alert) throws Exception {
        service.post(alert.bytes());
        await().atMost(Duration.ofSeconds(15)).until(service::isIdle);
        return redmine.issues().get(redmine.issues().size() - 1);
    }

    private List<String> requests() {
        return redmine.requests().stream()
                .map(request -> request.method() + " " + request.path()
                        + (request.query() == null ? "" : "?" + request.query()))
                .toList();
    }

    @Test
    void is_as_the_settings_say_where_the_policy_decides_nothing_with_one_request() throws Exception {
        startWith("other", "x");

        FakeIssue ticket = ticketOf(critical());

        assertThat(ticket.project()).isEqualTo("alert");
        assertThat(ticket.tracker()).isEqualTo("Alert");
        assertThat(ticket.assignee()).isEqualTo("dev");
        assertThat(requests()).containsExactly("POST /projects/alert/issues.json");
    }

    /** One line in webhook.camel.yaml, and the policy sees the path. */
    @Test
    void has_a_project_of_its_own_for_a_channel_of_its_own() throws Exception {
        String webhook = Files.readString(Path.of("routes/webhook.camel.yaml"));
        assertThat(webhook).contains("consumes: application/json}");
        Path prefix = Files.writeString(
                folder.resolve("prefix.camel.yaml"),
                webhook.replace("consumes: application/json}", "consumes: application/json, matchOnUriPrefix: true}"));
        service = DeliverTest.deliveringTo(redmine, folder)
                .withWebhook(prefix)
                .withPolicy(policy("ticket.field." + redmine.id("field_monitor"), "${variable.channel}"))
                .start();

        service.send(HttpRequest.newBuilder(URI.create(service.webhook() + "/team-a"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(critical().bytes()))
                .build());
        await().atMost(Duration.ofSeconds(15)).until(() -> redmine.issues().size() == 1);

        assertThat(redmine.issues().get(0).customFields()).containsValue("/mackerel/team-a");
    }

    @Test
    void fills_any_custom_field_by_its_number_before_the_settings_do() throws Exception {
        startWith("ticket.field." + redmine.id("field_monitor"), "by the policy");

        assertThat(ticketOf(critical()).customFields())
                .containsValue("by the policy")
                .doesNotContainValue("CPU %");
    }

    private static final String CRITICAL_ESCALATES = """
            - route:
                id: policy
                from:
                  uri: direct:policy
                  steps:
                    - filter:
                        simple: "${body.alert.status} == 'critical'"
                        steps:
                          - setVariable: {name: ticket.escalation, constant: critical-alerts}
            """;

    private List<String> escalations() {
        String all = service.text("GROUP_CONCAT(issue || ' ' || COALESCE(escalation, 'none'), ', ') FROM ticket");
        return all == null ? List.of() : List.of(all.split(", "));
    }

    /** Whoever says no more of it, as of a warning after it was critical, changes nothing. */
    @Test
    void escalates_from_when_it_is_bad_enough() throws Exception {
        service = DeliverTest.deliveringTo(redmine, folder)
                .withPolicy(Files.writeString(folder.resolve("my.camel.yaml"), CRITICAL_ESCALATES))
                .start();

        ticketOf(warning());
        assertThat(escalations()).containsExactly("1 none");
        ticketOf(critical());
        assertThat(escalations()).containsExactly("1 critical-alerts");
        ticketOf(warning().statusChangedAt(Instant.now()));
        assertThat(escalations()).containsExactly("1 critical-alerts");
    }

    @Test
    void escalates_from_its_creation() throws Exception {
        startWith("ticket.escalation", "critical-alerts");

        ticketOf(critical());

        assertThat(escalations()).containsExactly("1 critical-alerts");
    }

    @Test
    void would_escalate_in_a_preview() throws Exception {
        service = new RunningService(folder)
                .withPolicy(policy("ticket.escalation", "critical-alerts"))
                .start();
        service.post(critical().bytes());

        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThat(escalations()).containsExactly("1 critical-alerts"));
    }

    private RunningService withRotas(RunningService with) throws Exception {
        Path file = Files.writeString(folder.resolve("escalation.yaml"), """
                rotas:
                  primary: {start: 2020-01-01T00:00, every: 7d, time-zone: Asia/Tokyo, people: [Hanako Yamada]}
                  next: {start: 2090-01-01T00:00, every: 7d, time-zone: Asia/Tokyo, people: [Hanako Yamada]}
                policies:
                  by-day: {steps: [{at: 0m, notify: rota primary, by: redmine}]}
                """);
        return with.with("escalation.file", file.toString());
    }

    @Test
    void is_given_to_whoever_is_on_call() throws Exception {
        redmine.withMember("Hanako Yamada");
        service = withRotas(DeliverTest.deliveringTo(redmine, folder))
                .withPolicy(policy("ticket.assignee", "on-call:primary", "ticket.watchers", "on-call:primary, Ops"))
                .start();

        FakeIssue ticket = ticketOf(critical());

        assertThat(ticket.assignee()).isEqualTo("Hanako Yamada");
        assertThat(ticket.watchers()).containsExactlyInAnyOrder("Hanako Yamada", "Ops");
        assertThat(ticket.description()).doesNotContain("rota");
    }

    @Test
    void is_given_to_whoever_is_on_call_where_the_settings_say_so() throws Exception {
        redmine.withMember("Hanako Yamada");
        service = withRotas(DeliverTest.deliveringTo(redmine, folder))
                .with("redmine.assigned", "on-call:primary")
                .start();

        assertThat(ticketOf(critical()).assignee()).isEqualTo("Hanako Yamada");
    }

    @Test
    void is_made_and_says_so_where_nobody_is_on_call_or_there_is_no_such_rota() throws Exception {
        service = withRotas(DeliverTest.deliveringTo(redmine, folder))
                .withPolicy(policy("ticket.assignee", "on-call:next", "ticket.watchers", "on-call:primry, Ops"))
                .start();

        FakeIssue ticket = ticketOf(critical());

        assertThat(ticket.assignee()).isEqualTo("dev");
        assertThat(ticket.watchers()).containsExactly("Ops");
        assertThat(ticket.description()).contains("on call in the rota next", "on call in the rota primry");
    }

    @Test
    void is_made_and_says_so_where_there_are_no_rotas() throws Exception {
        startWith("ticket.assignee", "on-call:primary");

        FakeIssue ticket = ticketOf(critical());

        assertThat(ticket.assignee()).isEqualTo("dev");
        assertThat(ticket.description()).contains("on call in the rota primary");
        assertThat(requests()).containsExactly("POST /projects/alert/issues.json");
    }

    @Test
    void would_be_given_to_whoever_is_on_call_in_a_preview() throws Exception {
        service = withRotas(new RunningService(folder))
                .withPolicy(policy("ticket.assignee", "on-call:primary"))
                .start();
        service.post(critical().bytes());
        await().atMost(Duration.ofSeconds(15)).until(() -> service.previews().size() == 1);

        assertThat(service.previews().get(0).at("/policy/assignee").asText()).isEqualTo("Hanako Yamada");
    }

    @Test
    void is_left_to_redmine_where_the_policy_says_nothing_on_purpose() throws Exception {
        startWith("ticket.assignee", "");

        assertThat(ticketOf(critical()).assignee()).isNull();
    }

    @Test
    void is_in_every_way_as_the_policy_decides() throws Exception {
        redmine.withGroup("Web team");
        startWith(
                "ticket.project", "Alerts",
                "ticket.tracker", "Bug",
                "ticket.status", "In Progress",
                "ticket.priority", "Urgent",
                "ticket.assignee", "Web team",
                "ticket.category", "Servers",
                "ticket.watchers", "dev Test, Ops",
                "ticket.dueDate", "2999-12-24",
                "ticket.skip", "false");

        FakeIssue ticket = ticketOf(critical());

        assertThat(ticket.project()).isEqualTo("alert");
        assertThat(ticket.tracker()).isEqualTo("Bug");
        assertThat(ticket.status()).isEqualTo("In Progress");
        assertThat(ticket.priority()).isEqualTo("Urgent");
        assertThat(ticket.assignee()).isEqualTo("Web team");
        assertThat(ticket.category()).isEqualTo("Servers");
        assertThat(ticket.watchers()).containsExactly("dev", "Ops");
        assertThat(ticket.dueDate()).isEqualTo("2999-12-24");
    }

    @Test
    void is_made_in_the_project_of_the_settings_and_says_so_when_redmine_does_not_have_the_one_named()
            throws Exception {
        startWith("ticket.project", "shop-ops");

        FakeIssue ticket = ticketOf(critical());

        assertThat(ticket.project()).isEqualTo("alert");
        assertThat(ticket.description()).contains("project named shop-ops");
        assertThat(requests()).containsExactly("GET /projects.json?limit=100", "POST /projects/alert/issues.json");
        assertThat(service.count("alert WHERE parked IS NOT NULL")).isZero();
    }

    @Test
    void is_made_and_says_so_when_redmine_does_not_have_what_is_named() throws Exception {
        startWith(
                "ticket.tracker", "Alarm",
                "ticket.status", "Begun",
                "ticket.priority", "Highest",
                "ticket.assignee", "Nobody",
                "ticket.category", "Switches",
                "ticket.watchers", "Noone, dev Test, 999999",
                "ticket.dueDate", "yesterday");

        FakeIssue ticket = ticketOf(critical());

        assertThat(ticket.tracker()).isEqualTo("Alert");
        assertThat(ticket.status()).isEqualTo("New");
        assertThat(ticket.priority()).isEqualTo("Normal");
        assertThat(ticket.assignee()).isEqualTo("dev");
        assertThat(ticket.category()).isNull();
        assertThat(ticket.watchers()).containsExactly("dev");
        assertThat(ticket.dueDate()).isNull();
        assertThat(ticket.description())
                .contains("Alarm", "Begun", "Highest", "Nobody", "Switches", "Noone", "999999", "yesterday");
    }

    @Test
    void is_assigned_to_nobody_where_whom_the_settings_assign_is_no_member() throws Exception {
        redmine.withProject("shop");
        service = DeliverTest.deliveringTo(redmine, folder)
                .with("redmine.assigned", redmine.id("user_outsider"))
                .withPolicy(policy("ticket.project", "shop"))
                .start();

        FakeIssue ticket = ticketOf(critical());

        assertThat(ticket.project()).isEqualTo("shop");
        assertThat(ticket.assignee()).isNull();
    }

    @Test
    void finds_a_member_on_the_second_page() throws Exception {
        IntStream.range(0, 120).forEach(i -> redmine.withMember("member " + i));
        startWith("ticket.assignee", "member 119", "ticket.watchers", "member 1");

        FakeIssue ticket = ticketOf(critical());

        assertThat(ticket.assignee()).isEqualTo("member 119");
        assertThat(ticket.watchers()).containsExactly("member 1");
        assertThat(requests())
                .containsExactly(
                        "GET /projects/alert/memberships.json?limit=100",
                        "GET /projects/alert/memberships.json?limit=100&offset=100",
                        "POST /projects/alert/issues.json");
    }

    @Test
    void asks_for_lists_of_names_only_once() throws Exception {
        redmine.withProject("shop");
        startWith("ticket.project", "shop", "ticket.assignee", "dev Test");

        ticketOf(critical().id("2bjA").monitor("a"));
        int asked = redmine.requests().size();
        ticketOf(critical().id("2bjB").monitor("b"));

        assertThat(redmine.requests()).hasSize(asked + 1);
    }

    @Test
    void waits_and_is_said_in_the_log_while_the_policy_fails() throws Exception {
        startWith("ticket.project", "${body.service.name}");

        try (LoggedErrors log = LoggedErrors.of("dev.mackerelredmine.routes")) {
            service.post(critical().bytes());
            await().until(() -> !log.messages().isEmpty());

            assertThat(log.messages().get(0)).contains("Failed to invoke method: .service.name");
        }
        assertThat(redmine.requests()).isEmpty();
        assertThat(service.isIdle()).isFalse();
    }

    @Test
    void is_not_made_when_the_policy_skips_the_alert() throws Exception {
        startWith("ticket.skip", "nobody wants it");

        service.post(critical().bytes());
        await().until(service::isIdle);

        assertThat(redmine.requests()).isEmpty();
    }

    @Test
    void says_once_an_alert_why_it_gets_no_ticket() throws Exception {
        startWith("ticket.skip", "nobody wants it");
        try (LoggedErrors log = LoggedErrors.of("", Level.INFO)) {
            service.post(critical().bytes());
            await().until(service::isIdle);
            service.post(critical().with("message", "again").bytes());
            await().until(service::isIdle);

            assertThat(log.messages())
                    .filteredOn(message -> message.contains("gets no ticket"))
                    .singleElement()
                    .asString()
                    .contains("gets no ticket: policy.camel.yaml skips it: nobody wants it");
        }
    }

    // --- the path to which it was posted

    @Test
    void sees_the_path_to_which_an_alert_was_posted() throws Exception {
        startWith("ticket.skip", "posted to ${variable.channel}");
        try (LoggedErrors log = LoggedErrors.of("", Level.INFO)) {
            service.post(critical().bytes());
            await().until(service::isIdle);

            assertThat(log.messages()).anyMatch(message -> message.endsWith("skips it: posted to /mackerel"));
        }
    }
}
