package dev.mackerelredmine.report;

import dev.mackerelredmine.figures.Figure;
import dev.mackerelredmine.figures.Numbers;
import dev.mackerelredmine.figures.Trends;
import dev.mackerelredmine.store.ListedOpening;
import dev.mackerelredmine.ticket.text.Language;
import dev.mackerelredmine.ticket.text.Sentences;
import dev.mackerelredmine.trends.RankedProblem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Writes a week's report, in the language of tickets. Each section is a method; a section with nothing to say says so. */
final class ReportText {

    private static final String BLOCKS = "·▁▃▅▇█";
    private static final int HOURS_OF_A_FIELD = 2;
    private static final List<String> SEVERITIES = List.of("", "warning", "unknown", "critical");

    private final Sentences sentences;
    private final boolean isJapanese;

    ReportText(Sentences sentences, Language language) {
        this.sentences = sentences;
        this.isJapanese = language == Language.JA;
    }

    String title(WeekReport report) {
        return say("title", report.week(), report.week().monday(), report.week().sunday());
    }

    String of(WeekReport report, Markup markup) {
        return Stream.of(
                        markup.heading(2, title(report)),
                        inOneLine(report, markup),
                        problems(report, markup),
                        unanswered(report, markup),
                        hours(report, markup),
                        escalations(report, markup),
                        measures(report, markup),
                        verdicts(report, markup),
                        delivery(report, markup),
                        definitions(markup))
                .reduce("", String::concat);
    }

    private String inOneLine(WeekReport report, Markup markup) {
        Numbers now = report.trends().trends().numbers();
        Numbers before = report.trends().trends().numbersBefore();
        return markup.paragraph(String.join(
                " · ",
                List.of(
                        say("line.alerts", now.alerts(), arrow(now.alerts(), before.alerts())),
                        say("line.critical", now.critical(), arrow(now.critical(), before.critical())),
                        say("line.unanswered", now.unanswered(), arrow(now.unanswered(), before.unanswered())),
                        say(
                                "line.acknowledge",
                                time(now.toAcknowledge().median()),
                                arrow(now.toAcknowledge().median(), before.toAcknowledge().median())),
                        say("line.night", now.nightPages(), arrow(now.nightPages(), before.nightPages())))));
    }

    /** Beside the week before: 30 more is ▲ 30. */
    private static String arrow(Long now, Long before) {
        if (now == null || before == null) {
            return "–";
        }
        long more = now - before;
        return more == 0 ? "±0" : (more > 0 ? "▲" : "▼") + Math.abs(more);
    }

    private String problems(WeekReport report, Markup markup) {
        return section(
                markup,
                "problems",
                List.of("problem", "alerts", "change", "acknowledged", "short", "suggestion"),
                report.trends().mostFrequent().stream().map(this::row).toList());
    }

    private List<Cell> row(RankedProblem problem) {
        return cells(
                problem.subject().title(),
                problem.counts().alerts(),
                arrow(problem.counts().alerts(), problem.counts().before()),
                problem.counts().acknowledged(),
                problem.counts().shortAlerts(),
                problem.suggestion().text(isJapanese));
    }

    private String unanswered(WeekReport report, Markup markup) {
        return section(
                        markup,
                        "unanswered",
                        List.of("ticket", "problem", "severity", "opened", "over"),
                        report.unanswered().stream().map(this::row).toList())
                + section(
                        markup,
                        "long-open",
                        List.of("ticket", "problem", "severity", "opened", "over"),
                        report.longOpen().stream().map(this::row).toList());
    }

    private List<Cell> row(ListedOpening alert) {
        List<Cell> row = new ArrayList<>(List.of(Cell.ofTicket(alert.issue())));
        row.addAll(cells(
                alert.title(),
                SEVERITIES.get(alert.severity()),
                sentences.shortTime(Instant.ofEpochMilli(alert.openedAt())),
                alert.closedAt() == null
                        ? say("not-over")
                        : sentences.duration(Duration.ofMillis(Math.max(0, alert.closedAt() - alert.openedAt())))));
        return row;
    }

    /** Redmine shows no pictures of SVG: each two hours are a block, as high as their alerts. */
    private String hours(WeekReport report, Markup markup) {
        List<Trends.Weekday> rows = report.trends().trends().hours();
        long most = rows.stream().flatMap(row -> fields(row).stream()).mapToLong(Long::longValue).max().orElse(0);
        List<String> titles = new ArrayList<>(List.of(say("column.weekday")));
        IntStream.iterate(0, hour -> hour < 24, hour -> hour + HOURS_OF_A_FIELD).forEach(hour -> titles.add("" + hour));
        titles.add(say("column.alerts"));
        return markup.heading(3, say("section.hours"))
                + markup.table(
                        titles,
                        rows.stream().map(row -> cellsOf(row, most)).toList());
    }

