package dev.mackerelredmine.escalation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who is on call by turns, also where the clocks are changed. */
@Tag("fast")
class TurnsRotaTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static Rota rota(String start, String every) {
        return new TurnsRota(
                LocalDateTime.parse(start), Durations.read(every).orElseThrow(), BERLIN, List.of("A", "B", "C"));
    }

    private static String onCall(Rota rota, String local) {
        return rota.onCall(LocalDateTime.parse(local).atZone(BERLIN).toInstant())
                .orElse("nobody");
    }

    @Test
    void nobody_is_on_call_before_the_start() {
        Rota rota = rota("2026-12-01T09:00", "7d");

        assertThat(onCall(rota, "2026-12-01T08:59:59")).isEqualTo("nobody");
        assertThat(onCall(rota, "2020-01-01T00:00")).isEqualTo("nobody");
        assertThat(onCall(rota, "2026-12-01T09:00")).isEqualTo("A");
    }

    @Test
    void people_take_turns_and_begin_again() {
        Rota rota = rota("2026-12-01T09:00", "7d");

        assertThat(onCall(rota, "2026-12-08T08:59:59")).isEqualTo("A");
        assertThat(onCall(rota, "2026-12-08T09:00")).isEqualTo("B");
        assertThat(onCall(rota, "2026-12-15T09:00")).isEqualTo("C");
        assertThat(onCall(rota, "2026-12-22T09:00")).isEqualTo("A");
        assertThat(onCall(rota, "2040-12-22T09:00")).isNotEqualTo("nobody");
    }

    /** On 2026-03-29 at 02:00 the clock is put on to 03:00. */
    @Test
    void is_handed_over_at_the_same_time_of_the_day_when_summer_time_begins() {
        Rota rota = rota("2026-03-23T09:00", "7d");

        assertThat(onCall(rota, "2026-03-30T08:59")).isEqualTo("A");
        assertThat(onCall(rota, "2026-03-30T09:00")).isEqualTo("B");
    }

    /** On 2026-10-25 at 03:00 the clock is put back to 02:00. */
    @Test
    void is_handed_over_at_the_same_time_of_the_day_when_summer_time_ends() {
        Rota rota = rota("2026-10-19T09:00", "7d");

        assertThat(onCall(rota, "2026-10-26T08:59")).isEqualTo("A");
        assertThat(onCall(rota, "2026-10-26T09:00")).isEqualTo("B");
    }

    @Test
    void half_days_are_handed_over_at_the_same_times_too() {
        Rota rota = rota("2026-10-24T09:00", "12h");

        assertThat(onCall(rota, "2026-10-24T21:00")).isEqualTo("B");
        assertThat(onCall(rota, "2026-10-25T08:59")).isEqualTo("B");
        assertThat(onCall(rota, "2026-10-25T09:00")).isEqualTo("C");
    }

    @Test
    void a_turn_that_is_over_does_not_come_back_with_the_hour_that_comes_twice() {
        Rota rota = rota("2026-10-25T00:30", "2h");
        Instant handOver = Instant.parse("2026-10-25T00:30:00Z"); // 02:30 for the first time
        Instant again = Instant.parse("2026-10-25T01:15:00Z"); // 02:15 for the second time

        assertThat(rota.onCall(handOver.minusSeconds(1))).contains("A");
        assertThat(rota.onCall(handOver)).contains("B");
        assertThat(rota.onCall(again)).contains("B");
    }

    @Test
    void a_hand_over_in_the_hour_that_is_left_out_comes_with_the_next() {
        Rota rota = rota("2026-03-28T02:30", "1d");
        Instant handOver = Instant.parse("2026-03-29T01:30:00Z"); // 03:30

        assertThat(rota.onCall(handOver.minusSeconds(1))).contains("A");
        assertThat(rota.onCall(handOver)).contains("B");
        assertThat(rota.holdsUntil(handOver.minusSeconds(1))).isEqualTo(handOver);
    }

    @Test
    void turns_of_a_time_follow_each_other_without_a_gap() {
        Instant from = Instant.parse("2026-10-01T00:00:00Z");
        Instant to = Instant.parse("2026-11-01T00:00:00Z");
        List<Turn> turns = Turn.of(rota("2026-10-05T09:00", "7d"), from, to);

        assertThat(turns)
                .extracting(Turn::person)
                .containsExactly(
                        Optional.empty(), Optional.of("A"), Optional.of("B"), Optional.of("C"), Optional.of("A"));
        assertThat(turns.get(0).from()).isEqualTo(from);
        assertThat(turns.get(4).to()).isEqualTo(to);
        for (int i = 1; i < turns.size(); i++) {
            assertThat(turns.get(i).from()).isEqualTo(turns.get(i - 1).to());
        }
    }

    @Test
    void turns_of_the_same_person_one_after_the_other_are_one() {
        Rota alone = new TurnsRota(LocalDateTime.parse("2026-01-01T00:00"), Duration.ofDays(1), BERLIN, List.of("A"));

        assertThat(Turn.of(alone, Instant.parse("2026-02-01T00:00:00Z"), Instant.parse("2026-03-01T00:00:00Z")))
                .hasSize(1);
    }

    @Test
    void turns_of_a_rota_that_does_not_know_its_changes_are_found_to_the_minute() {
        Instant change = Instant.parse("2026-02-01T12:34:00Z");
        Rota other = at -> at.isBefore(change) ? Optional.of("A") : Optional.empty();

        assertThat(Turn.of(other, change.minusSeconds(7200), change.plusSeconds(7200)))
                .containsExactly(
                        new Turn(change.minusSeconds(7200), change, Optional.of("A")),
                        new Turn(change, change.plusSeconds(7200), Optional.empty()));
    }
}
