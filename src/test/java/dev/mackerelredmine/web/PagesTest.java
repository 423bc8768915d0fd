package dev.mackerelredmine.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mackerelredmine.explain.Explanation.NewTicket;
import dev.mackerelredmine.figures.Filter;
import dev.mackerelredmine.figures.Opening;
import dev.mackerelredmine.figures.Period;
import dev.mackerelredmine.figures.SentPage;
import dev.mackerelredmine.figures.Subject;
import dev.mackerelredmine.figures.Suggestion;
import dev.mackerelredmine.figures.Trends;
import dev.mackerelredmine.figures.TrendsTally;
import dev.mackerelredmine.operate.CurrentPause;
import dev.mackerelredmine.operate.ParkedAlert;
import dev.mackerelredmine.redmine.NewIssue;
import dev.mackerelredmine.report.TestReports;
import dev.mackerelredmine.ticket.policy.Policy;
import dev.mackerelredmine.ticket.text.HostileTexts;
import dev.mackerelredmine.trends.RankedProblem;
import dev.mackerelredmine.trends.TestLists;
import dev.mackerelredmine.trends.TrendsAnswer;
import dev.mackerelredmine.trends.TrendsView;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages say, and that nothing in what they show comes alive. */
@Tag("fast")
final class PagesTest {

    static final Instant NOW = Instant.parse("2026-11-20T00:30:00Z");
    private static final Pattern TAG = Pattern.compile("<[^>]*>");
    private static final Pattern TEXT_IN_QUOTES = Pattern.compile("=\"[^\"]*\"");

    private final Pages pages = new Pages(List.of("/", "/try"), false);

    static Visitor visitor(Words words, boolean mayAct) {
        return new Visitor(words, ZoneId.of("Asia/Tokyo"), NOW, "operator", mayAct);
    }

    /** With this text wherever there is a text that comes from outside. */
    static Standing standing(String text) {
        Standing.EscalationView escalation = new Standing.EscalationView(text, "runs", 1, 2, NOW.plusSeconds(60), null);
        Standing.EscalationView stopped = new Standing.EscalationView(text, "stopped", 1, 2, null, text);
        return new Standing(
                new Standing.State("bad", "redmine-away", NOW.minusSeconds(600), text, 3L),
                1,
                List.of(
                        ticket(text, text, null, escalation),
                        ticket(text, null, text, stopped),
                        ticket(text, null, null, null)),
                5,
                new Standing.Deliveries(
                        4,
                        2,
                        NOW.minusSeconds(60),
                        3,
                        List.of(new Standing.WaitingView(
                                text,
                                text,
                                "critical",
                                "ok",
                                text,
                                2,
                                NOW.minusSeconds(60),
                                NOW.plusSeconds(9),
                                false,
                                3,
                                text)),
                        List.of(parked(text)),
                        new CurrentPause(NOW, text)),
                null,
                NOW,
                List.of(new Standing.HourView(NOW.minusSeconds(3600), 0), new Standing.HourView(NOW, 7)),
                new Standing.Redmine(
                        "no", NOW.minusSeconds(700), 12, 1, Duration.ofMillis(214), Duration.ofMillis(800), 5, 300L),
                NOW.minusSeconds(5),
                new Standing.Mackerel(2, "suspended"));
    }

    static Standing.TicketView ticket(String text, String person, String givenTo, Standing.EscalationView escalation) {
        return new Standing.TicketView(
                42,
                "https://redmine.example/issues/42",
                text,
                text,
                text,
                "critical",
                "critical",
                NOW.minusSeconds(7500),
                person,
                person == null ? null : "assignee",
                person == null ? null : NOW.minusSeconds(120),
                givenTo,
                person == null,
                person == null ? NOW.minusSeconds(300) : null,
                escalation,
                new Standing.IncidentView(text, 41L, 5, person == null));
    }

    static ParkedAlert parked(String text) {
        return new ParkedAlert(text, text, 42L, text, text, NOW.minusSeconds(60), true, 1, NOW.plusSeconds(60));
    }

    private static AlertView alert(String text) {
        return alert(
                text,
                new AlertView.Ticket(null, null, false, false, new AlertView.NoTicket("parked", text)),
                new AlertView.People(null, null, null, text, text, NOW, NOW, true),
                new AlertView.Delivery(true, text, NOW, text, 3, NOW, false, null));
    }

    static AlertView alert(String text, AlertView.Ticket ticket, AlertView.People people, AlertView.Delivery delivery) {
        return new AlertView(
                text,
                text,
                text,
                text,
                text,
                "critical",
                "warning",
                NOW,
                "https://mackerel.example/alerts/1",
                ticket,
                people,
                delivery,
                new AlertView.Incident(
                        "incident",
                        text,
                        41L,
                        "https://redmine.example/issues/41",
                        2,
                        1,
                        List.of(new AlertView.Member(text, text, text, "critical", "ok", null, null))),
                List.of(
                        new AlertView.Entry(
                                NOW, "event", text, "critical", text, NOW, true, "\"" + text, null, null, null, null),
                        new AlertView.Entry(NOW, "step", null, null, null, null, false, null, text, 42L, text, text)),
                List.of(new AlertView.Escalation(
                        text,
                        NOW,
                        NOW,
                        "ended",
                        text,
                        text,
                        1,
                        1,
                        null,
                        List.of(new AlertView.EscalationStep(NOW, 1, 1, text)),
                        List.of(new AlertView.Sent(NOW, text, text, text, "failed", text)))),
                List.of(new AlertView.Request(NOW, "GET", text, "200", Duration.ofMillis(9))));
    }

