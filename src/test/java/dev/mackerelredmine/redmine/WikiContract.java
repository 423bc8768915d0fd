package dev.mackerelredmine.redmine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mackerelredmine.redmine.RedmineCaller.Reply;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What we rely on in Redmine's wiki, in its own words over plain HTTP: the same against FakeRedmine and a real Redmine. */
abstract class WikiContract {

    private static final String TEXT = "h2. 週報\n\n* one\n";

    private final String title = "Page-" + UUID.randomUUID();

    abstract TestRedmine redmine();

    @AfterEach
    void putBack() {
        redmine().putBack();
    }

    @Test
    void a_project_says_whether_it_has_a_wiki() {
        assertThat(modules()).doesNotContain("wiki");

        redmine().setUp().wiki();

        assertThat(modules()).contains("wiki", "issue_tracking");
    }

    @Test
    void a_page_that_is_not_there_is_not_found() {
        redmine().setUp().wiki();

        assertThat(shown().status()).isEqualTo(404);
    }

    @Test
    void a_page_is_made_by_writing_it_and_shown_as_it_was_written() {
        redmine().setUp().wiki();

        Reply made = write(Map.of("text", TEXT, "comments", "by a test"));

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.json().at("/wiki_page/version").asInt()).isEqualTo(1);
        JsonNode page = page();
        assertThat(page.path("title").asText()).isEqualTo(title);
        assertThat(page.path("text").asText()).isEqualTo(TEXT);
        assertThat(page.path("version").asInt()).isEqualTo(1);
        assertThat(page.path("comments").asText()).isEqualTo("by a test");
        assertThat(page.at("/author/id").asText()).isEqualTo(redmine().id("user_bot"));
        assertThat(page.path("attachments")).isEmpty();
    }

    @Test
    void a_change_of_the_version_that_was_read_makes_the_next_one() {
        redmine().setUp().wiki();
        write(Map.of("text", TEXT));

        Reply changed = write(Map.of("text", "other", "version", 1));

        assertThat(changed.status()).isEqualTo(204);
        assertThat(changed.text()).isEmpty();
        assertThat(page().path("text").asText()).isEqualTo("other");
        assertThat(page().path("version").asInt()).isEqualTo(2);
    }

    @Test
    void a_change_of_an_older_version_is_a_conflict_and_changes_nothing() {
        redmine().setUp().wiki();
        write(Map.of("text", TEXT));
        person("dev").put(path(), "wiki_page", Map.of("text", "of a person", "version", 1));

        Reply late = write(Map.of("text", "late", "version", 1));

        assertThat(late.status()).isEqualTo(409);
        assertThat(late.text()).isBlank();
        assertThat(page().path("text").asText()).isEqualTo("of a person");
        assertThat(page().path("version").asInt()).isEqualTo(2);
    }

    @Test
    void a_change_without_a_version_is_taken_whoever_wrote_before() {
        redmine().setUp().wiki();
        person("dev").put(path(), "wiki_page", Map.of("text", "of a person"));

        assertThat(write(Map.of("text", TEXT)).status()).isEqualTo(204);
        assertThat(page().path("text").asText()).isEqualTo(TEXT);
    }

    @Test
    void the_same_text_again_is_no_new_version_and_no_conflict() {
        redmine().setUp().wiki();
        write(Map.of("text", "first"));
        write(Map.of("text", TEXT, "version", 1));

        assertThat(write(Map.of("text", TEXT, "version", 1)).status()).isEqualTo(204);
        assertThat(page().path("version").asInt()).isEqualTo(2);
    }

    @Test
    void a_title_is_found_in_any_case_and_has_underlines_for_blanks() {
        redmine().setUp().wiki();
        String name = "weekly alerts " + UUID.randomUUID();
        RedmineCaller bot = person("bot");
        String path = "/projects/alert/wiki/" + name.replace(" ", "%20") + ".json";

        bot.put(path, "wiki_page", Map.of("text", TEXT));

        assertThat(bot.get(path).json().at("/wiki_page/title").asText())
                .isEqualTo("W" + name.substring(1).replace(' ', '_'));
        assertThat(bot.get(path.replace("weekly", "WEEKLY")).status()).isEqualTo(200);
    }

    @Test
    void a_file_is_attached_with_the_text_and_shown_by_its_name() {
        redmine().setUp().wiki();
        String token = person("bot")
                .upload("alerts.html", "<p>週報</p>".getBytes(StandardCharsets.UTF_8), "application/octet-stream")
                .json()
                .at("/upload/token")
                .asText();

        write(Map.of(
                "text",
                TEXT,
                "uploads",
                List.of(Map.of("token", token, "filename", "alerts.html", "content_type", "text/html"))));

        assertThat(page().path("attachments")).singleElement().satisfies(file -> {
            assertThat(file.path("filename").asText()).isEqualTo("alerts.html");
            assertThat(file.path("filesize").asInt()).isEqualTo(13);
            assertThat(file.path("content_type").asText()).isEqualTo("text/html");
        });
    }

    @Test
    void who_may_not_edit_pages_reads_them_and_is_refused_to_write() {
        redmine().setUp().wiki().withoutPermission("edit_wiki_pages");
        person("dev").put(path(), "wiki_page", Map.of("text", "of a person"));

        assertThat(shown().status()).isEqualTo(200);
        assertThat(write(Map.of("text", TEXT)).status()).isEqualTo(403);
        assertThat(page().path("text").asText()).isEqualTo("of a person");
    }

    @Test
    void who_may_not_view_pages_is_refused_to_read_them_whether_there_is_one_or_not() {
        redmine().setUp().wiki().withoutPermission("view_wiki_pages");

        assertThat(shown().status()).isEqualTo(403);
    }

    @Test
    void a_project_that_never_had_a_wiki_finds_no_page_and_takes_none() {
        assertThat(shown().status()).isEqualTo(404);
        assertThat(write(Map.of("text", TEXT)).status()).isEqualTo(404);
    }

    @Test
    void a_wiki_that_is_switched_off_refuses_to_be_read_and_written() {
        redmine().setUp().wiki();
        write(Map.of("text", TEXT));
        redmine().setUp().wikiOff();

        assertThat(modules()).doesNotContain("wiki");
        assertThat(shown().status()).isEqualTo(403);
        assertThat(write(Map.of("text", "other", "version", 1)).status()).isEqualTo(403);
    }

    private List<String> modules() {
        return person("bot")
                .get("/projects/alert.json?include=enabled_modules")
                .json()
                .at("/project/enabled_modules")
                .findValuesAsText("name");
    }

    private Reply write(Map<String, ?> page) {
        return person("bot").put(path(), "wiki_page", page);
    }

    private Reply shown() {
        return person("bot").get(path() + "?include=attachments");
    }

    private JsonNode page() {
        return shown().json().path("wiki_page");
    }

    private String path() {
        return "/projects/alert/wiki/" + title + ".json";
    }

    private RedmineCaller person(String user) {
        return new RedmineCaller(redmine().url(), redmine().id("key_" + user));
    }
}
