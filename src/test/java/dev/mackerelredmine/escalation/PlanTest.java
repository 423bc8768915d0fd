package dev.mackerelredmine.escalation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a policy does where nobody answers. */
@Tag("fast")
class PlanTest {

    private static final Instant ASKED = Instant.parse("2026-12-01T00:00:00Z");

    private static EscalationStep step(int minutes, Target whom) {
        return new EscalationStep(Duration.ofMinutes(minutes), List.of(whom), List.of("redmine"));
    }

    private static List<Long> minutes(Rota rota) {
        EscalationPolicy policy = new EscalationPolicy(
                "p",
                null,
                List.of(
                        step(5, new Target(Target.Kind.ROTA, "r")),
                        step(20, new Target(Target.Kind.PERSON, "Hanako")),
                        step(30, new Target(Target.Kind.PERSON, "Taro"))),
                1,
                Duration.ofMinutes(10),
                null);
        return Plan.of(new EscalationFile(Map.of("r", rota), Map.of(), Map.of()), policy, ASKED, Set.of())
                .steps()
                .stream()
                .map(step -> Duration.between(ASKED, step.at()).toMinutes())
                .toList();
    }

    @Test
    void each_step_has_its_time() {
        assertThat(minutes(at -> Optional.of("Jiro"))).containsExactly(5L, 20L, 30L, 45L, 60L, 70L);
    }

    @Test
    void the_step_after_one_that_reaches_nobody_comes_at_once_and_the_next_keeps_its_time() {
        assertThat(minutes(at -> Optional.empty())).containsExactly(5L, 5L, 30L, 45L, 45L, 70L);
    }

    @Test
    void who_is_on_call_is_as_it_is_when_the_step_comes() {
        Instant handOver = ASKED.plus(Duration.ofMinutes(30));

        assertThat(minutes(at -> at.isBefore(handOver) ? Optional.empty() : Optional.of("Jiro")))
                .containsExactly(5L, 5L, 30L, 45L, 60L, 70L);
    }
}
