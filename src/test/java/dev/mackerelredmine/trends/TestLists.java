package dev.mackerelredmine.trends;

import dev.mackerelredmine.figures.Opening;
import dev.mackerelredmine.figures.Subject;
import dev.mackerelredmine.store.AlertList;
import dev.mackerelredmine.store.SelectedAlert;
import dev.mackerelredmine.web.Visitor;
import java.util.List;
import java.util.Map;

/** Lists of alerts for tests of pages. */
public final class TestLists {

    private TestLists() {}

    /** With this text wherever there is one that comes from outside. */
    public static AlertsView of(String text, Visitor visitor) {
        Map<String, String> query = Map.of(
                "service", text, "monitor", text, "verdict", text, "problem", "1", "weekday", "friday", "page", "2");
        AlertsQuestion question = AlertsQuestion.of(
                query::get, visitor.now().atZone(visitor.zone()).toLocalDate(), visitor.zone());
        Opening opening = new Opening(1, 1, visitor.now().toEpochMilli(), 3, Opening.NEVER, false, -1, -1, text);
        Subject subject = new Subject(1, text, text, text, text, List.of(text), List.of(text));
        AlertList list = new AlertList(20_000, List.of(new SelectedAlert(opening, text, 42L, subject)));
        return new AlertsView(question, list, visitor, "https://redmine.example");
    }
}
