package dev.mackerelredmine.trends;

import dev.mackerelredmine.store.AlertList;
import dev.mackerelredmine.store.Openings;
import dev.mackerelredmine.web.QueryException;
import dev.mackerelredmine.web.Screen;
import dev.mackerelredmine.web.Visitor;
import java.util.Map;

/** The alerts behind a number of the trends, for people, for programs and for spreadsheets. */
public final class AlertsScreen implements Screen {

    private final Openings openings;
    private final String redmine;

    /** @param redmine its address; null: tickets are no links */
    public AlertsScreen(Openings openings, String redmine) {
        this.openings = openings;
        this.redmine = redmine;
    }

    @Override
    public String path() {
        return "/trends/alerts";
    }

    @Override
    public String template() {
        return "alerts.ftlh";
    }

    @Override
    public boolean isInNavigation() {
        return false;
    }

    @Override
    public Map<String, ?> show(Visitor visitor, Map<String, String> query) {
        AlertsQuestion question = question(visitor, query);
        int from = (question.page() - 1) * AlertsQuestion.ON_A_PAGE;
        AlertList list = list(question, from, AlertsQuestion.ON_A_PAGE);
        return Map.of("view", new AlertsView(question, list, visitor, redmine));
    }

    @Override
    public Object data(Visitor visitor, Map<String, String> query) {
        AlertsQuestion question = question(visitor, query);
        return AlertsJson.of(question, all(question));
    }

    @Override
    public String csv(Visitor visitor, Map<String, String> query) {
        return AlertsJson.csv(all(question(visitor, query)));
    }

    private static AlertsQuestion question(Visitor visitor, Map<String, String> query) {
        return AlertsQuestion.of(
                query::get, visitor.now().atZone(visitor.zone()).toLocalDate(), visitor.zone());
    }

    private AlertList all(AlertsQuestion question) {
        AlertList list = list(question, 0, AlertsQuestion.MOST);
        if (list.total() > AlertsQuestion.MOST) {
            throw new QueryException(list.total() + " alerts are too many for one answer: choose a shorter period, or"
                    + " filter them, so that they are at most " + AlertsQuestion.MOST);
        }
        return list;
    }

    private AlertList list(AlertsQuestion question, int from, int most) {
        return openings.list(question.trends().period(), question.trends().filter(), question.selection(), from, most);
    }
}