    private Stream<String> all(String text) {
        Visitor visitor = visitor(Words.EN, true);
        Asked some = new Asked(List.of(text), null, text);
        Asked all = new Asked(List.of(), new Asked.Match(null, null, text), text);
        return Stream.of(
                pages.make("index.ftlh", "/", visitor, Map.of("standing", standing(text))),
                pages.make("alert.ftlh", "/alerts/", visitor, Map.of("meant", text, "alerts", List.of())),
                pages.make(
                        "alert.ftlh",
                        "/alerts/",
                        visitor,
                        Map.of("meant", text, "alerts", List.of(alert(text), alert(text)))),
                pages.make(
                        "alert.ftlh",
                        "/alerts/",
                        visitor,
                        Map.of("meant", text, "alerts", List.of(alert(text)), "next", text)),
                pages.make(
                        "try.ftlh",
                        "/try",
                        visitor,
                        Map.of(
                                "notification",
                                text,
                                "unreadable",
                                text,
                                "explanation",
                                text,
                                "ticket",
                                new NewTicket(filled(NewIssue.class, text), filled(Policy.class, text)))),
                pages.make(
                        "act.ftlh",
                        "/act",
                        visitor,
                        Map.of("kind", "drop", "asked", some, "alerts", List.of(parked(text)), "refused", text)),
                pages.make(
                        "act.ftlh",
                        "/act",
                        visitor,
                        Map.of("kind", "retry", "asked", all, "alerts", List.of(parked(text)))),
                pages.make("trends.ftlh", "/trends", visitor, Map.of("view", trends(text, visitor))),
                pages.make("alerts.ftlh", "/trends/alerts", visitor, Map.of("view", TestLists.of(text, visitor))),
                pages.make(
                        "report.ftlh",
                        "/report",
                        visitor,
                        Map.of(
                                "view",
                                TestReports.of(text, trends(text, visitor).answer(), visitor.zone()))));
    }

    private static TrendsView trends(String text, Visitor visitor) {
        TrendsTally tally = new TrendsTally(Period.ofDays(28, LocalDate.of(2026, 11, 20), visitor.zone()), NOW);
        tally.add(new Opening(1, 1, NOW.toEpochMilli(), 3, Opening.NEVER, false, Opening.NEVER, Opening.NEVER, text));
        tally.add(new SentPage(1, 3, NOW.toEpochMilli(), text));
        Trends trends = tally.trends();
        RankedProblem problem = new RankedProblem(
                new Subject(1, text, text, text + text, text, List.of(text), List.of(text)),
                trends.mostFrequent().get(0),
                Suggestion.of(trends.mostFrequent().get(0), List.of()));
        Filter filter = new Filter(text, text, text, text, 3);
        return new TrendsView(new TrendsAnswer(filter, trends, List.of(problem), List.of(problem)), visitor, false);
    }

