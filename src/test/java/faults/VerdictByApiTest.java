package faults;

import static faults.Lives.accepted;
import static faults.Lives.change;
import static faults.Lives.unanswered;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import faults.History.Alert;
import faults.History.Course;
import faults.History.Kind;
import faults.History.Problem;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is lost, twice or wrong in Redmine where webhooks were lost, and what may be one way or another. */
@Tag("fast")
final class VerdictByApiTest {

    private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");

    private final Lives lives = new Lives();
    private final RedmineInMemory redmine = new RedmineInMemory();

    private List<String> findings() {
        return new VerdictByApi(lives.history, redmine, redmine.issues())
                .findings().stream().map(Verdict.Finding::toString).toList();
    }

    private Alert alert(Problem problem, boolean soon, String... statuses) {
        Alert alert = lives.alert(problem, soon, statuses);
        alert.changes.forEach(change -> change.happenedAt = NOON.plusSeconds(alert.number * 100L + change.number));
        return alert;
    }

    private Alert alert(String... statuses) {
        return alert(lives.problem(Kind.HOST, Course.ALONE), false, statuses);
    }

    /** Of which no post need have come in, and whose ticket tells all the same what became of it. */
    private ObjectNode found(Alert alert) {
        return tellEnd(redmine.ticket(alert, change(alert, 1)), alert);
    }

    private ObjectNode tellEnd(ObjectNode ticket, Alert alert) {
        Instant last = change(alert, alert.changes.size()).happenedAt;
        redmine.note(ticket, last.toString().replace('T', ' ').replace("Z", " UTC") + " found by asking Mackerel");
        return ticket;
    }

    @Test
    void finds_nothing_when_an_alert_of_which_nothing_came_in_has_its_ticket() {
        found(alert("critical", "ok"));

        assertThat(findings()).isEmpty();
    }

    @Test
    void calls_an_alert_without_a_ticket_lost_though_nothing_came_in() {
        alert("critical", "ok");

        assertThat(findings()).containsExactly("LOST alert1: has no ticket");
    }

    @Test
    void takes_the_ticket_of_another_alert_of_the_problem_where_that_tells_of_it() {
        Problem problem = lives.problem(Kind.HOST, Course.FLAPPING);
        ObjectNode ticket = found(alert(problem, false, "critical", "ok"));
        Alert next = alert(problem, true, "critical", "ok");

        assertThat(findings()).containsExactly("LOST alert2: has no ticket");
        tellEnd(ticket, next);

        assertThat(findings()).isEmpty();
    }

    @Test
    void finds_an_end_that_is_reported_nowhere() {
        Alert alert = alert("critical", "ok");
        redmine.ticket(alert, change(alert, 1));

        assertThat(findings()).containsExactly("LOST alert1: its end is not shown by #1");
    }

    @Test
    void finds_two_tickets_of_one_alert() {
        Alert alert = alert("critical", "ok");
        found(alert);
        found(alert);

        assertThat(findings()).containsExactly("TWICE alert1: has the tickets [#1, #3]");
    }

    @Test
    void finds_a_ticket_of_no_alert() {
        Alert foreign = new Lives().alert(Kind.HOST, "critical");
        redmine.ticket(foreign, change(foreign, 1));

        assertThat(findings()).containsExactly("WRONG (no alert): #1 belongs to no alert that happened");
    }

    @Test
    void finds_a_marker_of_two_tickets() {
        found(alert("critical"));
        ObjectNode copy = found(alert("critical"));
        copy.put("description", copy.get("description").asText().replace("marker-3", "marker-1"));

        assertThat(findings()).containsExactly("TWICE alert2: #3 and #1 have the same marker");
    }

    @Test
    void finds_what_was_answered_with_202_and_is_not_reported_or_reported_twice() {
        Alert alert = alert("warning", "critical", "ok");
        unanswered(alert, 1);
        accepted(alert, 2, 3);
        ObjectNode ticket = found(alert);
        redmine.note(ticket, change(alert, 3));
        redmine.note(ticket, change(alert, 3));

        assertThat(findings())
                .containsExactly(
                        "LOST alert1: t1c2 (critical) is not shown by #1", "TWICE alert1: t1c3 is shown 2 times by #1");
    }

    @Test
    void finds_a_ticket_that_is_open_or_closed_unlike_its_alert() {
        Alert over = alert("critical", "ok");
        Alert fires = alert("critical");
        redmine.show(found(over), over, "critical", false);
        redmine.show(found(fires), fires, "critical", true);

        assertThat(findings())
                .containsExactly(
                        "WRONG alert1: #1 is open, and all is over", "WRONG alert2: #3 is closed, and it fires");
    }

    @ParameterizedTest(name = "critical posted: {0}; shown: {1}; wrong: {2}")
    @CsvSource({"true, critical, false", "true, warning, true", "false, critical, false", "false, warning, false"})
    void wants_the_highest_status_that_came_in_and_takes_one_that_went_by_without_a_webhook(
            boolean isPosted, String shown, boolean isWrong) {
        Alert alert = alert("critical", "warning", "ok");
        ObjectNode ticket = found(alert);
        if (isPosted) {
            accepted(alert, 1);
        } else {
            unanswered(alert, 1);
        }
        redmine.show(ticket, alert, shown, true);

        assertThat(findings().isEmpty()).isNotEqualTo(isWrong);
    }

    @ParameterizedTest(name = "opening of the earlier alert posted: {0}; wrong: {0}")
    @ValueSource(booleans = {true, false})
    void takes_the_level_of_an_earlier_alert_where_that_was_found_after_the_newest(boolean isPosted) {
        Problem problem = lives.problem(Kind.HOST, Course.FLAPPING);
        Alert earlier = alert(problem, false, "critical", "ok");
        Alert newest = alert(problem, true, "warning", "ok");
        if (isPosted) {
            accepted(earlier, 1);
        } else {
            unanswered(earlier, 1);
        }
        ObjectNode ticket = tellEnd(found(newest), earlier);
        if (isPosted) {
            redmine.note(ticket, change(earlier, 1));
        }
        redmine.show(ticket, newest, "critical", true);

        assertThat(findings().isEmpty()).isNotEqualTo(isPosted);
    }

    @Test
    void wants_the_status_of_now_though_no_webhook_came() {
        Alert alert = alert("warning", "critical");
        accepted(alert, 1);
        redmine.show(found(alert), alert, "warning", false);

        assertThat(findings()).containsExactly("WRONG alert1: #1 has the level \"warning\"");
    }

    @Test
    void wants_a_level_of_a_firing_alert() {
        Alert alert = alert("critical", "ok");
        ObjectNode ticket = found(alert);
        redmine.show(ticket, alert, "ok", true);

        assertThat(findings()).contains("WRONG alert1: #1 has the level \"ok\"");
    }

    @Test
    void wants_subject_and_priority_of_the_level() {
        Alert alert = alert("critical", "ok");
        ObjectNode ticket = found(alert);
        ticket.put("subject", "WARNING: web1 Monitor p1");
        ticket.putObject("priority").put("id", redmine.id("priority_normal"));

        assertThat(findings())
                .containsExactly(
                        "WRONG alert1: #1 has the subject \"WARNING: web1 Monitor p1\" and the level critical",
                        "WRONG alert1: #1 has the priority 7 and the level critical");
    }
}
