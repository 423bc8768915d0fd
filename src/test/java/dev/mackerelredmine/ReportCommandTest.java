package dev.mackerelredmine;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mackerelredmine.fakeredmine.FakeRedmine;
import dev.mackerelredmine.redmine.RedmineCaller;
import dev.mackerelredmine.report.Week;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code report}, as it is run beside a service. */
@Tag("service")
class ReportCommandTest {

    @RegisterExtension
    final FakeRedmine redmine = new FakeRedmine();

    @TempDir
    Path folder;

    private String report(int exitCode, String... options) throws Exception {
        String[] arguments =
                Stream.concat(Stream.of("report"), Stream.of(options)).toArray(String[]::new);
        ServiceProcess process = new ServiceProcess(folder, arguments)
                .with(Map.of(
                        "REDMINE_URL",
                        redmine.url(),
                        "REDMINE_APIKEY",
                        redmine.apiKey(),
                        "REDMINE_PROJECT",
                        "alert",
                        "TICKET_TIME_ZONE",
                        "UTC",
                        "STORE_URL",
                        "jdbc:sqlite:" + folder.resolve("data").resolve("store.db")))
                .start();
        assertThat(process.exitCode()).as(process.output()).isEqualTo(exitCode);
        assertThat(process.output()).doesNotContain(redmine.apiKey());
        return process.output();
    }

    @Test
    void writes_the_running_week_into_the_wiki_and_a_file_beside_a_service_and_says_why_when_it_cannot()
            throws Exception {
        Path file = folder.resolve("alerts.html");
        String week = Week.of(LocalDate.now(ZoneOffset.UTC)).toString();
        try (RunningService service = DeliverTest.deliveringTo(redmine, folder)
                .without("service/figures")
                .start()) {
            service.post(critical().openedAt(Instant.now()).bytes());
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(service::isIdle);

            assertThat(report(1, "--week", week, "--wiki", "Alerts"))
                    .contains("The report was not written: the project alert has no wiki: enable the module Wiki");

            redmine.setUp().wiki();
            assertThat(report(0, "--week", week, "--wiki", "Alerts-{week}", "--html", file.toString()))
                    .contains("The report of " + week + " is in " + file)
                    .contains("The report of " + week + " is on the wiki page Alerts-" + week);
        }

        assertThat(Files.readString(file)).contains("<!DOCTYPE html>", "CPU %");
        assertThat(new RedmineCaller(redmine.url(), redmine.id("key_dev"))
                        .get("/projects/alert/wiki/Alerts-" + week + ".json")
                        .text())
                .contains("CPU %", "#1");
    }

    @Test
    void says_what_is_wrong_with_the_command_line() throws Exception {
        assertThat(report(2)).contains("--wiki PAGE, --html FILE or both");
        assertThat(report(2, "--week", "2026-48", "--html", "x")).contains("--week 2026-48 is not a week");
    }

    @Test
    void says_that_there_is_no_store_yet() throws Exception {
        assertThat(report(0, "--html", folder.resolve("alerts.html").toString()))
                .contains("There is no store yet, so there is nothing to report.");
        assertThat(folder.resolve("alerts.html")).doesNotExist();
    }
}
