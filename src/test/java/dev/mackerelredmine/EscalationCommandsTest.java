package dev.mackerelredmine;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mackerelredmine.fakeredmine.FakeRedmine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What {@code explain --escalation}, {@code rota}, {@code check} and a start make of escalation.yaml. */
@Tag("service")
class EscalationCommandsTest {

    private static final String PHONE = "+81-90-0000-0000";

    private static final String WHOLE = """
            rotas:
              primary: {start: 2026-12-01T09:00, every: 7d, time-zone: Asia/Tokyo, people: [Hanako Yamada, 山田 太郎]}
            people:
              Hanako Yamada: {slack: U012AB, phone: "{{env:HANAKO_PHONE}}"}
              山田 太郎: {slack: U034CD}
            policies:
              critical-alerts:
                steps:
                  - {at: 0m, notify: rota primary, by: [redmine, slack]}
                  - {at: 20m, notify: [group Ops, rota primary], by: [redmine, phone]}
                repeat: 1
              by-day:
                hours: Mon-Fri 09:00-18:00 Asia/Tokyo
                steps:
                  - {at: 0m, notify: Jiro, by: slack}
                again-after: 4h
            """;

    @RegisterExtension
    final FakeRedmine redmine = new FakeRedmine();

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void writeFile() throws IOException {
        file = Files.writeString(folder.resolve("escalation.yaml"), WHOLE);
    }

    private ServiceProcess process(Map<String, String> more, String... arguments) throws Exception {
        Map<String, String> settings = new HashMap<>(
                Map.of("HANAKO_PHONE", PHONE, "TICKET_TIME_ZONE", "Asia/Tokyo", "ESCALATION_FILE", "escalation.yaml"));
        settings.putAll(more);
        settings.values().removeIf(String::isEmpty);
        return new ServiceProcess(folder, arguments).with(settings);
    }

    private String output(int exitCode, Map<String, String> more, String... arguments) throws Exception {
        ServiceProcess process = process(more, arguments).start();
        assertThat(process.exitCode()).as(process.output()).isEqualTo(exitCode);
        assertThat(process.output()).doesNotContain(PHONE, "\tat ");
        return process.output();
    }

