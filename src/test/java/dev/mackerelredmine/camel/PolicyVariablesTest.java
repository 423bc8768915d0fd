package dev.mackerelredmine.camel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mackerelredmine.ticket.policy.Policy;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class PolicyVariablesTest {

    private static final Policy NOTHING = Policy.of(null);

    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    private final PolicyVariables variables = new PolicyVariables();

    @Test
    void reads_every_variable() {
        Stream.of(
                        "project",
                        "tracker",
                        "status",
                        "priority",
                        "assignee",
                        "category",
                        "watchers",
                        "dueDate",
                        "skip",
                        "escalation")
                .forEach(name -> exchange.setVariable("ticket." + name, "a " + name));

        assertThat(variables.read(exchange))
                .isEqualTo(new Policy(
                        "a project",
                        "a tracker",
                        "a status",
                        "a priority",
                        "a assignee",
                        "a category",
                        List.of("a watchers"),
                        "a dueDate",
                        null,
                        "a skip",
                        null,
                        "a escalation"));
    }

    @Test
    void reads_null_where_nothing_was_decided() {
        assertThat(variables.read(exchange)).isEqualTo(NOTHING);
    }

    @Test
    void tells_nothing_decided_from_decided_to_be_nothing() {
        exchange.setVariable("ticket.assignee", " ");

        assertThat(variables.read(exchange).assignee()).isEmpty();
    }

    @Test
    void takes_an_escalation_by_nothing_for_none() {
        exchange.setVariable("ticket.escalation", " ");

        assertThat(variables.read(exchange)).isEqualTo(NOTHING);
    }

    @Test
    void reads_a_number_and_several_watchers() {
        exchange.setVariable("ticket.tracker", 7);
        exchange.setVariable("ticket.watchers", "Hanako Yamada, 9 ,Ops");

        Policy policy = variables.read(exchange);

        assertThat(policy.tracker()).isEqualTo("7");
        assertThat(policy.watchers()).containsExactly("Hanako Yamada", "9", "Ops");
    }

    @Test
    void reads_custom_fields_by_their_numbers_with_one_value_or_several() {
        exchange.setVariable("ticket.field.12", 34);
        exchange.setVariable("ticket.field.13", List.of("web", "db "));

        assertThat(variables.read(exchange).fields()).isEqualTo(Map.of(12L, "34", 13L, List.of("web", "db")));
        assertThat(variables.read(exchange)).isEqualTo(NOTHING);
    }

    @Test
    void leaves_nothing_over_for_the_next_alert() {
        exchange.setVariable("ticket.skip", "no tickets for warnings");
        variables.read(exchange);

        assertThat(variables.read(exchange)).isEqualTo(NOTHING);
    }
}
