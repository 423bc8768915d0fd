package dev.mackerelredmine.ticket.text;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.mackerelredmine.mackerel.AlertStatus;
import dev.mackerelredmine.mackerel.Notification;
import dev.mackerelredmine.redmine.RealRedmine;
import dev.mackerelredmine.redmine.RedminePages;
import dev.mackerelredmine.text.TextFormat;
import dev.mackerelredmine.ticket.AlertKey;
import dev.mackerelredmine.ticket.Change;
import dev.mackerelredmine.ticket.IncidentList;
import dev.mackerelredmine.ticket.IncidentMember;
import dev.mackerelredmine.ticket.Remark;
import dev.mackerelredmine.ticket.TextLevel;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What Redmine makes of our texts: whatever a notification says, the page has the same shape, and reads as it was said. */
@Tag("service")
final class RenderedTextTest {

    private static final Pattern TAG = Pattern.compile("<[^>]*>");
    /** A link to just what it says. */
    private static final Pattern SHOWN_ADDRESS =
            Pattern.compile("<a (?:class=\"external\" )?href=\"([^\"]*)\"(?: class=\"external\")?>\\1</a>");

    /** Ours, around a character with which something could begin. */
    private static final Pattern GUARD = Pattern.compile("<(span|code)>(&lt;|&gt;|&amp;|&quot;|.)</\\1>");

    private static final Pattern MEMO =
            Pattern.compile("<strong>Memo of the monitor</strong></p>(.*?)<p><img", Pattern.DOTALL);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AlertKey KEY = new AlertKey("example", "2bjA");
    private static final int FIELDS = 10;
    private static final Map<String, String> SHAPES = new HashMap<>();

    private static RealRedmine redmine;
    private static RedminePages pages;
    private static TextFormat shown;

    @BeforeAll
    static void open() throws IOException {
        redmine = RealRedmine.find();
        pages = new RedminePages(redmine);
    }

    @AfterAll
    static void close() {
        if (pages != null) {
            pages.close();
        }
    }

    /** Those that this Redmine has. */
    static Stream<TextFormat> formats() {
        return Arrays.stream(TextFormat.values()).filter(it -> pages.formats().contains(it.toString()));
    }

    @Test
    void redmine_has_the_older_markdown_until_6_0() {
        assertThat(pages.formats())
                .contains("common_mark", "textile")
                .hasSize(redmine.version().isSince("6.0") ? 2 : 3);
    }

