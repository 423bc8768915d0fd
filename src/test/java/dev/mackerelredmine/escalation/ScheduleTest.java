package dev.mackerelredmine.escalation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mackerelredmine.escalation.Schedule.Place;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When an escalation starts, and when its steps are due. */
@Tag("fast")
class ScheduleTest {

    private static final Instant START = Instant.parse("2026-12-01T00:00:00Z");

    private static EscalationPolicy policy(String hours, int repeat) {
        List<EscalationStep> steps = Stream.of(0, 5, 20)
                .map(minutes -> new EscalationStep(
                        Duration.ofMinutes(minutes),
                        List.of(new Target(Target.Kind.PERSON, "Hanako Yamada")),
                        List.of("slack")))
                .toList();
        return new EscalationPolicy("p", hours, steps, repeat, Duration.ofMinutes(10), null);
    }

    @Test
    void starts_at_once_where_the_policy_has_no_hours() {
        assertThat(Schedule.start(policy(null, 0), START, Set.of())).isEqualTo(START);
    }

    /** 2026-12-04 is a Friday. */
    @ParameterizedTest
    @CsvSource({
        "Mon-Fri 09:00-18:00 Asia/Tokyo, 2026-12-04T10:00:00+09:00, 2026-12-04T10:00:00+09:00",
        "Mon-Fri 09:00-18:00 Asia/Tokyo, 2026-12-04T08:59:59+09:00, 2026-12-04T09:00:00+09:00",
        "Mon-Fri 09:00-18:00 Asia/Tokyo, 2026-12-04T18:00:00+09:00, 2026-12-08T09:00:00+09:00",
        "Mon-Fri 22:00-07:00 Asia/Tokyo, 2026-12-05T06:59:00+09:00, 2026-12-05T06:59:00+09:00",
        "Mon-Fri 22:00-07:00 Asia/Tokyo, 2026-12-05T07:00:00+09:00, 2026-12-08T22:00:00+09:00",
        "Sat-Sun 00:00-23:59 Asia/Tokyo, 2026-12-04T12:00:00+09:00, 2026-12-05T00:00:00+09:00",
        "Sun-Sun 10:00-11:00 Asia/Tokyo, 2026-12-04T12:00:00+09:00, 2026-12-06T10:00:00+09:00",
        "Mon-Fri 02:30-04:00 Europe/Berlin, 2026-03-28T12:00:00+01:00, 2026-03-30T02:30:00+02:00"
    })
    void starts_with_the_next_hours_where_monday_is_a_holiday(String hours, String now, String start) {
        Set<LocalDate> holidays = Set.of(LocalDate.parse("2026-12-07"));

        assertThat(Schedule.start(policy(hours, 0), OffsetDateTime.parse(now).toInstant(), holidays))
                .isEqualTo(OffsetDateTime.parse(start).toInstant());
    }

    @ParameterizedTest
    @CsvSource({"1, 0, 0", "1, 1, 5", "1, 2, 20", "2, 0, 30", "2, 1, 35", "3, 2, 80"})
    void a_round_begins_after_the_last_step_of_the_one_before(int round, int step, int minutes) {
        assertThat(Schedule.due(policy(null, 2), START, round, step)).isEqualTo(START.plusSeconds(60L * minutes));
    }

    @Test
    void steps_follow_each_other_in_each_round_to_the_last() {
        List<Place> places = Stream.iterate(
                        new Place(1, 0),
                        place -> place != null,
                        place -> Schedule.next(policy(null, 1), place).orElse(null))
                .toList();

        assertThat(places)
                .containsExactly(
                        new Place(1, 0),
                        new Place(1, 1),
                        new Place(1, 2),
                        new Place(2, 0),
                        new Place(2, 1),
                        new Place(2, 2));
    }
}
