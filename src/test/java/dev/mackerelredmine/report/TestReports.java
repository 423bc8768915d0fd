package dev.mackerelredmine.report;

import dev.mackerelredmine.store.Backlog;
import dev.mackerelredmine.store.ListedOpening;
import dev.mackerelredmine.store.PastEscalation;
import dev.mackerelredmine.store.PastIncident;
import dev.mackerelredmine.text.Texts;
import dev.mackerelredmine.ticket.text.Language;
import dev.mackerelredmine.ticket.text.Sentences;
import dev.mackerelredmine.trends.TrendsAnswer;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/** Reports for tests of pages. */
public final class TestReports {

    private TestReports() {}

    /** With this text wherever there is one that comes from outside. @param trends with the same */
    public static ReportView of(String text, TrendsAnswer trends, ZoneId zone) {
        Week week = new Week(LocalDate.of(2026, 11, 16));
        List<ListedOpening> alerts = List.of(new ListedOpening(text, 42L, 1, 3, null, text, text, text, text));
        List<CounterMeasure> measures = List.of(new CounterMeasure(42, text, text, LocalDate.of(2026, 11, 18), null));
        WeekReport report = new WeekReport(
                week,
                trends,
                List.of(new PastIncident(42L, text, 3, 1, null)),
                alerts,
                alerts,
                List.of(new PastEscalation(42L, text, 1, "acknowledged by " + text, 2, 2)),
                new CounterMeasures(measures, measures, measures),
                new Backlog(0, 0, null, 0),
                week.sunday());
        Texts texts = new Texts(Path.of("none"), "en", "common_mark", it -> it);
        ReportText words = new ReportText(new Sentences(texts.words(), zone), Language.EN);
        return new ReportView(
                week, week, ShownReport.of(report, words, new HtmlMarkup("https://redmine.example"), text));
    }
}
