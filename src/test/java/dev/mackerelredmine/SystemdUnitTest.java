package dev.mackerelredmine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The unit that the distribution has fits the page that installs it. e2e/systemd has systemd itself look at it. */
@Tag("fast")
class SystemdUnitTest {

    private static final String UNIT = "deploy/systemd/mackerel-redmine.service";

    private static List<String> unit() throws IOException {
        return Files.readAllLines(Path.of(UNIT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"docs/install.md", "docs/ja/install.md"})
    void the_page_makes_the_user_the_folder_and_the_file_that_the_unit_names(String page) throws IOException {
        String commands = Files.readString(Path.of(page));

        assertThat(unit())
                .contains(
                        "User=mackerel-redmine",
                        "WorkingDirectory=/opt/mackerel-redmine",
                        "EnvironmentFile=-/etc/mackerel-redmine.env",
                        "ExecStart=/opt/mackerel-redmine/bin/mackerel-redmine",
                        "ReadWritePaths=/opt/mackerel-redmine/data");
        assertThat(commands)
                .contains(
                        "useradd --system --home-dir /opt/mackerel-redmine --shell /usr/sbin/nologin mackerel-redmine")
                .contains("install -d -o mackerel-redmine -m 750 /opt/mackerel-redmine/data")
                .contains("`/etc/mackerel-redmine.env`")
                .contains("sudo install -m 644 /opt/mackerel-redmine/" + UNIT + " /etc/systemd/system/\n");
    }

    @Test
    void what_fails_is_started_again_but_not_what_a_person_must_correct_first() throws IOException {
        assertThat(unit())
                .contains("Restart=on-failure", "RestartSec=5", "SuccessExitStatus=143", "RestartPreventExitStatus=2");
    }
}
