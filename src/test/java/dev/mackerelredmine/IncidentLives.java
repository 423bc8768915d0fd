package dev.mackerelredmine;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mackerelredmine.mackerel.TestAlerts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;

/** What tests of whole lives of incidents share: alerts of hosts that are all of one incident where there are enough. */
abstract class IncidentLives extends Lives {

    final Map<String, TestAlerts> alerts = new HashMap<>();

    Path policy() throws IOException {
        return policy("");
    }

    /** @param steps further ones, as they stand in the file */
    Path policy(String steps) throws IOException {
        return IncidentPolicy.in(folder, mark, steps);
    }

    void start(String... settings) throws Exception {
        start(policy(), settings);
    }

    void start(Path policy, String... settings) throws Exception {
        service.withPolicy(policy).with("incident.quiet", "0");
        for (int i = 0; i < settings.length; i += 2) {
            service.with(settings[i], settings[i + 1]);
        }
        service.start();
    }

    /** An alert of a host, which opened so many seconds after the first. */
    TestAlerts opens(String host, int second) {
        return opens(critical(), host, second);
    }

    TestAlerts opens(TestAlerts alert, String host, int second) {
        Instant at = OPENED.plusSeconds(second);
        TestAlerts made =
                alert.id(mark + host).monitor(mark).host(host).openedAt(at).statusChangedAt(at);
        alerts.put(host, made);
        return made;
    }

    TestAlerts recovers(String host, int second) {
        return alerts.get(host).recovered(OPENED.plusSeconds(second));
    }

    void three() throws Exception {
        post(opens("web1", 0));
        soon(() -> assertThat(tickets()).hasSize(1));
        post(opens("web2", 60));
        soon(() -> assertThat(tickets()).hasSize(2));
        post(opens("db1", 120));
        soon(() -> assertThat(linked()).hasSize(3));
    }

    static void soon(org.awaitility.core.ThrowingRunnable assertion) {
        await().atMost(Duration.ofSeconds(40)).untilAsserted(assertion);
    }

    /** The list is not kept waiting for its minute. */
    void soonInTheList(org.awaitility.core.ThrowingRunnable assertion) {
        soon(() -> {
            service.execute("UPDATE incident SET listed_at = 0");
            service.execute("UPDATE problem SET due_at = 1 WHERE due_at IS NOT NULL AND lease IS NULL");
            assertion.run();
        });
    }

    long incident() {
        return Long.parseLong(
                service.text("t.issue FROM ticket t JOIN alert a ON a.ticket_id = t.id WHERE a.incident = a.id"));
    }

    /** The tickets that are shown with the incident's, as the store knows. */
    List<String> linked() {
        String all = service.text("GROUP_CONCAT(in_incident_by) FROM ticket WHERE in_incident IS NOT NULL");
        return all == null ? List.of() : List.of(all.split(","));
    }

    /** The store knows it a moment after Redmine has it. */
    JsonNode ticketOf(String host) {
        String issue =
                "t.issue FROM ticket t JOIN alert a ON a.ticket_id = t.id WHERE a.alert_key = '" + mark + host + "'";
        await().until(() -> service.text(issue) != null);
        return shown(Integer.parseInt(service.text(issue)));
    }

    JsonNode incidentTicket() {
        return shown((int) incident());
    }

    void allRecover(int second, String... hosts) throws Exception {
        for (String host : hosts) {
            post(recovers(host, second));
        }
    }

    void untilReported(String host, String status) {
        soon(() -> assertThat(
                        service.count("alert WHERE status = '" + status + "' AND alert_key = '" + mark + host + "'"))
                .isOne());
    }

    void untilKnown(String host, String role) {
        soon(() -> assertRole(host, role));
    }

    void assertRole(String host, String role) {
        assertThat(service.text("incident_role FROM alert WHERE alert_key = '" + mark + host + "'"))
                .isEqualTo(role);
    }

    /** Not in the second in which it was changed: of that no sweep reads anything. */
    void aSecondAfter(JsonNode ticket) {
        Instant changed = Instant.parse(ticket.path("updated_on").asText());
        await().until(() -> Instant.now().isAfter(changed.plusSeconds(1)));
    }

    /** A poll that is under way writes over it: so it is asked for until it is done. */
    void soonBySweep(org.awaitility.core.ThrowingRunnable assertion) {
        soon(() -> {
            service.execute("UPDATE redmine_watch SET swept_at = 0 WHERE since IS NOT NULL");
            assertion.run();
        });
    }

    static List<Long> related(JsonNode ticket) {
        return StreamSupport.stream(ticket.path("relations").spliterator(), false)
                .flatMapToLong(relation -> LongStream.of(
                        relation.path("issue_id").asLong(),
                        relation.path("issue_to_id").asLong()))
                .filter(issue -> issue != ticket.path("id").asLong())
                .boxed()
                .toList();
    }
}
