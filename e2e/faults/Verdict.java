package faults;

import com.fasterxml.jackson.databind.JsonNode;
import faults.History.Alert;
import faults.History.Change;
import faults.History.Course;
import faults.History.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Compares what Redmine shows with what happened. It knows nothing of how the service decides: an alert that certainly fired has one
 * ticket, each change is shown once, all is over or not, and the worst is shown. What may rightly be shown or not is allowed both.
 */
final class Verdict {

    enum Kind {
        LOST,
        TWICE,
        WRONG
    }

    /** @param alert which it is about, or null where it belongs to none */
    record Finding(Kind kind, Alert alert, String what) {
        @Override
        public String toString() {
            return kind + " " + (alert == null ? "(no alert)" : alert.id) + ": " + what;
        }
    }

    private final History history;
    private final Redmine redmine;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, List<Ticket>> ticketsOfAlert = new HashMap<>();
    private final List<Ticket> tickets;
    private final Set<String> elsewhere;

    Verdict(History history, Redmine redmine, List<JsonNode> issues) {
        this(history, redmine, issues, Set.of());
    }

    /** @param elsewhere the ids of alerts that need no ticket of their own */
    Verdict(History history, Redmine redmine, List<JsonNode> issues, Set<String> elsewhere) {
        this.elsewhere = elsewhere;
        this.history = history;
        this.redmine = redmine;
        this.tickets = issues.stream()
                .map(issue -> new Ticket(issue, redmine.id("field_alert_id"), redmine.id("field_level")))
                .toList();
        tickets.forEach(ticket -> ticketsOfAlert
                .computeIfAbsent(ticket.alertId(), id -> new ArrayList<>())
                .add(ticket));
    }

    List<Finding> findings() {
        Map<String, Alert> alerts = new HashMap<>();
        history.alerts().forEach(alert -> alerts.put(alert.id, alert));
        for (Ticket ticket : tickets) {
            Alert alert = alerts.get(ticket.alertId());
            if (alert == null) {
                find(Kind.WRONG, null, ticket + " belongs to no alert that was posted");
            }
            ticket.faults().forEach(fault -> find(Kind.WRONG, alert, ticket + " " + fault));
        }
        ticketsOfMarkers();
        history.problems.forEach(this::judge);
        return findings;
    }

    private void ticketsOfMarkers() {
        Map<String, Ticket> ofMarker = new HashMap<>();
        for (Ticket ticket : tickets) {
            Ticket other = ofMarker.put(ticket.marker(), ticket);
            if (other != null) {
                find(Kind.TWICE, null, ticket + " and " + other + " have the same marker");
            }
        }
    }

    private void judge(Problem problem) {
        groups(problem).forEach(this::judge);
    }

    /** Alerts that belong to one ticket. */
    private List<List<Alert>> groups(Problem problem) {
        List<List<Alert>> groups = new ArrayList<>();
        for (Alert alert : problem.alerts) {
            boolean joins = alert.followsSoon;
            if (problem.course == Course.OVERLAPPING) {
                // The first may have been shown as over when the second was shown, or not yet.
                joins = joins && !ticketsOfAlert.containsKey(alert.id);
            }
            if (!groups.isEmpty() && isStatusOfPerson(groups.get(groups.size() - 1))) {
                joins = !ticketsOfAlert.containsKey(alert.id);
            }
            if (!joins) {
                groups.add(new ArrayList<>());
            }
            groups.get(groups.size() - 1).add(alert);
        }
        return groups;
    }

    /** Left open, it goes on for whatever comes; closed by a person, for nothing. */
    private boolean isStatusOfPerson(List<Alert> group) {
        return ticketsOfAlert.getOrDefault(group.get(0).id, List.of()).stream().anyMatch(Ticket::isStatusOfPerson);
    }

    private void judge(List<Alert> group) {
        Alert first = group.get(0);
        for (Alert other : group.subList(1, group.size())) {
            for (Ticket surplus : ticketsOfAlert.getOrDefault(other.id, List.of())) {
                find(Kind.TWICE, other, surplus + ", though it belongs to the ticket of " + first.id);
            }
        }
        List<Ticket> own = ticketsOfAlert.getOrDefault(first.id, List.of());
        if (own.size() > 1) {
            find(Kind.TWICE, first, "has the tickets " + own);
        }
        if (own.isEmpty()) {
            group.stream()
                    .filter(alert ->
                            alert.changes.stream().anyMatch(change -> change.fires() && change.isAcknowledged()))
                    .filter(alert -> !elsewhere.contains(alert.id))
                    .forEach(alert -> find(Kind.LOST, alert, "has no ticket"));
            return;
        }
        judge(group, own.get(0));
    }

