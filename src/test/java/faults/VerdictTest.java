package faults;

import static faults.Lives.accepted;
import static faults.Lives.change;
import static faults.Lives.unanswered;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import faults.History.Alert;
import faults.History.Course;
import faults.History.Kind;
import faults.History.Problem;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is lost, twice or wrong in Redmine, and what may be one way or another. */
@Tag("fast")
final class VerdictTest {

    private final Lives lives = new Lives();
    private final RedmineInMemory redmine = new RedmineInMemory();

    private List<String> findings() {
        return new Verdict(lives.history, redmine, redmine.issues())
                .findings().stream().map(Verdict.Finding::toString).toList();
    }

    /** Critical, and over; its ticket is #1, whose note tells the end. */
    private Alert shown() {
        Alert alert = lives.alert(Kind.HOST, "critical", "ok");
        accepted(alert);
        redmine.tell(lives.history);
        return alert;
    }

    private ObjectNode ticket() {
        return (ObjectNode) redmine.issues().get(0);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void finds_nothing_when_each_change_is_reported_once(long seed) {
        History history = new History(seed, 200, 1000);
        Lives.acceptAll(history);
        redmine.tell(history);

        assertThat(new Verdict(history, redmine, redmine.issues()).findings()).isEmpty();
    }

    @Test
    void finds_nothing_when_several_changes_are_reported_at_once() {
        Alert alert = lives.alert(Kind.CHECK, "warning", "critical", "unknown", "ok");
        accepted(alert);
        ObjectNode ticket = redmine.ticket(alert, change(alert, 1), change(alert, 2));
        redmine.note(ticket, change(alert, 3), change(alert, 4));

        assertThat(findings()).isEmpty();
    }

    @Test
    void takes_for_the_status_of_a_change_what_stands_before_it() {
        Alert alert = lives.alert(Kind.HOST, "critical", "ok");
        accepted(alert);
        redmine.note(redmine.ticket(alert, change(alert, 1)), "10:00 **CRITICAL → OK** t1c2 says ok, not WARNING");

        assertThat(findings()).isEmpty();
    }

    /** Left open it is not closed, and closed it is not opened. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void leaves_open_and_closed_to_the_person_who_set_the_status(boolean isClosed) {
        Alert alert = shown();
        redmine.show(ticket(), alert, "critical", isClosed);
        redmine.statusByPerson(ticket());

        assertThat(findings()).isEmpty();
    }

    /** Whatever comes soon goes on in a ticket that we closed, and in none that a person closed; what comes late, in one that was left open. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void allows_the_next_alert_both_where_a_person_set_the_status(boolean comesSoon) {
        Problem problem = lives.problem(Kind.HOST, Course.FLAPPING);
        Alert first = lives.alert(problem, false, "critical", "ok");
        Alert next = lives.alert(problem, comesSoon, "critical", "ok");
        accepted(first);
        accepted(next);
        ObjectNode ticket = redmine.ticket(first, change(first, 1));
        redmine.note(ticket, change(first, 2));
        redmine.statusByPerson(ticket);
        redmine.note(redmine.ticket(next, change(next, 1)), change(next, 2));

        assertThat(findings()).isEmpty();
    }

    @Test
    void takes_it_for_no_telling_that_it_still_fires_although_a_person_closed_it() {
        Alert alert = lives.alert(Kind.HOST, "critical");
        accepted(alert);
        ObjectNode ticket = redmine.ticket(alert, change(alert, 1));
        redmine.statusByPerson(ticket);
        redmine.note(
                ticket, "It still fires, although the ticket is closed (notifications so far: 2): " + change(alert, 1));

        assertThat(findings()).isEmpty();
    }

    @Nested
    final class Lost {

        @Test
        void is_an_alert_without_a_ticket() {
            accepted(lives.alert(Kind.HOST, "critical", "ok"));

            assertThat(findings()).containsExactly("LOST alert1: has no ticket");
        }

        @Test
        void is_each_alert_of_a_ticket_that_is_not_there() {
            Problem problem = lives.problem(Kind.HOST, Course.FLAPPING);
            accepted(lives.alert(problem, false, "critical", "ok"));
            accepted(lives.alert(problem, true, "critical", "ok"));

            assertThat(findings()).containsExactly("LOST alert1: has no ticket", "LOST alert2: has no ticket");
        }

        @Test
        void is_a_change_that_is_reported_nowhere() {
            Alert alert = lives.alert(Kind.HOST, "warning", "critical", "ok");
            accepted(alert);
            redmine.note(redmine.ticket(alert, change(alert, 1)), change(alert, 3));

            assertThat(findings()).containsExactly("LOST alert1: t1c2 (critical) is not shown by #1");
        }

        @Test
        void is_a_change_that_stands_only_in_the_notification_as_it_came() {
            Alert alert = lives.alert(Kind.HOST, "critical");
            accepted(alert);
            ObjectNode ticket = redmine.ticket(alert, change(alert, 1));
            ticket.put(
                    "description",
                    ticket.get("description")
                            .asText()
                            .replaceAll("t1c1|t99c1", "t1c1")
                            .replaceFirst("t1c1 says critical", ""));

            assertThat(findings())
                    .containsExactly(
                            "WRONG alert1: #1 tells of no change in its description",
                            "LOST alert1: t1c1 (critical) is not shown by #1");
        }

        @Test
        void is_nothing_that_was_not_answered_with_202() {
            Alert alert = lives.alert(Kind.HOST, "critical", "ok");
            unanswered(alert, 1);

            assertThat(findings()).isEmpty();
        }

        @Test
        void is_no_alert_of_which_only_the_end_was_answered_with_202() {
            Alert alert = lives.alert(Kind.HOST, "critical", "ok");
            unanswered(alert, 1);
            accepted(alert, 2);

            assertThat(findings()).isEmpty();
        }
    }

    @Nested
    final class Twice {

        @Test
        void is_an_alert_with_two_tickets() {
            Alert alert = shown();
            redmine.note(redmine.ticket(alert, change(alert, 1)), change(alert, 2));

            assertThat(findings()).containsExactly("TWICE alert1: has the tickets [#1, #3]");
        }

        @Test
        void is_a_ticket_in_addition_to_that_of_the_alert_that_it_continues() {
            Problem problem = lives.problem(Kind.HOST, Course.FLAPPING);
            accepted(lives.alert(problem, false, "critical", "ok"));
            Alert next = lives.alert(problem, true, "critical", "ok");
            accepted(next);
            redmine.tell(lives.history);
            redmine.ticket(next, change(next, 1));

            assertThat(findings()).containsExactly("TWICE alert2: #5, though it belongs to the ticket of alert1");
        }

        @Test
        void is_a_change_that_is_reported_twice() {
            Alert alert = shown();
            redmine.note(ticket(), change(alert, 2));

            assertThat(findings()).containsExactly("TWICE alert1: t1c2 (ok) is shown 2 times by #1");
        }

        @Test
        void is_a_change_that_may_have_come_in_and_is_reported_twice() {
            Alert alert = lives.alert(Kind.HOST, "critical", "ok");
            accepted(alert, 1);
            unanswered(alert, 2);
            redmine.tell(lives.history);
            redmine.note(ticket(), change(alert, 2), change(alert, 2));

            assertThat(findings()).containsExactly("TWICE alert1: t1c2 (ok) is shown 3 times by #1");
        }

        @Test
        void is_a_marker_of_two_tickets() {
            shown();
            Alert other = lives.alert(Kind.HOST, "critical");
            accepted(other);
            ObjectNode copy = redmine.ticket(other, change(other, 1));
            copy.put("description", copy.get("description").asText().replace("marker-3", "marker-1"));

            assertThat(findings()).containsExactly("TWICE (no alert): #3 and #1 have the same marker");
        }
    }

    @Nested
    final class Wrong {

        @Test
        void is_a_ticket_that_is_open_though_all_is_over() {
            Alert alert = shown();
            redmine.show(ticket(), alert, "critical", false);

            assertThat(findings()).containsExactly("WRONG alert1: #1 is open, and all is over");
        }

        @Test
        void is_a_ticket_that_is_closed_though_its_alert_fires() {
            Alert alert = lives.alert(Kind.HOST, "critical");
            accepted(alert);
            redmine.show(redmine.ticket(alert, change(alert, 1)), alert, "critical", true);

            assertThat(findings()).containsExactly("WRONG alert1: #1 is closed, and it fires");
        }

        @Test
        void is_a_ticket_that_does_not_show_the_highest_severity() {
            Alert alert = shown();
            redmine.show(ticket(), alert, "warning", true);

            assertThat(findings())
                    .containsExactly(
                            "WRONG alert1: #1 has the level \"warning\" instead of \"critical\"",
                            "WRONG alert1: #1 has the subject \"WARNING: web1 Monitor p1\" instead of"
                                    + " \"CRITICAL: web1 Monitor p1\"",
                            "WRONG alert1: #1 has the priority \"7\" instead of \"9\"");
        }

        @ParameterizedTest
        @CsvSource({
            "warning,  warning,  warning",
            "warning,  unknown,  unknown",
            "unknown,  critical, critical",
            "critical, unknown,  critical"
        })
        void is_any_but_the_highest_severity_of(String first, String second, String highest) {
            Alert alert = lives.alert(Kind.CHECK, first, second, "ok");
            accepted(alert);
            redmine.tell(lives.history);
            for (String shown : List.of("warning", "unknown", "critical")) {
                redmine.show(ticket(), alert, shown, true);

                assertThat(findings().isEmpty()).as(shown).isEqualTo(shown.equals(highest));
            }
        }

        @Test
        void is_a_change_reported_with_another_status() {
            Alert alert = shown();
            JsonNode note = ticket().get("journals").get(0);
            ((ObjectNode) note).put("notes", note.get("notes").asText().replace("OK", "WARNING"));

            assertThat(findings())
                    .containsExactly("WRONG alert1: #1 tells Mention[token="
                            + change(alert, 2).token() + ", status=warning], but it is ok");
        }

        @Test
        void is_what_was_posted_in_order_and_is_reported_out_of_order() {
            Alert alert = lives.alert(Kind.HOST, "warning", "critical", "ok");
            accepted(alert);
            ObjectNode ticket = redmine.ticket(alert, change(alert, 1));
            redmine.note(ticket, change(alert, 3));
            redmine.note(ticket, change(alert, 2));

            assertThat(findings()).containsExactly("WRONG alert1: #1 tells t1c3 before t1c2");
        }

        @Test
        void is_what_is_reported_out_of_order_with_another_alert_in_between() {
            Problem problem = lives.problem(Kind.HOST, Course.FLAPPING);
            Alert first = lives.alert(problem, false, "warning", "critical", "ok");
            Alert next = lives.alert(problem, true, "critical", "ok");
            accepted(first);
            accepted(next);
            ObjectNode ticket = redmine.ticket(first, change(first, 1));
            redmine.note(ticket, change(first, 3));
            redmine.note(ticket, change(next, 1));
            redmine.note(ticket, change(first, 2));
            redmine.note(ticket, change(next, 2));
            redmine.show(ticket, next);

            assertThat(findings()).containsExactly("WRONG alert1: #1 tells t1c3 before t1c2");
        }

        @Test
        void is_a_change_that_was_never_posted() {
            Alert alert = lives.alert(Kind.HOST, "critical", "ok");
            accepted(alert, 1);
            redmine.tell(lives.history);

            assertThat(findings()).containsExactly("WRONG alert1: t1c2 is shown by #1, but was never posted");
        }

        @Test
        void is_a_change_of_another_alert() {
            shown();
            Alert other = lives.alert(Kind.HOST, "critical");
            accepted(other);
            redmine.note(
                    redmine.ticket(other, change(other, 1)),
                    change(lives.history.alerts().get(0), 2));

            assertThat(findings()).containsExactly("WRONG alert2: #3 tells of t1c2, which is not of its alerts");
        }

        @Test
        void is_a_ticket_of_no_alert() {
            shown();
            Alert foreign = new Lives().alert(Kind.HOST, "critical");
            ObjectNode ticket = redmine.ticket(foreign, change(foreign, 1));
            ((ObjectNode) ticket.get("custom_fields").get(0)).put("value", "foreign");

            assertThat(findings()).containsExactly("WRONG (no alert): #3 belongs to no alert that was posted");
        }

        @Test
        void is_a_ticket_without_a_marker() {
            shown();
            ticket().put("description", ticket().get("description").asText().replace("mackerel-redmine:", ""));

            assertThat(findings()).containsExactly("WRONG alert1: #1 has no marker");
        }

        @Test
        void is_a_note_that_tells_of_no_change() {
            shown();
            redmine.note(ticket(), "nothing\nnew");

            assertThat(findings()).containsExactly("WRONG alert1: #1 has a note that tells of no change: nothing new");
        }

        @Test
        void is_a_note_of_a_round_that_stands_there_twice() {
            shown();
            redmine.note(ticket(), "Round 1 of the escalation is over.\n\nmackerel-redmine:page-1");
            redmine.note(ticket(), "Round 2 of the escalation is over.\n\nmackerel-redmine:page-2");
            assertThat(findings()).isEmpty();

            redmine.note(ticket(), "Round 2 of the escalation is over.\n\nmackerel-redmine:page-2");

            assertThat(findings()).containsExactly("WRONG alert1: #1 has a note twice: mackerel-redmine:page-2");
        }
    }

    @Nested
    final class May {

        @Test
        void an_answer_that_was_lost_leave_a_change_reported_or_not() {
            Alert alert = lives.alert(Kind.HOST, "critical", "ok");
            accepted(alert, 1);
            unanswered(alert, 2);
            ObjectNode ticket = redmine.ticket(alert, change(alert, 1));
            redmine.show(ticket, alert, "critical", false);
            assertThat(findings()).isEmpty();

            redmine.note(ticket, change(alert, 2));
            redmine.show(ticket, alert, "critical", true);
            assertThat(findings()).isEmpty();
        }

        @Test
        void what_was_reported_without_an_answer_not_be_forgotten_in_what_the_ticket_shows() {
            Alert alert = lives.alert(Kind.HOST, "warning", "critical");
            accepted(alert, 1);
            unanswered(alert, 2);
            ObjectNode ticket = redmine.ticket(alert, change(alert, 1));
            redmine.note(ticket, change(alert, 2));
            redmine.show(ticket, alert, "warning", false);

            assertThat(findings()).contains("WRONG alert1: #1 has the level \"warning\" instead of \"critical\"");
        }

        @Test
        void an_alert_that_overlaps_have_a_ticket_of_its_own_or_not() {
            Problem problem = lives.problem(Kind.HOST, Course.OVERLAPPING);
            Alert first = lives.alert(problem, false, "critical", "ok");
            Alert second = lives.alert(problem, true, "warning", "ok");
            accepted(first);
            accepted(second);
            redmine.tell(lives.history);
            assertThat(redmine.issues()).hasSize(1);
            assertThat(findings()).isEmpty();

            redmine.issues().clear();
            Stream.of(first, second)
                    .forEach(alert -> redmine.note(redmine.ticket(alert, change(alert, 1)), change(alert, 2)));
            assertThat(findings()).isEmpty();
        }

        @Test
        void an_alert_not_be_over_while_the_other_of_its_ticket_fires() {
            Problem problem = lives.problem(Kind.HOST, Course.OVERLAPPING);
            accepted(lives.alert(problem, false, "critical"));
            Alert second = lives.alert(problem, true, "warning", "ok");
            accepted(second);
            redmine.tell(lives.history);
            assertThat(findings()).containsExactly("WRONG alert2: #1 is closed, and it fires");

            redmine.show(ticket(), second, "warning", false);
            assertThat(findings()).isEmpty();
        }

        @Test
        void what_came_in_out_of_order_be_reported_out_of_order() {
            Alert alert = lives.alert(Kind.HOST, "warning", "critical", "ok");
            accepted(alert, 1, 3, 2);
            ObjectNode ticket = redmine.ticket(alert, change(alert, 1));
            redmine.note(ticket, change(alert, 3));
            redmine.note(ticket, change(alert, 2));

            assertThat(findings()).isEmpty();
        }

        @Test
        void a_metric_that_says_the_same_again_not_be_reported_again() {
            Alert alert = lives.alert(Kind.HOST, "warning", "critical", "warning", "ok");
            accepted(alert, 1, 3);
            unanswered(alert, 2);
            accepted(alert, 4);
            redmine.note(redmine.ticket(alert, change(alert, 1)), change(alert, 4));
            redmine.show(ticket(), alert, "warning", true);

            assertThat(findings()).isEmpty();
        }

        @Test
        void a_metric_that_says_the_same_again_be_the_only_one_that_a_description_shows() {
            Alert alert = lives.alert(Kind.HOST, "warning", "critical", "warning");
            accepted(alert, 1, 3);
            redmine.ticket(alert, change(alert, 3));
            redmine.show(ticket(), alert, "warning", false);

            assertThat(findings()).isEmpty();
        }

        @Test
        void a_metric_not_leave_out_what_changed_before_it_came_back() {
            Alert alert = lives.alert(Kind.HOST, "warning", "critical", "warning");
            accepted(alert);
            redmine.note(redmine.ticket(alert, change(alert, 1)), change(alert, 2));

            assertThat(findings()).containsExactly("LOST alert1: t1c3 (warning) is not shown by #1");
        }

        @ParameterizedTest
        @EnumSource(names = {"EXTERNAL", "CHECK"})
        void what_is_no_metric_not_leave_out_a_message(Kind kind) {
            Alert alert = lives.alert(kind, "critical", "critical");
            accepted(alert);
            redmine.ticket(alert, change(alert, 1));

            assertThat(findings()).containsExactly("LOST alert1: t1c2 (critical) is not shown by #1");
        }

        @Test
        void a_ticket_show_only_the_last_of_its_alerts() {
            Problem problem = lives.problem(Kind.HOST, Course.FLAPPING);
            accepted(lives.alert(problem, false, "critical", "ok"));
            accepted(lives.alert(problem, true, "warning", "ok"));
            redmine.tell(lives.history);
            assertThat(redmine.issues()).hasSize(1);
            assertThat(ticket().get("subject").asText()).startsWith("WARNING");

            assertThat(findings()).isEmpty();
        }

        @Test
        void an_alert_that_comes_back_late_only_have_a_ticket_of_its_own() {
            Problem problem = lives.problem(Kind.HOST, Course.FLAPPING);
            Alert first = lives.alert(problem, false, "critical", "ok");
            Alert next = lives.alert(problem, false, "critical", "ok");
            accepted(first);
            accepted(next);
            ObjectNode ticket = redmine.ticket(first, change(first, 1));
            redmine.note(ticket, change(first, 2), change(next, 1), change(next, 2));

            assertThat(findings())
                    .containsExactly(
                            "WRONG alert1: #1 tells of t2c1, which is not of its alerts",
                            "WRONG alert1: #1 tells of t2c2, which is not of its alerts",
                            "LOST alert2: has no ticket");
        }
    }
}
