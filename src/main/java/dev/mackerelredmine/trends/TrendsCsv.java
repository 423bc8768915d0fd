package dev.mackerelredmine.trends;

import dev.mackerelredmine.web.QueryException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The tables of the trends as CSV (RFC 4180), one at a time. */
final class TrendsCsv {

    private final TrendsAnswer answer;
    private final boolean isJapanese;

    TrendsCsv(TrendsAnswer answer, boolean isJapanese) {
        this.answer = answer;
        this.isJapanese = isJapanese;
    }

    /** @param name of the table; null is that of the figures */
    String table(String name) {
        Map<String, Supplier<List<List<?>>>> tables = tables();
        Supplier<List<List<?>>> rows = tables.get(name == null ? "figures" : name);
        if (rows == null) {
            throw new QueryException("table is one of " + String.join(", ", tables.keySet()));
        }
        return Csv.of(rows.get());
    }

    private Map<String, Supplier<List<List<?>>>> tables() {
        Map<String, Supplier<List<List<?>>>> tables = new LinkedHashMap<>();
        tables.put("figures", this::figures);
        tables.put("days", this::days);
        tables.put("hours", this::hours);
        tables.put("noisiest", () -> problems(answer.noisiest()));
        tables.put("most-frequent", () -> problems(answer.mostFrequent()));
        tables.put("night-load", this::nightLoad);
        tables.put("verdicts", this::verdicts);
        return tables;
    }

    private List<List<?>> figures() {
        List<List<?>> rows = table("figure", "unit", "now", "before", "definition");
        FigureRow.of(answer.trends().numbers(), answer.trends().numbersBefore())
                .forEach(row -> rows.add(Csv.row(
                        row.name(),
                        row.unit(),
                        row.now(),
                        row.before(),
                        row.figure().definition(isJapanese))));
        return rows;
    }

    private List<List<?>> days() {
        List<List<?>> rows = table("day", "warning", "unknown", "critical");
        answer.trends()
                .days()
                .forEach(day -> rows.add(Csv.row(day.day(), day.warning(), day.unknown(), day.critical())));
        return rows;
    }

    private List<List<?>> hours() {
        List<List<?>> rows = table("weekday", "hour", "alerts");
        answer.trends().hours().forEach(weekday -> {
            for (int hour = 0; hour < weekday.alerts().size(); hour++) {
                rows.add(Csv.row(weekday.weekday(), hour, weekday.alerts().get(hour)));
            }
        });
        return rows;
    }

    private List<List<?>> problems(List<RankedProblem> problems) {
        List<List<?>> rows = table(
                "org",
                "monitor",
                "metric",
                "host",
                "services",
                "roles",
                "alerts",
                "before",
                "acknowledged",
                "short",
                "noise",
                "said to be noise",
                "suggestion");
        problems.forEach(problem -> rows.add(Csv.row(
                problem.subject().org(),
                problem.subject().monitor(),
                problem.subject().metric(),
                problem.subject().host(),
                String.join("; ", problem.subject().services()),
                String.join("; ", problem.subject().roles()),
                problem.counts().alerts(),
                problem.counts().before(),
                problem.counts().acknowledged(),
                problem.counts().shortAlerts(),
                problem.counts().noise(),
                problem.counts().saidToBeNoise(),
                problem.suggestion().text(isJapanese))));
        return rows;
    }

    private List<List<?>> nightLoad() {
        List<List<?>> rows = table("rota", "pages", "night pages");
        answer.trends().rotas().forEach(rota -> rows.add(Csv.row(rota.rota(), rota.pages(), rota.nightPages())));
        return rows;
    }

    private List<List<?>> verdicts() {
        List<List<?>> rows = table("verdict", "alerts");
        answer.trends().verdicts().forEach(verdict -> rows.add(Csv.row(verdict.verdict(), verdict.alerts())));
        return rows;
    }

    private static List<List<?>> table(Object... titles) {
        List<List<?>> rows = new ArrayList<>();
        rows.add(Csv.row(titles));
        return rows;
    }
}
