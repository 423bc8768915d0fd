package dev.mackerelredmine;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mackerelredmine.redmine.RedmineCaller;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who is notified of an incident: as of one alert. People are notified by a chat that is an HTTP server. */
@Tag("service")
class IncidentEscalationTest extends EscalatingService {

    // --- what is set

    @Override
    String morePolicy() {
        return "        - setVariable: {name: ticket.incident, constant: Shop}\n";
    }

    private void opens(String host) throws Exception {
        assertThat(service.post(critical().id(host).host(host).bytes()).statusCode())
                .isEqualTo(202);
    }

    private int ticketOf(String host) {
        return Integer.parseInt(service.text(
                "t.issue FROM ticket t JOIN alert a ON a.ticket_id = t.id WHERE a.alert_key = '" + host + "'"));
    }

    private String endedOf(String host) {
        return service.text(
                "e.ended_for FROM escalation e JOIN alert a ON a.ticket_id = e.ticket_id WHERE a.alert_key = '" + host
                        + "'");
    }

    private String ofIncident(String column) {
        return service.text("e." + column
                + " FROM escalation e JOIN alert a ON a.ticket_id = e.ticket_id WHERE a.incident_role = 'incident'");
    }

    private void three() throws Exception {
        start(
                "{at: 0m, notify: dev Test, by: [webhook]}",
                "{at: 1h, notify: Hanako Yamada, by: [webhook]}",
                "{at: 2h, notify: dev Test, by: [webhook]}");
        opens("web1");
        soon(() -> assertThat(said()).containsExactly("escalation.page dev Test 1"));
        makeDue();
        soon(() -> assertThat(said()).contains("escalation.page Hanako Yamada 2"));
        opens("web2");
        opens("web3");
        soon(() -> assertThat(ofIncident("id")).isNotNull());
    }

    @Test
    void it_goes_on_where_its_members_had_come_to_and_theirs_end() throws Exception {
        three();

        soon(() -> assertThat(endedOf("web1")).isEqualTo("its incident goes on"));
        assertThat(ofIncident("step")).isEqualTo("2");
        assertThat(ofIncident("ended_for")).isNull();
        soon(() ->
                assertThat(service.count("escalation WHERE ended_at IS NULL")).isOne());

        opens("web4");
        soon(() -> assertThat(service.count("alert WHERE incident_role = 'child' AND ticket_id IS NOT NULL"))
                .isEqualTo(4));
        assertThat(service.count("escalation WHERE ended_at IS NULL")).isOne();
    }

    @Test
    void whoever_takes_the_ticket_of_a_member_has_the_incident() throws Exception {
        three();
        soon(() -> assertThat(service.count("ticket WHERE in_incident IS NOT NULL"))
                .isEqualTo(3));
        RedmineCaller dev = new RedmineCaller(redmine.url(), redmine.id("key_dev"));
        String issue = "/issues/" + ticketOf("web1") + ".json";
        Instant changed =
                Instant.parse(dev.get(issue).json().at("/issue/updated_on").asText());
        await().until(() -> Instant.now().isAfter(changed.plusSeconds(1)));

        assertThat(dev.put(issue, Map.of("assigned_to_id", redmine.id("user_dev")))
                        .status())
                .isEqualTo(204);

        soon(() -> {
            service.execute("UPDATE redmine_watch SET swept_at = 0 WHERE since IS NOT NULL");
            assertThat(ofIncident("ended_for")).isEqualTo("acknowledged by dev Test");
        });
    }
}