    private List<Cell> cellsOf(Trends.Weekday row, long most) {
        List<Cell> cells = new ArrayList<>(cells(say("weekday." + row.weekday().getValue())));
        fields(row).forEach(alerts -> cells.add(Cell.of(block(alerts, most) + (alerts == 0 ? "" : " " + alerts))));
        cells.add(Cell.of(row.alerts().stream().mapToLong(Long::longValue).sum()));
        return cells;
    }

    private static List<Long> fields(Trends.Weekday row) {
        return IntStream.range(0, row.alerts().size() / HOURS_OF_A_FIELD)
                .mapToObj(i -> row.alerts().get(2 * i) + row.alerts().get(2 * i + 1))
                .toList();
    }

    private static char block(long alerts, long most) {
        int highest = BLOCKS.length() - 1;
        return BLOCKS.charAt(alerts == 0 ? 0 : (int) Math.max(1, Math.round((double) highest * alerts / most)));
    }

    private String escalations(WeekReport report, Markup markup) {
        return section(
                markup,
                "escalations",
                List.of("ticket", "policy", "began", "steps", "pages", "ended"),
                report.escalations().stream()
                        .map(escalation -> {
                            List<Cell> row = new ArrayList<>(List.of(Cell.ofTicket(escalation.issue())));
                            row.addAll(cells(
                                    escalation.policyName(),
                                    sentences.shortTime(Instant.ofEpochMilli(escalation.startsAt())),
                                    escalation.steps(),
                                    escalation.pages(),
                                    escalation.endedFor() == null ? say("runs") : escalation.endedFor()));
                            return row;
                        })
                        .toList());
    }

    private String measures(WeekReport report, Markup markup) {
        if (report.measures() == null) {
            return "";
        }
        return section(
                        markup,
                        "measures-done",
                        List.of("ticket", "subject", "assignee", "due"),
                        rows(report.measures().done()))
                + section(
                        markup,
                        "measures-open",
                        List.of("ticket", "subject", "assignee", "due"),
                        rows(report.measures().open()));
    }

    private List<List<Cell>> rows(List<CounterMeasure> measures) {
        return measures.stream()
                .map(measure -> {
                    List<Cell> row = new ArrayList<>(List.of(Cell.ofTicket(measure.issue())));
                    row.addAll(cells(
                            measure.subject(),
                            measure.assignee() == null ? say("nobody") : measure.assignee(),
                            measure.due() == null ? "–" : measure.due()));
                    return row;
                })
                .toList();
    }

    private String verdicts(WeekReport report, Markup markup) {
        return section(
                markup,
                "verdicts",
                List.of("verdict", "alerts"),
                report.trends().trends().verdicts().stream()
                        .map(verdict -> cells(verdict.verdict(), verdict.alerts()))
                        .toList());
    }

    private String delivery(WeekReport report, Markup markup) {
        Numbers now = report.trends().trends().numbers();
        return markup.heading(3, say("section.delivery"))
                + markup.list(List.of(
                        cells(say("delivery.tickets", now.toTicket().count(), now.alerts())),
                        cells(say("delivery.time", time(now.toTicket().median()), time(now.toTicket().p90()))),
                        cells(say(
                                "delivery.now",
                                report.backlog().waiting(),
                                report.backlog().parked()))));
    }

    private String definitions(Markup markup) {
        return markup.heading(3, say("section.definitions"))
                + markup.list(Stream.of(Figure.values())
                        .map(figure -> cells(figure.title(isJapanese) + ": " + figure.definition(isJapanese)))
                        .toList());
    }

    private String section(Markup markup, String name, List<String> columns, List<List<Cell>> rows) {
        return markup.heading(3, say("section." + name))
                + (rows.isEmpty()
                        ? markup.paragraph(say("none"))
                        : markup.table(
                                columns.stream().map(column -> say("column." + column)).toList(), rows));
    }

    private static List<Cell> cells(Object... texts) {
        return Stream.of(texts).map(Cell::of).toList();
    }

    private String time(Long seconds) {
        return seconds == null ? "–" : sentences.duration(Duration.ofSeconds(seconds));
    }

    private String say(String word, Object... values) {
        return sentences.say("report." + word, values);
    }
}
