package faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import faults.History.Alert;
import faults.History.Change;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Issues as Redmine shows them, with the texts that the service writes. */
class RedmineInMemory extends Redmine {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> IDS = Map.of(
            "field_alert_id", "1",
            "field_level", "2",
            "tracker_alert", "3",
            "status_new", "4",
            "status_closed", "5",
            "priority_low", "6",
            "priority_normal", "7",
            "priority_high", "8",
            "priority_urgent", "9");

    private final Map<Path, List<JsonNode>> copies = new HashMap<>();
    private List<JsonNode> issues = new ArrayList<>();
    private int numbers;

    RedmineInMemory() {
        super(ids());
    }

    private static Properties ids() {
        Properties ids = new Properties();
        ids.putAll(IDS);
        return ids;
    }

    // --- what the service does

    /** All that happened, each alert with a ticket of its own or as one that continues another's. */
    void tell(History history) {
        for (History.Problem problem : history.problems) {
            ObjectNode ticket = null;
            for (Alert alert : problem.alerts) {
                List<Change> changes = new ArrayList<>(alert.changes);
                if (ticket == null || !alert.followsSoon) {
                    ticket = ticket(alert, changes.remove(0));
                }
                for (Change change : changes) {
                    note(ticket, change);
                }
                show(ticket, alert);
            }
        }
    }

    /** A ticket that shows what its alert came to, and whose description tells of these changes. */
    ObjectNode ticket(Alert alert, Change... shown) {
        numbers++;
        ObjectNode issue = JSON.createObjectNode().put("id", numbers);
        issue.put("description", description(shown) + "\n\nmackerel-redmine:marker-" + numbers);
        issue.putArray("custom_fields").add(field("field_alert_id", alert.id)).add(field("field_level", ""));
        issue.putArray("journals");
        issues.add(issue);
        show(issue, alert);
        return issue;
    }

    private static ObjectNode field(String name, String value) {
        return JSON.createObjectNode()
                .put("id", Integer.parseInt(IDS.get(name)))
                .put("value", value);
    }

    private static String description(Change... shown) {
        Change last = shown[shown.length - 1];
        String table = shown.length == 1 ? "" : "\n\n" + table(shown);
        return "| Status at first | " + word(last) + " |\n|---|---|\n| Monitor | " + last.alert.problem.monitor()
                + " |\n\n"
                + says(last) + table + "\n\n{{collapse(The notification as it came)\n"
                + "{\"message\": \"t99c1 says UNKNOWN\"}\n}}";
    }

    /** A note that tells of these changes. */
    void note(ObjectNode ticket, Change... shown) {
        note(ticket, shown.length == 1 ? "10:00 **UNKNOWN → " + word(shown[0]) + "** " + says(shown[0]) : table(shown));
    }

    void note(ObjectNode ticket, String text) {
        numbers++;
        ticket.withArray("journals").addObject().put("id", numbers).put("notes", text.replace("\n", "\r\n"));
    }

    /** One of the people writes a note, before any of ours. */
    void noteByPerson(ObjectNode ticket) {
        numbers++;
        ticket.withArray("journals").insertObject(0).put("id", numbers).put("notes", People.NOTE + "hanako");
    }

    /** One of the people sets its status. */
    void statusByPerson(ObjectNode ticket) {
        numbers++;
        ObjectNode journal =
                ticket.withArray("journals").addObject().put("id", numbers).put("notes", "");
        journal.putObject("user").put("name", "hanako Test");
        journal.putArray("details").addObject().put("property", "attr").put("name", "status_id");
    }

    /** An incident's ticket, whose list is still to be written. */
    ObjectNode incident() {
        numbers++;
        ObjectNode issue = JSON.createObjectNode().put("id", numbers);
        issue.putArray("custom_fields").add(field("field_alert_id", "incident-" + numbers));
        issue.putArray("journals");
        issue.putObject("status").put("is_closed", false);
        issues.add(issue);
        return issue;
    }

    ObjectNode under(ObjectNode issue, ObjectNode parent) {
        issue.putObject("parent").put("id", parent.get("id").asLong());
        return issue;
    }

    void close(ObjectNode issue) {
        issue.putObject("status").put("is_closed", true);
    }

