package dev.mackerelredmine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** mackerel-redmine notify test, beside no service. */
@Tag("service")
class NotifyCommandTest {

    @TempDir
    Path folder;

    private PageReceiver receiver;
    private final Map<String, String> settings = new HashMap<>();

    @BeforeEach
    void receive() throws Exception {
        receiver = new PageReceiver();
        settings.put("NOTIFY_SLACK_URL", receiver.url("/services/T0/B0/s3cret"));
        settings.put("ESCALATION_FILE", "escalation.yaml");
        settings.put("TICKET_LANGUAGE", "ja");
        settings.put("HANAKO_HOOK", receiver.url("/hook/s3cret"));
        Files.writeString(folder.resolve("escalation.yaml"), """
                people:
                  Hanako Yamada: {slack: U012AB, webhook: "{{env:HANAKO_HOOK}}"}
                  Taro Suzuki: {mail: taro@example.jp}
                policies:
                  critical-alerts:
                    steps:
                      - {at: 0m, notify: Hanako Yamada, by: [slack]}
                """);
    }

    @AfterEach
    void stop() {
        receiver.close();
    }

    private String notify(int exitCode, String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("notify"));
        all.addAll(List.of(arguments));
        ServiceProcess process = new ServiceProcess(folder, all.toArray(String[]::new))
                .with(settings)
                .start();
        assertThat(process.exitCode()).as(process.output()).isEqualTo(exitCode);
        assertThat(process.output()).doesNotContain("s3cret");
        return process.output();
    }

    @Test
    void sends_one_page_that_says_that_it_is_a_test() throws Exception {
        assertThat(notify(0, "test", "Hanako Yamada", "--by", "slack"))
                .isEqualTo("slack took the test page for Hanako Yamada\n");

        assertThat(receiver.post().json().path("text").asText())
                .isEqualTo("<@U012AB> mackerel-redmine からのテストです。障害は起きていません。");
    }

    @Test
    void resolves_a_contact_as_the_service_does() throws Exception {
        notify(0, "test", "Hanako Yamada", "--by", "webhook");

        assertThat(receiver.post().path()).isEqualTo("/hook/s3cret");
        assertThat(receiver.post().json().path("type").asText()).isEqualTo("escalation.test");
        assertThat(receiver.post().json().at("/data/ticket").isNull()).isTrue();
    }

    @Test
    void says_why_the_means_did_not_take_it() throws Exception {
        receiver.answering(404, "no_service");

        assertThat(notify(1, "test", "Hanako Yamada", "--by", "slack"))
                .isEqualTo("slack did not take the test page for Hanako Yamada: the answer was 404: no_service\n");
    }

    @Test
    void names_the_setting_that_the_means_needs() throws Exception {
        assertThat(notify(1, "test", "Taro Suzuki", "--by", "mail"))
                .isEqualTo(
                        "mail did not take the test page for Taro Suzuki: notify.mail.host (NOTIFY_MAIL_HOST) is not set,"
                                + " notify.mail.from (NOTIFY_MAIL_FROM) is not set\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Hanako Yamada | redmine | a page by redmine is a note on a ticket, and a test has none: it is not sent that way
            Hanako Yamada | slak    | routes/notify.camel.yaml has no means called slak: is slack meant? (There are mail, phone, redmine, slack, webhook.)
            Hanako Yamada | mail    | Hanako Yamada has no contact for mail in escalation.file
            Hanako Yamda  | slack   | people in escalation.file has nobody called Hanako Yamda: is Hanako Yamada meant?
            """)
    void says_what_has_to_be_corrected_first(String person, String means, String problem) throws Exception {
        assertThat(notify(2, "test", person, "--by", means)).contains(problem);
        assertThat(receiver.posts()).isEmpty();
    }

    @Test
    void needs_a_file_of_escalations() throws Exception {
        settings.remove("ESCALATION_FILE");

        assertThat(notify(2, "test", "Hanako Yamada", "--by", "slack"))
                .contains("escalation.file (ESCALATION_FILE) is not set");
    }

    @Test
    void names_the_mistakes_of_that_file() throws Exception {
        Files.writeString(folder.resolve("escalation.yaml"), "peeple: {}\n");

        assertThat(notify(2, "test", "Hanako Yamada", "--by", "slack")).contains("escalation.yaml:1");
    }

    @Test
    void shows_how_it_is_used() throws Exception {
        assertThat(notify(2)).contains("Missing required subcommand", "Usage: mackerel-redmine notify");
        assertThat(notify(0, "test", "--help")).contains("--by=MEANS", "PERSON");
    }
}
