package dev.mackerelredmine.escalation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A policy as a later release has to read it. */
@Tag("fast")
class EscalationPolicyJsonTest {

    private static final EscalationPolicy POLICY = new EscalationPolicy(
            "critical",
            "Mon-Fri 09:00-18:00 Asia/Tokyo",
            List.of(new EscalationStep(
                    Duration.ofMinutes(5),
                    List.of(
                            new Target(Target.Kind.ROTA, "primary"),
                            new Target(Target.Kind.GROUP, "Ops"),
                            new Target(Target.Kind.PERSON, "山田 花子")),
                    List.of("slack", "phone"))),
            2,
            Duration.ofMinutes(15),
            Duration.ofHours(4));

    /** This text stands in stores: it may get more fields, and none of these may change. */
    private static final String JSON = """
            {"name":"critical","hours":"Mon-Fri 09:00-18:00 Asia/Tokyo","steps":[{"at":"PT5M","notify":[{"kind":"rota","name":"primary"},{"kind":"group","name":"Ops"},{"kind":"person","name":"山田 花子"}],"by":["slack","phone"]}],"repeat":2,"repeat-after":"PT15M","again-after":"PT4H"}""";

    @Test
    void is_written_in_words_of_its_own() {
        assertThat(EscalationPolicyJson.write(POLICY)).isEqualTo(JSON);
    }

    @Test
    void is_read_as_it_was_written() {
        assertThat(EscalationPolicyJson.read(JSON)).isEqualTo(POLICY);
    }

    @Test
    void what_may_be_absent_stays_absent() {
        EscalationPolicy always = new EscalationPolicy("p", null, POLICY.steps(), 0, Duration.ofMinutes(10), null);

        assertThat(EscalationPolicyJson.read(EscalationPolicyJson.write(always)))
                .isEqualTo(always);
    }

    @Test
    void ignores_what_it_does_not_know() {
        assertThat(EscalationPolicyJson.read(JSON.replace("{\"name\"", "{\"new\":{\"x\":1},\"name\"")))
                .isEqualTo(POLICY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{}", "[]", "null", "{\"steps\":[{}]}", "{\"steps\":[{\"at\":\"x\"}]}"})
    void refuses_what_is_no_policy(String json) {
        assertThatThrownBy(() -> EscalationPolicyJson.read(json)).isInstanceOf(IllegalArgumentException.class);
    }
}
