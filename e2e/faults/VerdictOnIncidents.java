package faults;

import com.fasterxml.jackson.databind.JsonNode;
import faults.History.Alert;
import faults.History.Change;
import faults.Verdict.Finding;
import faults.Verdict.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares the incidents that Redmine shows with what happened, and knows nothing of which alerts should be one: whatever the grouping, an alert
 * that fires is seen in one open ticket, its own or an incident's list, in the state that it has, and no ticket is open below a closed one. What a
 * person closed may stay closed.
 */
final class VerdictOnIncidents {

    private static final String OF_INCIDENT = "incident-";
    private static final Pattern ROW = Pattern.compile(
            "(?m)^\\| (OK|WARNING|UNKNOWN|CRITICAL) \\|.*\\| (?:#(\\d+)|\\[([^\\]]+)]\\([^)]*\\)) \\|$");
    /** Beyond it a list does not show all. */
    private static final int LISTED = 100;
    /** An incident, its first children, and one that is worse, twice. */
    private static final int MOST_TICKETS = 1 + Grouped.CHILDREN + 2;

    /** @param ticket of its own, or null; then alert is its id */
    private record Row(String status, Long ticket, String alert) {}

    private final List<Finding> findings = new ArrayList<>();
    private final Map<Long, Ticket> tickets = new LinkedHashMap<>();
    private final Map<Long, List<Row>> lists = new LinkedHashMap<>();
    private final Map<String, List<Ticket>> own = new HashMap<>();
    private final List<JsonNode> issues;
    private final History history;

    VerdictOnIncidents(History history, Redmine redmine, List<JsonNode> issues) {
        this.history = history;
        this.issues = issues;
        for (JsonNode issue : issues) {
            Ticket ticket = new Ticket(issue, redmine.id("field_alert_id"), redmine.id("field_level"));
            tickets.put(ticket.number(), ticket);
            if (isIncident(ticket)) {
                lists.put(ticket.number(), rows(issue.path("description").asText()));
            } else {
                own.computeIfAbsent(ticket.alertId(), id -> new ArrayList<>()).add(ticket);
            }
        }
    }

    private static boolean isIncident(Ticket ticket) {
        return ticket.alertId().startsWith(OF_INCIDENT);
    }

    private static List<Row> rows(String description) {
        Matcher row = ROW.matcher(description.replace("\r\n", "\n"));
        List<Row> rows = new ArrayList<>();
        while (row.find()) {
            rows.add(new Row(
                    row.group(1).toLowerCase(Locale.ROOT),
                    row.group(2) == null ? null : Long.valueOf(row.group(2)),
                    row.group(3)));
        }
        return rows;
    }

    /** The tickets of alerts. */
    List<JsonNode> otherIssues() {
        return issues.stream()
                .filter(issue -> !lists.containsKey(issue.path("id").asLong()))
                .toList();
    }

    /** The ids of the alerts that are lines. */
    Set<String> lines() {
        return allRows().map(Row::alert).filter(Objects::nonNull).collect(Collectors.toSet());
    }

    private Stream<Row> allRows() {
        return lists.values().stream().flatMap(Collection::stream);
    }

    List<Finding> findings() {
        history.alerts().forEach(this::judge);
        lists.forEach((number, rows) -> judge(tickets.get(number), rows));
        tickets.values().forEach(this::judgeParent);
        return findings;
    }

