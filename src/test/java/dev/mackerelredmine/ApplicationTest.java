package dev.mackerelredmine;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mackerelredmine.fakeredmine.FakeRedmine;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("service")
class ApplicationTest {

    @RegisterExtension
    final FakeRedmine redmine = new FakeRedmine();

    @TempDir
    Path folder;

    private ServiceProcess delivering() throws Exception {
        return new ServiceProcess(folder)
                .with(Map.of(
                        "REDMINE_URL", redmine.url(),
                        "REDMINE_APIKEY", redmine.apiKey(),
                        "REDMINE_PROJECT", "alert",
                        "REDMINE_SETTLE_TIME", "1s",
                        "DELIVERY_INITIAL_BACKOFF", "100ms"));
    }

    @Test
    void shows_previews_where_no_redmine_is_set_and_says_what_to_try() throws Exception {
        example();
        try (ServiceProcess service = new ServiceProcess(folder).start().untilItRuns()) {
            assertThat(service.output())
                    .contains(
                            "PREVIEW",
                            "http://127.0.0.1:" + service.port() + "/mackerel",
                            "jdbc:sqlite:data/",
                            "curl -H 'Content-Type: application/json' --data-binary @examples/host-critical.json http://127.0.0.1:"
                                    + service.port() + "/mackerel")
                    .doesNotContain("Exception", "WARN", "ERROR");
            assertThat(service.output().lines().count()).isLessThan(24);
            assertThat(folder.resolve("data/mackerel-redmine.db")).exists();
        }
    }

    private void example() throws IOException {
        Path examples = Files.createDirectory(folder.resolve("examples"));
        Files.write(examples.resolve("host-critical.json"), critical().bytes());
    }

    @ParameterizedTest
    @CsvSource({
        "GATE_API_KEY, a-key-of-more-than-twenty-letters",
        "GATE_TRUSTED_PROXIES, 127.0.0.1",
        "GATE_ALLOW, 192.0.2.1"
    })
    void says_no_command_to_try_that_would_be_refused(String variable, String value) throws Exception {
        example();
        try (ServiceProcess service =
                new ServiceProcess(folder).with(Map.of(variable, value)).start().untilItRuns()) {
            assertThat(service.post(critical().bytes()).statusCode()).isIn(401, 403);
            assertThat(service.output()).doesNotContain("Try it", value.length() > 20 ? value : "curl -H");
        }
    }

