package dev.mackerelredmine.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mackerelredmine.settings.SettingsException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the service, its commands and the function on Lambda read settings by. */
@Tag("service")
class SettingsSourceTest {

    @TempDir
    Path folder;

    private Main camel() {
        Main main = Routes.withoutPorts();
        main.configure().withRoutesIncludePattern("file:" + folder + "/*.camel.yaml");
        main.setDefaultPropertyPlaceholderLocation(SettingsSource.LOCATIONS.replace("file:", "file:" + folder + "/"));
        return main;
    }

    @Test
    void reads_japanese_of_each_file_as_it_is_typed_and_as_java_escapes_it() throws Exception {
        Files.writeString(folder.resolve("application.properties"), "redmine.project=監視\n");
        Files.writeString(
                folder.resolve("local.properties"), "redmine.assigned=山田 太郎\nredmine.field.12=\\u65b0\\u898f\n");

        Main main = camel();
        main.init();

        assertThat(main.getCamelContext()
                        .resolvePropertyPlaceholders("{{redmine.project}}, {{redmine.assigned}}, {{redmine.field.12}}"))
                .isEqualTo("監視, 山田 太郎, 新規");
    }

    @Test
    void refuses_a_file_of_another_encoding() throws Exception {
        Files.writeString(folder.resolve("local.properties"), "redmine.project=\u00e9\n", StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> Routes.start(camel()))
                .isInstanceOf(SettingsException.class)
                .hasMessageEndingWith("local.properties, line 1: this is not UTF-8. Save the file as UTF-8");
    }
}