    private void judge(Alert alert) {
        List<Ticket> listing = lists.entrySet().stream()
                .filter(list -> list.getValue().stream().anyMatch(row -> alert.id.equals(row.alert())))
                .map(list -> tickets.get(list.getKey()))
                .toList();
        List<Ticket> ofItsOwn = own.getOrDefault(alert.id, List.of());
        // What a person closed is not written any more: it goes on to name an alert by its id that got a ticket later.
        List<Ticket> all = Stream.concat(
                        ofItsOwn.stream(),
                        listing.stream()
                                .filter(list -> ofItsOwn.isEmpty() || !list.isClosed() || !list.isStatusOfPerson()))
                .toList();
        List<Ticket> open = all.stream().filter(ticket -> !ticket.isClosed()).toList();
        if (all.size() > 1) {
            find(Kind.TWICE, alert, "is shown by " + all);
        }
        Optional<Change> newest = newest(alert);
        if (newest.filter(Change::fires).isEmpty()) {
            return;
        }
        boolean isForAPerson = all.stream().anyMatch(Ticket::isStatusOfPerson);
        if (open.isEmpty() && !isForAPerson) {
            find(Kind.LOST, alert, "fires, and no open ticket shows it" + (all.isEmpty() ? "" : ", but " + all));
        }
        listing.forEach(list -> judgeRow(alert, newest.get(), list));
    }

    /** What the alert surely is now; empty where that cannot be known, because a post got no answer. */
    private static Optional<Change> newest(Alert alert) {
        Optional<Change> newest =
                alert.changes.stream().filter(Change::mayBeIn).max(Comparator.comparingInt(change -> change.number));
        return newest.filter(Change::isAcknowledged);
    }

    private void judgeRow(Alert alert, Change newest, Ticket list) {
        lists.get(list.number()).stream()
                .filter(row -> alert.id.equals(row.alert()))
                .filter(row -> !row.status().equals(newest.status) && !list.isStatusOfPerson())
                .forEach(row -> find(
                        Kind.WRONG, alert, list + " lists it as " + row.status() + ", but it is " + newest.status));
    }

    private void judge(Ticket incident, List<Row> rows) {
        List<Ticket> children = tickets.values().stream()
                .filter(ticket -> parent(ticket) == incident.number())
                .toList();
        long ofOurs = children.stream().filter(child -> !isRegrouped(child)).count();
        if (1 + ofOurs > MOST_TICKETS) {
            find(Kind.WRONG, null, incident + " has " + ofOurs + " subtasks");
        }
        if (incident.isStatusOfPerson()) {
            return;
        }
        Set<Long> listed =
                rows.stream().map(Row::ticket).filter(Objects::nonNull).collect(Collectors.toSet());
        children.stream()
                .filter(child -> rows.size() < LISTED && !listed.contains(child.number()))
                .forEach(child -> find(Kind.LOST, null, incident + " does not list its subtask " + child));
        boolean fires = rows.stream().anyMatch(row -> !row.status().equals("ok"));
        boolean isKeptOpen = children.stream().anyMatch(child -> !child.isClosed());
        if (fires && incident.isClosed()) {
            find(Kind.WRONG, null, incident + " is closed, and lists what fires");
        }
        if (!fires && !incident.isClosed() && !isKeptOpen) {
            find(Kind.WRONG, null, incident + " is open, and all is over");
        }
    }

    private void judgeParent(Ticket ticket) {
        Ticket parent = tickets.get(parent(ticket));
        if (parent != null && parent.isClosed() && !ticket.isClosed()) {
            find(Kind.WRONG, null, ticket + " is open below " + parent + ", which is closed");
        }
    }

    private static long parent(Ticket ticket) {
        return ticket.issue().at("/parent/id").asLong();
    }

    /** Whether a person ever put it somewhere, or took it out. */
    private static boolean isRegrouped(Ticket ticket) {
        for (JsonNode journal : ticket.issue().path("journals")) {
            for (JsonNode detail : journal.path("details")) {
                if (detail.path("name").asText().equals("parent_id") && People.isOneOf(journal.path("user"))) {
                    return true;
                }
            }
        }
        return false;
    }

    private void find(Kind kind, Alert alert, String what) {
        findings.add(new Finding(kind, alert, what));
    }

    /** What there is, for whoever reads the end of a run. */
    @Override
    public String toString() {
        long children =
                tickets.values().stream().filter(ticket -> parent(ticket) > 0).count();
        return lists.size() + " incidents, " + children + " subtasks, " + lines().size() + " lines, "
                + (tickets.size() - lists.size() - children) + " tickets beside them";
    }
}
