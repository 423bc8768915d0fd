package dev.mackerelredmine.ticket.policy;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mackerelredmine.mackerel.TestAlerts;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("fast")
class OfficeHoursTest {

    private static final String HOURS = "Mon-Fri 09:00-18:00 Asia/Tokyo";
    private static final Instant FRIDAY_NOON = Instant.parse("2026-11-20T12:00:00+09:00");
    private static final Instant SUNDAY_NOON = Instant.parse("2026-11-22T12:00:00+09:00");

    private static final Set<LocalDate> HOLIDAYS = Set.of(LocalDate.of(2026, 11, 23));

    private static boolean hold(TestAlerts alert) {
        return hold(alert, HOURS);
    }

    private static boolean hold(TestAlerts alert, String hours) {
        return new OfficeHours(HOLIDAYS, Clock.fixed(SUNDAY_NOON, ZoneOffset.UTC))
                .isWithin(alert.notification(), hours);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-20T08:59:59+09:00, false",
        "2026-11-20T09:00:00+09:00, true",
        "2026-11-20T17:59:59+09:00, true",
        "2026-11-20T18:00:00+09:00, false",
        "2026-11-20T00:00:00Z, true",
        "2026-11-19T23:59:59Z, false",
        "2026-11-16T12:00:00+09:00, true",
        "2026-11-21T12:00:00+09:00, false",
        "2026-11-22T12:00:00+09:00, false"
    })
    void hold_on_their_days_from_the_first_minute_to_before_the_last_in_their_zone(Instant at, boolean hold) {
        assertThat(hold(critical().statusChangedAt(at))).isEqualTo(hold);
    }

    @ParameterizedTest
    @CsvSource({"Sat-Mon, true", "Sun-Sun, true", "Mon-Sun, true", "sun-mon, true", "Tue-Sat, false"})
    void may_go_over_the_end_of_the_week(String days, boolean hold) {
        assertThat(hold(critical().statusChangedAt(SUNDAY_NOON), days + " 09:00-18:00 Asia/Tokyo"))
                .isEqualTo(hold);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            2026-11-20T21:59:59+09:00, false
            2026-11-20T22:00:00+09:00, true
            2026-11-21T06:59:59+09:00, true
            2026-11-21T07:00:00+09:00, false
            2026-11-21T22:00:00+09:00, false
            2026-11-16T06:00:00+09:00, false
            """)
    void end_on_the_next_day_where_they_end_before_they_begin(Instant at, boolean hold) {
        assertThat(hold(critical().statusChangedAt(at), "Mon-Fri 22:00-07:00 Asia/Tokyo"))
                .isEqualTo(hold);
    }

    /** 2026-11-23 is a Monday. */
    @ParameterizedTest
    @CsvSource({
        "2026-11-23T12:00:00+09:00, Mon-Fri 09:00-18:00, false",
        "2026-11-23T12:00:00+09:00, Mon-Sun 09:00-18:00, true",
        "2026-11-23T12:00:00+09:00, Sun-Sun 09:00-18:00, true",
        "2026-11-24T06:00:00+09:00, Mon-Fri 22:00-07:00, false",
        "2026-11-24T12:00:00+09:00, Mon-Fri 09:00-18:00, true"
    })
    void take_a_holiday_for_a_sunday(Instant at, String hours, boolean hold) {
        assertThat(hold(critical().statusChangedAt(at), hours + " Asia/Tokyo")).isEqualTo(hold);
    }

    @Test
    void go_by_the_opening_where_mackerel_does_not_tell_when_the_status_changed() {
        assertThat(hold(critical().without("statusChangedAt").openedAt(FRIDAY_NOON)))
                .isTrue();
        assertThat(hold(critical()
                        .without("statusChangedAt")
                        .without("openedAt")
                        .with("createdAt", FRIDAY_NOON.toEpochMilli())))
                .isTrue();
    }

    @Test
    void go_by_the_clock_where_mackerel_tells_no_time_at_all() {
        TestAlerts timeless =
                critical().without("statusChangedAt").without("openedAt").without("createdAt");

        assertThat(hold(timeless)).isFalse();
        assertThat(hold(timeless, "Sun-Sun 09:00-18:00 Asia/Tokyo")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "09:00-18:00",
                "Mon-Fri 9-18 Asia/Tokyo",
                "Mon-Fri 09:00-18:00",
                "Mon-Fri 09:00-18:00 Tokyo",
                "Mon-Fri 09:00-25:00 Asia/Tokyo",
                "Mon-Fri 09:00-09:00 Asia/Tokyo",
                "Mon-Fro 09:00-18:00 Asia/Tokyo"
            })
    void say_how_they_are_written_when_they_cannot_be_read(String hours) {
        assertThatThrownBy(() -> hold(critical(), hours))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("office hours are written as Mon-Fri 09:00-18:00 Asia/Tokyo, not as " + hours);
    }
}
