package dev.mackerelredmine.incident;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which alerts become one incident. */
@Tag("fast")
class GroupingTest {

    private static final Instant BEGIN = Instant.parse("2026-12-01T00:00:00Z");

    private final Grouping grouping =
            new Grouping(new GroupingRules(3, Duration.ofMinutes(10), Duration.ofHours(4), 10));

    private static Opening alert(long number, long problem, int minute) {
        return new Opening(number, problem, minute(minute));
    }

    private static Instant minute(int minute) {
        return BEGIN.plus(Duration.ofMinutes(minute));
    }

    private Grouping.Result of(Opening alert, Opening... alone) {
        return grouping.of(alert, List.of(), List.of(alone));
    }

    private static List<Long> members(Grouping.Result result) {
        return result.members().stream().map(Opening::alert).toList();
    }

    @Test
    void two_problems_are_none() {
        assertThat(of(alert(2, 2, 1), alert(1, 1, 0)).isAlone()).isTrue();
    }

    @Test
    void the_third_problem_within_the_window_makes_one_with_those_before() {
        Grouping.Result result = of(alert(3, 3, 10), alert(1, 1, 0), alert(2, 2, 5));

        assertThat(result.makesOne()).isTrue();
        assertThat(members(result)).containsExactly(1L, 2L, 3L);
    }

    @Test
    void three_problems_within_more_than_the_window_make_none() {
        assertThat(of(alert(3, 3, 11), alert(1, 1, 0), alert(2, 2, 5)).isAlone())
                .isTrue();
    }

    @Test
    void three_alerts_of_two_problems_make_none() {
        assertThat(of(alert(3, 1, 2), alert(1, 1, 0), alert(2, 2, 1)).isAlone()).isTrue();
    }

    @Test
    void one_that_came_in_late_makes_one_with_those_that_opened_after_it() {
        assertThat(members(of(alert(3, 3, 0), alert(1, 1, 4), alert(2, 2, 8)))).containsExactly(3L, 1L, 2L);
    }

    @Test
    void what_opened_within_the_window_of_its_members_comes_with_it() {
        assertThat(members(of(alert(4, 3, 19), alert(1, 1, 0), alert(2, 1, 9), alert(3, 2, 18))))
                .as("1, 2 and 3 follow one another, but only two problems of them open within one window")
                .containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void another_joins_one_that_stands() {
        Span incident = new Span(7, minute(0), minute(10));

        assertThat(grouping.of(alert(4, 4, 20), List.of(incident), List.of()).incident())
                .isEqualTo(7L);
        assertThat(grouping.of(alert(4, 4, 21), List.of(incident), List.of()).isAlone())
                .isTrue();
    }

    @Test
    void one_that_opened_too_long_after_the_first_does_not_join() {
        Span incident = new Span(7, minute(0), minute(239));

        assertThat(grouping.of(alert(4, 4, 240), List.of(incident), List.of()).isAlone())
                .isFalse();
        assertThat(grouping.of(alert(4, 4, 241), List.of(incident), List.of()).isAlone())
                .isTrue();
    }

    @Test
    void of_two_that_could_take_it_the_older_one_does() {
        Span old = new Span(7, minute(0), minute(10));
        Span newer = new Span(8, minute(25), minute(30));

        assertThat(grouping.of(alert(4, 4, 18), List.of(newer, old), List.of()).incident())
                .isEqualTo(7L);
    }

    @Test
    void one_that_is_seen_twice_counts_once() {
        Opening same = alert(3, 3, 2);

        assertThat(members(
                        of(same, Stream.of(alert(1, 1, 0), alert(2, 2, 1), same).toArray(Opening[]::new))))
                .containsExactly(1L, 2L, 3L);
    }
}
