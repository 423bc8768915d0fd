package faults;

import com.fasterxml.jackson.databind.JsonNode;
import faults.History.Alert;
import faults.History.Change;
import faults.History.Problem;
import faults.Verdict.Finding;
import faults.Verdict.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares what Redmine shows with what happened, where webhooks were lost and Mackerel was asked. Each alert that fired has one ticket, or is
 * shown by one of another alert of its problem; that is open or closed as Mackerel's API says, and tells when it ended; and what was answered
 * with 202 is shown once. A status that came and went between two polls, and whose webhooks were lost, is in no list, so it may show or not.
 */
final class VerdictByApi {

    private final History history;
    private final Redmine redmine;
    private final List<Finding> findings = new ArrayList<>();
    private final List<Ticket> tickets;

    VerdictByApi(History history, Redmine redmine, List<JsonNode> issues) {
        this.history = history;
        this.redmine = redmine;
        this.tickets = issues.stream()
                .map(issue -> new Ticket(issue, redmine.id("field_alert_id"), redmine.id("field_level")))
                .toList();
    }

    List<Finding> findings() {
        Map<String, Alert> alerts =
                history.alerts().stream().collect(Collectors.toMap(alert -> alert.id, alert -> alert));
        Map<Problem, List<Ticket>> ofProblem = new HashMap<>();
        Map<String, Ticket> ofMarker = new HashMap<>();
        for (Ticket ticket : tickets) {
            Alert alert = alerts.get(ticket.alertId());
            if (alert == null) {
                find(Kind.WRONG, null, ticket + " belongs to no alert that happened");
            } else {
                ofProblem
                        .computeIfAbsent(alert.problem, problem -> new ArrayList<>())
                        .add(ticket);
            }
            Ticket other = ofMarker.put(ticket.marker(), ticket);
            if (other != null) {
                find(Kind.TWICE, alert, ticket + " and " + other + " have the same marker");
            }
        }
        for (Problem problem : history.problems) {
            judge(problem, ofProblem.getOrDefault(problem, List.of()));
        }
        return findings;
    }

    private void judge(Problem problem, List<Ticket> ofProblem) {
        Map<Ticket, List<Alert>> shown = new HashMap<>();
        for (Alert alert : problem.alerts) {
            List<Ticket> own = ofProblem.stream()
                    .filter(ticket -> ticket.alertId().equals(alert.id))
                    .toList();
            List<Ticket> held = own.isEmpty()
                    ? ofProblem.stream()
                            .filter(ticket ->
                                    alert.changes.stream().anyMatch(change -> ticket.shows(change.happenedAt)))
                            .toList()
                    : own;
            if (held.isEmpty()) {
                find(Kind.LOST, alert, "has no ticket");
            } else if (held.size() > 1) {
                find(Kind.TWICE, alert, "has the tickets " + held);
            } else {
                shown.computeIfAbsent(held.get(0), ticket -> new ArrayList<>()).add(alert);
            }
        }
        shown.forEach(this::judge);
    }

    private void judge(Ticket ticket, List<Alert> alerts) {
        alerts.stream().flatMap(alert -> alert.changes.stream()).forEach(change -> judge(change, ticket));
        alerts.stream()
                .filter(alert -> !last(alert).fires() && !ticket.shows(last(alert).happenedAt))
                .forEach(alert -> find(Kind.LOST, alert, "its end is not shown by " + ticket));
        boolean fires = alerts.stream().anyMatch(alert -> last(alert).fires());
        Alert newest = alerts.get(alerts.size() - 1);
        if (fires == ticket.isClosed() && !ticket.isStatusOfPerson()) {
            find(Kind.WRONG, newest, ticket + (fires ? " is closed, and it fires" : " is open, and all is over"));
        }
        String level = ticket.level();
        boolean isOneOfTheirs = alerts.stream()
                .filter(alert -> alert == newest || mayBeShownLast(alert))
                .flatMap(VerdictByApi::levels)
                .anyMatch(level::equals);
        if (!isOneOfTheirs) {
            find(Kind.WRONG, newest, ticket + " has the level \"" + level + "\"");
        }
        if (!ticket.subject().equals(Verdict.subject(newest, level))) {
            find(Kind.WRONG, newest, ticket + " has the subject \"" + ticket.subject() + "\" and the level " + level);
        }
        if (!ticket.priority().equals(redmine.id(Verdict.priority(level)))) {
            find(Kind.WRONG, newest, ticket + " has the priority " + ticket.priority() + " and the level " + level);
        }
    }

    private void judge(Change change, Ticket ticket) {
        long times = ticket.times(change.token());
        if (times > 1) {
            find(Kind.TWICE, change.alert, change.token() + " is shown " + times + " times by " + ticket);
        }
        if (times == 0 && change.isAcknowledged() && !Verdict.mayBeMissing(change, ticket)) {
            find(Kind.LOST, change.alert, change.token() + " (" + change.status + ") is not shown by " + ticket);
        }
    }

    /** An alert whose opening was not posted is found later, and then what it shows is the ticket's. */
    private static boolean mayBeShownLast(Alert alert) {
        return !alert.changes.get(0).isAcknowledged();
    }

    /** At least the highest status of what came in, and of what it is now; at most the highest that it ever had. */
    private static Stream<String> levels(Alert alert) {
        int least = severities(alert, change -> change.isAcknowledged() || change == last(alert));
        int most = severities(alert, change -> true);
        return History.SEVERITIES.stream().skip(Math.max(least, 1)).limit(most - Math.max(least, 1) + 1L);
    }

    private static int severities(Alert alert, java.util.function.Predicate<Change> which) {
        return alert.changes.stream()
                .filter(which)
                .map(change -> History.SEVERITIES.indexOf(change.status))
                .max(Comparator.naturalOrder())
                .orElse(0);
    }

    private static Change last(Alert alert) {
        return alert.changes.get(alert.changes.size() - 1);
    }

    private void find(Kind kind, Alert alert, String what) {
        findings.add(new Finding(kind, alert, what));
    }
}
