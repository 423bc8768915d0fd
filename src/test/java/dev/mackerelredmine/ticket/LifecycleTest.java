package dev.mackerelredmine.ticket;

import static dev.mackerelredmine.mackerel.TestAlerts.OPENED;
import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static dev.mackerelredmine.mackerel.TestAlerts.ok;
import static dev.mackerelredmine.mackerel.TestAlerts.unknown;
import static dev.mackerelredmine.mackerel.TestAlerts.warning;
import static dev.mackerelredmine.ticket.Histories.CLOSED;
import static dev.mackerelredmine.ticket.Histories.IN_PROGRESS;
import static dev.mackerelredmine.ticket.Histories.NEW;
import static dev.mackerelredmine.ticket.Histories.REJECTED;
import static dev.mackerelredmine.ticket.Histories.closed;
import static dev.mackerelredmine.ticket.Histories.closedByPerson;
import static dev.mackerelredmine.ticket.Histories.gone;
import static dev.mackerelredmine.ticket.Histories.noted;
import static dev.mackerelredmine.ticket.Histories.of;
import static dev.mackerelredmine.ticket.Histories.open;
import static dev.mackerelredmine.ticket.Histories.pending;
import static dev.mackerelredmine.ticket.Histories.reported;
import static dev.mackerelredmine.ticket.Histories.shown;
import static dev.mackerelredmine.ticket.Histories.stuck;
import static dev.mackerelredmine.ticket.Histories.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mackerelredmine.mackerel.AlertStatus;
import dev.mackerelredmine.mackerel.NotificationReader;
import dev.mackerelredmine.mackerel.TestAlerts;
import dev.mackerelredmine.redmine.Issue;
import dev.mackerelredmine.redmine.LookUpFirstException;
import dev.mackerelredmine.redmine.LookUpFirstException.Request;
import dev.mackerelredmine.redmine.ParkedException;
import dev.mackerelredmine.ticket.PendingWrite.Intent;
import dev.mackerelredmine.ticket.Remark.Kind;
import dev.mackerelredmine.ticket.policy.FieldPolicy;
import dev.mackerelredmine.ticket.policy.Policy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of the life of a ticket, cell by cell. */
@Tag("fast")
class LifecycleTest {

    private static final Instant NOW = Histories.NOTED.plusSeconds(3600);
    private static final Policy POLICY = Policy.of("alert");
    private static final Policy SKIPS = new Policy(
            "alert", null, null, null, null, null, List.of(), null, null, "no tickets for warnings", null, null, null);

    /** Settings as they are by default; one thing is changed. */
    private record Rules(
            Duration window, boolean closes, boolean groups, String closed, String reopened, FieldPolicy policy) {

        static final Rules DEFAULT = new Rules(Duration.ofMinutes(30), true, true, null, null, FieldPolicy.FOLLOW);

        Rules window(Duration other) {
            return new Rules(other, closes, groups, closed, reopened, policy);
        }

        Rules leavingOpen() {
            return new Rules(window, false, groups, closed, reopened, policy);
        }

        Rules withoutGroups() {
            return new Rules(window, closes, false, closed, reopened, policy);
        }

        Rules closingAs(String status) {
            return new Rules(window, closes, groups, status, reopened, policy);
        }

        Rules reopeningAs(String status) {
            return new Rules(window, closes, groups, closed, status, policy);
        }

        Rules status(FieldPolicy other) {
            return new Rules(window, closes, groups, closed, reopened, other);
        }

        Lifecycle lifecycle(Instant now) {
            LifecycleRules rules = new LifecycleRules(
                    Duration.ofSeconds(60),
                    window,
                    closes,
                    Duration.ofHours(24),
                    groups,
                    closed,
                    reopened,
                    policy,
                    null,
                    true);
            return new Lifecycle(rules, Clock.fixed(now, ZoneOffset.UTC));
        }
    }

    private static Lifecycle lifecycle() {
        return Rules.DEFAULT.lifecycle(NOW);
    }

    private static NextStep next(Histories history) {
        return lifecycle().next(history.history(), POLICY);
    }

    private static Decision decide(Rules rules, Histories history, Issue seen) {
        return rules.lifecycle(NOW).decide(history.history(), seen);
    }

    private static Decision decide(Histories history, Issue seen) {
        return decide(Rules.DEFAULT, history, seen);
    }

    private static void assertWritesNothing(Decision decision, TicketAction action) {
        assertThat(decision.action()).isEqualTo(action);
        assertThat(decision.writes()).isFalse();
        assertThat(decision.status()).isNull();
    }