    @Test
    void takes_the_first_post_that_finds_the_port_open() throws Exception {
        try (ServiceProcess service = new ServiceProcess(folder).start()) {
            AtomicInteger first = new AtomicInteger();
            await().pollInterval(Duration.ofMillis(10))
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> {
                        try {
                            first.set(service.post(critical().bytes()).statusCode());
                            return true;
                        } catch (ConnectException notOpenYet) {
                            return false;
                        }
                    });

            assertThat(first).hasValue(202);
        }
    }

    @Test
    void refuses_to_start_with_half_a_redmine_and_says_all_that_is_missing() throws Exception {
        ServiceProcess service = new ServiceProcess(folder)
                .with(Map.of("REDMINE_IP", "10.0.0.4", "REDMINE_API_KEY", "secret"))
                .start();

        assertThat(service.exitCode()).isEqualTo(2);
        assertThat(service.output())
                .contains("redmine.apikey (REDMINE_APIKEY) is not set", "redmine.project (REDMINE_PROJECT) is not set")
                .contains("there is no setting REDMINE_API_KEY: is redmine.apikey (REDMINE_APIKEY) meant?")
                .doesNotContain("Exception", "secret");
    }

    @Test
    void refuses_to_start_where_others_reach_it_without_a_key_and_suggests_one() throws Exception {
        ServiceProcess service = new ServiceProcess(folder)
                .with(Map.of("SERVER_HOST", "0.0.0.0"))
                .start();

        assertThat(service.exitCode()).isEqualTo(2);
        assertThat(service.output())
                .containsPattern("gate\\.api-key \\(GATE_API_KEY\\) is not set, .*: [A-Za-z0-9_-]{43}\\R")
                .doesNotContain("Exception");
    }

    @Test
    void refuses_a_setting_that_does_not_exist() throws Exception {
        Files.writeString(folder.resolve("application.properties"), "redmine.projekt=alert\n");
        ServiceProcess service = new ServiceProcess(folder).start();

        assertThat(service.exitCode()).isEqualTo(2);
        assertThat(service.output()).contains("there is no setting redmine.projekt", "redmine.project");
    }

    @Test
    void refuses_a_route_that_is_wrong_and_says_file_and_line() throws Exception {
        RouteFiles.withTeamPolicy(RouteFiles.copyTo(folder), "- choice:", "- choise:");
        ServiceProcess service = new ServiceProcess(folder).start();

        assertThat(service.exitCode()).isEqualTo(2);
        assertThat(service.output())
                .isEqualTo("mackerel-redmine cannot start:\n"
                        + "  routes/policy.camel.yaml, line 13: there is no step \"choise\": is choice meant?\n");
    }

    @Test
    void says_in_one_line_a_minute_that_a_step_of_the_policy_fails_and_keeps_the_alerts() throws Exception {
        RouteFiles.withTeamPolicy(
                RouteFiles.copyTo(folder), "${body.alert.status} == 'crit", "${body.alert.staus} == 'crit");
        try (ServiceProcess service = delivering().start().untilItRuns()) {
            service.post(critical().bytes());
            service.post(critical().id("2bjSecond").monitor("other").bytes());
            await().atMost(Duration.ofSeconds(20)).until(() -> tries() >= 4);

            assertThat(service.output().lines().filter(line -> line.contains("ERROR")))
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .contains("routes/policy.camel.yaml, line 15 (route policy, step choice)", "staus"));
            assertThat(service.output()).doesNotContain("\tat ");
        }
        assertThat(redmine.issues()).isEmpty();
    }

    private long tries() throws SQLException {
        String database = "jdbc:sqlite:" + folder.resolve("data/mackerel-redmine.db");
        try (Connection connection = DriverManager.getConnection(database);
                ResultSet row = connection.createStatement().executeQuery("SELECT SUM(tries) FROM problem")) {
            return row.getLong(1);
        }
    }

    @Test
    void refuses_a_variable_that_is_a_slip_of_a_setting_with_a_default() throws Exception {
        ServiceProcess service =
                new ServiceProcess(folder).with(Map.of("TICKET_LANGUGE", "ja")).start();

        assertThat(service.exitCode()).isEqualTo(2);
        assertThat(service.output())
                .contains("there is no setting TICKET_LANGUGE: is ticket.language (TICKET_LANGUAGE) meant?");
    }

    @Test
    void says_once_which_variables_with_a_prefix_of_ours_do_nothing_and_leaves_those_of_kubernetes() throws Exception {
        try (ServiceProcess service = new ServiceProcess(folder)
                .with(Map.of(
                        "TICKET_FOO", "bar",
                        "GATE_SERVICE_HOST", "10.0.0.1",
                        "REDMINE_PORT", "tcp://10.0.0.1:3000"))
                .start()
                .untilItRuns()) {
            assertThat(service.output()).doesNotContain("GATE_SERVICE_HOST", "REDMINE_PORT");
            assertThat(service.output().lines().filter(line -> line.contains("TICKET_FOO")))
                    .singleElement()
                    .satisfies(line -> assertThat(line).contains("WARN"));
        }
    }

    @Test
    void ignores_what_kubernetes_sets_under_the_name_of_a_setting_and_says_so_once() throws Exception {
        ServiceProcess service = new ServiceProcess(folder);
        Files.writeString(
                folder.resolve("application.properties"),
                "server.port=" + service.port() + "\nmanagement.port=" + FreePort.next() + "\n");
        String address = "tcp://10.0.0.1:80";

        try (service) {
            service.with(Map.of("SERVER_PORT", address, "MANAGEMENT_PORT", address, "REDMINE_CA", address))
                    .start()
                    .untilItRuns();

            assertThat(service.post(critical().bytes()).statusCode()).isEqualTo(202);
            assertThat(service.output().lines().filter(line -> line.contains("SERVER_PORT")))
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .contains(
                                    "WARN",
                                    "MANAGEMENT_PORT, REDMINE_CA, SERVER_PORT.",
                                    "application.properties",
                                    "enableServiceLinks: false"));
        }
    }

    @Test
    void refuses_to_start_where_japanese_would_be_lost() throws Exception {
        ServiceProcess service = new ServiceProcess(folder, List.of("-Dfile.encoding=ISO-8859-1")).start();

        assertThat(service.exitCode()).isEqualTo(2);
        assertThat(service.output()).contains("-Dfile.encoding=UTF-8");
    }

    @Test
    void refuses_a_command_that_does_not_exist() throws Exception {
        ServiceProcess service = new ServiceProcess(folder, "rotta").start();

        assertThat(service.exitCode()).isEqualTo(2);
        assertThat(service.output()).contains("there is no command \"rotta\": is rota or notify meant?", "backup");
    }

    @Test
    void refuses_a_word_after_a_command_that_takes_none() throws Exception {
        ServiceProcess service = new ServiceProcess(folder, "pause", "now").start();

        assertThat(service.exitCode()).isEqualTo(2);
        assertThat(service.output()).contains("pause takes no \"now\"");
    }

    @Test
    void refuses_an_option_that_does_not_exist() throws Exception {
        ServiceProcess service = new ServiceProcess(folder, "check", "--jsno").start();

        assertThat(service.exitCode()).isEqualTo(2);
        assertThat(service.output()).contains("there is no option \"--jsno\": is --json meant?", "Usage:");
    }

    @ParameterizedTest
    @CsvSource({"--help, Exit codes", "--version, mackerel-redmine", "check --help, --json"})
    void says_what_it_is_and_how_it_is_used(String arguments, String text) throws Exception {
        ServiceProcess service = new ServiceProcess(folder, arguments.split(" ")).start();

        assertThat(service.exitCode()).isZero();
        assertThat(service.output()).contains(text);
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void refuses_to_run_twice_on_one_store() throws Exception {
        try (ServiceProcess first = new ServiceProcess(folder).start().untilItRuns()) {
            ServiceProcess second = new ServiceProcess(folder).start();

            assertThat(second.exitCode()).isEqualTo(2);
            assertThat(second.output())
                    .contains("another mackerel-redmine is running on")
                    .doesNotContain("Exception");
            assertThat(first.post(critical().bytes()).statusCode()).isEqualTo(202);
        }
    }

    @Test
    void refuses_a_port_that_is_in_use() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            for (String variable : List.of("SERVER_PORT", "MANAGEMENT_PORT")) {
                ServiceProcess service =
                        new ServiceProcess(folder).with(Map.of(variable, port)).start();

                assertThat(service.exitCode()).isEqualTo(2);
                assertThat(service.output()).contains("127.0.0.1:" + port, variable);
            }
        }
    }

    @Test
    void delivers_once_after_being_killed_right_after_the_answer() throws Exception {
        redmine.stop();
        ServiceProcess first = delivering().start().untilItRuns();
        assertThat(first.post(critical().bytes()).statusCode()).isEqualTo(202);
        first.kill();
        redmine.start();

        try (ServiceProcess again = delivering().start().untilItRuns()) {
            await().atMost(Duration.ofSeconds(20)).until(() -> redmine.issues().size() == 1);
        }
        assertThat(redmine.issues()).hasSize(1);
    }

    @Test
    void finds_the_ticket_again_after_being_killed_while_redmine_was_creating_it() throws Exception {
        redmine.delayAnswer(Duration.ofSeconds(20));
        ServiceProcess first = delivering().start().untilItRuns();
        first.post(critical().bytes());
        await().until(() -> !redmine.issues().isEmpty());
        first.kill();

        try (ServiceProcess again = delivering().start().untilItRuns()) {
            await().atMost(Duration.ofSeconds(20)).until(() -> again.output().contains("its ticket is #1"));
        }
        assertThat(redmine.issues()).hasSize(1);
    }
}
