package dev.mackerelredmine.report;

import dev.mackerelredmine.figures.Figure;
import dev.mackerelredmine.figures.Numbers;
import dev.mackerelredmine.figures.Verdict;
import dev.mackerelredmine.store.ListedOpening;
import dev.mackerelredmine.store.PastEscalation;
import dev.mackerelredmine.store.PastIncident;
import dev.mackerelredmine.ticket.text.Language;
import dev.mackerelredmine.ticket.text.Sentences;
import dev.mackerelredmine.trends.RankedProblem;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Writes a week's report, in the language of tickets. Each section is a method; a section with nothing to say says so. */
final class ReportText {

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
                        incidents(report, markup),
                        problems(report, markup),
                        unanswered(report, markup),
                        new HoursTable(sentences).of(report.trends().trends().hours(), markup),
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
                        say(
                                "line.unanswered",
                                now.neverAcknowledged(),
                                arrow(now.neverAcknowledged(), before.neverAcknowledged())),
                        say(
                                "line.acknowledge",
                                time(now.toAcknowledge().median()),
                                arrowOfTime(
                                        now.toAcknowledge().median(),
                                        before.toAcknowledge().median())),
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

    private String arrowOfTime(Long now, Long before) {
        return now == null || before == null || now.equals(before)
                ? arrow(now, before)
                : (now > before ? "▲" : "▼") + time(Math.abs(now - before));
    }

    private String incidents(WeekReport report, Markup markup) {
        return section(
                markup,
                "incidents",
                List.of("ticket", "incident", "alerts", "opened", "over"),
                report.incidents().stream().map(this::row).toList());
    }

    private List<Cell> row(PastIncident incident) {
        List<Cell> row = new ArrayList<>(List.of(Cell.ofTicket(incident.issue())));
        row.addAll(cells(
                incident.name(),
                incident.members(),
                sentences.shortTime(Instant.ofEpochMilli(incident.firstAt())),
                lasted(incident.firstAt(), incident.overAt())));
        return row;
    }

    private String lasted(long from, Long to) {
        return to == null ? say("not-over") : sentences.duration(Duration.ofMillis(Math.max(0, to - from)));
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
                problem.suggestion().isAdvice() ? problem.suggestion().text(isJapanese) : "–");
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
                lasted(alert.openedAt(), alert.closedAt())));
        return row;
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
                                    ended(escalation)));
                            return row;
                        })
                        .toList());
    }

    private String ended(PastEscalation escalation) {
        if (escalation.endedFor() == null) {
            return say("runs");
        }
        return escalation
                .acknowledgedBy()
                .map(person -> say("ended.acknowledged", person))
                .orElseGet(() -> say("ended." + escalation.endedFor().replace(' ', '-')));
    }

    private String measures(WeekReport report, Markup markup) {
        if (report.measures() == null) {
            return "";
        }
        return measures(report.measures().made(), "measures-made", report, markup)
                + measures(report.measures().done(), "measures-done", report, markup)
                + measures(report.measures().open(), "measures-open", report, markup);
    }

    private String measures(List<CounterMeasure> measures, String name, WeekReport report, Markup markup) {
        List<List<Cell>> rows = measures.stream()
                .map(measure -> {
                    List<Cell> row = new ArrayList<>(List.of(Cell.ofTicket(measure.issue())));
                    row.addAll(cells(
                            measure.subject(),
                            measure.assignee() == null ? say("nobody") : measure.assignee(),
                            measure.due() == null ? "–" : measure.due(),
                            state(measure, report.today())));
                    return row;
                })
                .toList();
        return section(markup, name, List.of("ticket", "subject", "assignee", "due", "state"), rows);
    }

    private String state(CounterMeasure measure, LocalDate today) {
        if (measure.doneOn() != null) {
            return say("measure.done", measure.doneOn());
        }
        return say(measure.isOverdue(today) ? "measure.overdue" : "measure.open");
    }

    private String verdicts(WeekReport report, Markup markup) {
        return section(
                markup,
                "verdicts",
                List.of("verdict", "alerts"),
                report.trends().trends().verdicts().stream()
                        .map(verdict -> cells(
                                Verdict.NOISE.equals(verdict.verdict()) ? say("verdict.noise") : verdict.verdict(),
                                verdict.alerts()))
                        .toList());
    }

    private String delivery(WeekReport report, Markup markup) {
        Numbers now = report.trends().trends().numbers();
        return markup.heading(3, say("section.delivery"))
                + markup.list(List.of(
                        cells(say("delivery.tickets", now.toTicket().count(), now.alerts())),
                        cells(say(
                                "delivery.time",
                                time(now.toTicket().median()),
                                time(now.toTicket().p90()))),
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
                                columns.stream()
                                        .map(column -> say("column." + column))
                                        .toList(),
                                rows));
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