    private void judge(List<Alert> group, Ticket ticket) {
        Map<String, Change> changes = new LinkedHashMap<>();
        group.forEach(alert -> alert.changes.forEach(change -> changes.put(change.token(), change)));
        changes.values().forEach(change -> judge(change, ticket));
        for (Ticket.Mention mention : ticket.mentions()) {
            Change change = changes.get(mention.token());
            if (change == null) {
                find(
                        Kind.WRONG,
                        group.get(0),
                        ticket + " tells of " + mention.token() + ", which is not of its alerts");
            } else if (!change.status.equals(mention.status())) {
                find(Kind.WRONG, change.alert, ticket + " tells " + mention + ", but it is " + change.status);
            }
        }
        judgeOrder(ticket, changes);
        judgeState(group, ticket);
    }

    private void judge(Change change, Ticket ticket) {
        long shown = ticket.times(change.token());
        if (shown > 1) {
            find(
                    Kind.TWICE,
                    change.alert,
                    change.token() + " (" + change.status + ") is shown " + shown + " times by " + ticket);
        }
        if (shown == 0 && change.isAcknowledged() && !mayBeMissing(change, ticket)) {
            find(Kind.LOST, change.alert, change.token() + " (" + change.status + ") is not shown by " + ticket);
        }
        if (shown > 0 && !change.mayBeIn()) {
            find(Kind.WRONG, change.alert, change.token() + " is shown by " + ticket + ", but was never posted");
        }
    }

    /**
     * A metric's message is not looked at, so that what has the same status as what was before it, as far as had come in, is said
     * again, and only counted; and the description of a single change shows what was said last.
     */
    static boolean mayBeMissing(Change change, Ticket ticket) {
        return change.alert.problem.kind.hasMetric
                && change.alert.changes.stream()
                        .filter(other -> other.status.equals(change.status))
                        .anyMatch(other -> other.number < change.number && maySeemNext(other, change)
                                || other.token().equals(ticket.onlyChange()) && maySeemNext(change, other));
    }

    /** Whether nothing in between had certainly come in when both may have. */
    private static boolean maySeemNext(Change change, Change later) {
        int at = Math.max(change.mayBeInAt, later.mayBeInAt);
        return change.mayBeIn()
                && later.mayBeIn()
                && change.number < later.number
                && change.alert.changes.stream()
                        .filter(between -> between.number > change.number && between.number < later.number)
                        .noneMatch(between -> between.isInAt <= at);
    }

    /** What was posted in order is shown in order. */
    private void judgeOrder(Ticket ticket, Map<String, Change> changes) {
        Map<Alert, Change> lastOfAlert = new HashMap<>();
        for (Ticket.Mention mention : ticket.mentions()) {
            Change change = changes.get(mention.token());
            if (change == null || !cameInOrder(change)) {
                continue;
            }
            Change last = lastOfAlert.put(change.alert, change);
            if (last != null && last.number > change.number) {
                find(Kind.WRONG, change.alert, ticket + " tells " + last.token() + " before " + change.token());
            }
        }
    }

    private static boolean cameInOrder(Change change) {
        return change.alert.changes.stream()
                .noneMatch(other -> other.number > change.number && other.mayBeInAt < change.isInAt);
    }

    private void judgeState(List<Alert> group, Ticket ticket) {
        boolean fires = group.stream()
                .map(alert -> known(alert, ticket).max(Comparator.comparingInt(change -> change.number)))
                .anyMatch(newest -> newest.isPresent() && newest.get().fires());
        Alert last = group.get(group.size() - 1);
        if (fires == ticket.isClosed() && !ticket.isStatusOfPerson()) {
            find(Kind.WRONG, last, ticket + (fires ? " is closed, and it fires" : " is open, and all is over"));
        }
        String worst = known(last, ticket)
                .map(change -> change.status)
                .max(Comparator.comparingInt(History.SEVERITIES::indexOf))
                .orElse("ok");
        expect(last, ticket, "level", worst, ticket.level());
        expect(last, ticket, "subject", subject(last, worst), ticket.subject());
        expect(last, ticket, "priority", redmine.id(priority(worst)), ticket.priority());
    }

    /** What certainly came in, and what may have and was shown. */
    private static Stream<Change> known(Alert alert, Ticket ticket) {
        return alert.changes.stream().filter(change -> change.isAcknowledged() || ticket.times(change.token()) > 0);
    }

    static String priority(String status) {
        return switch (status) {
            case "critical" -> "priority_urgent";
            case "unknown" -> "priority_high";
            default -> "priority_normal";
        };
    }

    static String subject(Alert alert, String status) {
        String where = alert.problem.kind.where;
        return status.toUpperCase(Locale.ROOT) + ": " + (where.isEmpty() ? "" : where + " ") + alert.problem.monitor();
    }

    private void expect(Alert alert, Ticket ticket, String what, String expected, String found) {
        if (!Objects.equals(expected, found)) {
            find(Kind.WRONG, alert, ticket + " has the " + what + " \"" + found + "\" instead of \"" + expected + "\"");
        }
    }

    private void find(Kind kind, Alert alert, String what) {
        findings.add(new Finding(kind, alert, what));
    }
}
