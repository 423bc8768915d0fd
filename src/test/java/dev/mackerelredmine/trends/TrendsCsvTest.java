package dev.mackerelredmine.trends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mackerelredmine.figures.Filter;
import dev.mackerelredmine.figures.Opening;
import dev.mackerelredmine.figures.Period;
import dev.mackerelredmine.figures.Subject;
import dev.mackerelredmine.figures.Suggestion;
import dev.mackerelredmine.figures.Trends;
import dev.mackerelredmine.figures.TrendsTally;
import dev.mackerelredmine.web.QueryException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("fast")
class TrendsCsvTest {

    private static final Instant NOW = Instant.parse("2026-11-20T00:30:00Z");

    private static TrendsCsv csv(String monitor) {
        TrendsTally tally = new TrendsTally(Period.ofDays(1, LocalDate.of(2026, 11, 20), ZoneOffset.UTC), NOW);
        tally.add(
                new Opening(1, 1, NOW.toEpochMilli(), 3, Opening.NEVER, false, Opening.NEVER, Opening.NEVER, "noise"));
        Trends trends = tally.trends();
        RankedProblem problem = new RankedProblem(
                new Subject(1, "org", monitor, "cpu", "web1", List.of("Shop"), List.of("Shop: web", "Shop: app")),
                trends.mostFrequent().get(0),
                Suggestion.of(trends.mostFrequent().get(0), List.of()));
        return new TrendsCsv(new TrendsAnswer(Filter.ALL, trends, List.of(problem), List.of(problem)), false);
    }

    @Test
    void has_a_line_for_each_figure_with_its_definition() {
        assertThat(csv("CPU").table(null))
                .startsWith("\"figure\",\"unit\",\"now\",\"before\",\"definition\"\r\n")
                .contains("\"critical\",\"count\",\"1\",\"0\",\"Alerts that opened")
                .contains("\"to-acknowledge-median\",\"seconds\",\"\",\"\",");
    }

    @Test
    void names_a_problem_with_its_suggestion() {
        assertThat(csv("CPU \"5 min\"").table("noisiest"))
                .contains(
                        "\"org\",\"CPU \"\"5 min\"\"\",\"cpu\",\"web1\",\"Shop\",\"Shop: web; Shop: app\",\"1\",\"0\"")
                .endsWith("\"too few to say: 1 alerts\"\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@A1", "\t=1"})
    void no_text_is_a_formula(String monitor) {
        assertThat(csv(monitor).table("noisiest")).contains("\"'" + monitor + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"days", "hours", "most-frequent", "night-load", "verdicts"})
    void has_each_table(String table) {
        assertThat(csv("CPU").table(table)).contains("\r\n");
    }

    @Test
    void says_which_tables_there_are() {
        assertThatThrownBy(() -> csv("CPU").table("x"))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining("figures, days, hours");
    }
}
