package dev.mackerelredmine.report;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static dev.mackerelredmine.mackerel.TestAlerts.warning;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mackerelredmine.DeliverTest;
import dev.mackerelredmine.MovableClock;
import dev.mackerelredmine.RunningService;
import dev.mackerelredmine.fakeredmine.FakeRedmine;
import dev.mackerelredmine.mackerel.TestAlerts;
import dev.mackerelredmine.redmine.RedmineCaller;
import dev.mackerelredmine.settings.Settings;
import dev.mackerelredmine.store.ClockedStore;
import dev.mackerelredmine.store.Store;
import dev.mackerelredmine.ticket.text.Language;
import dev.mackerelredmine.ticket.text.Sentences;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The report of a week, of a store of two weeks and a Redmine with counter-measures. The week ends on Sunday in Tokyo. */
@Tag("service")
class WeeklyReportTest {

    private static final Week WEEK = new Week(LocalDate.parse("2026-11-23"));

    /** Monday, 5:59 in Tokyo. */
    private static final Instant BEFORE_SIX = Instant.parse("2026-11-29T20:59:00Z");

    @RegisterExtension
    static final FakeRedmine REDMINE = new FakeRedmine();

    @TempDir
    Path folder;

    private final MovableClock clock = new MovableClock();
    private RunningService service;
    private Store store;
    private WeeklyReport report;

    @BeforeEach
    void openStore() throws Exception {
        clock.goOn(Duration.between(clock.instant(), BEFORE_SIX));
        store = ClockedStore.in(folder, clock);
    }

    @AfterEach
    void stop() throws Exception {
        service.close();
        store.close();
    }

    private void start(String language, String format) throws Exception {
        service = DeliverTest.deliveringTo(REDMINE, folder)
                .without("service/figures")
                .with("ticket.language", language)
                .with("redmine.text-format", format)
                .with("ticket.time-zone", "Asia/Tokyo")
                .with("report.wiki-page", "Alerts")
                .with("report.category", "Servers")
                .start();
        Settings settings = service.camelContext().getRegistry().findSingleByType(Settings.class);
        Sentences sentences = new Sentences(settings.texts().words(), settings.zone());
        report = new WeeklyReport(settings, store, sentences, clock);
    }

    // --- what it says

    @Test
    void says_in_english_and_common_mark_what_the_week_was_like() throws Exception {
        start("en", "common_mark");
        twoWeeks();

        String text = written();

        assertThat(text).startsWith("▼ Written by mackerel-redmine.").endsWith("▲ Written by mackerel-redmine\n");
        assertThat(text)
                .contains("## Alerts of 2026-W48 (2026-11-23 to 2026-11-29)")
                .contains("12 alerts (▲10) · 12 critical (▲11) · 12 never acknowledged (▲10) · acknowledged after");
        assertThat(section(text, "### Incidents, the largest first")).isEqualTo("None&#46;");
        assertThat(section(text, "### The most frequent problems"))
                .contains(
                        "CPU % · cpu.user.percentage · web1 | 11 | ▲10 | 0 | 11 | mute the monitor from 9:00 to 11:00")
                .contains("| Disk · cpu.user.percentage · db1 | 1 | ▲1 | 0 | 0 | – |");
        assertThat(section(text, "### Open for more than a day"))
                .contains("| – | Disk · db1 | critical | 11-25 12:00 | open |");
        assertThat(section(text, "### By weekday and hour"))
                .contains("| Mon | · | · | · | · | · | █ 11 | ·")
                .contains("| Wed | · | · | · | · | · | · | ▁ 1 | ·");
        assertThat(section(text, "### Delivery")).contains("* 0 of 12 alerts got a ticket.");
    }

