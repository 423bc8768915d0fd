package dev.mackerelredmine.report;

import dev.mackerelredmine.figures.Filter;
import dev.mackerelredmine.figures.Period;
import dev.mackerelredmine.settings.ReportSettings;
import dev.mackerelredmine.settings.Settings;
import dev.mackerelredmine.store.Notices;
import dev.mackerelredmine.store.Store;
import dev.mackerelredmine.text.Section;
import dev.mackerelredmine.ticket.text.Language;
import dev.mackerelredmine.ticket.text.Sentences;
import dev.mackerelredmine.trends.TrendsReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The report of a week: read from the store and from Redmine, and written as HTML or into Redmine's wiki. */
public final class WeeklyReport {

    private static final Logger LOG = LoggerFactory.getLogger(WeeklyReport.class);
    private static final String NOTICE = "weekly-report";
    private static final int MOST = 20;
    private static final int READY_AT = 6;
    private static final Duration LONG = Duration.ofDays(1);

    private final Settings settings;
    private final Store store;
    private final Sentences sentences;
    private final InstantSource clock;

    public WeeklyReport(Settings settings, Store store, Sentences sentences, InstantSource clock) {
        this.settings = settings;
        this.store = store;
        this.sentences = sentences;
        this.clock = clock;
    }

    /**
     * Writes the report of the last week, once a week: on Monday after six, or as soon after that as the service runs. One of several services
     * writes it; what fails is tried again.
     */
    public void writeWhenDue() throws ReportException {
        String page = settings.report().wikiPage();
        if (page == null || settings.isPreview()) {
            return;
        }
        ZonedDateTime now = clock.instant().atZone(settings.zone());
        Instant due = Week.of(now.toLocalDate())
                .monday()
                .atTime(READY_AT, 0)
                .atZone(settings.zone())
                .toInstant();
        Notices notices = store.notices();
        if (now.toInstant().isBefore(due) || !notices.raise(NOTICE, due)) {
            return;
        }
        Week week = Week.of(now.toLocalDate()).before();
        writeToWiki(week, page);
        notices.sent(NOTICE);
        LOG.info("The report of {} is on the wiki page {}", week, page);
    }

    /**
     * @param page may hold {@code {week}}, for the week's name
     * @return false where the page says the same already
     */
    public boolean writeToWiki(Week week, String page) throws ReportException {
        WeekReport report = read(week);
        ReportText text = text();
        Section section = new Section(sentences.say("section.begins"), sentences.say("section.ends"));
        boolean isOver = Week.of(today()).monday().isAfter(week.monday());
        return new WikiPages(redmine(), settings.required("redmine.project"))
                .write(
                        page.replace("{week}", week.toString()),
                        section,
                        text.of(report, new WikiMarkup(settings.redmine().textFormat())),
                        isOver
                                ? new WikiPages.Attachment(
                                        "alerts-" + week + ".html", html(report).getBytes(StandardCharsets.UTF_8))
                                : null);
    }

    public String html(Week week) throws ReportException {
        return html(read(week));
    }

    /** For a page, in its reader's language, as far as everything is summed up. What Redmine does not answer is left out, with the reason. */
    public ShownReport shown(Week week, Language language) {
        Sentences words = new Sentences(settings.texts(language).words(), settings.zone());
        CounterMeasures measures = null;
        String failure = null;
        try {
            measures = measures(week);
        } catch (ReportException e) {
            failure = e.getMessage();
        }
        return ShownReport.of(read(week, measures), new ReportText(words, language), markup(), failure);
    }

    private HtmlMarkup markup() {
        return new HtmlMarkup(settings.isPreview() ? null : settings.address());
    }

    private String html(WeekReport report) {
        HtmlMarkup markup = markup();
        ReportText text = text();
        return markup.document(settings.ticket().language().toString(), text.title(report), text.of(report, markup));
    }

    private LocalDate today() {
        return clock.instant().atZone(settings.zone()).toLocalDate();
    }

    private ReportText text() {
        return new ReportText(sentences, settings.ticket().language());
    }

    private RedmineApi redmine() {
        return new RedmineApi(settings.getCamelContext());
    }

    private WeekReport read(Week week) throws ReportException {
        store.openings().sumUp();
        return read(week, measures(week));
    }

    private WeekReport read(Week week, CounterMeasures measures) {
        Period period = week.period(settings.zone());
        Instant end = Instant.ofEpochMilli(Math.min(period.end(), clock.millis()));
        return new WeekReport(
                week,
                new TrendsReader(store.openings()).read(period, Filter.ALL),
                store.openings().incidents(period, MOST),
                store.openings().unanswered(period, MOST),
                store.openings().openSince(end.minus(LONG), MOST),
                store.openings().escalations(period, MOST),
                measures,
                store.deliveries().backlog(),
                today());
    }

    private CounterMeasures measures(Week week) throws ReportException {
        ReportSettings wanted = settings.report();
        boolean isAsked = !settings.isPreview() || settings.isDemo();
        return !isAsked || !wanted.followsCounterMeasures()
                ? null
                : new CounterMeasureReader(
                                redmine(),
                                settings.required("redmine.project"),
                                wanted.tracker(),
                                wanted.category(),
                                settings.zone())
                        .of(week);
    }
}