    @Test
    void explain_shows_who_would_be_notified_when_and_by_what() throws Exception {
        String output = output(
                0,
                Map.of("ESCALATION_FILE", ""),
                "explain",
                "--escalation",
                file.toString(),
                "--at",
                "2026-12-08T08:50");

        assertThat(output.replaceAll("(?<=\\S) {2,}", "  ")).contains("""
                        Policy critical-alerts, if a ticket needs it at 2026-12-08 08:50:00 (times of Asia/Tokyo)
                          hours  always
                          starts  2026-12-08 08:50:00
                          rounds  2, each 10m after the last step of the one before
                          round  step  time  who  by
                          1  1  2026-12-08 08:50:00  Hanako Yamada  redmine, slack
                          1  2  2026-12-08 09:10:00  group Ops  redmine
                          1  2  2026-12-08 09:10:00  山田 太郎  redmine
                          1  2  2026-12-08 09:10:00  left out: Ops has no contact for phone
                          1  2  2026-12-08 09:10:00  left out: 山田 太郎 has no contact for phone
                          2  1  2026-12-08 09:20:00  山田 太郎  redmine, slack
                        """).contains("""
                        Policy by-day, if a ticket needs it at 2026-12-08 08:50:00 (times of Asia/Tokyo)
                          hours  Mon-Fri 09:00-18:00 Asia/Tokyo
                          starts  2026-12-08 09:00:00
                          rounds  1
                          round  step  time  who  by
                          1  1  2026-12-08 09:00:00  nobody: Jiro has no contact for slack
                          again  once more, 4h after an acknowledgement without an update since
                        """);
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void explain_names_all_mistakes_of_a_file() throws Exception {
        Files.writeString(
                file, WHOLE.replace("rota primary, by", "rota primry, by").replace("every: 7d", "every: x"));

        assertThat(output(2, Map.of(), "explain", "--escalation", file.toString()))
                .contains("escalation.yaml:2: every is a duration", "escalation.yaml:9: there is no rota primry");
    }

    @Test
    void explain_refuses_what_is_no_time() throws Exception {
        assertThat(output(2, Map.of(), "explain", "--escalation", file.toString(), "--at", "tonight"))
                .contains("--at is a date and time such as 2026-12-31T03:00, not tonight");
    }

    @Test
    void rota_shows_who_is_on_call_when() throws Exception {
        assertThat(output(0, Map.of(), "rota", "--days", "30"))
                .contains("Rota primary (times of Asia/Tokyo)")
                .containsPattern("from +to +person")
                .containsPattern(
                        "\\d{4}-\\d\\d-\\d\\d 09:00:00  \\d{4}-\\d\\d-\\d\\d 09:00:00  (Hanako Yamada|山田 太郎)\n");
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void rota_needs_a_file_and_a_number_of_days() throws Exception {
        assertThat(output(2, Map.of("ESCALATION_FILE", ""), "rota"))
                .contains("escalation.file (ESCALATION_FILE) is not set");
        assertThat(output(2, Map.of(), "rota", "--days", "0")).contains("--days is a number from 1 to 366");
    }

    @Test
    void check_looks_at_the_file() throws Exception {
        assertThat(output(0, Map.of(), "check"))
                .containsPattern("(?m)^ok +escalation.file +escalation.yaml has 2 policies, 1 rota, 2 contact lists$")
                .containsPattern("(?m)^note +Ops +has no contact for phone, by which a policy notifies$");
    }

    @Test
    void check_asks_redmine_for_whom_it_has_to_know() throws Exception {
        redmine.withMember("Hanako Yamada").withMember("山田 太郎");
        Files.writeString(file, WHOLE.replace("group Ops", "group Night Watch"));

        assertThat(output(
                        0,
                        Map.of(
                                "REDMINE_URL", redmine.url(),
                                "REDMINE_APIKEY", redmine.apiKey(),
                                "REDMINE_PROJECT", "alert"),
                        "check"))
                .containsPattern(
                        "(?m)^note +escalation.file, means redmine +no member of the project is called Night Watch$");
    }

    @Test
    void check_ends_with_1_where_the_file_has_a_mistake() throws Exception {
        assertThat(output(1, Map.of("HANAKO_PHONE", ""), "check"))
                .containsPattern(
                        "(?m)^wrong +escalation.file +escalation.yaml:4: \\{\\{env:HANAKO_PHONE}} cannot be resolved: set"
                                + " the environment variable HANAKO_PHONE");
    }

    private void policyNames(String assignee) throws IOException {
        RouteFiles.withTeamPolicy(RouteFiles.copyTo(folder), "\"{{redmine.assigned:}}\"", "\"" + assignee + "\"");
    }

    @Test
    void explain_says_to_whom_a_ticket_would_be_given_who_is_on_call() throws Exception {
        Files.writeString(file, WHOLE.replace("Hanako Yamada, 山田 太郎]", "山田 太郎]").replace("2026-12-01", "2020-12-01"));
        policyNames("on-call:primary");
        Path alert = Files.write(folder.resolve("alert.json"), critical().bytes());

        assertThat(output(0, Map.of(), "explain", alert.toString()))
                .contains("ticket.assignee = ", "on-call:primary")
                .containsPattern("(?m)^ +assignee +山田 太郎$");
    }

    @Test
    void explain_says_why_a_ticket_would_be_given_to_nobody_who_is_on_call() throws Exception {
        policyNames("on-call:primry");
        Path alert = Files.write(folder.resolve("alert.json"), critical().bytes());

        assertThat(output(0, Map.of(), "explain", alert.toString()))
                .contains(
                        "escalation.file has no such rota: is primary meant?", "Nobody is on call in the rota primry");
    }

    @Test
    void check_names_a_rota_of_the_policy_that_is_not_there() throws Exception {
        policyNames("on-call:primry");

        assertThat(output(1, Map.of(), "check"))
                .containsPattern(
                        "(?m)^wrong +routes/policy.camel.yaml +on-call:primry: escalation.file has no such rota: is primary meant\\?$");
    }

    @Test
    void check_takes_a_rota_for_whom_the_settings_assign() throws Exception {
        assertThat(output(
                        0,
                        Map.of(
                                "REDMINE_URL",
                                redmine.url(),
                                "REDMINE_APIKEY",
                                redmine.apiKey(),
                                "REDMINE_PROJECT",
                                "alert",
                                "REDMINE_ASSIGNED",
                                "on-call:primary"),
                        "check"))
                .containsPattern("(?m)^ok +redmine.assigned +whoever is on call when the ticket is made$");
    }

    @Test
    void the_service_does_not_start_with_a_file_that_cannot_be_used() throws Exception {
        Files.writeString(file, WHOLE.replace("repeat: 1", "repeat: x").replace("by: slack", "by: fax"));

        assertThat(output(2, Map.of(), "run"))
                .contains("mackerel-redmine cannot start:", "escalation.yaml:11: repeat", "escalation.yaml:15: ");
        assertThat(output(2, Map.of("ESCALATION_FILE", "absent.yaml"), "run"))
                .contains("absent.yaml: there is no file");
    }

    @Test
    void commands_fetch_calendars_and_do_not_show_their_addresses() throws Exception {
        Path calendar = Files.writeString(folder.resolve("secret.ics"), """
                BEGIN:VCALENDAR
                BEGIN:VEVENT
                SUMMARY:山田 太郎
                DTSTART:20200101T000000Z
                DTEND:20990101T000000Z
                END:VEVENT
                BEGIN:VEVENT
                SUMMARY:Hanako Yamada
                DTSTART;TZID=Tokyo Standard Time:20200101T090000
                DTEND;TZID=Tokyo Standard Time:20200101T180000
                RRULE:FREQ=DAILY
                END:VEVENT
                END:VCALENDAR
                """);
        Files.writeString(
                file,
                WHOLE.replaceFirst(
                        "primary: .*", "primary: {ical: \"{{env:ROTA_ICAL}}\", overrides: \"{{env:OVERRIDES:}}\"}"));
        Map<String, String> settings = Map.of("ROTA_ICAL", "file:" + calendar, "OVERRIDES", "file:secret-overrides");

        assertThat(output(0, settings, "rota"))
                .containsPattern("\\d{4}-\\d\\d-\\d\\d 09:00:00  \\d{4}-\\d\\d-\\d\\d 18:00:00  Hanako Yamada\n")
                .containsPattern("\\d{4}-\\d\\d-\\d\\d 18:00:00  \\d{4}-\\d\\d-\\d\\d 09:00:00  山田 太郎\n")
                .contains("its calendar of overrides cannot be fetched: its file is not there")
                .doesNotContain("secret");
        assertThat(output(1, settings, "check"))
                .containsPattern(
                        "(?m)^wrong +rota primary +its calendar of overrides cannot be fetched: its file is not there$")
                .containsPattern("(?m)^note +rota primary +its calendar has 山田 太郎 and Hanako Yamada at once from ")
                .doesNotContain("secret");
        assertThat(output(0, settings, "explain", "--escalation", file.toString(), "--at", "2026-12-08T08:50"))
                .containsPattern("1 +1 +2026-12-08 08:50:00 +山田 太郎 +redmine, slack")
                .doesNotContain("secret");
        assertThat(output(2, Map.of("ROTA_ICAL", "ftp://secret"), "rota"))
                .contains("escalation.yaml:2: ical: its address must start with https://, http:// or file:")
                .doesNotContain("secret");
        assertThat(folder.resolve("data")).doesNotExist();
    }
}