    /** One of the people puts it below another issue. */
    void regroupedByPerson(ObjectNode issue) {
        statusByPerson(issue);
        ((ObjectNode) issue.withArray("journals")
                        .get(issue.withArray("journals").size() - 1)
                        .at("/details/0"))
                .put("name", "parent_id");
    }

    private static String table(Change... shown) {
        return Arrays.stream(shown)
                .map(change -> "| 10:00 | UNKNOWN → " + word(change) + " | " + says(change) + " |")
                .collect(Collectors.joining("\n", "| Time | Status | What happened |\n|---|---|---|\n", ""));
    }

    private static String word(Change change) {
        return change.status.toUpperCase(Locale.ROOT);
    }

    private static String says(Change change) {
        return change.token() + " says " + change.status;
    }

    /** That all of the alert's changes are known. */
    void show(ObjectNode ticket, Alert alert) {
        String worst = alert.changes.stream()
                .map(change -> change.status)
                .max(Comparator.comparingInt(History.SEVERITIES::indexOf))
                .orElseThrow();
        show(ticket, alert, worst, !alert.changes.get(alert.changes.size() - 1).fires());
    }

    void show(ObjectNode ticket, Alert alert, String worst, boolean closed) {
        String where = alert.problem.kind.where.isEmpty() ? "" : alert.problem.kind.where + " ";
        ticket.put("subject", worst.toUpperCase(Locale.ROOT) + ": " + where + alert.problem.monitor());
        ((ObjectNode) ticket.get("custom_fields").get(1)).put("value", worst);
        ticket.putObject("priority")
                .put(
                        "id",
                        id(
                                switch (worst) {
                                    case "critical" -> "priority_urgent";
                                    case "unknown" -> "priority_high";
                                    default -> "priority_normal";
                                }));
        ticket.putObject("status").put("is_closed", closed);
    }

    // --- what the harness does

    @Override
    List<JsonNode> issues() {
        return issues;
    }

    @Override
    void copyTo(Path file) {
        copies.put(file, copy(issues));
    }

    @Override
    void restore(Path file) {
        issues = copy(copies.get(file));
    }

    private static List<JsonNode> copy(List<JsonNode> issues) {
        return issues.stream().map(JsonNode::<JsonNode>deepCopy).collect(Collectors.toCollection(ArrayList::new));
    }

    @Override
    HttpResponse<byte[]> send(String method, String path, JsonNode body) {
        switch (method + path.replaceAll("\\d+", "N")) {
            case "POST/issues.json" -> create(body.get("issue"));
            case "PUT/issues/N.json" -> change(issue(path), body.get("issue"));
            case "PUT/journals/N.json" ->
                journal(path).put("notes", body.at("/journal/notes").asText());
            case "DELETE/issues/N.json" -> issues.remove(issue(path));
            default -> throw new IllegalArgumentException(method + path);
        }
        return null;
    }

    private void create(JsonNode asked) {
        numbers++;
        ObjectNode issue = asked.deepCopy();
        issue.put("id", numbers).putArray("journals");
        issue.putObject("status").put("is_closed", false);
        issues.add(issue);
    }

    private void change(ObjectNode issue, JsonNode asked) {
        asked.properties().forEach(field -> {
            String value = field.getValue().asText();
            switch (field.getKey()) {
                case "notes" -> note(issue, value);
                case "subject" -> issue.put("subject", value);
                case "priority_id" -> issue.putObject("priority").put("id", value);
                case "status_id" -> issue.putObject("status").put("is_closed", value.equals(id("status_closed")));
                default -> throw new IllegalArgumentException(field.getKey());
            }
        });
    }

    private ObjectNode issue(String path) {
        return (ObjectNode) issues.stream()
                .filter(issue -> path.equals("/issues/" + issue.get("id").asText() + ".json"))
                .findFirst()
                .orElseThrow();
    }

    private ObjectNode journal(String path) {
        return (ObjectNode) issues.stream()
                .map(issue -> issue.get("journals"))
                .flatMap(journals -> StreamSupport.stream(journals.spliterator(), false))
                .filter(journal -> path.equals("/journals/" + journal.get("id").asText() + ".json"))
                .findFirst()
                .orElseThrow();
    }
}