    private static List<Kind> kinds(Decision decision) {
        return decision.remarks().stream().map(Remark::kind).toList();
    }

    private static TestAlerts minutesLater(int minutes, TestAlerts alert) {
        return alert.statusChangedAt(OPENED.plusSeconds(60L * minutes));
    }

    /** The same fault under another alert id, opened so many minutes after the first one. */
    private static TestAlerts again(int minutes) {
        Instant at = OPENED.plusSeconds(60L * minutes);
        return critical().id("another").openedAt(at).statusChangedAt(at);
    }

    private static final TestAlerts WORSE = minutesLater(1, critical());
    private static final TestAlerts BETTER = minutesLater(1, warning());
    private static final TestAlerts FAILED =
            critical().type("external").without("metricValue").message("status is 500");
    private static final TestAlerts FAILED_OTHERWISE = FAILED.message("status is 502");

    @Nested
    class an_alert_without_a_ticket {

        @ParameterizedTest
        @ValueSource(strings = {"warning", "critical", "unknown"})
        void gets_one_when_it_opens(String status) {
            assertThat(next(of(critical().status(status)))).isEqualTo(NextStep.CREATE);
        }

        @Test
        void gets_one_when_its_severity_changes_because_its_opening_was_lost() {
            assertThat(next(of(WORSE))).isEqualTo(NextStep.CREATE);
        }

        @Test
        void gets_one_when_the_policy_lets_it_after_all() {
            assertThat(next(reported(warning()).whose(Ticket.NONE).then(WORSE))).isEqualTo(NextStep.CREATE);
        }

        @Test
        void is_looked_up_once_when_it_recovers_because_the_store_may_be_new() {
            assertThat(next(of(ok()))).isEqualTo(NextStep.ADOPT);
        }

        @Test
        void is_not_looked_up_when_the_store_knows_that_it_has_none() {
            assertThat(next(reported(warning()).whose(Ticket.NONE).then(ok()))).isEqualTo(NextStep.NOTHING);
        }

        @Test
        void gets_one_for_a_whole_life_that_waited() {
            assertThat(next(of(warning(), WORSE, ok()))).isEqualTo(NextStep.CREATE);
        }

        @Test
        void gets_one_when_its_end_came_in_before_its_opening() {
            assertThat(next(of(ok(), critical()))).isEqualTo(NextStep.CREATE);
        }

        @Test
        void gets_none_when_the_policy_skips_it() {
            assertThat(lifecycle().next(of(warning()).history(), SKIPS)).isEqualTo(NextStep.NOTHING);
        }

        @Test
        void is_looked_up_when_an_earlier_creation_has_an_unknown_outcome() {
            Ticket pending = pending(Ticket.NONE, creation(NOW, 1));

            assertThat(next(of(critical()).whose(pending))).isEqualTo(NextStep.LOOK_UP);
            assertThat(lifecycle().next(of(critical()).whose(pending).history(), SKIPS))
                    .isEqualTo(NextStep.LOOK_UP);
        }
    }

    @Nested
    class a_group_of_alerts {

        private final AlertHistory group = new AlertHistory(
                1,
                new AlertKey("example", "2bjA"),
                null,
                List.of(new Change(
                        1, OPENED, new NotificationReader().read(TestAlerts.fixture("alert-group-warning")))),
                java.util.Set.of(),
                Ticket.NONE,
                Ticket.NONE,
                null,
                Membership.NONE);

        @Test
        void gets_a_ticket_like_an_alert() {
            assertThat(lifecycle().next(group, POLICY)).isEqualTo(NextStep.CREATE);
        }

        @Test
        void gets_none_when_settings_say_so() {
            assertThat(Rules.DEFAULT.withoutGroups().lifecycle(NOW).next(group, POLICY))
                    .isEqualTo(NextStep.NOTHING);
        }
    }

    @Nested
    class an_open_ticket {

        private final Issue seen = shown(NEW);

        @Test
        void is_asked_for_before_anything_is_written() {
            assertThat(next(reported(warning()).then(WORSE))).isEqualTo(NextStep.SHOW);
        }

        @Test
        void is_noted_when_the_severity_rises_and_follows_it() {
            Decision decision = decide(reported(warning()).then(WORSE), seen);

            assertThat(decision.action()).isEqualTo(TicketAction.WORSE);
            assertThat(decision.tells()).hasSize(1);
            assertThat(decision.followsHeadline()).isTrue();
            assertThat(decision.status()).isNull();
        }

