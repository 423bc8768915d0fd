package dev.mackerelredmine.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("fast")
class TextsTest {

    private static final Map<String, ?> CRITICAL = Map.of("alert", Map.of("status", "CRITICAL"), "where", "web1");

    @TempDir
    private Path folder;

    private Texts texts() {
        return new Texts(folder, "en", "common_mark", text -> "<" + text + ">");
    }

    private TextsTest file(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
        return this;
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    // --- files

    @Test
    void fills_in_the_jars_own_template_where_the_folder_has_none() {
        assertThat(texts().fill("subject", CRITICAL)).startsWith("CRITICAL: web1");
    }

    @Test
    void fills_in_the_folders_template_instead() throws IOException {
        file("subject.ftl", "[${alert.status}] ${where}");

        assertThat(texts().fill("subject", CRITICAL)).isEqualTo("[CRITICAL] web1");
    }

    @Test
    void needs_no_folder() {
        assertThat(new Texts(folder.resolve("none"), "ja", "textile", text -> text).words())
                .containsEntry("host", "ホスト");
    }

    @Test
    void takes_from_the_folder_the_words_that_it_has() throws IOException {
        file("en.properties", "host = Machine\nstatus=Zustand: überall\n");

        assertThat(texts().words())
                .containsEntry("host", "Machine")
                .containsEntry("status", "Zustand: überall")
                .containsEntry("service", "Service");
    }

    @Test
    void says_the_same_in_each_language() throws IOException {
        assertThat(words("ja").keySet()).isEqualTo(words("en").keySet());
        for (Object word : words("en").keySet()) {
            assertThat(places(words("ja"), word)).as("%s", word).isEqualTo(places(words("en"), word));
        }
    }

    private static Properties words(String language) throws IOException {
        Properties words = new Properties();
        words.load(Files.newBufferedReader(Path.of("src/main/resources/texts/" + language + ".properties")));
        return words;
    }

    private static List<String> places(Properties words, Object word) {
        return Pattern.compile("\\{\\d}")
                .matcher(words.getProperty(word.toString()))
                .results()
                .map(MatchResult::group)
                .sorted()
                .toList();
    }

    // --- escaping

    @Test
    void escapes_all_that_is_filled_in_and_not_what_the_template_says() throws IOException {
        file("note.common_mark.ftl", "**${where}** ${words.host}");

        assertThat(texts().fill("note", Map.of("where", "web1", "words", Map.of("host", "Host"))))
                .isEqualTo("**<web1>** <Host>");
    }

    @Test
    void fills_markup_in_as_it_is() throws IOException {
        file("note.common_mark.ftl", "[${where}](${url})");

        assertThat(texts().fill("note", Map.of("where", "web1", "url", new Markup("https://x/", ""))))
                .isEqualTo("[<web1>](https://x/)");
    }

    @Test
    void fills_a_subject_with_plain_text() throws IOException {
        file("subject.ftl", "${where} ${message}");

        assertThat(texts().fill("subject", Map.of("where", "*web1*", "message", new Markup("&#42;", "*"))))
                .isEqualTo("*web1* *");
    }

    @Test
    void lets_a_template_use_nothing_of_java() throws IOException {
        file("subject.ftl", "${'freemarker.template.utility.Execute'?new()('id')}");

        assertThatThrownBy(() -> texts().tryOut("subject", CRITICAL)).isInstanceOf(TextsException.class);
    }

    // --- what is wrong with a file

    @Test
    void names_file_and_line_of_a_template_that_cannot_be_read() throws IOException {
        file("note.common_mark.ftl", "fine\n<#if x>\nnever ended\n");

        assertThatThrownBy(this::texts)
                .isInstanceOf(TextsException.class)
                .hasMessageStartingWith(path("note.common_mark.ftl") + ", line 3: ");
    }

    @Test
    void names_file_and_line_of_a_template_that_asks_for_what_there_is_not() throws IOException {
        file("subject.ftl", "fine\n${alret.status}");

        assertThatThrownBy(() -> texts().tryOut("subject", CRITICAL))
                .hasMessage(path("subject.ftl") + ", line 2: there is no alret");
    }

    @Test
    void fills_in_the_jars_own_template_when_the_folders_fails_after_all() throws IOException {
        file("subject.ftl", "${alret.status}");

        assertThat(texts().fill("subject", CRITICAL)).startsWith("CRITICAL: web1");
    }

    @Test
    void refuses_a_file_that_nobody_reads() throws IOException {
        file("notes.ftl", "").file("README", "mine");

        assertThatThrownBy(this::texts)
                .hasMessageStartingWith(path("notes.ftl") + " is read by nobody. The files that are: subject.ftl, ");
    }

    @Test
    void refuses_a_word_that_nobody_says() throws IOException {
        file("en.properties", "hots=Host");

        assertThatThrownBy(this::texts).hasMessage(path("en.properties") + ": there is no word hots");
    }

    @Test
    void refuses_a_file_that_is_not_utf_8() throws IOException {
        Files.write(folder.resolve("en.properties"), new byte[] {'h', 'o', 's', 't', '=', (byte) 0x83});

        assertThatThrownBy(this::texts).hasMessage(path("en.properties") + " is not UTF-8: save it as that");
    }
}
