package dev.mackerelredmine.trends;

import dev.mackerelredmine.figures.Figure;
import dev.mackerelredmine.figures.Filter;
import dev.mackerelredmine.figures.Numbers;
import dev.mackerelredmine.figures.Period;
import dev.mackerelredmine.figures.ProblemCounts;
import dev.mackerelredmine.figures.Subject;
import dev.mackerelredmine.figures.Trends;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The answer of {@code /api/trends}; {@code /openapi.yaml} describes it. */
record TrendsJson(
        Days period,
        Days before,
        Filtered filter,
        Numbers figures,
        Numbers figuresBefore,
        List<Day> days,
        List<Weekday> hours,
        List<Problem> noisiest,
        List<Problem> mostFrequent,
        List<Trends.RotaPages> nightLoad,
        List<Trends.VerdictCount> verdicts,
        Map<String, String> definitions) {

    /** @param to the last day of it */
    record Days(String from, String to, String timeZone) {
        static Days of(Period period) {
            return new Days(
                    period.from().toString(),
                    period.to().minusDays(1).toString(),
                    period.zone().getId());
        }
    }

    /** Null: all. */
    record Filtered(String service, String role, String monitor, String host, String severity) {
        static Filtered of(Filter filter) {
            return new Filtered(
                    given(filter.service()),
                    given(filter.role()),
                    given(filter.monitor()),
                    given(filter.host()),
                    given(TrendsQuestion.severity(filter)));
        }

        private static String given(String value) {
            return value.isEmpty() ? null : value;
        }
    }

    record Day(String day, long warning, long unknown, long critical) {}

    record Weekday(String weekday, List<Long> alerts) {}

    /** @param suggestion one thing to do, in the asker's language; kind is the same in each */
    record Problem(
            String org,
            String monitor,
            String metric,
            String host,
            List<String> services,
            List<String> roles,
            long alerts,
            long alertsBefore,
            long acknowledged,
            long shortAlerts,
            double noise,
            long saidToBeNoise,
            List<Integer> course,
            Suggested suggestion) {

        static Problem of(RankedProblem problem, boolean isJapanese) {
            Subject subject = problem.subject();
            ProblemCounts counts = problem.counts();
            return new Problem(
                    subject.org(),
                    subject.monitor(),
                    subject.metric(),
                    subject.host(),
                    subject.services(),
                    subject.roles(),
                    counts.alerts(),
                    counts.before(),
                    counts.acknowledged(),
                    counts.shortAlerts(),
                    counts.noise(),
                    counts.saidToBeNoise(),
                    counts.course(),
                    new Suggested(
                            problem.suggestion().kind().toString(),
                            problem.suggestion().text(isJapanese)));
        }
    }

    record Suggested(String kind, String text) {}

    static TrendsJson of(TrendsAnswer answer, boolean isJapanese) {
        Trends trends = answer.trends();
        return new TrendsJson(
                Days.of(trends.period()),
                Days.of(trends.periodBefore()),
                Filtered.of(answer.filter()),
                trends.numbers(),
                trends.numbersBefore(),
                trends.days().stream()
                        .map(day -> new Day(day.day().toString(), day.warning(), day.unknown(), day.critical()))
                        .toList(),
                trends.hours().stream()
                        .map(row -> new Weekday(row.weekday().name().toLowerCase(Locale.ROOT), row.alerts()))
                        .toList(),
                problems(answer.noisiest(), isJapanese),
                problems(answer.mostFrequent(), isJapanese),
                trends.rotas(),
                trends.verdicts(),
                Figure.definitions(isJapanese));
    }

    private static List<Problem> problems(List<RankedProblem> problems, boolean isJapanese) {
        return problems.stream().map(problem -> Problem.of(problem, isJapanese)).toList();
    }
}
