package dev.mackerelredmine.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mackerelredmine.redmine.DeliveryException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Asks Redmine for the tickets that are counter-measures: those of a tracker, of a category, or of both. */
final class CounterMeasureReader {

    private static final int MOST = 50;

    private final RedmineReads redmine;
    private final String project;
    private final String tracker;
    private final String category;
    private final ZoneId zone;

    /**
     * @param tracker its name or number; null: any. The same with the category
     * @param zone in which the days of the report are
     */
    CounterMeasureReader(RedmineReads redmine, String project, String tracker, String category, ZoneId zone) {
        this.redmine = redmine;
        this.project = URLEncoder.encode(project, StandardCharsets.UTF_8);
        this.tracker = tracker;
        this.category = category;
        this.zone = zone;
    }

    CounterMeasures of(Week week) throws ReportException {
        try {
            String which = "limit=" + MOST + which();
            String inTheWeek = "%3E%3C" + week.monday() + "%7C" + week.sunday();
            List<CounterMeasure> made = Stream.concat(
                            closed(which + "&sort=id&created_on=" + inTheWeek).stream(),
                            open(which + "&sort=id&created_on=" + inTheWeek).stream())
                    .toList();
            return new CounterMeasures(
                    made,
                    closed(which + "&sort=closed_on&closed_on=" + inTheWeek),
                    open(which + "&sort=id&created_on=%3C%3D" + week.before().sunday()));
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

    private List<CounterMeasure> closed(String query) throws DeliveryException {
        return list(query + "&status_id=closed", true);
    }

    private List<CounterMeasure> open(String query) throws DeliveryException {
        return list(query + "&status_id=open", false);
    }

    /** A ticket that was opened again keeps the time at which it was closed. */
    private List<CounterMeasure> list(String query, boolean isClosed) throws DeliveryException {
        List<CounterMeasure> measures = new ArrayList<>();
        for (JsonNode issue :
                redmine.get("/projects/" + project + "/issues.json", query).path("issues")) {
            measures.add(new CounterMeasure(
                    issue.path("id").asLong(),
                    issue.path("subject").asText(),
                    issue.at("/assigned_to/name").asText(null),
                    day(issue.path("due_date").asText(null)),
                    isClosed ? dayOf(issue.path("closed_on").asText(null)) : null));
        }
        return measures;
    }

    private static LocalDate day(String text) {
        return text == null ? null : LocalDate.parse(text);
    }

    private LocalDate dayOf(String time) {
        return time == null ? null : LocalDate.ofInstant(Instant.parse(time), zone);
    }
}