    @Test
    void says_in_japanese_and_textile_what_the_week_was_like() throws Exception {
        start("ja", "textile");
        twoWeeks();

        String text = written();

        assertThat(text)
                .startsWith("▼ ここから ▲ の行までは mackerel-redmine が")
                .endsWith("▲ ここまで mackerel-redmine が自動更新します。\n");
        assertThat(text).contains("h2. 2026-W48 のアラート").contains("アラート 12 件（▲10）");
        assertThat(section(text, "h3. 発生件数の多い問題")).contains("|_. 問題 |_. アラート |");
        assertThat(section(text, "h3. 1 日を超えて発生中")).contains("11-25 12:00 | 発生中 |");
        assertThat(section(text, "h3. 曜日・時間帯")).contains("| 月 | · |");
    }

    @Test
    void shows_what_others_wrote_as_text_in_either_form() throws Exception {
        start("en", "common_mark");
        keep(critical().monitor("<script>|{{toc}}#1").host("web1").role("Shop", "web"), "2026-11-24T03:00:00Z");

        String text = written();
        String html = report.html(WEEK);

        assertThat(text).doesNotContain("<script>", "{{toc}}");
        assertThat(html).contains("&lt;script&gt;|{{toc}}#1").doesNotContain("<script>");
    }

    @Test
    void has_the_counter_measures_of_the_week_and_those_still_open_and_says_how_each_stands() throws Exception {
        start("en", "common_mark");
        REDMINE.clockApart(Duration.between(Instant.now(), Instant.parse("2026-11-20T03:00:00Z")));
        int earlier = measure("Mute it", Map.of("due_date", "2026-11-27"));
        REDMINE.clockApart(Duration.between(Instant.now(), Instant.parse("2026-11-26T03:00:00Z")));
        int done = measure("Raise the threshold", Map.of("assigned_to_id", REDMINE.id("user_dev")));
        person().put("/issues/" + done + ".json", Map.of("status_id", REDMINE.id("status_closed")));
        int open = measure("Buy a disk", Map.of("due_date", "2026-11-30"));
        int late = measure("Buy another", Map.of("due_date", "2026-11-29"));
        REDMINE.clockApart(Duration.between(Instant.now(), Instant.parse("2026-11-30T03:00:00Z")));
        int later = measure("Of this week", Map.of());

        String text = written();

        assertThat(section(text, "### Counter-measures done in this week"))
                .contains("| #" + done + " | Raise the threshold | dev Test | – | done on 2026-11-26 |")
                .doesNotContain("Buy", "Mute");
        assertThat(section(text, "### Counter-measures promised in this week"))
                .contains("| #" + done + " | Raise the threshold | dev Test | – | done on 2026-11-26 |")
                .contains("| #" + open + " | Buy a disk | nobody | 2026-11-30 | open |")
                .contains("| #" + late + " | Buy another | nobody | 2026-11-29 | overdue |")
                .doesNotContain("#" + later, "Mute");
        assertThat(section(text, "### Counter-measures of earlier weeks, still open"))
                .contains("| #" + earlier + " | Mute it | nobody | 2026-11-27 | overdue |")
                .doesNotContain("Buy", "#" + later);
    }

    @Test
    void is_shown_in_its_readers_language_whatever_that_of_tickets_is() throws Exception {
        start("en", "common_mark");
        twoWeeks();
        store.openings().sumUp();

        assertThat(report.shown(WEEK, Language.JA).html())
                .contains("2026-W48 のアラート", "アラート 12 件（▲10）", "<td>11-25 12:00</td>");
    }

    @Test
    void is_shown_without_counter_measures_while_redmine_does_not_answer() throws Exception {
        start("en", "common_mark");
        REDMINE.refuseAt(Pattern.compile(""), 503, "");

        ShownReport shown = report.shown(WEEK, Language.EN);

        assertThat(shown.failure()).contains("the counter-measures could not be read");
        assertThat(shown.html()).contains("Alerts of 2026-W48").doesNotContain("Counter-measures");
    }

    // --- the page

    @Test
    void attaches_the_html_once_the_week_is_over() throws Exception {
        start("en", "common_mark");
        REDMINE.setUp().wiki();

        report.writeToWiki(new Week(LocalDate.parse("2026-11-30")), "Alerts");
        assertThat(page("Alerts").path("attachments")).isEmpty();

        report.writeToWiki(WEEK, "Alerts-{week}");
        assertThat(page("Alerts-2026-W48").path("attachments").findValuesAsText("filename"))
                .containsExactly("alerts-2026-W48.html");
    }