        @Test
        void is_noted_when_the_severity_falls_and_keeps_to_the_highest() {
            Decision decision = decide(reported(critical()).then(BETTER), seen);

            assertThat(decision.action()).isEqualTo(TicketAction.NOTE);
            assertThat(decision.followsHeadline()).isFalse();
            assertThat(decision.reported().headline().status()).isEqualTo(AlertStatus.CRITICAL);
        }

        @Test
        void takes_unknown_for_worse_than_a_warning_and_not_for_worse_than_critical() {
            assertThat(decide(reported(warning()).then(minutesLater(1, unknown())), seen)
                            .followsHeadline())
                    .isTrue();
            assertThat(decide(reported(critical()).then(minutesLater(1, unknown())), seen)
                            .followsHeadline())
                    .isFalse();
        }

        @Test
        void does_not_follow_while_another_of_its_alerts_is_worse() {
            Ticket shared = with(open(), AlertStatus.CRITICAL);

            assertThat(decide(reported(warning()).whose(shared).then(minutesLater(1, unknown())), seen)
                            .followsHeadline())
                    .isFalse();
        }

        @Test
        void is_noted_once_for_several_changes_that_waited() {
            Decision decision = decide(
                    reported(warning()).then(WORSE, minutesLater(2, warning()), minutesLater(3, critical())), seen);

            assertThat(decision.tells()).hasSize(3);
        }

        @Test
        void is_noted_when_the_message_changes_where_there_is_no_metric() {
            Decision decision = decide(reported(FAILED).then(FAILED_OTHERWISE), seen);

            assertThat(decision.action()).isEqualTo(TicketAction.NOTE);
            assertThat(decision.tells()).hasSize(1);
        }

        @Test
        void is_only_counted_when_the_message_repeats_a_metric_with_another_value() {
            assertWritesNothing(
                    decide(reported(critical()).then(critical().metricValue(97).message("CPU % 97 > 90")), seen),
                    TicketAction.COUNT);
        }

        @Test
        void is_only_counted_when_the_same_is_said_again() {
            Decision decision = decide(reported(critical()).then(critical(), critical()), seen);

            assertWritesNothing(decision, TicketAction.COUNT);
            assertThat(decision.reported().resends()).isEqualTo(2);
            assertThat(decision.reported().notedAt()).isEqualTo(Histories.NOTED);
        }

        @Test
        void is_noted_when_it_was_said_again_for_longer_than_the_interval() {
            Instant aDayAgo = NOW.minus(Duration.ofHours(24));

            Decision decision =
                    decide(reported(critical()).reported(143, aDayAgo).then(critical()), seen);

            assertThat(decision.action()).isEqualTo(TicketAction.NOTE);
            assertThat(decision.remarks()).containsExactly(Remark.of(Kind.STILL_FIRES, 144));
            assertThat(decision.reported().resends()).isZero();
            assertThat(decision.reported().notedAt()).isEqualTo(NOW);
        }

        @Test
        void is_closed_with_a_note_when_its_only_alert_recovers() {
            Decision decision = decide(reported(critical()).then(ok()), seen);

            assertThat(decision.action()).isEqualTo(TicketAction.CLOSE);
            assertThat(decision.status()).isEqualTo(CLOSED);
            assertThat(kinds(decision)).containsExactly(Kind.CLOSED);
            assertThat(decision.state().closedAt())
                    .isEqualTo(OPENED.plusSeconds(600).getEpochSecond());
        }

        @Test
        void is_closed_with_the_status_that_is_set_by_name_or_number() {
            Histories recovers = reported(critical()).then(ok());

            assertThat(decide(Rules.DEFAULT.closingAs("Rejected"), recovers, seen)
                            .status())
                    .isEqualTo(REJECTED);
            assertThat(decide(Rules.DEFAULT.closingAs("6"), recovers, seen).status())
                    .isEqualTo(REJECTED);
        }

        @Test
        void is_noted_and_stays_open_when_the_workflow_does_not_allow_to_close_it() {
            Decision decision = decide(reported(critical()).then(ok()), stuck(NEW));

            assertThat(decision.action()).isEqualTo(TicketAction.NOTE);
            assertThat(decision.status()).isNull();
            assertThat(kinds(decision)).containsExactly(Kind.LEFT_OPEN_NOT_ALLOWED);
        }

        @Test
        void is_noted_and_stays_open_when_settings_say_so() {
            Decision decision =
                    decide(Rules.DEFAULT.leavingOpen(), reported(critical()).then(ok()), seen);

            assertThat(decision.action()).isEqualTo(TicketAction.NOTE);
            assertThat(kinds(decision)).containsExactly(Kind.LEFT_OPEN);
        }

