package dev.mackerelredmine;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static dev.mackerelredmine.mackerel.TestAlerts.warning;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mackerelredmine.mackerel.TestAlerts;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Lives of incidents of which people close, delete or move tickets. The same lives run against FakeRedmine and a real Redmine. */
abstract class IncidentByHandLife extends IncidentLives {

    private void changes(JsonNode ticket, Map<String, Object> change) {
        aSecondAfter(ticket);
        assertThat(as("admin").put(number(ticket), change).status()).isEqualTo(204);
    }

    private void closes(JsonNode ticket) {
        changes(ticket, Map.of("status_id", id("status_closed")));
        assertThat(status(shown(ticket.path("id").asInt()))).isEqualTo("Closed");
    }

    /** First its subtasks: Redmine closes no ticket above an open one. */
    private long closesAll(String... hosts) {
        for (String host : hosts) {
            closes(ticketOf(host));
        }
        long closed = incident();
        closes(incidentTicket());
        soonBySweep(() -> assertThat(service.count("ticket WHERE is_open = FALSE AND issue = " + closed))
                .isOne());
        return closed;
    }

    /** The alert of a host is critical now. */
    private TestAlerts worse(String host, int openedAt, int second) {
        return at(second, critical().id(mark + host).monitor(mark).host(host).openedAt(OPENED.plusSeconds(openedAt)));
    }

    @Test
    void of_one_that_is_closed_and_the_next_one_of_its_name() throws Exception {
        service.watching("500ms");
        start();
        three();
        long closed = closesAll("web1", "web2", "db1");

        post(opens("web4", 200), opens("web5", 210), opens("db2", 220));

        soon(() -> assertThat(linked()).hasSize(6));
        assertThat(service.count("alert WHERE incident = id")).isEqualTo(2);
        long next = ticketOf("web4").at("/parent/id").asLong();
        assertThat(next).isNotEqualTo(closed);
        assertThat(related(shown((int) next))).containsExactly(closed);
        assertThat(status(shown((int) closed))).isEqualTo("Closed");
    }

    @Test
    void of_one_that_is_closed_and_whose_subtask_gets_worse() throws Exception {
        service.watching("500ms");
        start();
        post(opens("web1", 0), opens(warning(), "web2", 60), opens("db1", 120));
        soon(() -> assertThat(linked()).hasSize(3));
        JsonNode below = ticketOf("web2");
        closesAll("web1", "web2", "db1");

        post(worse("web2", 60, 300));

        soon(() -> assertThat(tickets()).hasSize(5));
        assertThat(status(ticketOf("web2"))).isEqualTo("New");
        assertThat(ticketOf("web2").path("parent").isMissingNode()).isTrue();
        soon(() -> assertThat(related(ticketOf("web2")))
                .containsExactly(below.path("id").asLong()));
        assertRole("web2", "left");
    }

    @Test
    void of_one_that_is_closed_and_of_which_a_line_gets_worse() throws Exception {
        service.watching("500ms");
        start("incident.children", "3");
        three();
        post(opens(warning(), "web4", 180));
        untilReported("web4", "warning");
        long closed = closesAll("web1", "web2", "db1");

        post(worse("web4", 180, 300));

        soon(() -> assertThat(tickets()).hasSize(5));
        assertThat(ticketOf("web4").path("id").asLong()).isNotEqualTo(closed);
        soon(() -> assertThat(related(ticketOf("web4"))).containsExactly(closed));
        assertRole("web4", "left");
    }

    @Test
    void of_one_whose_description_a_person_writes_around() throws Exception {
        start();
        three();
        soonInTheList(() -> assertThat(description()).contains(link("web1"), link("web2"), link("db1")));
        JsonNode ticket = incidentTicket();

        changes(ticket, Map.of("description", "Call the data centre.\n\n" + description() + "\n\nCause: a switch."));
        post(opens("web4", 180));

        soonInTheList(() -> assertThat(description())
                .startsWith("Call the data centre.")
                .contains(link("web1"), link("web4"))
                .endsWith("Cause: a switch.")
                .containsOnlyOnce(link("web1")));
    }

    private String description() {
        return incidentTicket().path("description").asText().strip();
    }

    /** As the list shows the ticket of a host. */
    private String link(String host) {
        return "| #" + ticketOf(host).path("id").asInt() + " |";
    }

    @Test
    void of_one_that_is_over_and_a_person_puts_what_fires_under_it() throws Exception {
        service.watching("500ms");
        start("ticket.close-on-recovery", "false");
        three();
        post(opens("late", 30_000));
        soon(() -> assertThat(tickets()).hasSize(5));
        allRecover(600, "web1", "web2", "db1");
        soon(() -> assertThat(notes(incidentTicket())).hasSize(1));
        assertThat(service.count("alert WHERE incident_role = 'incident' AND status = 'ok'"))
                .isOne();

        changes(ticketOf("late"), Map.of("parent_issue_id", incident()));

        soonBySweep(() -> assertThat(service.count("alert WHERE incident_role = 'incident' AND status = 'critical'"))
                .isOne());
        soon(() -> assertThat(notes(incidentTicket())).hasSize(2));
    }

    @Test
    void of_one_that_is_deleted() throws Exception {
        start();
        three();
        as("admin").delete(number(incidentTicket()));
        assertThat(tickets()).isEmpty();

        allRecover(200, "web1", "web2", "db1");

        soonInTheList(() ->
                assertThat(service.count("ticket WHERE gone_at IS NOT NULL")).isEqualTo(4));
        assertThat(tickets()).isEmpty();
        post(opens("web9", 300));
        soon(() -> assertThat(tickets()).hasSize(1));
        assertThat(service.count("alert WHERE incident IS NULL AND alert_key = '" + mark + "web9'"))
                .isOne();
    }

    @Test
    void of_one_whose_subtask_is_moved_to_another_project() throws Exception {
        service.watching("500ms");
        start();
        three();

        changes(
                ticketOf("web2"),
                Map.of("project_id", id("project_tracker_not_enabled"), "tracker_id", id("tracker_bug")));

        soonBySweep(() -> assertRole("web2", "left"));
        assertThat(ticketOf("web2").path("parent").isMissingNode()).isTrue();
        allRecover(600, "web1", "db1");
        soon(() -> assertThat(status(incidentTicket())).isEqualTo("Closed"));
        assertThat(status(ticketOf("web2"))).isEqualTo("New");
    }
}
