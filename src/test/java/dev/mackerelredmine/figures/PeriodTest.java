package dev.mackerelredmine.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** In which steps a period is drawn. */
@Tag("fast")
final class PeriodTest {

    private static final LocalDate LAST = LocalDate.of(2026, 11, 30);

    @Test
    void goes_by_days_up_to_three_months_and_then_by_weeks() {
        assertThat(Period.ofDays(92, LAST, ZoneOffset.UTC).steps()).hasSize(92).endsWith(LAST);

        Period longer = Period.ofDays(93, LAST, ZoneOffset.UTC);
        assertThat(longer.steps())
                .hasSize(14)
                .startsWith(longer.from(), longer.from().plusDays(7))
                .endsWith(LAST.minusDays(1));
    }

    @Test
    void counts_each_alert_of_a_long_period_in_its_week() {
        Period period = Period.ofDays(93, LAST, ZoneOffset.UTC);
        TrendsTally tally = new TrendsTally(period, LAST.atStartOfDay().toInstant(ZoneOffset.UTC));
        for (int day : new int[] {6, 7, 92}) {
            long opened = period.begin() + day * 86_400_000L;
            tally.add(new Opening(day, 1, opened, 3, opened + 1, false, Opening.NEVER, Opening.NEVER, null));
        }

        assertThat(tally.trends().mostFrequent().get(0).course())
                .containsExactly(1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
    }
}
