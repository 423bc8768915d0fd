package dev.mackerelredmine;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static dev.mackerelredmine.mackerel.TestAlerts.warning;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mackerelredmine.mackerel.TestAlerts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whole lives of incidents, from the webhooks to what Redmine shows. The same lives run against FakeRedmine and a real Redmine. */
abstract class IncidentLife extends Lives {

    private final Map<String, TestAlerts> alerts = new HashMap<>();

    private Path policy() throws IOException {
        return Files.writeString(folder.resolve("policy.camel.yaml"), """
                # Whose ticket is it?
                - route:
                    id: policy
                    description: All alerts are of one incident, where there are enough
                    group: edit
                    note: contract 1
                    from:
                      uri: direct:policy
                      steps:
                        - setVariable: {name: ticket.incident, constant: %s}
                """.formatted(mark));
    }

    private void start(String... settings) throws Exception {
        service.withPolicy(policy()).with("incident.quiet", "0");
        for (int i = 0; i < settings.length; i += 2) {
            service.with(settings[i], settings[i + 1]);
        }
        service.start();
    }

    /** An alert of a host, which opened so many seconds after the first. */
    private TestAlerts opens(String host, int second) {
        return opens(critical(), host, second);
    }

    private TestAlerts opens(TestAlerts alert, String host, int second) {
        Instant at = OPENED.plusSeconds(second);
        TestAlerts made =
                alert.id(mark + host).monitor(mark).host(host).openedAt(at).statusChangedAt(at);
        alerts.put(host, made);
        return made;
    }

    private TestAlerts recovers(String host, int second) {
        return alerts.get(host).recovered(OPENED.plusSeconds(second));
    }

    private void three() throws Exception {
        post(opens("web1", 0));
        soon(() -> assertThat(tickets()).hasSize(1));
        post(opens("web2", 60));
        soon(() -> assertThat(tickets()).hasSize(2));
        post(opens("db1", 120));
        soon(() -> assertThat(linked()).hasSize(3));
    }

    private static void soon(org.awaitility.core.ThrowingRunnable assertion) {
        await().atMost(Duration.ofSeconds(40)).untilAsserted(assertion);
    }

    /** The list is not kept waiting for its minute. */
    private void soonInTheList(org.awaitility.core.ThrowingRunnable assertion) {
        soon(() -> {
            service.execute("UPDATE incident SET listed_at = 0");
            service.execute("UPDATE problem SET due_at = 1 WHERE due_at IS NOT NULL AND lease IS NULL");
            assertion.run();
        });
    }

    private long incident() {
        return Long.parseLong(
                service.text("t.issue FROM ticket t JOIN alert a ON a.ticket_id = t.id WHERE a.incident = a.id"));
    }

    /** The tickets that are shown with the incident's, as the store knows. */
    private List<String> linked() {
        String all = service.text("GROUP_CONCAT(in_incident_by) FROM ticket WHERE in_incident IS NOT NULL");
        return all == null ? List.of() : List.of(all.split(","));
    }

    private JsonNode ticketOf(String host) {
        return shown(Integer.parseInt(service.text(
                "t.issue FROM ticket t JOIN alert a ON a.ticket_id = t.id WHERE a.alert_key = '" + mark + host + "'")));
    }

    private JsonNode incidentTicket() {
        return shown((int) incident());
    }

    private void allRecover(int second, String... hosts) throws Exception {
        for (String host : hosts) {
            post(recovers(host, second));
        }
    }

    @Test
    void of_three_alerts_that_become_one_incident_and_are_over() throws Exception {
        start();
        three();

        assertThat(linked()).containsOnly("parent");
        assertThat(Stream.of("web1", "web2", "db1").map(this::ticketOf))
                .allSatisfy(child -> assertThat(child.at("/parent/id").asLong()).isEqualTo(incident()));
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
        assertThat(tickets()).hasSize(4);
        assertThat(service.count("alert WHERE incident_role = 'line'")).isEqualTo(2);

        allRecover(600, "web1", "web2", "db1", "web4");
        untilReported("web4");
        assertThat(status(incidentTicket())).as("one line fires").isEqualTo("New");

        allRecover(700, "web5");
        soon(() -> assertThat(status(incidentTicket())).isEqualTo("Closed"));
    }

    private void untilReported(String host) {
        soon(() -> assertThat(service.count("alert WHERE status = 'ok' AND alert_key = '" + mark + host + "'"))
                .isOne());
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

    private void untilKnown(String host, String role) {
        soon(() -> assertRole(host, role));
    }

    private void assertRole(String host, String role) {
        assertThat(service.text("incident_role FROM alert WHERE alert_key = '" + mark + host + "'"))
                .isEqualTo(role);
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

    private void takeOut(String host) {
        JsonNode child = ticketOf(host);
        aSecondAfter(child);
        assertThat(as("admin").put(number(child), Map.of("parent_issue_id", "")).status())
                .isEqualTo(204);
    }

    /** Not in the second in which it was changed: of that no sweep reads anything. */
    private void aSecondAfter(JsonNode ticket) {
        Instant changed = Instant.parse(ticket.path("updated_on").asText());
        await().until(() -> Instant.now().isAfter(changed.plusSeconds(1)));
    }

    /** A look that is under way writes over it: so it is asked for until it is done. */
    private void soonBySweep(org.awaitility.core.ThrowingRunnable assertion) {
        soon(() -> {
            service.execute("UPDATE redmine_watch SET swept_at = 0 WHERE since IS NOT NULL");
            assertion.run();
        });
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
}
