package faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a run is asked for, and that nothing else is taken. */
@Tag("fast")
final class OptionsTest {

    @Test
    void takes_what_e2e_faults_run_says_by_itself() {
        Options options = Options.of();

        assertThat(options.seed()).isPositive();
        assertThat(options)
                .isEqualTo(new Options(
                        options.seed(), 1, 200, 3, 0.25, false, "sqlite", false, false, false, false, false))
                .returns(180_000, Options::spanMillis);
    }

    @Test
    void takes_each_option() {
        Options options = Options.of(("--seed 7 --runs 2 --alerts 40 --minutes 1.5 --rate 0 --store postgresql"
                        + " --redmine trixie-mariadb --prove --record")
                .split(" "));

        assertThat(options)
                .isEqualTo(new Options(7, 2, 40, 1.5, 0, true, "trixie-mariadb", false, false, false, true, true));
    }

    @Test
    void loses_webhooks_on_demand_and_repeats_that() {
        Options options = Options.of("--seed", "7", "--lose-webhooks");

        assertThat(options.losesWebhooks()).isTrue();
        assertThat(options.toString()).endsWith(" --lose-webhooks");
    }

    @Test
    void escalates_on_demand_and_repeats_that() {
        Options options = Options.of("--seed", "7", "--escalate");

        assertThat(options.escalates()).isTrue();
        assertThat(options.toString()).endsWith(" --escalate");
    }

    @Test
    void groups_on_demand_and_repeats_that() {
        Options options = Options.of("--seed", "7", "--group");

        assertThat(options.groups()).isTrue();
        assertThat(options.toString()).endsWith(" --group");
        assertThatThrownBy(() -> Options.of("--group", "--escalate")).hasMessageContaining("--group is by itself");
    }

    @Test
    void shows_what_repeats_the_run() {
        Options options = Options.of("--seed", "7", "--store", "postgresql", "--redmine", "mariadb");

        String command = options.toString();

        assertThat(command).startsWith("e2e/faults/run --seed 7 ");
        assertThat(Options.of(command.replace("e2e/faults/run ", "").split(" ")))
                .isEqualTo(options);
    }

    @Test
    void keeps_all_but_the_seed_for_the_next_run() {
        assertThat(Options.of("--seed", "7", "--alerts", "40", "--escalate").withSeed(8))
                .isEqualTo(Options.of("--seed", "8", "--alerts", "40", "--escalate"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            --sed 1            | there is no option --sed
            7                  | there is no option 7
            --lose-webhooks --prove | --prove is not for --lose-webhooks
            --lose-webhooks --escalate | --escalate is not for --lose-webhooks
            --escalate --record | --record is not for --escalate
            --seed             | --seed needs a value
            --seed x           | --seed is a whole number from 0 to 999999999, not x
            --seed -1          | --seed is a whole number from 0 to 999999999, not -1
            --runs 0           | --runs is a whole number from 1 to 999999999, not 0
            --alerts 0         | --alerts is a whole number from 1 to 999999999, not 0
            --alerts 1.5       | --alerts is a whole number from 1 to 999999999, not 1.5
            --alerts --prove   | --alerts is a whole number from 1 to 999999999, not --prove
            --minutes 0.05     | --minutes is a number from 0.1 to 60.0, not 0.05
            --minutes 61       | --minutes is a number from 0.1 to 60.0, not 61
            --rate 25          | --rate is a number from 0.0 to 1.0, not 25
            --rate NaN         | --rate is a number from 0.0 to 1.0, not NaN
            --store mysql      | --store is one of sqlite, postgresql, not mysql
            --redmine oracle   | --redmine is one of sqlite, mariadb, postgresql, or a suite and one of them, as trixie-sqlite; not oracle
            --redmine potato-sqlite | --redmine is one of sqlite, mariadb, postgresql, or a suite and one of them, as trixie-sqlite; not potato-sqlite
            """)
    void says_what_is_wrong_with(String arguments, String error) {
        assertThatThrownBy(() -> Options.of(arguments.split(" "))).hasMessage(error);
    }

    @Test
    void has_a_schedule_and_a_history_for_the_shortest_run_that_it_takes() {
        int span = Options.of("--minutes", "0.1").spanMillis();

        assertThat(Schedule.of(1, span, 2).disruptions()).isNotEmpty();
        assertThat(new History(1, 1, span).alerts()).hasSize(1);
    }
}