    /** A record with this text in each component that holds one. */
    private static <T> T filled(Class<T> type, String text) {
        try {
            RecordComponent[] parts = type.getRecordComponents();
            Object[] values =
                    Arrays.stream(parts).map(part -> value(part, text)).toArray();
            Constructor<T> made = type.getDeclaredConstructor(
                    Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new));
            return made.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object value(RecordComponent part, String text) {
        if (part.getType() == String.class) {
            return text;
        }
        if (part.getGenericType().getTypeName().equals("java.util.List<java.lang.String>")) {
            return List.of(text);
        }
        if (part.getType() == List.class) {
            return List.of();
        }
        if (part.getType() == Map.class) {
            return Map.of();
        }
        return part.getType() == boolean.class ? Boolean.FALSE : null;
    }

    /** The elements with the names of their attributes. */
    private static List<String> elements(String page) {
        return TAG.matcher(TEXT_IN_QUOTES.matcher(page).replaceAll("="))
                .results()
                .map(MatchResult::group)
                .toList();
    }

    static Stream<String> hostile() {
        return Stream.concat(
                HostileTexts.all().stream(),
                Stream.of(
                        "\"><script>alert(1)</script>", "' onmouseover=alert(1) x='", "</textarea><b>", "${7*7}#{7}"));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void what_was_posted_adds_no_element_and_no_attribute_to_any_page(String text) {
        List<List<String>> harmless = all("text").map(PagesTest::elements).toList();

        assertThat(all(text).map(PagesTest::elements).toList()).isEqualTo(harmless);
    }

    @Test
    void a_page_has_neither_script_nor_style_of_its_own() {
        assertThat(all("text"))
                .allSatisfy(page -> assertThat(page)
                        .doesNotContain(" style=", "<style", "javascript:")
                        .doesNotContainPattern("<script(?! src=\"/page.js\" defer>)")
                        .doesNotContainPattern(" on\\w+="));
    }

    @Test
    void says_who_is_on_it_and_what_is_unanswered() {
        String page = pages.make("overview.ftlh", "/", visitor(Words.EN, true), Map.of("standing", standing("Hanako")));

        assertThat(page)
                .contains("Redmine is away; 3 events wait")
                .contains("Hanako <span class=\"quiet\">(took it, ")
                .contains("nobody: given to Hanako, who has not answered")
                .contains("unanswered, due 5 min ago")
                .contains("2 h 5 min")
                .contains("stopped by Hanako")
                .contains("0.214 s / 0.800 s")
                .contains("and 2 more");
    }

    @Test
    void says_that_there_is_nothing_to_compare_with() {
        Visitor visitor = visitor(Words.EN, true);
        String page = pages.make("trends.ftlh", "/trends", visitor, Map.of("view", trends("text", visitor)));

        assertThat(page).contains("Nothing is known of 2026-09-26 to 2026-10-23");
    }

    @Test
    void charts_have_numbers_for_who_sees_them_and_for_who_hears_them() {
        Visitor visitor = visitor(Words.EN, true);
        String overview = pages.make("overview.ftlh", "/", visitor, Map.of("standing", standing("text")));
        String trends = pages.make("trends.ftlh", "/trends", visitor, Map.of("view", trends("text", visitor)));

        assertThat(overview)
                .contains("<span>7</span><span>0</span>")
                .contains("aria-label=\"Events received in each hour of the last 24 hours: from 0 to 7\"");
        assertThat(trends)
                .contains("aria-label=\"Alerts by day and severity: from 0 to 1\"")
                .contains("<span>2026-10-24</span><span>2026-11-20</span>")
                .contains("aria-label=\"Alerts by hour and weekday: from 0 to 1\"")
                .contains("<span>Mon</span>", "<span>18:00</span>")
                .contains("0–1</span>");
    }

    /** As the docs have them, and the templates. */
    @Test
    void japanese_has_one_kind_of_brackets_and_no_space_before_a_verb() {
        assertThat(words("ja").values())
                .allSatisfy(word ->
                        assertThat(word.toString()).doesNotContain("（", "）").doesNotContainPattern("\\{0} 超過"));
    }

    @Test
    void says_what_to_fix_first_where_there_is_something() {
        Visitor visitor = visitor(Words.EN, true);
        TrendsView view = trends("text", visitor);

        assertThat(pages.make("trends.ftlh", "/trends", visitor, Map.of("view", view)))
                .contains("<strong>Fix first:</strong>");
        TrendsAnswer nothing = new TrendsAnswer(
                view.answer().filter(),
                view.answer().trends(),
                List.of(),
                view.answer().mostFrequent());
        assertThat(pages.make(
                        "trends.ftlh", "/trends", visitor, Map.of("view", new TrendsView(nothing, visitor, false))))
                .doesNotContain("Fix first:", "too few to say")
                .contains("There is nothing to suggest");
    }

    @Test
    void offers_nothing_to_do_to_who_may_only_read() {
        String page = pages.make("index.ftlh", "/", visitor(Words.EN, false), Map.of("standing", standing("text")));

        assertThat(page)
                .doesNotContain("<button", "type=\"checkbox\"")
                .contains("You are operator, who may only read.");
    }

    @Test
    void says_the_time_as_the_service_has_it_and_names_the_zone() {
        String page = pages.make("index.ftlh", "/", visitor(Words.JA, true), Map.of("standing", standing("text")));

        assertThat(page)
                .contains("<html lang=\"ja\">")
                .contains("Asia/Tokyo (+09:00)")
                .contains("<time datetime=\"2026-11-20T00:20:00Z\">2026-11-20 09:20:00</time>");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ja | ja",
                "ja-JP,ja;q=0.9,en;q=0.8 | ja",
                "en-US,en;q=0.9,ja;q=0.8 | en",
                "fr,ja;q=0.5 | ja",
                "ja;q=0 | en",
                "fr | en",
                "*;q= | en",
                " | en"
            })
    void speaks_as_the_browser_asks(String asked, String language) {
        assertThat(Words.asked(asked).language()).isEqualTo(language);
    }

    @Test
    void has_each_word_in_both_languages() {
        assertThat(words("ja").stringPropertyNames())
                .isEqualTo(words("en").stringPropertyNames())
                .isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource(Words.class)
    void fills_in_what_a_sentence_has_a_place_for(Words words) {
        assertThat(words.say("ago", "{1}")).contains("{1}");
        assertThat(words.say("act.retry.what", 1)).contains("1").doesNotContain("{");
    }

    private static Properties words(String language) {
        Properties words = new Properties();
        try (var file = PagesTest.class.getResourceAsStream("/web/" + language + ".properties")) {
            words.load(new StringReader(new String(file.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return words;
    }
}
