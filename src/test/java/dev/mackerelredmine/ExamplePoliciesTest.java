package dev.mackerelredmine;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static dev.mackerelredmine.mackerel.TestAlerts.warning;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mackerelredmine.fakeredmine.FakeIssue;
import dev.mackerelredmine.fakeredmine.FakeRedmine;
import dev.mackerelredmine.mackerel.TestAlerts;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each file of examples/policies does what it says at its top, in place of routes/policy.camel.yaml. */
@Tag("service")
class ExamplePoliciesTest {

    @RegisterExtension
    final FakeRedmine redmine = new FakeRedmine();

    @TempDir
    Path folder;

    private RunningService service;

    private void start(String example) throws Exception {
        service = DeliverTest.deliveringTo(redmine, folder)
                .with("redmine.priority.critical", "High")
                .withPolicy(Path.of("examples/policies", example + ".camel.yaml"))
                .start();
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private List<FakeIssue> ticketsOf(TestAlerts... alerts) throws Exception {
        for (TestAlerts alert : alerts) {
            assertThat(service.post(alert.bytes()).statusCode()).isEqualTo(202);
        }
        await().atMost(Duration.ofSeconds(15)).until(service::isIdle);
        return redmine.issues();
    }

    // --- by-service

    @Test
    void a_service_has_a_project_and_a_person_of_its_own() throws Exception {
        redmine.withProject("shop-operations").withMember("Hanako Yamada");
        start("by-service");

        assertThat(ticketsOf(critical().service("Shop"))).singleElement().satisfies(ticket -> {
            assertThat(ticket.project()).isEqualTo("shop-operations");
            assertThat(ticket.assignee()).isEqualTo("Hanako Yamada");
            assertThat(ticket.tracker()).isEqualTo("Alert");
            assertThat(ticket.priority()).isEqualTo("High");
        });
    }

    @Test
    void a_host_belongs_to_the_services_of_its_roles() throws Exception {
        redmine.withProject("payment");
        start("by-service");

        assertThat(ticketsOf(critical().role("Other", "web").role("Payment", "db")))
                .singleElement()
                .satisfies(ticket -> {
                    assertThat(ticket.project()).isEqualTo("payment");
                    assertThat(ticket.assignee()).isEqualTo("dev");
                });
    }

    @Test
    void another_service_is_as_the_settings_say() throws Exception {
        start("by-service");

        assertThat(ticketsOf(critical().service("Other"))).singleElement().satisfies(ticket -> {
            assertThat(ticket.project()).isEqualTo("alert");
            assertThat(ticket.assignee()).isEqualTo("dev");
        });
        assertThat(redmine.requests())
                .extracting(FakeRedmine.Request::path)
                .doesNotContain("/projects.json")
                .endsWith("/projects/alert/issues.json");
    }

    // --- by-severity-and-office-hours

    @ParameterizedTest
    @CsvSource({
        "critical, 2026-11-20T22:00:00+09:00, Hanako Yamada, Urgent, Taro Suzuki",
        "critical, 2026-11-22T12:00:00+09:00, Hanako Yamada, Urgent, Taro Suzuki",
        "critical, 2026-11-20T12:00:00+09:00, dev,           High,",
        "warning,  2026-11-20T22:00:00+09:00, dev,           Normal,"
    })
    void a_critical_outside_office_hours_goes_to_the_person_on_call(
            String status, Instant at, String assignee, String priority, String watcher) throws Exception {
        redmine.withMember("Hanako Yamada").withMember("Taro Suzuki");
        start("by-severity-and-office-hours");

        assertThat(ticketsOf(critical().status(status).statusChangedAt(at)))
                .singleElement()
                .satisfies(ticket -> {
                    assertThat(ticket.assignee()).isEqualTo(assignee);
                    assertThat(ticket.priority()).isEqualTo(priority);
                    assertThat(ticket.watchers()).isEqualTo(watcher == null ? List.of() : List.of(watcher));
                });
    }

    // --- by-role-to-a-group

    @ParameterizedTest
    @CsvSource({"db, Database team", "web, Web team", "batch, dev"})
    void the_alerts_of_a_role_go_to_a_group(String role, String assignee) throws Exception {
        redmine.withGroup("Database team").withGroup("Web team");
        start("by-role-to-a-group");

        assertThat(ticketsOf(critical().role("Shop", role)))
                .singleElement()
                .satisfies(ticket -> assertThat(ticket.assignee()).isEqualTo(assignee));
    }

    @Test
    void the_group_has_three_days() throws Exception {
        redmine.withGroup("Database team");
        start("by-role-to-a-group");

        assertThat(ticketsOf(critical().role("Shop", "db")))
                .singleElement()
                .satisfies(ticket -> assertThat(LocalDate.parse(ticket.dueDate()))
                        .isBetween(LocalDate.now().plusDays(2), LocalDate.now().plusDays(3)));
    }

    // --- warnings-never-criticals-always

    @Test
    void a_warning_makes_no_ticket_and_does_not_ask_redmine() throws Exception {
        start("warnings-never-criticals-always");

        assertThat(ticketsOf(warning())).isEmpty();
        assertThat(redmine.requests()).isEmpty();
    }

    @Test
    void a_warning_makes_a_ticket_when_it_becomes_critical() throws Exception {
        start("warnings-never-criticals-always");
        ticketsOf(warning());

        assertThat(ticketsOf(critical().statusChangedAt(TestAlerts.OPENED.plusSeconds(60))))
                .singleElement()
                .satisfies(ticket -> assertThat(ticket.subject()).startsWith("CRITICAL"));
    }

    @Test
    void a_critical_makes_a_ticket_at_once() throws Exception {
        start("warnings-never-criticals-always");

        assertThat(ticketsOf(critical())).hasSize(1);
    }
}
