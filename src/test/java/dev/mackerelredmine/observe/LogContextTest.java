package dev.mackerelredmine.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mackerelredmine.ticket.AlertHistory;
import dev.mackerelredmine.ticket.AlertKey;
import dev.mackerelredmine.ticket.Membership;
import dev.mackerelredmine.ticket.Ticket;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

@Tag("fast")
final class LogContextTest {

    private static final Ticket TICKET = new Ticket(1L, 42L, null, null, false, false, null, List.of());

    private final LogContext context = new LogContext();

    @AfterEach
    void clear() {
        MDC.clear();
    }

    private static AlertHistory history(String id, Ticket ticket) {
        return new AlertHistory(
                1, new AlertKey("example", id), null, List.of(), Set.of(), ticket, Ticket.NONE, null, Membership.NONE);
    }

    @Test
    void is_of_an_alert_and_its_ticket() {
        context.alert(history("2bjFirst", TICKET));

        assertThat(MDC.get("alert")).isEqualTo("example/2bjFirst");
        assertThat(MDC.get("issue")).isEqualTo("42");
    }

    @Test
    void takes_no_ticket_from_one_alert_to_the_next_of_its_problem() {
        context.alert(history("2bjFirst", TICKET));
        context.alert(history("2bjSecond", Ticket.NONE));

        assertThat(MDC.get("alert")).isEqualTo("example/2bjSecond");
        assertThat(MDC.get("issue")).isNull();
    }

    @Test
    void begins_with_nothing() {
        context.alert(history("2bjFirst", TICKET));
        context.begin();

        assertThat(MDC.get("alert")).isNull();
        assertThat(MDC.get("issue")).isNull();
    }
}
