package dev.mackerelredmine;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static dev.mackerelredmine.mackerel.TestAlerts.warning;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mackerelredmine.mackerel.TestAlerts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whole lives of tickets, from the webhook to what Redmine shows, with the requests that each costs. The same lives run against
 * FakeRedmine and a real Redmine.
 */
abstract class TicketLife extends Lives {

    @Test
    void of_an_alert_that_opens_worsens_is_said_again_and_recovers() throws Exception {
        service.start();
        deliver(named(warning()));
        assertThat(line.requests()).containsExactly("POST /projects/alert/issues.json");
        JsonNode opened = ticket();
        assertThat(opened.path("subject").asText()).startsWith("WARNING");
        assertThat(status(opened)).isEqualTo("New");

        line.forget();
        deliver(at(60, named(critical())));
        assertThat(line.requests()).containsExactlyElementsOf(firstChange(opened));
        assertThat(ticket().path("subject").asText()).startsWith("CRITICAL");
        assertThat(ticket().path("custom_fields").findValuesAsText("value")).contains("critical");
        assertThat(notes(ticket())).hasSize(1);

        line.forget();
        deliver(at(60, named(critical())), at(60, named(critical())));
        assertThat(line.requests()).containsExactly("GET " + number(opened), "GET " + number(opened));

        line.forget();
        deliver(recoveredAt(600, named(critical())));
        assertThat(line.requests()).containsExactly("GET " + number(opened), "PUT " + number(opened));
        assertThat(status(ticket())).isEqualTo("Closed");
        assertThat(notes(ticket())).hasSize(2);

        line.forget();
        deliver(recoveredAt(600, named(critical())));
        assertThat(line.requests()).isEmpty();
    }

    @Test
    void of_a_fault_that_flaps_five_times_in_ten_minutes() throws Exception {
        service.start();
        for (int flap = 0; flap < 5; flap++) {
            Instant opened = OPENED.plusSeconds(120L * flap);
            TestAlerts alert =
                    named(critical()).id(mark + flap).openedAt(opened).statusChangedAt(opened);
            deliver(alert, alert.recovered(opened.plusSeconds(60)));
        }

        assertThat(status(ticket())).isEqualTo("Closed");
        assertThat(notes(ticket())).hasSize(9);
        assertThat(line.requests()).hasSize(1 + 9 * 2 + MORE_AT_THE_FIRST_CHANGE);
    }

    @Test
    void of_a_ticket_that_a_person_takes_in_its_midst() throws Exception {
        service.start();
        deliver(named(warning()));
        person(Map.of(
                "assigned_to_id", id("user_dev"), "status_id", id("status_in_progress"), "subject", mark + " is mine"));

        deliver(at(60, named(critical())), recoveredAt(600, named(critical())));

        assertThat(ticket().at("/assigned_to/id").asText()).isEqualTo(id("user_dev"));
        assertThat(ticket().path("subject").asText()).isEqualTo(mark + " is mine");
        assertThat(status(ticket())).isEqualTo("In Progress");
        assertThat(notes(ticket())).hasSize(2);
    }

    @Test
    void of_a_ticket_that_the_workflow_forbids_to_close() throws Exception {
        service.with("redmine.apikey", id("key_bot_without_workflow")).start();
        deliver(named(critical()));
        line.forget();

        deliver(recoveredAt(600, named(critical())));

        assertThat(status(ticket())).isEqualTo("New");
        assertThat(notes(ticket())).hasSize(1);
        assertThat(line.requests()).containsExactlyElementsOf(firstChange(ticket()));
    }

    @Test
    void of_a_ticket_that_is_deleted() throws Exception {
        service.start();
        deliver(named(warning()));
        as("admin").delete(number(ticket()));
        line.forget();

        deliver(at(60, named(critical())));

        assertThat(line.requests()).hasSize(3).endsWith("GET /users/current.json", "POST /projects/alert/issues.json");
        as("admin").delete(number(ticket()));

        deliver(at(120, named(warning())), at(180, named(critical())), recoveredAt(600, named(critical())));

        assertThat(tickets()).isEmpty();
    }

    @Test
    void of_a_ticket_that_is_moved_to_another_project() throws Exception {
        service.start();
        deliver(named(warning()));
        assertThat(as("admin")
                        .put(number(ticket()), Map.of("project_id", id("project_tracker_not_enabled")))
                        .status())
                .isEqualTo(204);

        deliver(at(60, named(critical())), recoveredAt(600, named(critical())));

        assertThat(ticket().at("/project/id").asText()).isEqualTo(id("project_tracker_not_enabled"));
        assertThat(status(ticket())).isEqualTo("Closed");
        assertThat(notes(ticket())).hasSize(2);
    }

