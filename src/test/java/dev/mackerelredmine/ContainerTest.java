package dev.mackerelredmine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mackerelredmine.settings.SettingNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What deploy/container and docs/install.md say of the image is so for this release. Whether it runs, e2e/container/run finds out. */
@Tag("fast")
class ContainerTest {

    private static final Path COMPOSE = Path.of("deploy/container/compose.yaml");
    private static final Path PAGE = Path.of("docs/install.md");

    private static List<String> found(Path file, String pattern) throws IOException {
        return Pattern.compile(pattern)
                .matcher(Files.readString(file))
                .results()
                .map(match -> match.group(1))
                .distinct()
                .toList();
    }

    @Test
    void the_image_is_named_with_this_version() throws IOException {
        String version = found(Path.of("pom.xml"), "<version>([^<]+)</version>").get(0);
        String image = "localhost/mackerel-redmine:([0-9.]+)";

        assertThat(found(COMPOSE, image)).containsExactly(version);
        assertThat(found(PAGE, image)).containsExactly(version);
    }

    @Test
    void compose_sets_what_is_a_setting() throws IOException {
        assertThat(found(COMPOSE, "\\b(STORE_[A-Z_]+):"))
                .hasSize(3)
                .isSubsetOf(SettingNames.ALL.stream().map(SettingNames::variable).toList());
    }

    @Test
    void the_page_and_compose_give_the_same_rights_and_memory() throws IOException {
        String page = Files.readString(PAGE);
        String compose = Files.readString(COMPOSE);

        assertThat(page)
                .contains("--memory 200m --read-only --tmpfs /tmp:exec --cap-drop all --security-opt no-new-privileges")
                .contains("--health-cmd /usr/bin/mackerel-redmine-live");
        assertThat(compose)
                .contains("mem_limit: 200m", "read_only: true", "- /tmp:exec", "- ALL", "- no-new-privileges:true")
                .contains("test: [CMD, /usr/bin/mackerel-redmine-live]");
    }
}
