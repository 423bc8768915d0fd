package dev.mackerelredmine.ticket;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static dev.mackerelredmine.mackerel.TestAlerts.fixture;
import static dev.mackerelredmine.mackerel.TestAlerts.unknown;
import static dev.mackerelredmine.mackerel.TestAlerts.warning;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mackerelredmine.mackerel.Notification;
import dev.mackerelredmine.mackerel.NotificationReader;
import dev.mackerelredmine.mackerel.TestAlerts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TicketTextTest {

    private static final AlertKey KEY = new AlertKey("example", "2bjA");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TicketText text = new TicketText(TextFormat.COMMON_MARK);

    private String subject(TestAlerts alert) {
        return text.subject(alert.notification());
    }

    private String description(TestAlerts alert) {
        return text.description(alert.notification(), KEY);
    }

    private static int characters(String text) {
        return text.codePointCount(0, text.length());
    }

    // --- subject

    @Test
    void says_in_the_subject_how_bad_where_and_what() {
        assertThat(subject(critical().host("web1").monitor("CPU %"))).isEqualTo("CRITICAL: web1 CPU %");
    }

    @Test
    void says_each_status_in_capitals() {
        assertThat(subject(warning())).startsWith("WARNING: ");
        assertThat(subject(unknown())).startsWith("UNKNOWN: ");
    }

    @Test
    void says_the_service_where_there_is_no_host() {
        assertThat(subject(critical().service("Shop").monitor("Orders"))).isEqualTo("CRITICAL: Shop Orders");
    }

    @Test
    void says_only_the_monitor_where_there_is_neither() {
        assertThat(subject(critical().without("host").monitor("Load"))).isEqualTo("CRITICAL: Load");
    }

    @Test
    void says_only_the_host_where_there_is_no_monitor() {
        assertThat(subject(critical().host("web1").without("monitorName"))).isEqualTo("CRITICAL: web1");
    }

    @Test
    void says_only_the_status_where_there_is_nothing_else() {
        assertThat(subject(critical().without("host").monitor(" "))).isEqualTo("CRITICAL:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n", "\r\n", "\t", "\u0000", "\u001b", "\u007f", "\u0085", "\u009b", "\u2028", "\u2029", "\n\n\n"
            })
    void has_a_subject_of_one_line(String control) {
        assertThat(subject(critical().host("web" + control + "1").monitor("CPU" + control)))
                .isEqualTo("CRITICAL: web 1 CPU");
    }

    @Test
    void keeps_a_subject_of_255_characters_whole() {
        String name = "x".repeat(255 - "CRITICAL: web1 ".length());

        assertThat(subject(critical().monitor(name))).hasSize(255).endsWith(name);
    }

    @Test
    void cuts_a_longer_one_and_shows_that() {
        assertThat(subject(critical().monitor("x".repeat(300)))).hasSize(255).endsWith("x…");
    }

    @Test
    void counts_characters_and_not_bytes() {
        String name = "監".repeat(255 - "CRITICAL: web1 ".length());

        assertThat(subject(critical().monitor(name))).endsWith(name);
    }

    @Test
    void counts_an_emoji_for_one_character() {
        String name = "🚨".repeat(255 - "CRITICAL: web1 ".length());

        assertThat(subject(critical().monitor(name))).endsWith(name);
    }

    /** Wherever the cut falls, what is left of these is whole. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "🚨",
                "か\u3099", // a dakuten of its own
                "e\u0301\u0327",
                "👩‍💻", // joined
                "👨‍👩‍👧‍👦",
                "👍🏽", // with a colour of skin
                "🇯🇵",
                "1️⃣"
            })
    void cuts_between_what_a_reader_takes_for_characters(String character) {
        for (int shift = 0; shift < characters(character); shift++) {
            String subject = subject(critical().monitor("x".repeat(shift) + character.repeat(255)));

            assertThat(characters(subject)).isBetween(255 - characters(character), 255);
            assertThat(subject).matches("CRITICAL: web1 x*(" + character + ")+…");
        }
    }

    // --- names

    @ParameterizedTest
    @CsvSource({"host-critical, web1", "service-critical, Shop", "external-critical, ''", "emoji-japanese, 受付サーバー１"})
    void takes_for_the_alarm_host_the_host_else_the_service_else_nothing(String fixture, String alarmHost) {
        assertThat(text.alarmHost(new NotificationReader().read(fixture(fixture))))
                .isEqualTo(alarmHost);
    }

    @Test
    void has_names_of_one_line_without_blanks_around_them() {
        Notification notification =
                critical().host(" web\n1 ").monitor("\tCPU\u2028% ").notification();

        assertThat(text.alarmHost(notification)).isEqualTo("web 1");
        assertThat(text.monitor(notification)).isEqualTo("CPU %");
    }

    @Test
    void has_an_empty_monitor_where_there_is_none() {
        assertThat(text.monitor(critical().without("monitorName").notification()))
                .isEmpty();
    }

    // --- description

    @Test
    void shows_the_notification_as_it_came_indented_and_then_the_marker() {
        String json = "{\"event\":\"alert\",\"alert\":{\"id\":\"2bjA\",\"status\":\"critical\"},\"tags\":[\"a\",{}]}";

        assertThat(text.description(new NotificationReader().readText(json), KEY))
                .isEqualTo("""
                ```
                {
                  "event" : "alert",
                  "alert" : {
                    "id" : "2bjA",
                    "status" : "critical"
                  },
                  "tags" : [
                    "a",
                    { }
                  ]
                }
                ```

                %s""".formatted(KEY.marker()));
    }

    @ParameterizedTest
    @EnumSource
    void holds_whatever_was_sent_in_a_block_that_it_cannot_end(TextFormat format) throws JsonProcessingException {
        TestAlerts hostile = critical()
                .message("\n```\n{{macro}} @admin #1\n</pre>\n~~~")
                .host("`</pre>")
                .memo("</PRE>");

        String description = new TicketText(format).description(hostile.notification(), KEY);
        String block = description.substring(0, description.indexOf("\n\n" + KEY.marker()));
        String inside = block.substring(block.indexOf('\n'), block.lastIndexOf('\n'));

        assertThat(description).startsWith(format == TextFormat.TEXTILE ? "<pre>\n{" : "```\n{");
        assertThat(block).endsWith(format == TextFormat.TEXTILE ? "}\n</pre>" : "}\n```");
        assertThat(inside).doesNotContain("`", "<");
        assertThat(inside.lines().skip(1)).allMatch(line -> line.matches("[ {}\\[\\]].*"));
        assertThat(JSON.readTree(inside)).isEqualTo(JSON.readTree(hostile.json()));
    }

    @ParameterizedTest
    @CsvSource({
        "1.50, 1.50",
        "100, 100",
        "100.0, 100.0",
        "0.1, 0.1",
        "1e5, 1E+5",
        "1E-7, 1E-7",
        "12345678901234567890.123, 12345678901234567890.123"
    })
    void shows_numbers_as_they_were_sent(String sent, String shown) {
        String json = critical().json().replace("\"metricValue\":95.5", "\"metricValue\":" + sent);

        assertThat(text.description(new NotificationReader().readText(json), KEY))
                .contains("\"metricValue\" : " + shown + ",\n");
    }

    @Test
    void leaves_japanese_and_emoji_readable() {
        assertThat(description(critical().message("決済ログ監視 🚨 が発報 １"))).contains("\"message\" : \"決済ログ監視 🚨 が発報 １\"");
    }

    @Test
    void escapes_a_nul_because_redmine_fails_on_it() {
        assertThat(description(critical().message("a\u0000b\u001b")))
                .contains("\"a\\u0000b\\u001B\"")
                .doesNotContain("\u0000", "\u001b");
    }

    @Test
    void ends_with_the_marker_on_a_line_of_its_own() {
        assertThat(description(critical()).lines().reduce((line, last) -> last)).contains(KEY.marker());
    }
}
