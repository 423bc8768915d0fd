package dev.mackerelredmine.ticket;

import static dev.mackerelredmine.mackerel.TestAlerts.OPENED;
import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static dev.mackerelredmine.mackerel.TestAlerts.ok;
import static dev.mackerelredmine.mackerel.TestAlerts.unknown;
import static dev.mackerelredmine.mackerel.TestAlerts.warning;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mackerelredmine.mackerel.TestAlerts;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class AlertHistoryTest {

    /** The changes in their order of arrival. */
    private static AlertHistory history(TestAlerts... changes) {
        return Histories.of(changes).history();
    }

    private static List<String> messages(AlertHistory history) {
        return messages(history.changes());
    }

    private static List<String> messages(List<Change> changes) {
        return changes.stream().map(change -> change.notification().message()).toList();
    }

    private static TestAlerts at(int second, TestAlerts alert) {
        return alert.statusChangedAt(OPENED.plusSeconds(second)).message("changed at " + second);
    }

    private static TestAlerts closedAt(int second, TestAlerts alert) {
        return alert.recovered(OPENED.plusSeconds(second)).message("closed at " + second);
    }

    @Test
    void is_in_the_order_in_which_the_status_changed() {
        assertThat(messages(history(at(20, critical()), at(10, warning()), at(30, unknown()))))
                .containsExactly("changed at 10", "changed at 20", "changed at 30");
    }

    @Test
    void takes_for_an_ok_the_time_at_which_it_was_closed() {
        TestAlerts changedEarly = closedAt(20, critical()).statusChangedAt(OPENED);

        assertThat(messages(history(changedEarly, at(10, critical()))))
                .containsExactly("changed at 10", "closed at 20");
    }

    @Test
    void takes_for_a_fault_no_time_at_which_it_was_closed() {
        TestAlerts contradicting = at(10, critical()).closedAt(OPENED.plusSeconds(99));

        assertThat(messages(history(at(20, warning()), contradicting)))
                .containsExactly("changed at 10", "changed at 20");
    }

    @Test
    void takes_for_an_ok_that_does_not_say_when_it_was_closed_the_time_at_which_the_status_changed() {
        TestAlerts notSaying = at(20, ok()).with("closedAt", null);

        assertThat(messages(history(notSaying, at(10, critical())))).containsExactly("changed at 10", "changed at 20");
    }

    @Test
    void is_in_the_order_of_arrival_where_nothing_says_when() {
        TestAlerts[] changes = Stream.of(critical(), ok().with("closedAt", null), warning())
                .map(alert -> alert.without("statusChangedAt")
                        .message("arrival of " + alert.notification().alert().status()))
                .toArray(TestAlerts[]::new);

        assertThat(messages(history(changes)))
                .containsExactly("arrival of critical", "arrival of ok", "arrival of warning");
    }

    @Test
    void is_in_the_order_of_arrival_within_a_second() {
        assertThat(messages(history(
                        at(10, critical()).message("b"),
                        at(10, warning()).message("a"),
                        closedAt(10, ok()).message("c"))))
                .containsExactly("b", "a", "c");
    }

    @Test
    void shows_in_its_headline_the_newest_of_the_highest_severity() {
        assertThat(history(at(20, critical()), at(10, critical())).headline().message())
                .isEqualTo("changed at 20");
    }

    @Test
    void shows_in_its_headline_the_highest_severity_though_it_is_older() {
        assertThat(history(at(10, critical()), at(20, warning())).headline().message())
                .isEqualTo("changed at 10");
    }

    @Test
    void shows_in_its_headline_what_was_reported_where_that_was_worse() {
        assertThat(Histories.reported(at(10, critical()))
                        .then(at(20, warning()))
                        .history()
                        .headline()
                        .message())
                .isEqualTo("changed at 10");
    }

    @Test
    void shows_in_its_headline_the_fault_when_it_is_over_already() {
        assertThat(history(at(10, warning()), at(20, critical()), closedAt(30, critical()))
                        .headline()
                        .message())
                .isEqualTo("changed at 20");
    }

    @Test
    void shows_in_its_headline_the_end_where_there_is_nothing_else() {
        assertThat(history(closedAt(30, critical())).headline().message()).isEqualTo("closed at 30");
    }

    @Test
    void shows_in_its_headline_the_newest_end_of_several() {
        assertThat(history(closedAt(40, critical()), closedAt(30, critical()))
                        .headline()
                        .message())
                .isEqualTo("closed at 40");
    }

    @Test
    void is_in_the_order_of_arrival_by_the_second_where_only_the_end_says_when() {
        TestAlerts opening = critical().without("statusChangedAt").message("came in after one second");

        assertThat(messages(history(opening, closedAt(1, ok()))))
                .containsExactly("came in after one second", "closed at 1");
    }

    @Test
    void is_worth_telling_only_where_something_changed() {
        AlertHistory history = history(
                at(10, warning()).metricValue(71),
                at(10, warning()).metricValue(72),
                at(20, critical()),
                at(20, critical()));

        assertThat(messages(history.worthTelling())).containsExactly("changed at 10", "changed at 20");
        assertThat(history.resends()).isEqualTo(2);
    }

    @Test
    void puts_what_does_not_say_when_before_the_end_however_late_it_came_in() {
        TestAlerts opening = critical().without("statusChangedAt").message("came in after the end");

        assertThat(messages(history(closedAt(1, ok()), opening)))
                .containsExactly("came in after the end", "closed at 1");
    }
}
