package dev.mackerelredmine.ticket.text;

import static dev.mackerelredmine.mackerel.TestAlerts.OPENED;
import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static dev.mackerelredmine.mackerel.TestAlerts.fixture;
import static dev.mackerelredmine.mackerel.TestAlerts.ok;
import static dev.mackerelredmine.mackerel.TestAlerts.unknown;
import static dev.mackerelredmine.mackerel.TestAlerts.warning;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mackerelredmine.mackerel.Notification;
import dev.mackerelredmine.mackerel.NotificationReader;
import dev.mackerelredmine.mackerel.TestAlerts;
import dev.mackerelredmine.text.TextFormat;
import dev.mackerelredmine.ticket.AlertKey;
import dev.mackerelredmine.ticket.Change;
import dev.mackerelredmine.ticket.Remark;
import dev.mackerelredmine.ticket.TextLevel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("fast")
class TicketTextTest {

    private static final AlertKey KEY = new AlertKey("example", "2bjA");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TicketText text = TestText.of(TextFormat.COMMON_MARK);

    private String subject(TestAlerts alert) {
        return text.subject(alert.notification());
    }

    private String description(TestAlerts alert) {
        return text.description(new Description(alert.notification(), KEY, List.of(), List.of(), TextLevel.FULL, null));
    }