    static Stream<Arguments> hostile_in_each_format() {
        return formats().flatMap(format -> HostileTexts.all().stream().map(text -> Arguments.of(format, text)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("hostile_in_each_format")
    void takes_nothing_in_a_notification_for_anything_but_text(TextFormat format, String hostile) {
        String said = hostile.replace("ISSUE", Integer.toString(pages.issue()));

        for (String harmful : List.of(said, "x " + said + " x", "x\n" + said + "\ny")) {
            String page = page(format, harmful);

            String memo = SHOWN_ADDRESS.matcher(memo(page)).replaceAll("$1");
            assertThat(TAG.matcher(memo).results().map(MatchResult::group))
                    .as(memo)
                    .allMatch(
                            tag -> tag.matches(
                                    "</?(pre|code|p|br|blockquote|ul|li|span)( */)?>|</?div>|<div class=\"pre-wrapper\"[^>]*>"));
            assertThat(shape(MEMO.matcher(page).replaceFirst("")))
                    .as(page)
                    .isEqualTo(harmless(format, harmful.contains("\n") ? "x\ny\ny" : "x"));
            assertThat(text(page).split(Pattern.quote(seen(harmful)), -1))
                    .as(text(page))
                    .hasSizeGreaterThan(FIELDS);
        }
    }

    /** What a person copies: commands, addresses, and what Redmine would act on. In a memo each blank counts, but only CommonMark leaves tabs. */
    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("copied_in_each_format")
    void shows_character_for_character_what_was_said(TextFormat format, String said) {
        String page = page(format, said);

        assertThat(text(page).split(Pattern.quote(said), -1)).as(text(page)).hasSizeGreaterThan(FIELDS);
        assertThat(page).doesNotContainPattern("[\\u00AD\\u200B-\\u200F\\u2060-\\u2064\\uFEFF]");
        String lines = "  if true\n\tthen " + said + "\n\n  fi";
        String memo = memo(page(format, lines)).replaceAll("(?s)^.*<pre>(<code[^>]*>)?\n?|\n*(</code>)?</pre>.*$", "");
        assertThat(unescaped(TAG.matcher(memo).replaceAll("")))
                .isEqualTo(format == TextFormat.COMMON_MARK ? lines : lines.replace("\t", "    "));
    }

    static Stream<Arguments> copied_in_each_format() {
        List<String> said = List.of(
                "ssh ops@db-03 'systemctl restart mysqld@main'",
                "mail oncall@example.jp, a.b+c@mail.example.com",
                "git checkout r12 && make -j4 > /tmp/log 2>&1 <in",
                "curl -H \"X-Key: a\" 'http://localhost/?a=1&copy=2' | jq '.[] | {a: .b}'",
                "docker run user:dev repo@sha256:0123 #1 @dev [[Runbook]] version:1.0",
                "rsync -av --delete *.log __init__.py ~/x ~~y~~ $HOME/{a,b}",
                "sed -i 's/\\\\(a\\\\)*/<b>/g' file.txt | awk '{print $1}'",
                "`date` && echo \"$(hostname)\" # {{ .Values.name }}",
                "echo 'a b'; psql -c 'select 1' -- x",
                "kubectl exec web-1 -- sh -c 'kill -HUP 1' (attachment:x source:y)");
        return formats().flatMap(format -> said.stream().map(text -> Arguments.of(format, text)));
    }

    /** What stands between the memo's heading and the graph. */
    private static String memo(String page) {
        Matcher memo = MEMO.matcher(page);
        assertThat(memo.find()).as(page).isTrue();
        return memo.group(1);
    }

    /** Without this, the test above would be content with a Redmine that takes nothing for anything. */
    @ParameterizedTest
    @MethodSource("formats")
    void redmine_acts_on_what_is_not_escaped(TextFormat format) {
        show(format);

        String page = pages.show(
                "x #%d @dev user:dev project:alert version:1.0 [[Runbook]] {{macro_list}}".formatted(pages.issue()));

        assertThat(page)
                .contains("/issues/" + pages.issue() + "\"", "user-mention", "/projects/alert\"", "/versions/")
                .contains("/wiki/Runbook\"", "hello_world");
    }

    @ParameterizedTest
    @MethodSource("formats")
    void shows_the_links_that_are_ours_and_the_notification_folded(TextFormat format) {
        show(format);
        Notification notification =
                critical().memo("See https://wiki.example.com/a_b?c=d#e.").notification();

        String page = pages.show(TestText.of(format)
                .description(new Description(notification, KEY, List.of(), List.of(), TextLevel.FULL, "graph.png")));

        assertThat(page)
                .containsPattern(link("https://mackerel.io/orgs/example/alerts/2bj7ZsQ4bYh", "Open in Mackerel"))
                .containsPattern(link("https://mackerel.io/orgs/example/hosts/id-of-web1", "web1"))
                .containsPattern(link("https://wiki.example.com/a_b?c=d#e", "https://wiki.example.com/a_b?c=d#e"))
                .contains("<img src=\"graph.png\"")
                .containsPattern("(?s)<div id=\"collapse-\\w+\" class=\"collapsed-text\" style=\"display:none;\">"
                        + (redmine.version().isSince("7.0") ? "<div class=\"pre-wrapper\"[^>]*>" : "")
                        + "<pre>.*</pre></div>")
                .endsWith("<p>" + KEY.marker() + "</p>");
    }

    /** The formats put the class on either side. */
    private static String link(String url, String text) {
        return "<a (class=\"external\" )?href=\"" + Pattern.quote(url) + "\"( class=\"external\")?>"
                + Pattern.quote(text) + "</a>";
    }

    private static String harmless(TextFormat format, String said) {
        return SHAPES.computeIfAbsent(
                format + said, unknown -> shape(MEMO.matcher(page(format, said)).replaceFirst("")));
    }

    private static String page(TextFormat format, String said) {
        show(format);
        TicketText text = TestText.of(format);
        Notification notification = everywhere(said);
        Change first = new Change(1, Instant.EPOCH, critical().message(said).notification());
        Change second = new Change(2, Instant.EPOCH, notification);
        Remark remark = Remark.of(Remark.Kind.NO_SUCH_NAME, "project", said);
        String description = text.description(
                new Description(notification, KEY, List.of(first, second), List.of(), TextLevel.FULL, "graph 1.png"));
        String table =
                text.note(new Note(List.of(first, second), List.of(remark), TextLevel.FULL, null, "reference-1"));
        String line = text.note(new Note(List.of(second), List.of(), TextLevel.FULL, null, "reference-2"));
        String incident = text.incidentDescription(incident(notification, said), "reference-3");
        return pages.show(description) + pages.show(table + "\n\n" + line) + pages.show(incident);
    }

    /** With a line, and with an alert that has a ticket. */
    private static IncidentList incident(Notification notification, String said) {
        List<IncidentMember> members = Stream.of(null, (long) pages.issue())
                .map(issue -> new IncidentMember(
                        new AlertKey("example", said), AlertStatus.OK, Instant.EPOCH, issue, notification))
                .toList();
        return new IncidentList(Instant.EPOCH, members.size(), 0, members, 0, Instant.EPOCH);
    }

    private static void show(TextFormat format) {
        if (shown != format) {
            pages.format(format.toString());
            shown = format;
        }
    }

    private static Notification everywhere(String said) {
        ArrayNode roles = JSON.createArrayNode();
        roles.addObject()
                .put("fullname", said)
                .put("roleUrl", "https://mackerel.io/orgs/example/services/S#role=" + said);
        return critical()
                .host("web1")
                .withTop(
                        "host",
                        Map.of(
                                "id",
                                "1",
                                "name",
                                said,
                                "memo",
                                said,
                                "status",
                                said,
                                "roles",
                                roles,
                                "url",
                                "https://mackerel.io/hosts/1?" + said))
                .withTop("service", Map.of("name", said))
                .withTop("user", Map.of("screenName", said))
                .message(said)
                .memo(said)
                .monitor(said)
                .metricLabel(said)
                .with("monitorOperator", said)
                .status("ok")
                .trigger(said)
                .url(said)
                .notification();
    }

    /** All of the page's tags, without those that break lines, numbers that are thrown and addresses. */
    private static String shape(String page) {
        return TAG.matcher(SHOWN_ADDRESS
                        .matcher(GUARD.matcher(page).replaceAll("$2"))
                        .replaceAll("$1"))
                .results()
                .map(MatchResult::group)
                .filter(tag -> !tag.startsWith("<br"))
                .map(tag -> tag.replaceAll("collapse-[0-9a-f]+", "collapse")
                        .replaceAll("href=\"https://mackerel\\.io/[A-Za-z0-9._~%?&=+#;:/-]*\"", "href"))
                .reduce("", (all, tag) -> all + "\n" + tag);
    }

    /** What a reader sees, white space folded. Elements within a line leave nothing in what is copied. */
    private static String text(String page) {
        String words = page.replaceAll("(?s)<div id=\"collapse.*?</pre>", "")
                .replaceAll("</?(span|code|a|strong)\\b[^>]*>", "");
        return seen(unescaped(TAG.matcher(words).replaceAll(" ")));
    }

    private static String unescaped(String html) {
        String text = html.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
        return Pattern.compile("&#(\\d+);")
                .matcher(text)
                .replaceAll(code -> Matcher.quoteReplacement(Character.toString(Integer.parseInt(code.group(1)))))
                .replace("&amp;", "&");
    }

    private static String seen(String text) {
        return text.replaceAll("\\s+", " ");
    }
}
