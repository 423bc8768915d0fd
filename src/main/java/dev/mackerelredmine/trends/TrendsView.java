package dev.mackerelredmine.trends;

import dev.mackerelredmine.figures.Figure;
import dev.mackerelredmine.figures.Filter;
import dev.mackerelredmine.figures.Trends;
import dev.mackerelredmine.web.Visitor;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the page of the trends shows. */
public record TrendsView(TrendsAnswer answer, Visitor visitor, boolean isJapanese) {

    private static final long MOST_BARS = 92;
    private static final int DAYS_OF_A_WEEK = 7;
    private static final int SHADES = 5;

    public String from() {
        return answer.trends().period().from().toString();
    }

    public String to() {
        return answer.trends().period().to().minusDays(1).toString();
    }

    public String severity() {
        return TrendsQuestion.severity(answer.filter());
    }

    public List<FigureRow> figures() {
        return FigureRow.of(answer.trends().numbers(), answer.trends().numbersBefore());
    }

    /** What a row says now, for people; a dash where there is nothing. */
    public String now(FigureRow row) {
        return value(row, row.now());
    }

    public String before(FigureRow row) {
        return value(row, row.before());
    }

    private String value(FigureRow row, Long value) {
        if (value == null) {
            return "–";
        }
        return row.unit().equals("seconds") ? visitor.span(Duration.ofSeconds(value)) : value.toString();
    }

    public String change(FigureRow row) {
        Long change = row.change();
        if (change == null) {
            return "";
        }
        return (change > 0 ? "▲ +" : change < 0 ? "▼ " : "± ") + change + " %";
    }

    public List<Figure> definitions() {
        return Arrays.asList(Figure.values());
    }

    /** A bar for each day, or, of a long period, for each week from the first day on. */
    public List<Bar> bars() {
        boolean byWeek = answer.trends().period().days() > MOST_BARS;
        Map<LocalDate, List<Trends.Day>> groups = answer.trends().days().stream()
                .collect(Collectors.groupingBy(day -> byWeek ? week(day.day()) : day.day(), TreeMap::new, Collectors.toList()));
        return groups.entrySet().stream()
                .map(group -> new Bar(
                        (byWeek ? visitor.say("trends.week-from", group.getKey()) : group.getKey().toString()),
                        group.getValue().stream().mapToLong(Trends.Day::warning).sum(),
                        group.getValue().stream().mapToLong(Trends.Day::unknown).sum(),
                        group.getValue().stream().mapToLong(Trends.Day::critical).sum()))
                .toList();
    }

    private LocalDate week(LocalDate day) {
        LocalDate first = answer.trends().period().from();
        return day.minusDays(ChronoUnit.DAYS.between(first, day) % DAYS_OF_A_WEEK);
    }

    public record Bar(String label, long warning, long unknown, long critical) {
        public long alerts() {
            return warning + unknown + critical;
        }
    }

    /** How dark the cell of so many alerts is: 0 is none, 5 the most. */
    public int shade(long alerts) {
        long most = answer.trends().hours().stream()
                .flatMap(row -> row.alerts().stream())
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
        return alerts == 0 ? 0 : (int) Math.max(1, Math.round((double) SHADES * alerts / most));
    }

    /** The address of a table of it, for a spreadsheet. */
    public String csv(String table) {
        return "/trends?" + query() + "&format=csv&table=" + table;
    }

    /** The same page for one monitor, or host. */
    public String only(String name, String value) {
        return "/trends?from=" + from() + "&to=" + to() + "&" + name + "=" + encoded(value);
    }

    private String query() {
        Filter filter = answer.filter();
        List<String> parts = new ArrayList<>(List.of("from=" + from(), "to=" + to()));
        Stream.of(
                        Map.entry("service", filter.service()),
                        Map.entry("role", filter.role()),
                        Map.entry("monitor", filter.monitor()),
                        Map.entry("host", filter.host()),
                        Map.entry("severity", severity()))
                .filter(entry -> !entry.getValue().isEmpty())
                .forEach(entry -> parts.add(entry.getKey() + "=" + encoded(entry.getValue())));
        return String.join("&", parts);
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