        @Test
        void is_noted_and_stays_open_while_another_of_its_alerts_fires() {
            Ticket shared = with(open(), AlertStatus.WARNING, AlertStatus.OK);

            Decision decision = decide(reported(critical()).whose(shared).then(ok()), seen);

            assertThat(decision.action()).isEqualTo(TicketAction.NOTE);
            assertThat(decision.remarks()).containsExactly(Remark.of(Kind.LEFT_OPEN_OTHERS_FIRE, 1));
        }

        @Test
        void is_closed_when_the_last_of_its_alerts_recovers() {
            Ticket shared = with(open(), AlertStatus.OK, AlertStatus.OK);

            assertThat(decide(reported(critical()).whose(shared).then(ok()), seen)
                            .action())
                    .isEqualTo(TicketAction.CLOSE);
        }

        @Test
        void is_noted_and_stays_open_when_a_person_changed_its_status() {
            Decision decision = decide(reported(critical()).then(ok()), shown(IN_PROGRESS));

            assertThat(decision.action()).isEqualTo(TicketAction.NOTE);
            assertThat(kinds(decision)).containsExactly(Kind.LEFT_OPEN_STATUS_TAKEN);
        }

        @Test
        void is_closed_whatever_a_person_did_where_the_status_is_always_ours() {
            Rules always = Rules.DEFAULT.status(FieldPolicy.ALWAYS);

            assertThat(decide(always, reported(critical()).then(ok()), shown(IN_PROGRESS))
                            .action())
                    .isEqualTo(TicketAction.CLOSE);
        }

        @Test
        void is_never_closed_where_the_status_is_ours_only_once() {
            Decision decision = decide(
                    Rules.DEFAULT.status(FieldPolicy.ONCE), reported(critical()).then(ok()), seen);

            assertThat(decision.action()).isEqualTo(TicketAction.NOTE);
            assertThat(kinds(decision)).containsExactly(Kind.LEFT_OPEN);
        }

        @Test
        void is_noted_of_what_comes_in_late() {
            Decision decision = decide(reported(minutesLater(5, critical())).then(warning()), seen);

            assertThat(decision.action()).isEqualTo(TicketAction.NOTE);
            assertThat(decision.tells()).hasSize(1);
            assertThat(kinds(decision)).containsExactly(Kind.LATE);
            assertThat(decision.reported().newest().status()).isEqualTo(AlertStatus.CRITICAL);
        }

        @Test
        void is_not_noted_of_what_comes_in_late_for_the_second_time() {
            assertThat(next(reported(minutesLater(5, critical()))
                            .then(warning())
                            .whichRepeats()))
                    .isEqualTo(NextStep.NOTHING);
        }

        @Test
        void follows_a_higher_severity_that_comes_in_late() {
            Decision decision = decide(reported(minutesLater(5, warning())).then(critical()), seen);

            assertThat(decision.followsHeadline()).isTrue();
            assertThat(decision.reported().newest().status()).isEqualTo(AlertStatus.WARNING);
        }

        @Test
        void is_noted_of_what_happened_to_its_host() {
            Decision decision = decide(reported(critical()).then(hostRetired()), seen);

            assertThat(decision.action()).isEqualTo(TicketAction.NOTE);
            assertThat(decision.tells()).hasSize(1);
        }

        @Test
        void gets_a_graph_without_being_asked_for() {
            assertThat(next(reported(critical()).withGraph())).isEqualTo(NextStep.ATTACH);

            Decision decision =
                    lifecycle().attach(reported(critical()).withGraph().history());

            assertThat(decision.action()).isEqualTo(TicketAction.ATTACH);
            assertThat(decision.tells()).isEmpty();
        }

        @Test
        void needs_nothing_when_nothing_came_in() {
            assertThat(next(reported(critical()))).isEqualTo(NextStep.NOTHING);
        }
    }

    @Nested
    class a_ticket_that_we_closed {

        private final Issue seen = shown(CLOSED);

        @Test
        void gets_a_graph_that_comes_in_with_the_end_said_again() {
            assertThat(next(history().withGraph())).isEqualTo(NextStep.ATTACH);
        }

        private Histories history() {
            return reported(critical(), ok()).whose(closed());
        }

