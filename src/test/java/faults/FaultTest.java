package faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which fault meets which request, and how often. */
@Tag("fast")
final class FaultTest {

    private static final int REQUESTS = 20_000;

    private static final Set<Fault> IN_FRONT_OF_REDMINE = EnumSet.of(
            Fault.PAGE_200,
            Fault.DONE_PAGE_200,
            Fault.PAGE_4XX,
            Fault.DONE_PAGE_4XX,
            Fault.REDIRECTED,
            Fault.DONE_REDIRECTED);

    @Test
    void meets_as_many_requests_as_the_rate_says() {
        int faults = REQUESTS - drawn(0.25, "POST").get(Fault.NONE);

        assertThat(faults / (double) REQUESTS).isCloseTo(0.25, Offset.offset(0.02));
    }

    @Test
    void meets_none_at_the_rate_0_and_all_at_the_rate_1() {
        assertThat(drawn(0, "POST")).containsOnlyKeys(Fault.NONE);
        assertThat(drawn(1, "POST")).doesNotContainKey(Fault.NONE);
    }

    @Test
    void of_a_creation_is_any_but_a_lock_conflict() {
        assertThat(drawn(0.5, "POST").keySet()).isEqualTo(EnumSet.complementOf(EnumSet.of(Fault.CONFLICT_422)));
    }

    @Test
    void of_a_change_is_any_but_the_204_that_redmine_itself_answers() {
        assertThat(drawn(0.5, "PUT").keySet()).isEqualTo(EnumSet.complementOf(EnumSet.of(Fault.NOTHING_204)));
    }

    @Test
    void of_a_question_is_no_lock_conflict_and_nothing_from_in_front_of_redmine() {
        Set<Fault> others = EnumSet.complementOf(EnumSet.copyOf(IN_FRONT_OF_REDMINE));
        others.removeAll(Set.of(Fault.CONFLICT_422, Fault.NOTHING_204));

        assertThat(drawn(0.5, "GET").keySet()).isEqualTo(others);
    }

    /** Drawn as the proxy draws, request by request. */
    private static Map<Fault, Integer> drawn(double rate, String method) {
        Map<Fault, Integer> counts = new EnumMap<>(Fault.class);
        for (int number = 1; number <= REQUESTS; number++) {
            SplittableRandom random = Proxy.random(1, number);
            counts.merge(Fault.of(random, rate, method), 1, Integer::sum);
        }
        return counts;
    }
}