    @Test
    void of_two_alerts_on_one_ticket_of_which_one_recovers() throws Exception {
        service.with("ticket.field-policy.status", "always")
                .with("ticket.close-on-recovery", "true")
                .start();
        TestAlerts first = named(critical());
        deliver(first, recoveredAt(60, first));
        TestAlerts second = named(critical())
                .id(mark + "2")
                .openedAt(OPENED.plusSeconds(120))
                .statusChangedAt(OPENED.plusSeconds(120));
        deliver(second, at(180, first));
        assertThat(status(ticket())).isEqualTo("New");

        deliver(recoveredAt(240, second));
        assertThat(status(ticket())).isEqualTo("New");

        deliver(recoveredAt(300, first));
        assertThat(status(ticket())).isEqualTo("Closed");
    }

    @Test
    void of_an_alert_that_lived_while_redmine_was_away() throws Exception {
        service.start();
        line.cut();
        post(named(warning()), at(60, named(critical())), recoveredAt(600, named(critical())));
        await().until(service::waitsForRedmine);
        line.restore();
        untilDelivered();

        assertThat(status(ticket())).isEqualTo("Closed");
        assertThat(ticket().path("subject").asText()).startsWith("CRITICAL");
        assertThat(ticket().path("description").asText())
                .containsIgnoringCase("warning")
                .containsIgnoringCase("critical");
        assertThat(line.requests())
                .containsExactly(
                        "GET /users/current.json", "GET /issue_statuses.json", "POST /projects/alert/issues.json");
    }

    @Test
    void of_an_alert_that_lived_while_redmine_was_away_where_the_workflow_forbids_to_close() throws Exception {
        service.with("redmine.apikey", id("key_bot_without_workflow")).start();
        line.cut();
        post(named(critical()), recoveredAt(600, named(critical())));
        await().until(service::waitsForRedmine);
        line.restore();
        untilDelivered();

        assertThat(status(ticket())).isEqualTo("New");
        assertThat(notes(ticket())).hasSize(1);
    }

    @Test
    void of_an_alert_whose_end_comes_before_its_opening() throws Exception {
        service.start();
        deliver(recoveredAt(600, named(critical())));
        assertThat(tickets()).isEmpty();

        deliver(named(critical()));

        assertThat(status(ticket())).isEqualTo("Closed");
        assertThat(ticket().path("subject").asText()).startsWith("CRITICAL");
        assertThat(ticket().path("description").asText()).contains("CRITICAL → OK");
    }

    @Test
    void of_an_alert_whose_end_comes_before_its_opening_where_the_workflow_forbids_to_create_it_closed()
            throws Exception {
        service.with("redmine.apikey", id("key_bot_without_workflow")).start();

        deliver(recoveredAt(600, named(critical())), named(critical()));

        assertThat(status(ticket())).isEqualTo("New");
        assertThat(notes(ticket())).hasSize(1);
    }

    @Test
    void of_an_alert_whose_notes_answer_is_lost() throws Exception {
        service.start();
        deliver(named(critical()));
        line.forget();
        // The answers to both GETs come through, the one to the PUT does not.
        line.loseAnswers(2, 1);

        deliver(recoveredAt(600, named(critical())));

        String issue = number(ticket());
        assertThat(line.lost()).isOne();
        assertThat(line.requests())
                .startsWith("GET " + issue, WHO_WE_ARE, "PUT " + issue)
                .containsOnlyOnce("PUT " + issue);
        assertThat(status(ticket())).isEqualTo("Closed");
        assertThat(notes(ticket())).hasSize(1);
    }

    /** What it shows when it is found is not ours then: else it would be closed, or its end be shown nowhere. */
    @ParameterizedTest
    @CsvSource({"status_closed, Closed", "status_in_progress, In Progress"})
    void of_an_alert_whose_ticket_a_person_changes_before_we_know_of_it(String set, String name) throws Exception {
        service.start();
        line.loseAnswers(1000);
        post(named(critical()));
        await().atMost(Duration.ofSeconds(20)).until(() -> tickets().size() == 1);
        Instant made = Instant.parse(ticket().path("created_on").asText());
        await().until(() -> Instant.now().isAfter(made.plusSeconds(1)));
        person(Map.of("status_id", id(set)));
        line.loseAnswers(0);
        untilDelivered();

        deliver(recoveredAt(600, named(critical())));

        assertThat(status(ticket())).isEqualTo(name);
        assertThat(notes(ticket())).hasSize(1);
    }

    @Test
    void of_a_ticket_while_the_settings_turn_to_another_project_and_tracker() throws Exception {
        service.start();
        deliver(named(warning()));
        String issue = number(ticket());
        service.close();
        service = new RunningService(folder)
                .with("redmine.url", line.url())
                .with("redmine.apikey", id("key_bot"))
                .with("redmine.project", "tracker-not-enabled")
                .with("redmine.tracker", id("tracker_bug"))
                .start();

        deliver(at(60, named(critical())), recoveredAt(600, named(critical())));

        assertThat(number(ticket())).isEqualTo(issue);
        assertThat(ticket().at("/project/id").asText()).isEqualTo(id("project_alert"));
        assertThat(ticket().at("/tracker/id").asText()).isEqualTo(id("tracker_alert"));
        assertThat(status(ticket())).isEqualTo("Closed");
    }

