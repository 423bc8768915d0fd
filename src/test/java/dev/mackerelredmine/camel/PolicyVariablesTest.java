package dev.mackerelredmine.camel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mackerelredmine.escalation.EscalationFile;
import dev.mackerelredmine.escalation.Rota;
import dev.mackerelredmine.redmine.LoggedErrors;
import dev.mackerelredmine.settings.SettingsException;
import dev.mackerelredmine.ticket.policy.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class PolicyVariablesTest {

    private static final Policy NOTHING = Policy.of(null);

    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    private final PolicyVariables variables = asking(
            () -> {
                throw new AssertionError("no rota is named");
            },
            "dev");
    private Instant now = Instant.parse("2026-12-01T00:00:00Z");

    private PolicyVariables asking(Supplier<EscalationFile> file, String assigned) {
        return new PolicyVariables(new OnCallNames(file, () -> now), assigned);
    }

    /** Hanako from December on, and nobody before. */
    private EscalationFile file() {
        Rota primary =
                at -> Optional.of("Hanako Yamada").filter(it -> !at.isBefore(Instant.parse("2026-12-01T00:00:00Z")));
        return new EscalationFile(Map.of("primary", primary), Map.of(), Map.of());
    }

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
                        "a escalation",
                        null));
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

    // --- whoever is on call

    @Test
    void puts_whoever_is_on_call_in_the_place_of_the_rota() {
        exchange.setVariable("ticket.assignee", "on-call:primary");
        exchange.setVariable("ticket.watchers", "Ops, on-call: primary");

        Policy policy = asking(this::file, null).read(exchange);

        assertThat(policy.assignee()).isEqualTo("Hanako Yamada");
        assertThat(policy.watchers()).containsExactly("Ops", "Hanako Yamada");
        assertThat(policy.emptyRotas()).isEmpty();
    }

    @Test
    void assigns_whoever_is_on_call_where_the_settings_say_so_and_the_policy_nothing() {
        PolicyVariables asking = asking(this::file, "on-call:primary");

        assertThat(asking.read(exchange).assignee()).isEqualTo("Hanako Yamada");

        exchange.setVariable("ticket.assignee", "");
        assertThat(asking.read(exchange).assignee()).isEmpty();
    }

    @Test
    void keeps_the_rota_where_nobody_is_on_call_and_says_so_once_a_minute() {
        PolicyVariables asking = asking(this::file, null);
        now = now.minusSeconds(600);
        try (LoggedErrors log = LoggedErrors.of(OnCallNames.class.getName(), Level.WARN)) {
            for (int seconds : List.of(0, 59, 1)) {
                now = now.plus(Duration.ofSeconds(seconds));
                exchange.setVariable("ticket.assignee", "on-call:primary");

                Policy policy = asking.read(exchange);

                assertThat(policy.emptyRotas()).containsExactly("primary");
                assertThat(asking.mistakes(policy)).isEmpty();
            }
            assertThat(log.messages())
                    .hasSize(2)
                    .allMatch(message -> message.contains("rota primary") && message.contains("nobody is on call"));
        }
    }

    @Test
    void knows_a_rota_in_which_nobody_can_ever_be_on_call() {
        SettingsException broken = new SettingsException(List.of("escalation.yaml:2: x", "escalation.yaml:3: y"));

        assertThat(mistakes(this::file))
                .containsExactly("on-call:primry: escalation.file has no such rota: is primary meant?");
        assertThat(mistakes(null)).containsExactly("on-call:primry: escalation.file (ESCALATION_FILE) is not set");
        assertThat(mistakes(() -> {
                    throw broken;
                }))
                .containsExactly("on-call:primry: escalation.yaml:2: x; escalation.yaml:3: y");
    }

    private List<String> mistakes(Supplier<EscalationFile> file) {
        PolicyVariables asking = asking(file, null);
        exchange.setVariable("ticket.watchers", "on-call:primry");
        return asking.mistakes(asking.read(exchange));
    }

    @Test
    void leaves_nothing_over_for_the_next_alert() {
        exchange.setVariable("ticket.skip", "no tickets for warnings");
        variables.read(exchange);

        assertThat(variables.read(exchange)).isEqualTo(NOTHING);
    }
}