        @ParameterizedTest
        @ValueSource(strings = {"warning", "critical"})
        void is_reopened_with_a_note_when_the_alert_fires_again(String status) {
            Decision decision =
                    decide(history().then(minutesLater(20, critical().status(status))), seen);

            assertThat(decision.action()).isEqualTo(TicketAction.REOPEN);
            assertThat(decision.status()).isEqualTo(NEW);
            assertThat(decision.remarks()).containsExactly(Remark.of(Kind.REOPENED, 1));
            assertThat(decision.state().closedAt()).isNull();
        }

        @Test
        void is_reopened_with_the_status_that_is_set() {
            Histories again = history().then(minutesLater(20, critical()));

            assertThat(decide(Rules.DEFAULT.reopeningAs("In Progress"), again, seen)
                            .status())
                    .isEqualTo(IN_PROGRESS);
        }

        @Test
        void is_noted_and_stays_closed_when_the_workflow_does_not_allow_to_reopen_it() {
            Decision decision = decide(history().then(minutesLater(20, critical())), stuck(CLOSED));

            assertThat(decision.action()).isEqualTo(TicketAction.WORSE);
            assertThat(kinds(decision)).containsExactly(Kind.LEFT_CLOSED_NOT_ALLOWED);
        }

        @Test
        void is_noted_when_the_alert_came_and_went_again() {
            Decision decision = decide(
                    history().then(minutesLater(20, critical()), ok().recovered(OPENED.plusSeconds(1800))), seen);

            assertThat(decision.action()).isEqualTo(TicketAction.NOTE);
            assertThat(decision.tells()).hasSize(2);
        }

        @Test
        void needs_nothing_when_the_end_is_said_again() {
            assertThat(next(history().then(ok()))).isEqualTo(NextStep.NOTHING);
        }

        @Test
        void needs_nothing_when_an_alert_recovers_for_which_it_could_not_be_reopened() {
            assertWritesNothing(decide(reported(critical()).whose(closed()).then(ok()), seen), TicketAction.NOTHING);
        }

        @Test
        void is_only_counted_when_the_same_is_said_again() {
            assertWritesNothing(
                    decide(reported(critical()).whose(closed()).then(critical()), seen), TicketAction.COUNT);
        }

        @Test
        void is_noted_when_the_message_changes() {
            assertThat(decide(reported(FAILED).whose(closed()).then(FAILED_OTHERWISE), seen)
                            .action())
                    .isEqualTo(TicketAction.NOTE);
        }

        @Test
        void is_noted_of_what_comes_in_late() {
            Decision decision = decide(history().then(minutesLater(5, warning())), seen);

            assertThat(decision.action()).isEqualTo(TicketAction.NOTE);
            assertThat(kinds(decision)).containsExactly(Kind.LATE);
        }

        @Test
        void is_not_told_what_happened_to_its_host() {
            assertWritesNothing(decide(history().then(hostRetired()), seen), TicketAction.NOTHING);
        }
    }

    @Nested
    class a_ticket_that_a_person_closed {

        private final Issue seen = shown(REJECTED);

        @Test
        void is_reopened_when_it_got_worse() {
            Decision decision = decide(reported(warning()).then(WORSE), seen);

            assertThat(decision.action()).isEqualTo(TicketAction.REOPEN);
            assertThat(decision.status()).isEqualTo(NEW);
        }

        @Test
        void is_noted_when_it_got_better() {
            Decision decision = decide(reported(critical()).then(BETTER), seen);

            assertThat(decision.action()).isEqualTo(TicketAction.NOTE);
            assertThat(decision.status()).isNull();
        }

        @Test
        void is_never_reopened_where_the_status_is_ours_only_once() {
            assertThat(decide(
                                    Rules.DEFAULT.status(FieldPolicy.ONCE),
                                    reported(warning()).then(WORSE),
                                    seen)
                            .action())
                    .isEqualTo(TicketAction.WORSE);
        }

        @Test
        void is_noted_when_the_message_changes() {
            assertThat(decide(reported(FAILED).then(FAILED_OTHERWISE), seen).action())
                    .isEqualTo(TicketAction.NOTE);
        }

        @Test
        void is_not_told_what_happened_to_its_host() {
            assertWritesNothing(decide(reported(critical()).then(hostRetired()), seen), TicketAction.NOTHING);
        }

        @Test
        void is_noted_once_that_it_still_fires() {
            Decision first = decide(reported(critical()).then(critical()), seen);

            assertThat(first.action()).isEqualTo(TicketAction.NOTE);
            assertThat(kinds(first)).containsExactly(Kind.STILL_FIRES_THOUGH_CLOSED);

            Ticket noted = new Ticket(7L, 42L, null, first.state(), false, false, null, List.of());
            assertWritesNothing(decide(reported(critical()).whose(noted).then(critical()), seen), TicketAction.COUNT);
        }

