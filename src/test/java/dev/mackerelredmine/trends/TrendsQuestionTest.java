package dev.mackerelredmine.trends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mackerelredmine.figures.Filter;
import dev.mackerelredmine.figures.Period;
import dev.mackerelredmine.web.QueryException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("fast")
class TrendsQuestionTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 30);

    private static TrendsQuestion of(Map<String, String> query) {
        return TrendsQuestion.of(query::get, TODAY, ZoneOffset.UTC);
    }

    @Test
    void is_about_all_alerts_of_four_weeks_without_a_query() {
        assertThat(of(Map.of()))
                .isEqualTo(new TrendsQuestion(
                        new Period(TODAY.minusDays(27), TODAY.plusDays(1), ZoneOffset.UTC), Filter.ALL));
    }

    @Test
    void takes_both_days_in() {
        assertThat(of(Map.of("from", "2026-11-01", "to", "2026-11-01")).period())
                .isEqualTo(new Period(LocalDate.of(2026, 11, 1), LocalDate.of(2026, 11, 2), ZoneOffset.UTC));
    }

    @Test
    void filters() {
        assertThat(of(Map.of("service", " Shop ", "role", "Shop: web", "monitor", "CPU", "host", "web1", "severity", "critical"))
                        .filter())
                .isEqualTo(new Filter("Shop", "Shop: web", "CPU", "web1", 3));
    }

    @ParameterizedTest
    @CsvSource({
        "from,yesterday,from is no day",
        "to,2026-13-01,to is no day",
        "from,2026-12-01,from is after to",
        "from,2020-01-01,at most 400 days",
        "severity,bad,'warning, unknown or critical'"
    })
    void says_what_it_does_not_understand(String name, String value, String why) {
        assertThatThrownBy(() -> of(Map.of(name, value)))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining(why);
    }
}
