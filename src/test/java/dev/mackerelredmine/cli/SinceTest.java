package dev.mackerelredmine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("fast")
class SinceTest {

    private static final Since SINCE = new Since(ZoneId.of("Asia/Tokyo"), Instant.parse("2026-11-20T03:00:00Z"));

    @ParameterizedTest
    @CsvSource({
        "30m, 2026-11-20T02:30:00Z",
        "2h, 2026-11-20T01:00:00Z",
        "1h30m, 2026-11-20T01:30:00Z",
        "3d, 2026-11-17T03:00:00Z",
        "2026-11-20, 2026-11-19T15:00:00Z",
        "2026-11-20T09:00, 2026-11-20T00:00:00Z",
        "2026-11-20T09:00:30, 2026-11-20T00:00:30Z",
        "2026-11-20T09:00Z, 2026-11-20T09:00:00Z",
        "2026-11-20T09:00:00+01:00, 2026-11-20T08:00:00Z"
    })
    void reads_a_time_as_people_write_it(String text, Instant time) {
        assertThat(SINCE.time(text)).contains(time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "2x", "-2h", "2026-13-01", "20 Nov", "09:00", "2026-11-20T"})
    void knows_no_other_times(String text) {
        assertThat(SINCE.time(text)).isEmpty();
    }
}
