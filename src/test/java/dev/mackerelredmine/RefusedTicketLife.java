package dev.mackerelredmine;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static dev.mackerelredmine.mackerel.TestAlerts.warning;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** A ticket is never lost to a field: what Redmine refuses is left out, the ticket says so, and the next change sets it. */
abstract class RefusedTicketLife extends Lives {

    private static final String CREATE = "POST /projects/alert/issues.json";

    private static String description(JsonNode ticket) {
        return ticket.path("description").asText();
    }

    @Test
    void of_a_ticket_whose_assignee_is_locked() throws Exception {
        service.with("redmine.assigned", id("user_locked")).start();
        deliver(named(warning()));

        assertThat(ticket().has("assigned_to")).isFalse();
        assertThat(description(ticket()))
                .contains("Left out, because Redmine refused it: assignee.", "Assignee is invalid");
        assertThat(line.requests()).containsExactly(CREATE, CREATE);
    }

    @Test
    void of_many_tickets_whose_assignee_is_locked_of_which_only_the_first_costs_more_than_one_request()
            throws Exception {
        service.with("redmine.assigned", id("user_locked")).start();
        deliver(named(warning()));
        line.forget();
        for (int i = 0; i < 3; i++) {
            deliver(named(warning()).id(mark + i).monitor(mark + " " + i));
        }

        assertThat(tickets())
                .hasSize(4)
                .allSatisfy(ticket ->
                        assertThat(description(ticket)).contains("Left out, because Redmine refused it: assignee."));
        assertThat(line.requests()).containsExactly(CREATE, CREATE, CREATE);
    }

    @Test
    void of_a_ticket_whose_host_is_too_long_for_its_field() throws Exception {
        service.with("redmine.custom-field.host", id("field_short")).start();
        deliver(named(warning()).host("a-host-of-more-than-ten-characters"));

        assertThat(description(ticket()))
                .contains("custom field " + id("field_short"), "is too long", "a-host-of-more-than-ten-characters");
        assertThat(ticket().path("custom_fields").findValuesAsText("value")).contains("warning", mark);
    }

    @Test
    void of_a_ticket_with_two_fields_that_are_refused() throws Exception {
        service.with("redmine.custom-field.host", id("field_short"))
                .with("redmine.assigned", id("user_locked"))
                .start();
        deliver(named(warning()).host("a-host-of-more-than-ten-characters"));

        assertThat(ticket().path("custom_fields").findValuesAsText("value")).contains("warning", mark);
        assertThat(description(ticket())).contains("assignee", "custom field " + id("field_short"));
    }

    @Test
    void of_an_assignee_whom_the_next_change_tries_to_set() throws Exception {
        service.with("redmine.assigned", id("user_locked")).start();
        deliver(named(warning()));
        assertThat(ticket().has("assigned_to")).isFalse();
        line.forget();

        deliver(at(60, named(critical())));

        String number = number(ticket());
        assertThat(line.requests())
                .containsExactly("GET " + number, WHO_WE_ARE, "PUT " + number, "PUT " + number, "GET " + number);
        assertThat(ticket().path("subject").asText()).startsWith("CRITICAL");
        assertThat(notes(ticket()))
                .singleElement()
                .satisfies(note -> assertThat(note).doesNotContain("Left out"));
    }

    @Test
    void of_an_alert_in_a_project_where_a_field_is_required_which_is_parked_with_what_to_do() throws Exception {
        service.with("redmine.project", "required-field").start();
        deliver(named(critical()));

        assertThat(tickets()).isEmpty();
        assertThat(service.count("alert WHERE parked LIKE '%Required cannot be blank%redmine.field.NUMBER%'"))
                .isOne();
    }

    @Test
    void of_a_required_field_that_the_settings_fill() throws Exception {
        service.with("redmine.project", "required-field")
                .with("redmine.field." + id("field_required"), "by default")
                .start();
        deliver(named(critical()));

        assertThat(ticket().path("custom_fields").findValuesAsText("value")).contains("by default");
        assertThat(line.requests()).containsExactly("POST /projects/required-field/issues.json");
    }
}
