package dev.mackerelredmine.ticket.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("fast")
class PolicyTest {

    private static final Policy SETTINGS =
            new Policy("alert", "Alert", "New", "High", "dev", null, List.of(), null, null, null, null, null, null);

    private static Policy skip(String why) {
        return new Policy(null, null, null, null, null, null, null, null, null, why, null, null, null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "warnings get no ticket", "no", "0"})
    void skips_whatever_the_reason(String why) {
        assertThat(skip(why).skips()).isTrue();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "false"})
    void skips_nothing_without_a_reason(String why) {
        assertThat(skip(why).skips()).isFalse();
    }

    @Test
    void is_as_the_settings_say_where_it_decided_nothing() {
        assertThat(skip(null).or(SETTINGS)).isEqualTo(SETTINGS);
    }

    @Test
    void is_as_it_decided_where_it_decided_something_and_be_it_nothing() {
        Policy policy =
                new Policy("shop", "Bug", "", "", "", "Servers", List.of("dev"), "3d", null, "", null, null, null);

        assertThat(policy.or(SETTINGS)).isEqualTo(policy);
    }

    @Test
    void is_as_the_settings_say_where_nobody_is_on_call_in_the_rota_that_it_named() {
        List<String> watchers = List.of("on-call:backup", "Ops");
        Policy policy = new Policy(
                "shop", null, null, null, "on-call:primary", null, watchers, null, null, null, null, null, null);

        assertThat(policy.emptyRotas()).containsExactly("primary", "backup");
        assertThat(policy.or(SETTINGS).assignee()).isEqualTo("dev");
        assertThat(policy.or(SETTINGS).watchers()).containsExactly("Ops");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " "})
    void always_has_a_project(String project) {
        Policy policy = Policy.of(project);

        assertThat(policy.or(SETTINGS).project()).isEqualTo("alert");
    }
}