    // --- each Monday

    @Test
    void the_last_week_is_written_once_each_monday_after_six() throws Exception {
        start("en", "common_mark");
        REDMINE.setUp().wiki();

        report.writeWhenDue();
        assertThat(REDMINE.requests()).as("before six").isEmpty();

        clock.goOn(Duration.ofMinutes(2));
        report.writeWhenDue();
        assertThat(page("Alerts").path("text").asText()).contains("Alerts of 2026-W48");

        int requests = REDMINE.requests().size();
        clock.goOn(Duration.ofDays(6));
        report.writeWhenDue();
        assertThat(REDMINE.requests()).as("in the same week").hasSize(requests);

        clock.goOn(Duration.ofDays(1));
        report.writeWhenDue();
        assertThat(page("Alerts").path("text").asText())
                .contains("Alerts of 2026-W49")
                .doesNotContain("W48");
    }

    @Test
    void what_fails_is_tried_again_and_one_of_two_services_writes_it() throws Exception {
        start("en", "common_mark");
        clock.goOn(Duration.ofHours(9));

        assertThatThrownBy(report::writeWhenDue).hasMessageContaining("enable the module Wiki");
        REDMINE.setUp().wiki();
        int requests = REDMINE.requests().size();
        report.writeWhenDue();
        assertThat(REDMINE.requests()).as("the first may still be at it").hasSize(requests);

        clock.goOn(Duration.ofMinutes(10));
        report.writeWhenDue();
        assertThat(page("Alerts").path("text").asText()).contains("Alerts of 2026-W48");
    }

    // --- what there is

    /** In the week before two alerts; in the week eleven short ones of the same problem on Monday morning, and one that is open. */
    private void twoWeeks() {
        cpu("2026-11-20T01:00:00Z");
        keep(warning().id("old").monitor("Memory").host("db1").role("Shop", "db"), "2026-11-21T01:00:00Z");
        for (int minute = 0; minute < 55; minute += 5) {
            cpu(Instant.parse("2026-11-23T01:00:00Z").plusSeconds(60L * minute).toString());
        }
        keep(critical().id("disk").monitor("Disk").host("db1").role("Shop", "db"), "2026-11-25T03:00:00Z");
    }

    private void cpu(String opened) {
        Instant at = Instant.parse(opened);
        TestAlerts alert =
                critical().id("cpu-" + at.getEpochSecond()).host("web1").role("Shop", "web");
        keep(alert, opened);
        store.inbox().keep(alert.openedAt(at).recovered(at.plusSeconds(120)).notification(), null);
    }

    private void keep(TestAlerts alert, String opened) {
        Instant at = Instant.parse(opened);
        store.inbox().keep(alert.openedAt(at).statusChangedAt(at).notification(), null);
    }

    private String written() throws ReportException {
        REDMINE.setUp().wiki();
        report.writeToWiki(WEEK, "Alerts");
        return page("Alerts").path("text").asText();
    }

    /** What stands between this heading and the next. */
    private static String section(String text, String heading) {
        assertThat(text).contains(heading + "\n");
        String after = text.substring(text.indexOf(heading + "\n") + heading.length());
        return after.split("\n(?:h\\d\\.|#+) ", 2)[0].strip();
    }

    private static int measure(String subject, Map<String, ?> more) {
        Map<String, Object> issue = new HashMap<>(more);
        issue.put("subject", subject);
        issue.put("category_id", 51);
        return person().post("/projects/alert/issues.json", issue)
                .json()
                .at("/issue/id")
                .asInt();
    }

    private static JsonNode page(String title) {
        return person().get("/projects/alert/wiki/" + title + ".json?include=attachments")
                .json()
                .path("wiki_page");
    }

    private static RedmineCaller person() {
        return new RedmineCaller(REDMINE.url(), REDMINE.id("key_dev"));
    }
}
