package dev.mackerelredmine.report;

import dev.mackerelredmine.ticket.text.Language;
import dev.mackerelredmine.web.QueryException;
import dev.mackerelredmine.web.Screen;
import dev.mackerelredmine.web.Visitor;
import java.util.Map;

/** The report of a week, for people: the last one that is over, unless they ask for another. For all others it is on the wiki, or a file. */
public final class ReportScreen implements Screen {

    private final WeeklyReport report;

    public ReportScreen(WeeklyReport report) {
        this.report = report;
    }

    @Override
    public String path() {
        return "/report";
    }

    @Override
    public String template() {
        return "report.ftlh";
    }

    /** For the counter-measures. */
    @Override
    public boolean asksRedmine() {
        return true;
    }

    @Override
    public Map<String, ?> show(Visitor visitor, Map<String, String> query) {
        Week running = Week.of(visitor.now().atZone(visitor.zone()).toLocalDate());
        Week week = week(query.getOrDefault("week", ""), running);
        Language language = Language.of(visitor.language()).orElse(Language.EN);
        return Map.of("view", new ReportView(week, running, report.shown(week, language)));
    }

    private static Week week(String name, Week running) {
        if (name.isBlank()) {
            return running.before();
        }
        Week week = Week.named(name.strip())
                .orElseThrow(() -> new QueryException("week is no week: write it as " + running));
        if (week.monday().isAfter(running.monday())) {
            throw new QueryException(week + " has not begun: the running week is " + running);
        }
        return week;
    }
}
