package dev.mackerelredmine.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mackerelredmine.redmine.DeliveryException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Asks Redmine for the tickets that are counter-measures: those of a tracker, of a category, or of both. */
final class CounterMeasureReader {

    private static final int MOST = 50;

    private final RedmineApi redmine;
    private final String project;
    private final String tracker;
    private final String category;

    /** @param tracker its name or number; null: any. The same with the category */
    CounterMeasureReader(RedmineApi redmine, String project, String tracker, String category) {
        this.redmine = redmine;
        this.project = URLEncoder.encode(project, StandardCharsets.UTF_8);
        this.tracker = tracker;
        this.category = category;
    }

    CounterMeasures of(Week week) throws ReportException {
        try {
            String which = "limit=" + MOST + which();
            return new CounterMeasures(
                    list(which + "&status_id=closed&sort=closed_on&closed_on=%3E%3C" + week.monday() + "%7C"
                            + week.sunday()),
                    list(which + "&status_id=open&sort=id&created_on=%3C%3D" + week.sunday()));
        } catch (DeliveryException e) {
            throw new ReportException("the counter-measures could not be read: " + e.getMessage(), e);
        }
    }

    private String which() throws DeliveryException, ReportException {
        return (tracker == null ? "" : "&tracker_id=" + number("tracker", tracker, "trackers"))
                + (category == null ? "" : "&category_id=" + number("category", category, "issue_categories"));
    }

    /** Redmine shows a project's list of categories to who manages them only, and the project with them to all. */
    private long number(String kind, String nameOrNumber, String list) throws DeliveryException, ReportException {
        List<String> names = new ArrayList<>();
        for (JsonNode each :
                redmine.get("/projects/" + project + ".json", "include=" + list).at("/project/" + list)) {
            String name = each.path("name").asText();
            if (name.equals(nameOrNumber) || each.path("id").asText().equals(nameOrNumber)) {
                return each.path("id").asLong();
            }
            names.add(name);
        }
        throw new ReportException(
                "report." + kind + " is " + nameOrNumber + ", and the project " + project + " has "
                        + (names.isEmpty() ? "none" : String.join(", ", names)),
                null);
    }

    private List<CounterMeasure> list(String query) throws DeliveryException {
        List<CounterMeasure> measures = new ArrayList<>();
        for (JsonNode issue :
                redmine.get("/projects/" + project + "/issues.json", query).path("issues")) {
            measures.add(new CounterMeasure(
                    issue.path("id").asLong(),
                    issue.path("subject").asText(),
                    issue.at("/assigned_to/name").asText(null),
                    issue.path("due_date").asText(null)));
        }
        return measures;
    }
}
