package faults;

import static faults.Paged.ENDED;
import static faults.Paged.EXHAUSTED;
import static faults.Paged.LATER;
import static faults.Paged.T0;
import static faults.Paged.with;
import static faults.Paged.without;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import faults.Escalated.Down;
import faults.Escalated.OfTicket;
import faults.Escalated.TicketAction;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which tickets have to escalate and which must not. */
@Tag("fast")
final class VerdictOnEscalationsTest {

    private final Escalated record = Paged.record();

    static Ticket ticket(long number, String... shown) {
        String lines = String.join(
                "\n",
                Arrays.stream(shown).map(line -> "| 10:00 | " + line + " |").toList());
        String description = "| Time | Status | What happened |\n" + lines + "\n\nmackerel-redmine:x";
        try {
            return new Ticket(
                    new ObjectMapper().createObjectNode().put("id", number).put("description", description), "1", "2");
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static List<Ticket> tickets(String... shown) throws JsonProcessingException {
        return List.of(ticket(42, shown), ticket(43, "CRITICAL | t9c1"));
    }

    private static List<String> findings(Escalated record, List<Ticket> tickets) {
        return new VerdictOnEscalations(record)
                .findings(tickets).stream().map(Verdict.Finding::toString).toList();
    }

    private List<String> findings(Escalated changed) throws JsonProcessingException {
        return findings(changed, tickets("WARNING | t1c1", "CRITICAL | t1c2"));
    }

    @Test
    void finds_nothing_where_each_critical_ticket_escalates() throws Exception {
        assertThat(findings(record)).isEmpty();
    }

    @Test
    void finds_a_critical_ticket_without_a_policy_and_an_escalation_without_one() throws Exception {
        assertThat(findings(record.withPolicies(Map.of(43L, OnCall.POLICY))))
                .containsExactly(
                        "LOST (no alert): #42 tells of something critical, and has no policy",
                        "WRONG (no alert): #42 escalates without a policy: [escalation 7 of #42]");
    }

    @Test
    void finds_a_policy_where_nothing_is_critical() throws Exception {
        assertThat(findings(record, tickets("WARNING | t1c1", "UNKNOWN | t1c2")))
                .containsExactly("WRONG (no alert): #42 tells of nothing critical, and has the policy critical-alerts");
    }

    @Test
    void lets_a_ticket_of_two_alerts_have_the_policy_or_not() throws Exception {
        Escalated none = record.withPolicies(Map.of(43L, OnCall.POLICY)).withEscalations(List.of(ENDED));

        assertThat(findings(none, tickets("CRITICAL | t1c1", "WARNING | t2c1"))).isEmpty();
        assertThat(findings(record, tickets("CRITICAL | t1c1", "WARNING | t2c1")))
                .isEmpty();
    }

    @Test
    void finds_a_ticket_that_nobody_answered_and_that_has_no_escalation() throws Exception {
        assertThat(findings(record.withEscalations(List.of(ENDED))))
                .containsExactly("LOST (no alert): #42 has no escalation, and nobody answered"
                        + " from 2026-11-30T09:59:59.950Z to 2026-11-30T10:02:00Z");
    }

    @Test
    void lets_an_escalation_begin_late_while_the_service_is_down() throws Exception {
        Down down = new Down(Instant.ofEpochMilli(T0), Instant.ofEpochMilli(LATER - 10_000));

        assertThat(findings(record.withEscalations(List.of(ENDED)).withDowns(List.of(down))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"acknowledge", "closed-by-person", "close"})
    void needs_none_of_a_ticket_that_somebody_has_at_once(String action) throws Exception {
        assertThat(findings(record.withEscalations(List.of(ENDED))
                        .withTicketActions(with(record.ticketActions(), new TicketAction(42, T0 + 2000, action)))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hand-over", "taken-back", "reopen"})
    void needs_another_once_the_ticket_is_nobodys_again(String action) throws Exception {
        assertThat(findings(record.withSettled(Set.of())
                        .withTicketActions(with(record.ticketActions(), new TicketAction(43, T0 + 60_000, action)))))
                .containsExactly("LOST (no alert): #43 has no escalation, and nobody answered"
                        + " from 2026-11-30T10:01:00Z to 2026-11-30T10:02:00Z");
    }

    @Test
    void needs_none_before_the_ticket_tells_of_something_critical() throws Exception {
        assertThat(findings(record.withEscalations(List.of(ENDED))
                        .withAlerts(List.of(new OfTicket(42, T0 - 100, null, LATER - 10_000)))))
                .isEmpty();
    }

    @Test
    void takes_a_ticket_for_opened_again_before_somebody_took_it_where_somebody_has_it() throws Exception {
        List<TicketAction> both = with(record.ticketActions(), new TicketAction(43, T0 + 3000, "reopen"));

        assertThat(findings(record.withTicketActions(both))).isEmpty();
        assertThat(findings(record.withTicketActions(both).withSettled(Set.of()).withEscalations(List.of(EXHAUSTED))))
                .hasSize(1);
    }

    @Test
    void needs_none_of_an_alert_that_is_over_at_once() throws Exception {
        assertThat(findings(record.withEscalations(List.of(ENDED))
                        .withAlerts(List.of(new OfTicket(42, T0 - 100, T0 + 5000, T0 - 50)))))
                .isEmpty();
        assertThat(findings(record.withEscalations(List.of(ENDED))
                        .withAlerts(List.of(
                                new OfTicket(42, T0 - 100, T0 + 5000, T0 - 50),
                                new OfTicket(42, T0 - 100, T0 + 50_000, null)))))
                .hasSize(1);
    }

    @Test
    void finds_nothing_else_that_the_escalation_of_another_ticket_could_hide() throws Exception {
        assertThat(findings(record.withEscalations(without(List.of(EXHAUSTED, ENDED), ENDED))))
                .isEmpty();
    }
}