        @Test
        void is_noted_when_the_alert_recovers() {
            Decision decision = decide(reported(critical()).then(ok()), seen);

            assertThat(decision.action()).isEqualTo(TicketAction.NOTE);
            assertThat(decision.remarks()).isEmpty();
        }

        @Test
        void is_noted_of_what_comes_in_late() {
            assertThat(decide(reported(minutesLater(5, critical())).then(warning()), seen)
                            .action())
                    .isEqualTo(TicketAction.NOTE);
        }
    }

    @Nested
    class a_ticket_that_was_deleted {

        private Histories reported(TestAlerts... before) {
            return Histories.reported(before).whose(gone(open()));
        }

        @Test
        void is_created_anew_when_the_severity_changes() {
            assertThat(next(reported(warning()).then(WORSE))).isEqualTo(NextStep.CREATE);
            assertThat(next(reported(critical()).then(BETTER))).isEqualTo(NextStep.CREATE);
        }

        @Test
        void is_created_anew_only_once() {
            assertThat(lifecycle()
                            .created(reported(warning()).then(WORSE).history(), shown(NEW), List.of())
                            .reported()
                            .madeAnew())
                    .isTrue();
            assertThat(next(reported(warning()).madeAnew().then(WORSE))).isEqualTo(NextStep.NOTHING);
        }

        @Test
        void is_left_alone_whatever_else_happens() {
            assertThat(next(reported(FAILED).then(FAILED_OTHERWISE))).isEqualTo(NextStep.NOTHING);
            assertThat(next(reported(critical()).then(ok()))).isEqualTo(NextStep.NOTHING);
            assertThat(next(reported(minutesLater(5, critical())).then(warning())))
                    .isEqualTo(NextStep.NOTHING);
            assertThat(next(reported(critical()).withGraph())).isEqualTo(NextStep.NOTHING);
            assertThat(next(reported(critical()).then(hostRetired()))).isEqualTo(NextStep.NOTHING);
        }

        @Test
        void is_only_counted_when_the_same_is_said_again() {
            AlertHistory again = reported(critical()).then(critical()).history();

            assertThat(lifecycle().next(again, POLICY)).isEqualTo(NextStep.NOTHING);
            assertThat(lifecycle().nothing(again, POLICY).reported().resends()).isEqualTo(1);
        }
    }

    @Nested
    class a_new_alert_of_the_same_problem {

        @Test
        void gets_a_ticket_of_its_own_while_the_problems_ticket_fires() {
            assertThat(next(of(again(5)).after(with(open(), AlertStatus.CRITICAL))))
                    .isEqualTo(NextStep.CREATE);
        }

        @Test
        void waits_for_what_redmine_shows_when_the_problems_ticket_has_recovered() {
            assertThat(next(of(again(15)).after(with(closed(), AlertStatus.OK))))
                    .isEqualTo(NextStep.SHOW);
        }

        @Test
        void joins_a_ticket_that_a_person_keeps_open() {
            Decision decision = decide(of(again(500)).after(closed()), shown(IN_PROGRESS));

            assertThat(decision.action()).isEqualTo(TicketAction.JOIN);
            assertThat(kinds(decision)).containsExactly(Kind.JOINED);
            assertThat(decision.status()).isNull();
        }

        @ParameterizedTest
        @ValueSource(ints = {11, 40})
        void reopens_a_ticket_that_we_closed_within_the_window_and_counts(int minutes) {
            Decision decision = decide(of(again(minutes)).after(closed()), shown(CLOSED));

            assertThat(decision.action()).isEqualTo(TicketAction.REOPEN);
            assertThat(decision.status()).isEqualTo(NEW);
            assertThat(decision.state().reopened()).isEqualTo(1);
            assertThat(decision.followsHeadline()).isTrue();
        }

        @Test
        void gets_a_ticket_of_its_own_after_the_window() {
            assertThat(decide(of(again(41)).after(closed()), shown(CLOSED)).action())
                    .isEqualTo(TicketAction.CREATE);
        }

        @Test
        void gets_a_ticket_of_its_own_where_there_is_no_window() {
            assertThat(decide(Rules.DEFAULT.window(Duration.ZERO), of(again(10)).after(closed()), shown(CLOSED))
                            .action())
                    .isEqualTo(TicketAction.CREATE);
        }

