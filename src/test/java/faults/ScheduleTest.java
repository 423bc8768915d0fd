package faults;

import static org.assertj.core.api.Assertions.assertThat;

import faults.Schedule.Disruption;
import faults.Schedule.What;
import java.util.Comparator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When what is killed and stopped. */
@Tag("fast")
final class ScheduleTest {

    private static final int SPAN = 180_000;

    @Test
    void is_the_same_for_the_same_seed_and_another_for_another() {
        assertThat(Schedule.of(1, SPAN, 2)).isEqualTo(Schedule.of(1, SPAN, 2)).isNotEqualTo(Schedule.of(2, SPAN, 2));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void is_in_order_and_lies_within_the_run(int instances) {
        for (int seed = 0; seed < 100; seed++) {
            assertThat(Schedule.of(seed, SPAN, instances).disruptions())
                    .isSortedAccordingTo(Comparator.comparingInt(Disruption::at))
                    .allSatisfy(disruption -> assertThat(disruption.at()).isBetween(5_000, SPAN + 10_000))
                    .allSatisfy(disruption -> assertThat(disruption.instance()).isBetween(0, instances - 1));
        }
    }

    @Test
    void kills_a_single_instance_and_always_starts_it_again() {
        for (int seed = 0; seed < 100; seed++) {
            assertThat(Schedule.of(seed, SPAN, 1))
                    .returns(7L, schedule -> schedule.count(What.KILL_SERVICE))
                    .returns(0L, schedule -> schedule.count(What.END_SERVICE));
        }
    }

    @Test
    void stops_redmine_and_kills_it() {
        for (int seed = 0; seed < 100; seed++) {
            assertThat(Schedule.of(seed, SPAN, 1))
                    .returns(2L, schedule -> schedule.count(What.KILL_REDMINE))
                    .returns(1L, schedule -> schedule.count(What.STOP_REDMINE))
                    .returns(3L, schedule -> schedule.count(What.STOP_REDMINE, What.KILL_REDMINE));
        }
    }

    @Test
    void breaks_the_service_and_redmine_in_a_short_run_too() {
        assertThat(Schedule.of(1, 6_000, 1))
                .returns(3L, schedule -> schedule.count(What.KILL_SERVICE))
                .returns(1L, schedule -> schedule.count(What.KILL_REDMINE))
                .returns(1L, schedule -> schedule.count(What.STOP_REDMINE));
    }

    @Test
    void kills_both_of_two_instances_and_the_second_for_good() {
        boolean[] killed = new boolean[2];
        for (int seed = 0; seed < 100; seed++) {
            Schedule schedule = Schedule.of(seed, SPAN, 2);
            assertThat(schedule.disruptions())
                    .filteredOn(disruption -> disruption.what() == What.END_SERVICE)
                    .containsExactly(new Disruption(SPAN * 7 / 10, What.END_SERVICE, 1, 0));
            assertThat(schedule.disruptions())
                    .as("what is ended for good is not started again")
                    .filteredOn(disruption -> disruption.what() == What.KILL_SERVICE && disruption.instance() == 1)
                    .allMatch(disruption -> disruption.at() <= SPAN * 7 / 10);
            schedule.disruptions().stream()
                    .filter(disruption -> disruption.what() == What.KILL_SERVICE)
                    .forEach(disruption -> killed[disruption.instance()] = true);
        }
        assertThat(killed).containsOnly(true);
    }

    @Test
    void has_the_service_down_for_minutes_where_webhooks_are_to_be_lost() {
        Schedule schedule = Schedule.of(1, SPAN, 1).withLongDowns(1, SPAN);

        assertThat(schedule.count(What.KILL_SERVICE)).isEqualTo(8);
        assertThat(schedule.disruptions())
                .isSortedAccordingTo(Comparator.comparingInt(Disruption::at))
                .filteredOn(disruption -> disruption.away() >= 60_000)
                .hasSize(1);
    }

    @Test
    void says_what_it_will_do() {
        assertThat(new Disruption(12_340, What.KILL_REDMINE, 0, 1_500))
                .hasToString("at  12.3 s: Redmine is killed (-9), for 1.5 s");
        assertThat(new Disruption(12_340, What.KILL_SERVICE, 1, 200))
                .hasToString("at  12.3 s: the service is killed (-9) (the second), for 0.2 s");
        assertThat(new Disruption(126_000, What.END_SERVICE, 1, 0))
                .hasToString("at 126.0 s: the service is killed (-9) for good (the second)");
    }
}
