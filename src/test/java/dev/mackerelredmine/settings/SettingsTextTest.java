package dev.mackerelredmine.settings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("fast")
class SettingsTextTest {

    @TempDir
    Path folder;

    private Path file(String text, Charset charset) throws IOException {
        return Files.writeString(folder.resolve("local.properties"), text, charset);
    }

    @Test
    void reads_japanese_as_it_is_typed_and_as_java_escapes_it() throws Exception {
        Path file = file("redmine.project=監視\nredmine.tracker=\\u969c\\u5bb3\n", UTF_8);

        assertThat(SettingsText.properties(file)).isEqualTo(Map.of("redmine.project", "監視", "redmine.tracker", "障害"));
    }

    @Test
    void a_file_that_is_not_there_has_no_settings() {
        assertThat(SettingsText.properties(folder.resolve("local.properties"))).isEmpty();
    }

    /** As an editor in Japan saves it that is not set to UTF-8. */
    @Test
    void refuses_another_encoding_and_says_the_line() throws Exception {
        Path file =
                file("# ours\nredmine.url=https://redmine.example.jp\nredmine.project=監視\n", Charset.forName("MS932"));

        assertThatThrownBy(() -> SettingsText.properties(file))
                .isInstanceOf(SettingsException.class)
                .hasMessage(file + ", line 3: this is not UTF-8. Save the file as UTF-8");
    }

    /** It would be part of the first setting's name, which would then be no setting. */
    @Test
    void refuses_a_byte_order_mark() throws Exception {
        Path file = file("\uFEFFredmine.project=alert\n", UTF_8);

        assertThatThrownBy(() -> SettingsText.properties(file))
                .isInstanceOf(SettingsException.class)
                .hasMessage(file + " begins with a byte order mark. Save it as UTF-8 without one");
    }

    @Test
    void refuses_a_backslash_that_begins_no_character() throws Exception {
        Path file = file("store.url=jdbc:sqlite:C:\\users\n", UTF_8);

        assertThatThrownBy(() -> SettingsText.properties(file))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("Write a backslash as \\\\");
    }
}
