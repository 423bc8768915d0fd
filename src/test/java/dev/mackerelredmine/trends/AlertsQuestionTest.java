package dev.mackerelredmine.trends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mackerelredmine.figures.Counted;
import dev.mackerelredmine.figures.Selection;
import dev.mackerelredmine.web.QueryException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which list an address asks for. */
@Tag("fast")
final class AlertsQuestionTest {

    private static AlertsQuestion of(String query) {
        Map<String, String> parameters = Arrays.stream(query.split("&"))
                .map(part -> part.split("=", 2))
                .collect(Collectors.toMap(part -> part[0], part -> part.length > 1 ? part[1] : ""));
        return AlertsQuestion.of(parameters::get, LocalDate.of(2026, 11, 30), ZoneOffset.UTC);
    }

    @Test
    void without_a_figure_lists_all_alerts() {
        assertThat(of("service=Shop").selection()).isEqualTo(Selection.of(Counted.ALERTS));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "from=2026-11-01&to=2026-11-30&service=Shop&severity=critical&figure=short",
                "from=2026-11-01&to=2026-11-30&figure=alerts&problem=7&verdict=noise&weekday=sunday&hour=23"
            })
    void writes_the_address_that_it_reads(String query) {
        assertThat(of(query).query(1)).isEqualTo(query);
        assertThat(of(of(query).query(3)).page()).isEqualTo(3);
    }

    @Test
    void takes_a_weekday_and_an_hour() {
        assertThat(of("weekday=monday&hour=0").selection())
                .isEqualTo(new Selection(Counted.ALERTS, 0, "", DayOfWeek.MONDAY, 0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "figure=pages | figure is one of alerts, critical,",
                "weekday=someday | weekday is monday",
                "hour=24 | hour is a number from 0 to 23",
                "hour=-1 | hour is a number",
                "problem=x | problem is a number",
                "page=0 | page is a number from 1 to 100",
                "page=101 | page is a number from 1 to 100",
                "from=x | from is no day"
            })
    void says_what_it_does_not_understand(String query, String why) {
        assertThatThrownBy(() -> of(query)).isInstanceOf(QueryException.class).hasMessageContaining(why);
    }
}