    private String description(Notification notification) {
        return text.description(new Description(notification, KEY, List.of(), List.of(), TextLevel.FULL, null));
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
    void says_what_a_person_has_to_know_first_and_the_notification_as_it_came_last() {
        TestAlerts alert = critical()
                .message("CPU % 95.5 > 90")
                .memo("Runbook: https://wiki.example.com/cpu\n\nThen ask #ops.")
                .withTop(
                        "host",
                        JSON.createObjectNode()
                                .put("name", "web1")
                                .put("url", "https://mackerel.io/orgs/example/hosts/3gH")
                                .put("status", "standby")
                                .put("memo", "rack 3\nleft")
                                .set(
                                        "roles",
                                        JSON.createArrayNode()
                                                .add(
                                                        JSON.createObjectNode()
                                                                .put("fullname", "Shop: web")
                                                                .put(
                                                                        "roleUrl",
                                                                        "https://mackerel.io/orgs/example/services/Shop#role=web"))
                                                .add(JSON.createObjectNode().put("fullname", "Shop: cache"))));

        assertThat(withoutNotification(description(alert))).isEqualTo("""
                | Status at first | CRITICAL |
                |---|---|
                | Monitor | CPU % (cpu.user.percentage) |
                | Value | 95.5 > 90 (critical), average of 3 min |
                | Host | [web1](https://mackerel.io/orgs/example/hosts/3gH) (standby) |
                | Roles | [Shop: web](https://mackerel.io/orgs/example/services/Shop#role=web), Shop: cache |
                | Memo of the host | rack 3<br>left |
                | Since | 2026-11-20 09:00:00 JST |
                | Alert | [Open in Mackerel](https://mackerel.io/orgs/example/alerts/2bj7ZsQ4bYh) |

                CPU % 95.5 > 90

                **Memo of the monitor**

                ```
                Runbook: https://wiki.example.com/cpu

                Then ask #ops.
                ```

                - <https://wiki.example.com/cpu>

                {{collapse(The notification as it came)
                (notification)
                }}

                mackerel-redmine:556453ffbcdecb505aa93e835d8f233a""");
    }

    @Test
    void says_it_in_japanese_and_in_textile() {
        TicketText japanese = TestText.of(TextFormat.TEXTILE, Language.JA);
        Description description = new Description(
                critical().memo("手順書を見る").notification(),
                KEY,
                List.of(
                        change(warning().message("CPU % 75 > 70")),
                        change(critical().statusChangedAt(OPENED.plusSeconds(120)))),
                List.of(Remark.of(Remark.Kind.NO_SUCH_NAME, "assignee", "鈴木")),
                TextLevel.FULL,
                "graph.png");

        assertThat(withoutNotification(japanese.description(description))).isEqualTo("""
                |_. 最も重大なステータス |_. CRITICAL |
                | 監視ルール | CPU % (cpu.user.percentage) |
                | 値 | 95.5 > 90 (critical)、3 分間の平均 |
                | ホスト | "web1":https://mackerel.io/orgs/example/hosts/id-of-web1 |
                | 発生日時 | 2026-11-20 09:00:00 JST |
                | アラート | "Mackerel で開く":https://mackerel.io/orgs/example/alerts/2bj7ZsQ4bYh |

                p. CPU % 95.5 > 90

                *監視ルールのメモ*

                <pre>
                手順書を見る
                </pre>

                !graph.png!

                p. 担当者「鈴木」は Redmine にありません。代わりに application.properties などの設定値を使いました（設定がなければ未設定）。

                |_. 日時 |_. ステータス |_. 内容 |
                | 2026-11-20 09:00:00 JST | WARNING | CPU % 75 > 70 |
                | 2026-11-20 09:02:00 JST | WARNING → CRITICAL | CPU % 95.5 > 90 |

                {{collapse(届いた通知の全文)
                (notification)
                }}

                mackerel-redmine:556453ffbcdecb505aa93e835d8f233a""");
    }

    @Test
    void leaves_out_what_is_not_known() {
        Notification bare = new NotificationReader()
                .readText("{\"event\":\"alert\",\"alert\":{\"status\":\"unknown\",\"url\":\"[alert url]\"}}");

        assertThat(withoutNotification(description(bare))).isEqualTo("""
                | Status at first | UNKNOWN |
                |---|---|

                {{collapse(The notification as it came)
                (notification)
                }}

                mackerel-redmine:556453ffbcdecb505aa93e835d8f233a""");
    }

    private static String withoutNotification(String description) {
        return description.replaceAll("(?s)(```|<pre>)\n\\{\n.*\n(```|</pre>)", "(notification)");
    }

    private static Change change(TestAlerts alert) {
        return change(alert.notification());
    }

    private static Change change(Notification notification) {
        return new Change(1, OPENED, notification);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            critical | 95.5 > 90 (critical), average of 3 min
            warning  | 95.5 > 70 (warning), average of 3 min
            unknown  | 95.5
            ok       | 95.5
            """)
    void compares_the_value_with_the_threshold_of_the_status(String status, String value) {
        assertThat(description(critical().status(status))).contains("| Value | " + value + " |\n");
    }

    @Test
    void shows_the_value_alone_where_there_is_no_threshold() {
        assertThat(description(critical().without("criticalThreshold"))).contains("| Value | 95.5 |\n");
        assertThat(description(critical().without("metricValue"))).doesNotContain("| Value |");
    }

    /** The columns are read as two doubles are sent: what a person sees of both. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            0.30000000000000004      | 0.3
            1.0E7                    | 10,000,000
            10000000.0               | 10,000,000
            1693212649               | 1,693,212,649
            1693212649.75            | 1,693,212,650
            95.50                    | 95.5
            100                      | 100
            1234.56789               | 1,234.57
            12345.6                  | 12,345.6
            999999.9                 | 1,000,000
            -1234567                 | -1,234,567
            0                        | 0
            0.0                      | 0
            0.00123456789            | 0.00123457
            0.000001                 | 0.000001
            0.00000012345678         | 1.23457E-7
            123456789012345678       | 123,456,789,012,345,678
            12345678901234567890.123 | 1.23457E+19
            """)
    void shows_a_number_as_a_person_reads_it(String sent, String shown) {
        String json = critical()
                .json()
                .replace("\"metricValue\":95.5", "\"metricValue\":" + sent)
                .replace("\"criticalThreshold\":90", "\"criticalThreshold\":" + sent);
        Notification notification = new NotificationReader().readText(json);

        assertThat(withoutNotification(description(notification)))
                .contains("| Value | " + shown + " > " + shown + " (critical), average of 3 min |\n");
    }

    private static TestAlerts ofQuery() {
        return critical().without("metricLabel").monitor("Latency");
    }

    private static TestAlerts ofSeries(String key, Object series) {
        return ofQuery().withTop(key, series);
    }

    private static Map<String, Object> latency(String route, int code) {
        return Map.of("name", "http.latency", "labels", Map.of("http.route", route, "code", code));
    }

    static Stream<TestAlerts> whereMackerelMayPutASeries() {
        Map<String, Object> series = latency("/orders", 500);
        return Stream.of(
                ofSeries("series", series),
                ofSeries("metric", series),
                ofQuery().with("series", series),
                ofSeries("series", null).with("series", series),
                ofSeries("series", series).with("series", latency("/other", 404)));
    }

    @ParameterizedTest
    @MethodSource("whereMackerelMayPutASeries")
    void tells_the_series_of_a_query_monitor_apart(TestAlerts orders) {
        assertThat(text.subject(orders.notification()))
                .isEqualTo("CRITICAL: web1 Latency (code=500, http.route=/orders)");
        assertThat(withoutNotification(description(orders)))
                .contains("| Monitor | Latency (http.latency) |\n| Labels | code=500, http.route=/orders |\n| Value |");
    }

    @Test
    void says_nothing_of_a_series_without_labels() {
        List.of("cpu", List.of(), Map.of(), Map.of("labels", "x"), Map.of("labels", Map.of()))
                .forEach(series -> {
                    TestAlerts alert = ofSeries("metric", series);

                    assertThat(text.subject(alert.notification())).isEqualTo("CRITICAL: web1 Latency");
                    assertThat(withoutNotification(description(alert))).doesNotContain("Labels");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[alert url]",
                "javascript:alert(1)",
                "ftp://mackerel.io/",
                "https://user@mackerel.io/",
                "//mackerel.io"
            })
    void links_only_to_the_web(String url) {
        assertThat(description(critical().url(url))).doesNotContain("| Alert |");
    }

    @Test
    void encodes_what_could_end_an_address() {
        assertThat(description(critical().url("https://mackerel.io/a)b c|{{d}}@e#f#g%h")))
                .contains("(https://mackerel.io/a%29b%20c%7C%7B%7Bd%7D%7D%40e#f%23g%25h)");
    }

    @Test
    void shows_the_graph_by_the_name_of_its_attachment() {
        Description description =
                new Description(critical().notification(), KEY, List.of(), List.of(), TextLevel.FULL, "graph (1).png");

        assertThat(text.description(description)).contains("\n\n![](graph%20%281%29.png)\n\n");
    }

    // --- the notification as it came

    @Test
    void shows_the_notification_indented() {
        String json = "{\"event\":\"alert\",\"alert\":{\"id\":\"2bjA\",\"status\":\"critical\"},\"tags\":[\"a\",{}]}";

        assertThat(description(new NotificationReader().readText(json))).contains("""
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
                """);
    }

    @ParameterizedTest
    @EnumSource
    void holds_whatever_was_sent_in_a_block_that_it_cannot_end(TextFormat format) throws JsonProcessingException {
        TestAlerts hostile = critical()
                .message("\n```\n{{macro}} @admin #1\n</pre>\n~~~")
                .host("`</pre>")
                .memo("</PRE>");
        String opening = format == TextFormat.TEXTILE ? "<pre>\n" : "```\n";
        String closing = format == TextFormat.TEXTILE ? "\n</pre>\n}}\n" : "\n```\n}}\n";

        String description = TestText.of(format)
                .description(new Description(hostile.notification(), KEY, List.of(), List.of(), TextLevel.FULL, null));
        String inside = description.substring(
                description.indexOf(opening, description.indexOf("{{collapse(")) + opening.length(),
                description.lastIndexOf(closing));

        assertThat(inside).doesNotContain("`", "<");
        assertThat(inside.lines()).allMatch(line -> line.matches("[ {}\\[\\]].*"));
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

        assertThat(description(new NotificationReader().readText(json))).contains("\"metricValue\" : " + shown + ",\n");
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

    /** Redmine tells by mail whom a text mentions. It looks in the text as written, and leaves out only blocks, as these expressions do. */
    @ParameterizedTest
    @EnumSource
    void mentions_nobody_wherever_it_is_said(TextFormat format) {
        Pattern block = Pattern.compile(
                format == TextFormat.TEXTILE ? "<pre>(.*?)</pre>" : "(~~~|```)(.*?)(~~~|```)", Pattern.DOTALL);
        Pattern mention = Pattern.compile(
                "(?:^|[^A-Za-z0-9_])@([A-Za-z0-9_@.-]+?)(?=\\p{Punct}[^A-Za-z0-9_/]|,|\\s|]|<|$)", Pattern.MULTILINE);

        for (String before :
                List.of("", "a ", "~~~ ", "~~~\n", "``` ", "```\n", "</pre> ", "<pre>", "(", "開発", "{{x\n", "> ")) {
            String said = before + "@dev\n@dev " + before + "@dev";
            TestAlerts alert = critical().message(said).memo(said).monitor(said).host(said);

            String written = TestText.of(format)
                    .description(
                            new Description(alert.notification(), KEY, List.of(), List.of(), TextLevel.FULL, null));
            assertThat(block.matcher(written.replace("\n", "\r\n")).replaceAll(""))
                    .as(written)
                    .doesNotContainPattern(mention);
        }
        assertThat("see @dev").containsPattern(mention);
    }

    // --- note

    private static String note(TicketText text, List<Change> changes, Remark... remarks) {
        return text.note(new Note(changes, List.of(remarks), TextLevel.FULL, null, "mackerel-redmine:note-1"));
    }

    private static TestAlerts closedByHand() {
        return critical()
                .recovered(OPENED.plusSeconds(720))
                .trigger("manual close")
                .withTop("user", Map.of("screenName", "alice"))
                .without("metricValue")
                .message("CPU %");
    }

    @Test
    void tells_one_change_in_one_line() {
        assertThat(note(text, List.of(change(warning())))).isEqualTo("""
                2026-11-20 09:00:00 JST **WARNING** CPU % 95.5 > 90

                mackerel-redmine:note-1""");
    }

    @Test
    void tells_how_an_alert_ended_and_after_how_long() {
        assertThat(note(text, List.of(change(closedByHand())), Remark.of(Remark.Kind.CLOSED)))
                .isEqualTo("""
                2026-11-20 09:12:00 JST **OK** closed by hand (by alice, after 12 min): CPU %

                All alerts of this ticket are over.

                mackerel-redmine:note-1""");
    }

    @Test
    void tells_more_changes_in_a_table() {
        List<Change> changes = List.of(
                change(warning()),
                change(critical().statusChangedAt(OPENED.plusSeconds(60))),
                change(critical().statusChangedAt(OPENED.plusSeconds(120)).message("Still")),
                change(closedByHand()));

        assertThat(note(text, changes)).isEqualTo("""
                | Time | Status | What happened |
                |---|---|---|
                | 2026-11-20 09:00:00 JST | WARNING | CPU % 95.5 > 90 |
                | 2026-11-20 09:01:00 JST | WARNING → CRITICAL | CPU % 95.5 > 90 |
                | 2026-11-20 09:02:00 JST | CRITICAL | Still |
                | 2026-11-20 09:12:00 JST | CRITICAL → OK | closed by hand (by alice, after 12 min): CPU % |

                mackerel-redmine:note-1""");
    }

    @Test
    void tells_it_in_japanese_and_in_textile() {
        TicketText japanese = TestText.of(TextFormat.TEXTILE, Language.JA);

        assertThat(note(
                        japanese,
                        List.of(change(warning()), change(closedByHand())),
                        Remark.of(Remark.Kind.REOPENED, 2)))
                .isEqualTo("""
                |_. 日時 |_. ステータス |_. 内容 |
                | 2026-11-20 09:00:00 JST | WARNING | CPU % 95.5 > 90 |
                | 2026-11-20 09:12:00 JST | WARNING → OK | 手動でクローズ（操作: alice、発生から 12 分）: CPU % |

                p. 再発しました（2 回目）。

                mackerel-redmine:note-1""");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            monitor        | recovered (after 10 min)
            monitoring     | recovered (after 10 min)
            manual         | closed by hand (after 10 min)
            delete monitor | closed because the monitor was deleted (after 10 min)
            monitorDelete  | closed because the monitor was deleted (after 10 min)
            retire host    | closed because the host was retired (after 10 min)
            hostRetire     | closed because the host was retired (after 10 min)
            delete service | closed by Mackerel: delete service (after 10 min)
            """)
    void says_what_ended_an_alert(String trigger, String said) {
        assertThat(note(text, List.of(change(ok().trigger(trigger).message(" ")))))
                .contains("**OK** " + said);
    }

    @Test
    void takes_an_end_without_a_reason_for_a_recovery_and_says_the_value_where_there_is_no_message() {
        assertThat(note(text, List.of(change(ok().without("trigger").without("message")))))
                .startsWith("2026-11-20 09:10:00 JST **OK** recovered (after 10 min): 95.5\n");
    }

    @ParameterizedTest(name = "{0} s")
    @CsvSource(delimiter = '|', textBlock = """
            0      | 0 s      | 0 秒
            59     | 59 s     | 59 秒
            60     | 1 min    | 1 分
            3599   | 59 min   | 59 分
            3600   | 1 h 0 min | 1 時間 0 分
            90000  | 1 d 1 h  | 1 日 1 時間
            """)
    void says_how_long_it_lasted_in_the_two_largest_units(long seconds, String english, String japanese) {
        List<Change> end = List.of(change(critical().recovered(OPENED.plusSeconds(seconds))));

        assertThat(note(text, end)).contains("(after " + english + ")");
        assertThat(note(TestText.of(TextFormat.COMMON_MARK, Language.JA), end)).contains("（発生から " + japanese + "）");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            host-status   | host web1: working → maintenance (by hanako<span>&#64;</span>example.com)
            host-retire   | host web1 was retired (by hanako<span>&#64;</span>example.com)
            host-register | host web2 was registered
            """)
    void tells_what_happened_to_the_host(String fixture, String said) {
        assertThat(note(text, List.of(change(new NotificationReader().read(fixture(fixture))))))
                .isEqualTo("2026-11-20 09:00:00 JST " + said + "\n\nmackerel-redmine:note-1");
    }

    /** What a step of ticket-changed.camel.yaml adds is its own sentence. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ADDED")
    void has_a_sentence_for_each_remark_in_each_language(Remark.Kind kind) {
        Remark remark = Remark.of(kind, "project", "Shop");

        assertThat(note(text, List.of(), remark)).matches("[A-Z][^{}]+\\.\n\nmackerel-redmine:note-1");
        assertThat(note(TestText.of(TextFormat.TEXTILE, Language.JA), List.of(), remark))
                .matches("p\\. [^{}]+。\n\nmackerel-redmine:note-1");
    }

    @Test
    void shows_the_graph_in_a_note() {
        assertThat(text.note(new Note(List.of(), List.of(), TextLevel.FULL, "graph.png", "mackerel-redmine:note-1")))
                .isEqualTo("![](graph.png)\n\nmackerel-redmine:note-1");
    }

    @Test
    void ends_with_the_reference_whatever_the_template_says(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("note.common_mark.ftl"), "");
        Files.writeString(folder.resolve("description.common_mark.ftl"), "Look.");
        TicketText own = TestText.of(TextFormat.COMMON_MARK, Language.EN, folder);

        assertThat(own.note(new Note(List.of(), List.of(), TextLevel.FULL, null, "reference")))
                .isEqualTo("reference");
        assertThat(own.description(
                        new Description(critical().notification(), KEY, List.of(), List.of(), TextLevel.FULL, null)))
                .isEqualTo("Look.\n\n" + KEY.marker());
    }

    @Test
    void has_a_subject_whatever_the_template_says(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("subject.ftl"), " ");

        assertThat(TestText.of(TextFormat.COMMON_MARK, Language.EN, folder)
                        .subject(critical().notification()))
                .isEqualTo("CRITICAL");
    }

    // --- tried out

    @ParameterizedTest
    @EnumSource
    void can_write_all_that_there_can_be(TextFormat format) {
        for (Language language : Language.values()) {
            assertThatCode(() -> TestText.of(format, language).tryOut()).doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"subject.ftl", "description.common_mark.ftl", "note.common_mark.ftl"})
    void finds_at_once_a_template_that_will_fail(String name, @TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve(name), "fine\n${nowhere}");

        assertThatThrownBy(() ->
                        TestText.of(TextFormat.COMMON_MARK, Language.EN, folder).tryOut())
                .hasMessage(folder.resolve(name) + ", line 2: there is no nowhere");
    }
}
