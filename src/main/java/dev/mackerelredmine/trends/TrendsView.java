package dev.mackerelredmine.trends;

import dev.mackerelredmine.figures.Counted;
import dev.mackerelredmine.figures.Figure;
import dev.mackerelredmine.figures.Filter;
import dev.mackerelredmine.figures.Period;
import dev.mackerelredmine.figures.Selection;
import dev.mackerelredmine.figures.Trends;
import dev.mackerelredmine.web.Visitor;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** What the page of the trends shows. */
public record TrendsView(TrendsAnswer answer, Visitor visitor, boolean isJapanese) {

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

    /** Whether there is nothing to compare with: nothing happened then, or the service was not there yet. */
    public boolean hasNothingBefore() {
        return answer.trends().numbersBefore().alerts() == 0;
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
        int days = answer.trends().period().daysOfAStep();
        List<Trends.Day> all = answer.trends().days();
        return IntStream.iterate(0, first -> first < all.size(), first -> first + days)
                .mapToObj(first -> bar(all.subList(first, Math.min(first + days, all.size()))))
                .toList();
    }

    private Bar bar(List<Trends.Day> days) {
        LocalDate first = days.get(0).day();
        return new Bar(
                first,
                first.plusDays(days.size()),
                label(first),
                days.stream().mapToLong(Trends.Day::warning).sum(),
                days.stream().mapToLong(Trends.Day::unknown).sum(),
                days.stream().mapToLong(Trends.Day::critical).sum());
    }

    private String label(LocalDate step) {
        return isByWeek() ? visitor.say("trends.week-from", step) : step.toString();
    }

    /** Whether a step of what is drawn is a week, and not a day. */
    public boolean isByWeek() {
        return answer.trends().period().daysOfAStep() > 1;
    }

    /** The names of the steps of a problem's course. */
    public List<String> steps() {
        return answer.trends().period().steps().stream().map(this::label).toList();
    }

    /** @param to the first day that is not in it any more */
    public record Bar(LocalDate from, LocalDate to, String label, long warning, long unknown, long critical) {
        public long alerts() {
            return warning + unknown + critical;
        }
    }

    /** How dark the cell of so many alerts is: 0 is none, 5 the most. */
    public int shade(long alerts) {
        long most = mostOfAnHour();
        return alerts == 0 ? 0 : (int) Math.max(1, Math.round((double) SHADES * alerts / most));
    }

    /** How many alerts the darkest cell has. */
    public long mostOfAnHour() {
        return answer.trends().hours().stream()
                .flatMap(row -> row.alerts().stream())
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
    }

    /** The address of a table of it, for a spreadsheet. */
    public String csv(String table) {
        return "/trends?" + query() + "&format=csv&table=" + table;
    }

    /** The same page for one monitor, or host. */
    public String only(String name, String value) {
        return "/trends?from=" + from() + "&to=" + to() + "&" + name + "=" + TrendsQuestion.encoded(value);
    }

    /** The list behind a row of the figures; null: it counts no alerts. */
    public String list(FigureRow row) {
        return list(row, answer.trends().period());
    }

    public String listBefore(FigureRow row) {
        return list(row, answer.trends().periodBefore());
    }

    private String list(FigureRow row, Period period) {
        return row.counted()
                .map(counted -> list(period, answer.filter(), Selection.of(counted)))
                .orElse(null);
    }

    /** The list behind a number of a problem. @param figure the word of what it counts */
    public String listOf(RankedProblem problem, String figure) {
        return listOf(problem, figure, answer.trends().period());
    }

    public String listBeforeOf(RankedProblem problem) {
        return listOf(problem, Counted.ALERTS.toString(), answer.trends().periodBefore());
    }

    private String listOf(RankedProblem problem, String figure, Period period) {
        Counted counted = Counted.of(figure).orElseThrow();
        return list(
                period,
                answer.filter(),
                new Selection(counted, problem.subject().id(), "", null, null));
    }

    /** The list behind a number of the table of days. @param severity its word */
    public String listOf(Bar bar, String severity) {
        Period period =
                new Period(bar.from(), bar.to(), answer.trends().period().zone());
        return list(period, answer.filter(), Selection.of(Counted.of(severity).orElseThrow()));
    }

    public String listOf(Trends.Weekday row, int hour) {
        return list(
                answer.trends().period(), answer.filter(), new Selection(Counted.ALERTS, 0, "", row.weekday(), hour));
    }

    public String listOf(Trends.VerdictCount verdict) {
        return list(
                answer.trends().period(),
                answer.filter(),
                new Selection(Counted.ALERTS, 0, verdict.verdict(), null, null));
    }

    private static String list(Period period, Filter filter, Selection selection) {
        return "/trends/alerts?" + AlertsQuestion.query(new TrendsQuestion(period, filter), selection);
    }

    private String query() {
        return new TrendsQuestion(answer.trends().period(), answer.filter()).query();
    }
}
