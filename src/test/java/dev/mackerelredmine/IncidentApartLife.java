package dev.mackerelredmine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Lives of incidents whose tickets Redmine does not put below one another. The same lives run against FakeRedmine and a real Redmine. */
abstract class IncidentApartLife extends IncidentLives {

    @AfterEach
    void putBack() {
        redmine().putBack();
    }

    @Test
    void of_tickets_that_are_related_because_the_bot_may_not_manage_subtasks() throws Exception {
        redmine().setUp().withoutPermission("manage_subtasks");
        start();

        three();

        assertThat(linked()).containsOnly("relation");
        assertThat(related(ticketOf("web1"))).containsExactly(incident());
        assertThat(ticketOf("web1").path("parent").isMissingNode()).isTrue();
    }

    @Test
    void of_a_ticket_in_another_project_which_a_note_of_the_incidents_ticket_names() throws Exception {
        start(policy("""
                        - filter:
                            simple: "${body.alarmHost} == 'db1'"
                            steps:
                              - setVariable: {name: ticket.project, constant: tracker-not-enabled}
                              - setVariable: {name: ticket.tracker, constant: Bug}
                """));

        three();

        assertThat(linked()).containsExactlyInAnyOrder("parent", "parent", "note");
        assertThat(notes(incidentTicket()))
                .singleElement()
                .asString()
                .contains("#" + ticketOf("db1").path("id").asInt());
    }
}
