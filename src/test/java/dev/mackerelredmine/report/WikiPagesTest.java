package dev.mackerelredmine.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mackerelredmine.DeliverTest;
import dev.mackerelredmine.RunningService;
import dev.mackerelredmine.fakeredmine.FakeRedmine;
import dev.mackerelredmine.redmine.RedmineCaller;
import dev.mackerelredmine.report.WikiPages.Attachment;
import dev.mackerelredmine.text.Section;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** How our section comes into a page of Redmine's wiki, by the routes that all calls to Redmine take. */
@Tag("service")
class WikiPagesTest {

    private static final Section SECTION = new Section("▼ by mackerel-redmine", "▲ by mackerel-redmine");
    private static final String PAGE = "/projects/alert/wiki/Weekly%20alerts.json";
    private static final String OURS = "▼ by mackerel-redmine\n\nof this week\n\n▲ by mackerel-redmine";

    @RegisterExtension
    static final FakeRedmine REDMINE = new FakeRedmine();

    @TempDir
    static Path folder;

    private static RunningService service;

    @BeforeAll
    static void start() throws Exception {
        service = DeliverTest.deliveringTo(REDMINE, folder)
                .with("redmine.response-timeout", "30s")
                .start();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void a_page_that_is_not_there_is_made() throws Exception {
        REDMINE.setUp().wiki();

        assertThat(write()).isTrue();

        assertThat(page().path("text").asText()).isEqualTo(OURS + "\n");
        assertThat(page().path("version").asInt()).isEqualTo(1);
    }

    @Test
    void a_page_without_our_lines_keeps_its_text_and_gets_our_section_at_its_end() throws Exception {
        REDMINE.setUp().wiki();
        personWrites("Minutes\r\n\r\n* tea\r\n");

        assertThat(write()).isTrue();

        assertThat(page().path("text").asText()).isEqualTo("Minutes\r\n\r\n* tea\n\n" + OURS + "\n");
    }

    @Test
    void our_section_is_written_anew_and_what_people_wrote_around_it_stays() throws Exception {
        REDMINE.setUp().wiki();
        personWrites("above\n\n▼ by mackerel-redmine\n\nof last week\n\n▲ by mackerel-redmine\n\nbelow\n");

        assertThat(write()).isTrue();

        assertThat(page().path("text").asText()).isEqualTo("above\n\n" + OURS + "\n\nbelow\n");
        assertThat(page().path("version").asInt()).isEqualTo(2);
    }

    @Test
    void a_page_that_says_the_same_is_not_written() throws Exception {
        REDMINE.setUp().wiki();
        write();

        assertThat(write()).isFalse();

        assertThat(requests("PUT")).isEqualTo(1);
    }

    @Test
    void where_a_person_is_quicker_the_page_is_read_again_and_has_both() throws Exception {
        REDMINE.setUp().wiki();
        personWrites("Minutes");
        long before = requests("GET");
        REDMINE.answerNormally().delayAnswer(Duration.ofSeconds(3));

        CompletableFuture<Boolean> written = CompletableFuture.supplyAsync(() -> write());
        await().atMost(Duration.ofSeconds(30)).until(() -> requests("GET") > before);
        personWrites("Minutes, and tea");

        assertThat(written.get()).isTrue();
        assertThat(page().path("text").asText()).isEqualTo("Minutes, and tea\n\n" + OURS + "\n");
    }

    @Test
    void a_page_that_others_change_all_the_time_is_given_up_and_says_so() {
        REDMINE.setUp().wiki();
        REDMINE.answerNormally();
        for (int tries = 0; tries < 4; tries++) {
            REDMINE.answerNormally().enqueueFailure(409, "");
        }

        assertThatThrownBy(this::tryToWrite)
                .isInstanceOf(ReportException.class)
                .hasMessageContaining("the wiki page Weekly alerts could not be written")
                .hasMessageContaining("409");
    }

    @Test
    void a_write_that_was_done_and_not_answered_is_found_done() throws Exception {
        REDMINE.setUp().wiki();
        REDMINE.answerNormally().answerNormally().dropConnectionAfterReceiving();

        assertThat(write()).isTrue();

        assertThat(requests("PUT")).isEqualTo(1);
        assertThat(page().path("version").asInt()).isEqualTo(1);
    }

    @Test
    void a_file_is_attached_once() throws Exception {
        REDMINE.setUp().wiki();
        Attachment file = new Attachment("alerts-2026-W48.html", "<p>週報</p>".getBytes(UTF_8));

        write("of this week", file);
        write("of this week, later", file);

        assertThat(page().path("version").asInt()).isEqualTo(2);
        assertThat(page().path("attachments")).singleElement().satisfies(attached -> {
            assertThat(attached.path("filename").asText()).isEqualTo("alerts-2026-W48.html");
            assertThat(attached.path("filesize").asInt()).isEqualTo(13);
            assertThat(attached.path("content_type").asText()).isEqualTo("text/html");
        });
    }

    @Test
    void a_missing_right_to_edit_is_named() {
        REDMINE.setUp().wiki().withoutPermission("edit_wiki_pages");

        assertThatThrownBy(this::tryToWrite)
                .isInstanceOf(ReportException.class)
                .hasMessageContaining("may not write the wiki page Weekly alerts of the project alert")
                .hasMessageContaining("\"Edit wiki pages\"");
    }

    @Test
    void a_missing_right_to_view_is_named() {
        REDMINE.setUp().wiki().withoutPermission("view_wiki_pages");

        assertThatThrownBy(this::tryToWrite).isInstanceOf(ReportException.class).hasMessageContaining("\"View wiki\"");
    }

    @Test
    void a_project_without_the_module_says_to_enable_it() {
        assertThatThrownBy(this::tryToWrite)
                .isInstanceOf(ReportException.class)
                .hasMessage("the project alert has no wiki: enable the module Wiki in the project's settings");
        REDMINE.setUp().wiki().wikiOff();
        assertThatThrownBy(this::tryToWrite).hasMessageContaining("enable the module Wiki");
    }

    @Test
    void a_title_that_redmine_would_change_is_refused() {
        for (String title : List.of("", "a.b", "a/b", "what?")) {
            assertThatThrownBy(() -> pages().write(title, SECTION, "text", null))
                    .isInstanceOf(ReportException.class)
                    .hasMessageContaining("is no title of a wiki page");
        }
    }

    private static boolean write() {
        return write("of this week", null);
    }

    private static boolean write(String text, Attachment attachment) {
        try {
            return pages().write("Weekly alerts", SECTION, text, attachment);
        } catch (ReportException e) {
            throw new AssertionError(e);
        }
    }

    private void tryToWrite() throws ReportException {
        pages().write("Weekly alerts", SECTION, "of this week", null);
    }

    private static WikiPages pages() {
        return new WikiPages(new RedmineApi(service.camelContext()), "alert");
    }

    private static long requests(String method) {
        return REDMINE.requests().stream()
                .filter(request ->
                        request.method().equals(method) && request.path().contains("/wiki/"))
                .count();
    }

    private static void personWrites(String text) {
        int status = person().put(PAGE, "wiki_page", Map.of("text", text)).status();
        assertThat(status).isIn(201, 204);
    }

    private static JsonNode page() {
        return person().get(PAGE + "?include=attachments").json().path("wiki_page");
    }

    private static RedmineCaller person() {
        return new RedmineCaller(REDMINE.url(), REDMINE.id("key_dev"));
    }
}
