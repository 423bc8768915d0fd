package dev.mackerelredmine.redmine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mackerelredmine.MovableClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class WriteChecksTest {

    private static final List<String> ALL_WAS_DONE = List.of();
    private static final List<String> STATUS = List.of(IssueField.STATUS);

    private final MovableClock clock = new MovableClock();
    private final WriteChecks checks = new WriteChecks(clock);

    private static Issue issue(long number, long tracker) {
        return new Issue(
                number,
                new Issue.Named(1, "Alerts"),
                new Issue.Named(tracker, "Alert"),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    @Test
    void are_due_for_the_first_change_in_a_project_and_tracker_and_an_hour_later() {
        assertThat(checks.isDue(issue(1, 4))).isTrue();
        checks.found(issue(1, 4), ALL_WAS_DONE);

        assertThat(checks.isDue(issue(2, 4))).isFalse();
        assertThat(checks.isDue(issue(3, 5))).isTrue();
        clock.goOn(Duration.ofMinutes(61));
        assertThat(checks.isDue(issue(2, 4))).isTrue();
    }

    @Test
    void are_due_for_each_change_where_something_was_dropped_until_it_is_not() {
        checks.found(issue(1, 4), STATUS);
        assertThat(checks.isDue(issue(2, 4))).isTrue();

        checks.found(issue(2, 4), ALL_WAS_DONE);
        assertThat(checks.isDue(issue(3, 4))).isFalse();
    }

    @Test
    void say_the_same_once_an_hour() {
        assertThat(checks.found(issue(1, 4), STATUS)).isTrue();
        assertThat(checks.found(issue(2, 4), STATUS)).isFalse();
        assertThat(checks.found(issue(2, 4), List.of(Written.NOTE))).isTrue();
        clock.goOn(Duration.ofMinutes(61));
        assertThat(checks.found(issue(3, 4), List.of(Written.NOTE))).isTrue();
        assertThat(checks.found(issue(3, 4), ALL_WAS_DONE)).isFalse();
    }

    @Test
    void say_which_right_is_missing() {
        assertThat(checks.account(issue(42, 4), STATUS))
                .contains("ticket #42", "204", "status", "tracker Alert in project Alerts", "\"Edit issues\"");
        assertThat(checks.account(issue(42, 4), List.of(Written.NOTE))).contains("\"Add notes\"");
        assertThat(checks.account(issue(42, 4), List.of(IssueField.PARENT))).contains("\"Manage subtasks\"");
    }
}
