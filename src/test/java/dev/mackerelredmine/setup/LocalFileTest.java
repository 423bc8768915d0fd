package dev.mackerelredmine.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mackerelredmine.settings.SettingsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What init does to local.properties. */
@Tag("fast")
class LocalFileTest {

    @TempDir
    Path folder;

    private Path path;
    private LocalFile file;

    @BeforeEach
    void name() {
        path = folder.resolve("local.properties");
        file = new LocalFile(folder, folder.resolve("not there"));
    }

    @Test
    void writes_what_the_settings_read_as_it_was_given() throws Exception {
        Map<String, String> settings = Map.of("redmine.assigned", "山田 太郎", "redmine.tracker", "Alert = 100 % #1: é");

        file.write(settings);

        try (DefaultCamelContext context = new DefaultCamelContext()) {
            ((PropertiesComponent) context.getPropertiesComponent()).setEncoding("UTF-8");
            context.getPropertiesComponent().setLocation("file:" + path);
            context.build();
            settings.forEach(
                    (name, value) -> assertThat(context.getPropertiesComponent().resolveProperty(name))
                            .contains(value));
        }
    }

    @Test
    void writes_japanese_as_a_person_reads_it() {
        file.write(Map.of("redmine.assigned", "山田 太郎"));

        assertThat(path).content().endsWith("\nredmine.assigned=山田 太郎\n");
    }

    @Test
    void refuses_what_would_be_read_as_something_else() {
        assertThatThrownBy(() -> file.write(Map.of("redmine.tracker", "a\\b")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContainingAll("redmine.tracker holds a backslash", "set REDMINE_TRACKER");
        assertThat(path).doesNotExist();
    }

    /** It holds the key. */
    @Test
    void lets_its_owner_write_and_the_services_group_read_it_and_nobody_else() throws Exception {
        Files.writeString(path, "# mine\n");
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw-rw-"));

        file.write(Map.of("redmine.apikey", "secret"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-r-----");
        assertThat(folder.toFile().list()).containsExactly("local.properties");
    }

    @Test
    void leaves_each_line_that_a_person_wrote_and_replaces_a_setting_where_it_stands() throws Exception {
        Files.writeString(path, "# ours\nredmine.project = alert\nticket.language=ja\n\n#redmine.url=\n");

        file.write(Map.of("redmine.project", "shop", "redmine.url", "https://redmine.example.jp"));

        assertThat(path)
                .hasContent(
                        "# ours\nredmine.project=shop\nticket.language=ja\n\n#redmine.url=\nredmine.url=https://redmine.example.jp\n");
    }

    @Test
    void names_the_settings_that_have_another_value_there() throws Exception {
        Files.writeString(path, "redmine.project = alert\nredmine.tracker=Bug\n");

        assertThat(file.conflicts(Map.of(
                        "redmine.project", "shop", "redmine.tracker", "Bug", "redmine.url", "https://x.example")))
                .containsExactly("redmine.project");
    }
}
