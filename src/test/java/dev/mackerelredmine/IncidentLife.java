package dev.mackerelredmine;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static dev.mackerelredmine.mackerel.TestAlerts.warning;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whole lives of incidents, from the webhooks to what Redmine shows. The same lives run against FakeRedmine and a real Redmine. */
abstract class IncidentLife extends IncidentLives {

    @Test
    void of_three_alerts_that_become_one_incident_and_are_over() throws Exception {
        start();
        three();

        assertThat(linked()).containsOnly("parent");
        assertThat(Stream.of("web1", "web2", "db1").map(this::ticketOf))
                .allSatisfy(child -> assertThat(child.at("/parent/id").asLong()).isEqualTo(incident()));
        assertThat(Stream.of("web1", "web2", "db1").map(host -> requestsTo(number(ticketOf(host)))))
                .as("of the first one it is looked at whether Redmine did it")
                .contains(List.of("GET", "PUT", "GET"), List.of("GET", "PUT"));
        assertThat(tickets()).hasSize(4);
        soonInTheList(() -> assertThat(incidentTicket().path("description").asText())
                .contains(
                        "#" + ticketOf("web1").path("id").asInt(),
                        "#" + ticketOf("db1").path("id").asInt()));

        allRecover(600, "web1", "web2", "db1");

        soon(() -> assertThat(status(incidentTicket())).isEqualTo("Closed"));
        assertThat(Stream.of("web1", "web2", "db1").map(this::ticketOf))
                .allSatisfy(child -> assertThat(status(child)).isEqualTo("Closed"));
        assertThat(notes(incidentTicket())).hasSize(1);
    }

    @Test
    void of_alerts_that_are_lines_once_there_are_enough_tickets() throws Exception {
        start("incident.children", "3");
        three();

        post(opens("web4", 180), opens("web5", 200));

        soonInTheList(
                () -> assertThat(incidentTicket().path("description").asText()).contains(mark + "web4", mark + "web5"));
        soon(() -> assertThat(String.join(" ", requestsTo(number(incidentTicket()))))
                .as("two requests a list")
                .matches("(GET PUT ?)+"));
        assertThat(tickets()).hasSize(4);
        assertThat(service.count("alert WHERE incident_role = 'line'")).isEqualTo(2);

        allRecover(600, "web1", "web2", "db1", "web4");
        untilReported("web4", "ok");
        assertThat(status(incidentTicket())).as("one line fires").isEqualTo("New");

        allRecover(700, "web5");
        soon(() -> assertThat(status(incidentTicket())).isEqualTo("Closed"));
    }

    @Test
    void of_one_that_gets_worse_than_all_before_and_so_has_a_ticket_of_its_own() throws Exception {
        start("incident.children", "2");
        post(opens(warning(), "web1", 0), opens(warning(), "web2", 10), opens(warning(), "db1", 20));
        soon(() -> assertThat(linked()).hasSize(3));

        post(opens(warning(), "web4", 30));
        untilKnown("web4", "line");
        post(opens(critical(), "web5", 40));

        untilKnown("web5", "child");
        soon(() -> assertThat(linked()).hasSize(4));
        soon(() -> assertThat(notes(incidentTicket())).hasSize(1));
    }

    @Test
    void of_one_that_fires_again_after_it_was_over() throws Exception {
        start();
        three();
        allRecover(200, "web1", "web2", "db1");
        soon(() -> assertThat(status(incidentTicket())).isEqualTo("Closed"));

        post(opens("web9", 300));

        soon(() -> assertThat(linked()).hasSize(4).containsOnly("parent"));
        assertThat(status(incidentTicket())).isNotEqualTo("Closed");
        assertThat(service.count("alert WHERE incident = id")).isOne();

        post(alerts.get("web1").statusChangedAt(OPENED.plusSeconds(320)));
        soon(() -> assertThat(status(ticketOf("web1"))).isEqualTo("New"));
    }

    @Test
    void of_one_that_begins_soon_after_another_of_its_name_was_over() throws Exception {
        start();
        three();
        allRecover(200, "web1", "web2", "db1");
        soon(() -> assertThat(status(incidentTicket())).isEqualTo("Closed"));
        long before = incident();

        post(opens("web7", 1000), opens("web8", 1010), opens("web9", 1020));

        soon(() -> assertThat(linked()).hasSize(6));
        long next = ticketOf("web7").at("/parent/id").asLong();
        assertThat(next).isNotEqualTo(before);
        assertThat(related(shown((int) next))).containsExactly(before);
        assertThat(status(shown((int) before))).isEqualTo("Closed");
    }

    @Test
    void of_one_that_a_person_takes_out() throws Exception {
        service.watching("500ms");
        start();
        three();

        takeOut("web2");

        soonBySweep(() -> assertRole("web2", "left"));
        allRecover(600, "web1", "db1");
        soon(() -> assertThat(status(incidentTicket())).isEqualTo("Closed"));
        assertThat(status(ticketOf("web2"))).isEqualTo("New");
        assertThat(ticketOf("web2").path("parent").isMissingNode()).isTrue();
    }

    @Test
    void of_one_that_a_person_puts_under_it() throws Exception {
        service.watching("500ms");
        start("incident.window", "3m");
        three();
        post(opens("late", 3000));
        soon(() -> assertThat(tickets()).hasSize(5));
        aSecondAfter(ticketOf("late"));
        assertThat(as("admin")
                        .put(number(ticketOf("late")), Map.of("parent_issue_id", incident()))
                        .status())
                .isEqualTo(204);

        soonBySweep(() -> assertRole("late", "child"));
        soonInTheList(() -> assertThat(incidentTicket().path("description").asText())
                .contains("#" + ticketOf("late").path("id").asInt()));
    }

    @Test
    void of_alerts_that_name_none() throws Exception {
        service.start();
        deliver(opens("web1", 0), opens("web2", 60), opens("db1", 120));

        assertThat(tickets()).hasSize(3);
        assertThat(service.count("incident_group")).isZero();
    }

    @Test
    void of_three_alerts_that_waited_while_redmine_was_away() throws Exception {
        start();
        line.cut();
        post(opens("web1", 0), opens("web2", 60), opens("db1", 120));
        await().until(service::waitsForRedmine);
        line.mend();

        soon(() -> assertThat(linked()).hasSize(3).containsOnly("parent"));
        assertThat(tickets()).hasSize(4);
    }

    /** The words by which the ticket of a path was asked for or written to. */
    private List<String> requestsTo(String path) {
        return line.requests().stream()
                .filter(request -> request.endsWith(" " + path))
                .map(request -> request.substring(0, request.indexOf(' ')))
                .toList();
    }

    private void takeOut(String host) {
        JsonNode child = ticketOf(host);
        aSecondAfter(child);
        assertThat(as("admin").put(number(child), Map.of("parent_issue_id", "")).status())
                .isEqualTo(204);
    }
}