    @Test
    void of_a_ticket_that_the_store_does_not_know() throws Exception {
        service.start();
        deliver(named(critical()));
        for (String table : List.of("event", "alert", "ticket", "problem")) {
            service.execute("DELETE FROM " + table);
        }

        deliver(recoveredAt(600, named(critical())));

        assertThat(status(ticket())).isEqualTo("Closed");
        assertThat(notes(ticket())).hasSize(1);
    }

    @Test
    void of_an_alert_that_has_two_tickets() throws Exception {
        service.start();
        deliver(named(critical()));
        JsonNode first = ticket();
        int second = anotherLike(first);
        for (String table : List.of("event", "alert", "ticket", "problem")) {
            service.execute("DELETE FROM " + table);
        }

        deliver(recoveredAt(600, named(critical())));

        assertThat(tickets())
                .hasSize(2)
                .allSatisfy(ticket -> assertThat(status(ticket)).isEqualTo("Closed"));
        assertThat(notes(shown(first.path("id").asInt())))
                .singleElement()
                .asString()
                .contains("recovered");
        assertThat(notes(shown(second)))
                .singleElement()
                .asString()
                .contains("All that follows is in ticket " + first.path("id").asInt());
        assertThat(shown(second).path("relations").findValuesAsText("relation_type"))
                .containsExactly("relates");
    }

    @Test
    void of_an_alert_whose_creation_redmine_did_a_second_time_when_nobody_waited_for_it_any_more() throws Exception {
        service.start();
        line.loseRequests(1);
        deliver(named(warning()));
        JsonNode known = ticket();
        int late = anotherLike(known);
        line.forget();

        deliver(at(60, named(critical())), recoveredAt(600, named(critical())));

        assertThat(notes(shown(late))).hasSize(1);
        assertThat(notes(shown(known.path("id").asInt()))).hasSize(2);
        assertThat(tickets()).allSatisfy(ticket -> assertThat(status(ticket)).isEqualTo("Closed"));
        // The search, then GET, PUT and the relation for the second ticket; then two for each change.
        assertThat(line.requests()).hasSize(4 + 2 + 2 + MORE_AT_THE_FIRST_CHANGE);
    }

    /** As if Redmine had done the same creation twice. */
    private int anotherLike(JsonNode ticket) {
        Map<String, Object> copy = Map.of(
                "subject", ticket.path("subject").asText(),
                "description", ticket.path("description").asText(),
                "tracker_id", ticket.at("/tracker/id").asInt());
        return as("bot")
                .post("/projects/alert/issues.json", copy)
                .json()
                .at("/issue/id")
                .asInt();
    }

    @Test
    void of_an_alert_whose_host_is_retired_meanwhile() throws Exception {
        service.with("ticket.note-host-events", "true").start();
        TestAlerts alert = named(critical()).host(mark);
        deliver(alert);

        post(alert.event("hostRetire").without("alert"));
        untilDelivered();

        assertThat(notes(ticket())).singleElement().asString().contains(mark).contains("retired");
        assertThat(status(ticket())).isEqualTo("New");
    }

    @Test
    void of_a_group_of_alerts() throws Exception {
        service.start();
        String group = new String(TestAlerts.fixture("alert-group-warning"), StandardCharsets.UTF_8)
                .replace("2bjALpS6kZt", mark)
                .replace("Everything of the shop", mark);

        assertThat(service.post(group.getBytes(StandardCharsets.UTF_8)).statusCode())
                .isEqualTo(202);
        untilDelivered();
        assertThat(ticket().path("subject").asText()).startsWith("WARNING");

        String end = group.replace("WARNING", "OK").replace("\"closedAt\": null", "\"closedAt\": 1795134330");
        assertThat(service.post(end.getBytes(StandardCharsets.UTF_8)).statusCode())
                .isEqualTo(202);
        untilDelivered();
        assertThat(status(ticket())).isEqualTo("Closed");
        assertThat(notes(ticket())).hasSize(1);
    }

    @Test
    void of_a_new_ticket_that_is_related_to_one_that_a_person_closed() throws Exception {
        service.start();
        deliver(named(critical()), recoveredAt(60, named(critical())));
        person(Map.of("status_id", id("status_rejected")));
        int old = ticket().path("id").asInt();

        deliver(named(critical())
                .id(mark + "2")
                .openedAt(OPENED.plusSeconds(120))
                .statusChangedAt(OPENED.plusSeconds(120)));

        assertThat(tickets()).hasSize(2);
        assertThat(tickets().get(1).at("/relations/0/issue_id").asInt()
                        + tickets().get(1).at("/relations/0/issue_to_id").asInt())
                .isEqualTo(old + tickets().get(1).path("id").asInt());
    }
}
