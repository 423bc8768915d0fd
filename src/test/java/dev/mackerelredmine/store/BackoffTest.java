package dev.mackerelredmine.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("fast")
class BackoffTest {

    private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5));

    /** Draws always the same place between the bounds: 0 the lower, 0.5 the middle, all but 1 the upper. */
    private static RandomGenerator drawing(double place) {
        return () -> (long) (place * (1L << 53)) << 11;
    }

    private Duration middle(int tries) {
        return backoff.after(tries, drawing(0.5));
    }

    @ParameterizedTest(name = "after {0} tries")
    @CsvSource({"0, 1s", "1, 2s", "2, 4s", "3, 8s", "8, 256s"})
    void doubles_with_each_try(int tries, String wait) {
        assertThat(middle(tries)).isEqualTo(Duration.parse("PT" + wait));
    }

    @ParameterizedTest(name = "after {0} tries")
    @ValueSource(ints = {9, 10, 30, 31, 32, 33, 62, 63, 64, 65, 1000, 100_000, Integer.MAX_VALUE})
    void never_waits_longer_than_the_longest(int tries) {
        assertThat(middle(tries)).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void waits_the_longest_from_the_start_where_the_first_is_longer() {
        assertThat(new Backoff(Duration.ofHours(1), Duration.ofMinutes(5)).after(0, drawing(0.5)))
                .isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void gives_or_takes_a_fifth() {
        assertThat(List.of(backoff.after(4, drawing(0)), backoff.after(4, drawing(0.999_999_9))))
                .containsExactly(Duration.ofMillis(12_800), Duration.ofMillis(19_200));
    }

    @Test
    void spreads_problems_that_failed_together() {
        Random random = new Random(1);

        assertThat(IntStream.range(0, 1000)
                        .mapToObj(problem -> backoff.after(10, random))
                        .distinct()
                        .count())
                .isGreaterThan(900);
    }
}
