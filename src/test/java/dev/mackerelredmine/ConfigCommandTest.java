package dev.mackerelredmine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What config says of each place is what the service takes. */
@Tag("service")
class ConfigCommandTest {

    private static final String KEY = "0123456789abcdef0123456789abcdef01234567";

    @TempDir
    Path folder;

    private String config(int exitCode, String... options) throws Exception {
        ServiceProcess process = new ServiceProcess(
                        folder,
                        List.of(
                                "-Dfile.encoding=UTF-8",
                                "-Dredmine.tracker=of the system",
                                "-Dredmine.status=of the system"),
                        options)
                .with(Map.of("REDMINE_STATUS", "of the environment", "REDMINE_APIKEY", KEY))
                .start();
        assertThat(process.exitCode()).as(process.output()).isEqualTo(exitCode);
        assertThat(process.output()).doesNotContain(KEY);
        return process.output();
    }

    @Test
    void shows_each_value_and_the_first_place_that_has_it_and_no_secret() throws Exception {
        Files.writeString(folder.resolve("application.properties"), """
                redmine.url=https://redmine.example.jp
                redmine.project=of application.properties
                redmine.tracker=of application.properties
                redmine.field.12=web
                """);
        Files.writeString(folder.resolve("local.properties"), """
                redmine.project=of local.properties
                redmine.tracker=of local.properties
                """);

        assertThat(config(0, "config").lines().map(line -> line.replaceAll(" {2,}", " | ")))
                .contains(
                        "redmine.url | https://redmine.example.jp | application.properties",
                        "redmine.apikey | (secret) | environment",
                        "redmine.project | of local.properties | local.properties",
                        "redmine.tracker | of the system | system property",
                        "redmine.status | of the environment | environment",
                        "redmine.field.12 | web | application.properties",
                        "ticket.language | en | default");
    }

    @Test
    void shows_japanese_of_each_file_as_it_was_typed_and_as_java_escapes_it() throws Exception {
        Files.writeString(folder.resolve("application.properties"), "redmine.project=監視\n");
        Files.writeString(
                folder.resolve("local.properties"), "redmine.assigned=山田 太郎\nredmine.field.12=\\u65b0\\u898f\n");

        assertThat(config(2, "config").lines().map(line -> line.replaceAll(" {2,}", " | ")))
                .contains(
                        "redmine.project | 監視 | application.properties",
                        "redmine.assigned | 山田 太郎 | local.properties",
                        "redmine.field.12 | 新規 | local.properties");
    }

    @Test
    void shows_also_what_is_wrong_and_says_so() throws Exception {
        Files.writeString(folder.resolve("local.properties"), "ticket.language=fr\n");

        assertThat(config(2, "config", "--json"))
                .contains(
                        "\"value\" : \"fr\"",
                        "redmine.url (REDMINE_URL) is not set",
                        "ticket.language (TICKET_LANGUAGE)");
    }
}
