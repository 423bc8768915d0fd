package dev.mackerelredmine.redmine.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mackerelredmine.redmine.check.Finding.Verdict;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A clock is known to differ by what no delay on the way explains. */
@Tag("fast")
class ClocksTest {

    private static final Instant SENT = Instant.parse("2026-11-29T10:00:00Z");
    private static final Instant RECEIVED = SENT.plusSeconds(3);

    @ParameterizedTest
    @CsvSource(textBlock = """
            'Sun, 29 Nov 2026 10:00:00 GMT', 0
            'Sun, 29 Nov 2026 10:00:03 GMT', 0
            'Sun, 29 Nov 2026 09:59:59 GMT', 0
            'Sun, 29 Nov 2026 10:00:10 GMT', 7
            'Sun, 29 Nov 2026 09:59:49 GMT', -10
            """)
    void is_ahead_by_what_lies_outside_of_the_request(String date, long seconds) {
        assertThat(Clocks.ahead(date, SENT, RECEIVED)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void is_not_known_without_a_date() {
        assertThat(Clocks.ahead((String) null, SENT, RECEIVED)).isNull();
        assertThat(Clocks.ahead("yesterday", SENT, RECEIVED)).isNull();
    }

    @ParameterizedTest
    @ValueSource(longs = {5, -5, 0})
    void agrees_within_five_seconds(long seconds) {
        assertThat(ClockLines.compared("clock", Duration.ofSeconds(seconds)).verdict())
                .isEqualTo(Verdict.OK);
    }

    @ParameterizedTest
    @CsvSource({
        "6, is 6 s ahead of this machine's. Set both by NTP",
        "-3600, is 3600 s behind this machine's. Set both by NTP"
    })
    void is_wrong_beyond_that(long seconds, String text) {
        Finding finding = ClockLines.compared("clock", Duration.ofSeconds(seconds));

        assertThat(finding.isWrong()).isTrue();
        assertThat(finding.text()).isEqualTo(text);
    }
}