        @Test
        void gets_a_ticket_of_its_own_when_a_person_closed_the_problems() {
            assertThat(decide(of(again(11)).after(closed()), shown(REJECTED)).action())
                    .isEqualTo(TicketAction.CREATE);
        }

        @Test
        void gets_a_ticket_of_its_own_when_the_workflow_does_not_allow_to_reopen_the_problems() {
            assertThat(decide(of(again(11)).after(closed()), stuck(CLOSED)).action())
                    .isEqualTo(TicketAction.CREATE);
        }

        @Test
        void is_only_noted_and_counted_when_it_came_and_went_while_it_waited() {
            TestAlerts end = again(11).recovered(OPENED.plusSeconds(720));

            Decision decision = decide(of(again(11), end).after(closed()), shown(CLOSED));

            assertThat(decision.action()).isEqualTo(TicketAction.JOIN);
            assertThat(decision.status()).isNull();
            assertThat(decision.remarks()).containsExactly(Remark.of(Kind.FLAPPED, 1));
            assertThat(decision.state().closedAt())
                    .isEqualTo(OPENED.plusSeconds(720).getEpochSecond());
        }
    }

    @Nested
    class a_creation {

        @Test
        void tells_all() {
            Created created = lifecycle().created(of(warning(), WORSE).history(), shown(NEW), List.of());

            assertThat(created.issue()).isEqualTo(42);
            assertThat(created.upTo()).isEqualTo(2);
            assertThat(created.reported().newest().status()).isEqualTo(AlertStatus.CRITICAL);
            assertThat(created.state().ours().status()).isEqualTo(NEW);
            assertThat(created.state().openStatus()).isEqualTo(NEW);
        }

        @Test
        void of_a_whole_life_is_closed_when_redmine_made_it_so() {
            Created created = lifecycle().created(of(warning(), WORSE, ok()).history(), shown(CLOSED), List.of());

            assertThat(created.upTo()).isEqualTo(3);
            assertThat(created.state().closedAt())
                    .isEqualTo(OPENED.plusSeconds(600).getEpochSecond());
        }

        @Test
        void of_a_whole_life_leaves_the_end_to_be_told_when_redmine_did_not_close_it() {
            Created created = lifecycle().created(of(warning(), WORSE, ok()).history(), shown(NEW), List.of());

            assertThat(created.upTo()).isEqualTo(2);
            assertThat(created.reported().newest().status()).isEqualTo(AlertStatus.CRITICAL);
        }

        @Test
        void that_is_found_tells_what_was_known_when_it_was_begun() {
            AlertHistory history = of(warning(), WORSE)
                    .whose(pending(Ticket.NONE, creation(NOW, 1)))
                    .history();

            Created found = lifecycle().found(history, shown(NEW));

            assertThat(found.upTo()).isEqualTo(1);
            assertThat(found.reported().newest().status()).isEqualTo(AlertStatus.WARNING);
        }

        @Test
        void that_is_found_and_that_a_person_has_closed_since_is_not_ours() {
            AlertHistory history =
                    of(critical()).whose(pending(Ticket.NONE, creation(NOW, 1))).history();

            TicketState state = lifecycle().found(history, closedByPerson()).state();

            assertThat(state.ours().status()).isEqualTo(NEW);
            assertThat(state.openStatus()).isEqualTo(NEW);
            assertThat(state.closedAt()).isNull();
            assertThat(lifecycle().adopted(closedByPerson()).ours().status()).isEqualTo(NEW);
        }

        @ParameterizedTest
        @CsvSource({"0, 60", "1, 60", "59, 60"})
        void is_not_believed_not_to_be_found_while_the_request_may_still_run(int seconds, int settled) {
            AlertHistory history =
                    of(critical()).whose(pending(Ticket.NONE, creation(NOW, 1))).history();

            LookUpFirstException wait = catchThrowableOfType(
                    LookUpFirstException.class,
                    () -> Rules.DEFAULT.lifecycle(NOW.plusSeconds(seconds)).requireSettled(history));

            assertThat(wait)
                    .hasMessage(
                            "alert example/2bjA: an earlier try to create its ticket may still be under way in Redmine");
            assertThat(wait.notBefore()).contains(NOW.plusSeconds(settled));
            assertThat(wait.request()).isEqualTo(Request.MAY_RUN);
        }

