package faults;

import static faults.Lives.accepted;
import static faults.Lives.change;
import static faults.Lives.unanswered;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import faults.History.Alert;
import faults.History.Kind;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is lost, twice or wrong in incidents. */
@Tag("fast")
final class VerdictOnIncidentsTest {

    private final Lives lives = new Lives();
    private final RedmineInMemory redmine = new RedmineInMemory();

    /** It fires, and has a ticket below the incident's. */
    private final Alert child = alert("critical");

    /** It fires, and is a line. */
    private final Alert line = alert("critical", "warning");

    private final ObjectNode incident = redmine.incident();
    private final ObjectNode ticket = redmine.ticket(child, change(child, 1));

    VerdictOnIncidentsTest() {
        redmine.under(ticket, incident);
        list("| CRITICAL | web1 | CPU % | 11-20 09:00 | #" + ticket.get("id") + " |", row("WARNING", line));
    }

    private Alert alert(String... statuses) {
        Alert alert = lives.alert(Kind.HOST, statuses);
        accepted(alert);
        return alert;
    }

    private void list(String... rows) {
        incident.put("description", String.join("\r\n", rows) + "\r\n\r\nmackerel-redmine:incident");
    }

    private static String row(String status, Alert alert) {
        return "| " + status + " | web2 | CPU % | 11-20 09:00 | [" + alert.id + "](https://mackerel.io/x) |";
    }

    private static String row(ObjectNode ticket) {
        return "| CRITICAL | web1 | CPU % | 11-20 09:00 | #" + ticket.get("id") + " |";
    }

    private VerdictOnIncidents verdict() {
        return new VerdictOnIncidents(lives.history, redmine, redmine.issues());
    }

    private List<String> findings() {
        return verdict().findings().stream().map(Verdict.Finding::toString).toList();
    }

    @Test
    void finds_nothing_when_each_alert_is_a_subtask_or_a_line() {
        assertThat(findings()).isEmpty();
        assertThat(verdict().lines()).containsExactly(line.id);
        assertThat(verdict().otherIssues()).containsExactly(ticket);
    }

    @Test
    void finds_an_alert_that_is_shown_nowhere() {
        list(row(ticket));

        assertThat(findings()).containsExactly("LOST " + line.id + ": fires, and no open ticket shows it");
    }

    @Test
    void finds_an_alert_that_only_a_closed_ticket_shows() {
        redmine.close(ticket);
        list(row(ticket).replace("CRITICAL", "OK"), row("WARNING", line));

        assertThat(findings())
                .containsExactly(
                        "LOST " + child.id + ": fires, and no open ticket shows it, but [#" + ticket.get("id") + "]");
    }

    @Test
    void leaves_closed_what_a_person_closed() {
        redmine.close(ticket);
        redmine.statusByPerson(ticket);

        assertThat(findings()).isEmpty();
    }

    @Test
    void finds_an_alert_that_is_shown_twice() {
        list(row(ticket), row("WARNING", line), row("CRITICAL", child));

        assertThat(findings()).singleElement().asString().startsWith("TWICE " + child.id);
    }

    @Test
    void finds_a_state_that_is_not_the_last() {
        list(row(ticket), row("CRITICAL", line));

        assertThat(findings()).singleElement().asString().contains("lists it as critical, but it is warning");
    }

    @Test
    void does_not_ask_for_a_state_of_which_nobody_knows_whether_it_came_in() {
        line.changes.add(new History.Change(line, 3, 0, "critical"));
        unanswered(line, 3);
        list(row(ticket), row("CRITICAL", line));

        assertThat(findings()).isEmpty();
    }

    @Test
    void finds_a_closed_parent_above_an_open_subtask_and_what_fires_in_a_closed_list() {
        redmine.close(incident);

        assertThat(findings())
                .anyMatch(finding -> finding.contains("is open below #" + incident.get("id") + ", which is closed"))
                .anyMatch(finding -> finding.contains("is closed, and lists what fires"))
                .anyMatch(finding -> finding.startsWith("LOST " + line.id));
    }

    @Test
    void finds_an_incident_that_is_open_though_all_is_over() {
        line.changes.add(new History.Change(line, 3, 0, "ok"));
        child.changes.add(new History.Change(child, 2, 0, "ok"));
        accepted(line, 3);
        accepted(child, 2);
        redmine.close(ticket);
        list(row(ticket).replace("CRITICAL", "OK"), row("OK", line));

        assertThat(findings())
                .containsExactly("WRONG (no alert): #" + incident.get("id") + " is open, and all is over");
    }

    @Test
    void finds_a_subtask_that_is_not_listed() {
        list(row("WARNING", line));

        assertThat(findings()).singleElement().asString().contains("does not list its subtask");
    }

    @Test
    void finds_too_many_subtasks_but_for_those_that_people_put_there() {
        StringBuilder rows = new StringBuilder(row(ticket) + "\r\n" + row("WARNING", line));
        ObjectNode last = null;
        for (int i = 0; i < Grouped.CHILDREN + 2; i++) {
            Alert one = alert("critical");
            last = redmine.under(redmine.ticket(one, change(one, 1)), incident);
            rows.append("\r\n").append(row(last));
        }
        list(rows.toString());
        assertThat(findings()).singleElement().asString().endsWith("has 6 subtasks");

        redmine.regroupedByPerson(last);
        assertThat(findings()).isEmpty();
    }
}
