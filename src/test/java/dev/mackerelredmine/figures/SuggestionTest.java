package dev.mackerelredmine.figures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mackerelredmine.figures.Suggestion.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("fast")
class SuggestionTest {

    private static ProblemCounts problem(long alerts, long acknowledged, long isShort, long noise, long inTwoHours) {
        return new ProblemCounts(1, alerts, 0, acknowledged, isShort, 0, noise, 23, inTwoHours, List.of());
    }

    @ParameterizedTest(name = "{0} alerts, {1} acknowledged, {2} short, {3} said to be noise, {4} in two hours: {5}")
    @CsvSource({
        "9,0,9,9,9,TOO_FEW",
        "10,0,10,5,10,DELETE",
        "10,0,10,4,8,MUTE_WINDOW",
        "10,5,10,0,10,NONE",
        "10,4,5,0,7,DURATION",
        "10,0,4,0,7,NOBODY_ACTS",
        "10,1,4,0,7,NONE",
    })
    void is_the_first_that_holds(
            long alerts, long acknowledged, long isShort, long noise, long inTwoHours, Kind expected) {
        assertThat(Suggestion.of(problem(alerts, acknowledged, isShort, noise, inTwoHours), List.of())
                        .kind())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"TOO_FEW,false", "DELETE,true", "MUTE_WINDOW,true", "DURATION,true", "NOBODY_ACTS,true", "NONE,false"})
    void is_advice_where_there_is_something_to_do(Kind kind, boolean expected) {
        assertThat(new Suggestion(kind, List.of()).isAdvice()).isEqualTo(expected);
    }

    /** What lasts has no noise, and then what fewer people needed is first. */
    @Test
    void is_asked_for_the_noisiest_alone_and_then_for_what_nobody_acknowledged() {
        Instant now = Instant.parse("2026-11-30T00:00:00Z");
        Period period = Period.ofDays(28, LocalDate.of(2026, 11, 30), ZoneOffset.UTC);
        TrendsTally tally = new TrendsTally(period, now);
        for (int i = 0; i < 12; i++) {
            Instant day = now.minus(Duration.ofDays(13 - i));
            long at = day.plus(Duration.ofHours(i)).toEpochMilli();
            add(tally, 1, at, 60, true);
            add(tally, 2, at, 60, i < 5);
            add(tally, 3, at, 1, false);
            if (i < 11) {
                add(tally, 4, at, 60, false);
            }
            add(tally, 5, day.toEpochMilli(), 60, i < 3);
            if (i < 9) {
                add(tally, 6, at, 1, false);
            }
        }

        Trends trends = tally.trends();

        assertThat(trends.noisiest()).extracting(ProblemCounts::subject).containsExactly(3L, 4L, 5L);
        assertThat(trends.mostFrequent()).hasSize(6);
    }

    private static void add(TrendsTally tally, long subject, long at, int minutes, boolean isAcknowledged) {
        tally.add(new Opening(
                subject,
                subject,
                at,
                3,
                at + minutes * 60_000L,
                false,
                Opening.NEVER,
                isAcknowledged ? at + 1000 : Opening.NEVER,
                null));
    }

    @Test
    void compares_the_median_value_with_the_threshold() {
        List<MetricValue> near = List.of(new MetricValue(91, 90), new MetricValue(98, 90), new MetricValue(400, 90));

        assertThat(Suggestion.of(problem(10, 0, 5, 0, 0), near).text(false))
                .isEqualTo(
                        "move the threshold: 5 of 10 were over within 5 minutes, and the median value was 98, close to the threshold 90");
        assertThat(Suggestion.of(problem(10, 0, 5, 0, 0), List.of(new MetricValue(99.1, 90)))
                        .kind())
                .isEqualTo(Kind.DURATION);
    }

    @Test
    void says_the_hours_of_a_window_that_crosses_midnight() {
        assertThat(Suggestion.of(problem(10, 1, 0, 0, 9), List.of()).text(false))
                .isEqualTo(
                        "mute the monitor from 23:00 to 1:00: 9 of 10 opened in these hours, and 1 were acknowledged");
    }

    @ParameterizedTest
    @CsvSource({
        "all quiet #noise,true",
        "#noise,true",
        "夜間は対応不要です,true",
        "#noisebox,false",
        "##noise,false",
        "noise,false",
        "a#noise,false"
    })
    void a_note_says_that_it_was_noise(String note, boolean says) {
        assertThat(Verdict.saysNoise(note)).isEqualTo(says);
    }
}