        @ParameterizedTest
        @CsvSource({"60", "61", "86400"})
        void is_believed_not_to_be_found_when_the_request_has_settled(int seconds) {
            AlertHistory history =
                    of(critical()).whose(pending(Ticket.NONE, creation(NOW, 1))).history();

            assertThatCode(() ->
                            Rules.DEFAULT.lifecycle(NOW.plusSeconds(seconds)).requireSettled(history))
                    .doesNotThrowAnyException();
        }

        @Test
        void is_believed_not_to_be_found_at_once_when_redmine_has_answered_the_request() {
            AlertHistory history = of(critical())
                    .whose(pending(Ticket.NONE, creation(Instant.EPOCH, 1)))
                    .history();

            assertThatCode(() -> lifecycle().requireSettled(history)).doesNotThrowAnyException();
        }

        @ParameterizedTest
        @CsvSource({"1, true", "4, true", "5, false", "9, false"})
        void is_tried_again_where_it_failed_and_may_yet_succeed(int failures, boolean othersTaken) {
            assertThatCode(() -> lifecycle().requireSettled(failed(failures, othersTaken)))
                    .doesNotThrowAnyException();
        }

        @Test
        void is_parked_where_it_failed_again_and_again_in_basic_characters_while_redmine_did_what_others_need() {
            assertThatThrownBy(() -> lifecycle().requireSettled(failed(5, true)))
                    .isInstanceOf(ParkedException.class)
                    .hasMessage(
                            "Redmine fails (500) whenever it is asked to create its ticket, 5 times now, and does what"
                                    + " other alerts need: its log says why");
        }

        private AlertHistory failed(int failures, boolean othersTaken) {
            Intent intent = creation(Instant.EPOCH, 1).intent();
            return of(critical())
                    .whose(pending(Ticket.NONE, new PendingWrite(Instant.EPOCH, intent, 0, failures, othersTaken)))
                    .history();
        }
    }

    @Nested
    class a_note_of_unknown_outcome {

        private Histories history(Instant begunAt) {
            PendingWrite pending = new PendingWrite(
                    begunAt,
                    new Intent(1, 101, "note", "it got worse", "mackerel-redmine:note-1", null, null),
                    0,
                    0,
                    false);
            return reported(warning()).whose(pending(open(), pending)).then(WORSE);
        }

        @Test
        void is_looked_for_before_anything_else() {
            assertThat(next(history(NOW))).isEqualTo(NextStep.SHOW);
        }

        @Test
        void is_found_in_the_journals() throws Exception {
            assertThat(lifecycle()
                            .findsNote(
                                    history(NOW).history(), noted(shown(NEW), "text\r\n\r\nmackerel-redmine:note-1")))
                    .isTrue();
        }

        @Test
        void is_not_believed_not_to_be_there_while_the_request_may_still_run() {
            assertThatThrownBy(() -> lifecycle().findsNote(history(NOW).history(), noted(shown(NEW), "other")))
                    .isInstanceOf(LookUpFirstException.class);
        }

        @Test
        void is_written_again_when_it_is_not_there_and_the_request_has_settled() throws Exception {
            assertThat(lifecycle().findsNote(history(Instant.EPOCH).history(), noted(shown(NEW), "other")))
                    .isFalse();
        }

        @Test
        void is_not_looked_for_when_none_was_begun() throws Exception {
            assertThat(lifecycle().findsNote(reported(warning()).then(WORSE).history(), shown(NEW)))
                    .isFalse();
        }
    }

    private static PendingWrite creation(Instant at, long upTo) {
        return new PendingWrite(at, new Intent(1, upTo, "create", null, null, null, null), 0, 0, false);
    }

    private static TestAlerts hostRetired() {
        return critical().event("hostRetire").without("alert");
    }

    @Test
    void says_why() {
        assertThat(decide(reported(critical()).then(ok()), stuck(NEW)).whyInFull())
                .isEqualTo("it recovered, its ticket is open (left open not allowed)");
        assertThat(decide(of(again(11)).after(closed()), shown(CLOSED)).why())
                .isEqualTo("it fires again, the problem's ticket is closed by us");
        assertThat(lifecycle().nothing(of(warning()).history(), SKIPS).why())
                .isEqualTo("policy.camel.yaml skips it: no tickets for warnings");
        assertThat(lifecycle()
                        .created(of(critical()).history(), shown(NEW), List.of())
                        .why())
                .isEqualTo("it fires");
    }

    /** The routes compare with these words. */
    @ParameterizedTest
    @EnumSource
    void says_its_actions_in_words_of_kebab_case(TicketAction action) {
        assertThat(action.toString()).matches("[a-z]+(-[a-z]+)*");
    }
}
