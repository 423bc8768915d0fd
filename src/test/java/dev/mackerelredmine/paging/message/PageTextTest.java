package dev.mackerelredmine.paging.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mackerelredmine.escalation.NotReached.Reason;
import dev.mackerelredmine.text.TextFormat;
import dev.mackerelredmine.text.Texts;
import dev.mackerelredmine.ticket.text.Sentences;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person reads on a phone. */
@Tag("fast")
class PageTextTest {

    private static final String URL = "https://redmine.example.jp/issues/42";
    private static final long OPENED = Instant.parse("2026-11-30T00:41:07Z").getEpochSecond();
    private static final Page.Ticket CPU = ticket("CRITICAL: web1 CPU %");

    private static Page.Ticket ticket(String subject) {
        return new Page.Ticket(42, URL, subject, "critical", OPENED);
    }

    private static PageText in(String language) {
        TextFormat format = TextFormat.values()[0];
        Texts texts = new Texts(Path.of("texts"), language, format.templates(), format::escape);
        return new PageText(new Sentences(texts.words(), ZoneId.of("Asia/Tokyo")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            en | page      | 2 | 0  | CRITICAL: web1 CPU %, since 11/30 09:41, escalation step 2. Please look at ticket #42: https://redmine.example.jp/issues/42
            en | page      | 1 | 12 | CRITICAL: web1 CPU %, since 11/30 09:41, escalation step 1, and 12 more. Please look at ticket #42: https://redmine.example.jp/issues/42
            en | over      | 0 | 0  | Recovered: CRITICAL: web1 CPU %, since 11/30 09:41. Ticket #42: https://redmine.example.jp/issues/42
            en | hand-over | 0 | 0  | Handed over to you: CRITICAL: web1 CPU %, since 11/30 09:41. Please look at ticket #42: https://redmine.example.jp/issues/42
            en | worse     | 0 | 0  | Worse, or one more alert, on your ticket: CRITICAL: web1 CPU %, since 11/30 09:41. Please look at ticket #42: https://redmine.example.jp/issues/42
            en | test      | 0 | 0  | This is a test page of mackerel-redmine. Nothing has happened.
            ja | page      | 2 | 0  | CRITICAL: web1 CPU %（11月30日 09:41 発生）、エスカレーション第 2 段階。Mackerel のアラートへの対応をお願いします。チケット #42: https://redmine.example.jp/issues/42
            ja | page      | 1 | 12 | CRITICAL: web1 CPU %（11月30日 09:41 発生）、エスカレーション第 1 段階、ほか 12 件。Mackerel のアラートへの対応をお願いします。チケット #42: https://redmine.example.jp/issues/42
            ja | over      | 0 | 0  | アラートが復旧しました: CRITICAL: web1 CPU %（11月30日 09:41 発生）。チケット #42: https://redmine.example.jp/issues/42
            ja | hand-over | 0 | 0  | チケットが引き継がれました。対応をお願いします: CRITICAL: web1 CPU %（11月30日 09:41 発生）。チケット #42: https://redmine.example.jp/issues/42
            ja | worse     | 0 | 0  | 対応中のチケットで、アラートの悪化または追加がありました。確認をお願いします: CRITICAL: web1 CPU %（11月30日 09:41 発生）。チケット #42: https://redmine.example.jp/issues/42
            ja | test      | 0 | 0  | mackerel-redmine からのテストです。障害は起きていません。
            """)
    void is_one_line_in_the_language_of_tickets(String language, String kind, int step, long capped, String text) {
        assertThat(in(language).of(kind, CPU, step, capped)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            en | Still firing, and no update for 4 h 0 min: CRITICAL: web1 CPU %, since 11/30 09:41. Please look at ticket #42: https://redmine.example.jp/issues/42
            ja | アラートが継続し、チケットの更新が 4 時間 0 分 ありません。確認をお願いします: CRITICAL: web1 CPU %（11月30日 09:41 発生）。チケット #42: https://redmine.example.jp/issues/42
            """)
    void asks_who_has_the_ticket(String language, String text) {
        assertThat(in(language).of("again", CPU, 0, 0, Duration.ofHours(4))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            en | Round 2 of the escalation is over. | Step 1: Hanako Yamada by slack (notified), Hanako Yamada by phone (could not be reached) | Step 2: nobody was notified (nobody is on call in the rota primary, Taro has no contact for phone) | Another round follows.
            ja | エスカレーションの 2 周目が終わりました。 | 第 1 段階: Hanako Yamada（slack）: 送信済み、Hanako Yamada（phone）: 失敗 | 第 2 段階: 誰も呼び出していません（当番表「primary」に、その時点の当番がいない、Taro に phone の連絡先がない） | このあと、最初の段階から繰り返します。
            """)
    void says_what_became_of_a_round(String language, String over, String step, String skipped, String next) {
        RoundReport report = new RoundReport(
                2,
                List.of(
                        new RoundReport.Step(
                                1,
                                List.of(
                                        new RoundReport.Sent("Hanako Yamada", "slack", "accepted"),
                                        new RoundReport.Sent("Hanako Yamada", "phone", "failed")),
                                List.of()),
                        new RoundReport.Step(
                                2,
                                List.of(),
                                List.of(
                                        new RoundReport.Why("nobody-on-call", "primary", ""),
                                        new RoundReport.Why("no-contact", "Taro", "phone")))),
                true);

        assertThat(in(language).of(report)).hasToString(String.join("\n", over, step, skipped, next));
        assertThat(in(language).of(new RoundReport(1, List.of(), false))).hasLineCount(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"accepted", "answered", "failed", "capped", "dropped", "waiting"})
    void has_a_word_for_each_outcome(String outcome) {
        RoundReport.Step step = new RoundReport.Step(1, List.of(new RoundReport.Sent("a", "b", outcome)), List.of());
        assertThat(in("ja").of(new RoundReport(1, List.of(step), false))).doesNotContain(outcome);
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void has_words_for_each_reason(Reason reason) {
        RoundReport.Step step =
                new RoundReport.Step(1, List.of(), List.of(new RoundReport.Why(reason.code(), "NAME", "phone")));
        assertThat(in("ja").of(new RoundReport(1, List.of(step), false)))
                .contains("NAME")
                .doesNotContain(reason.code());
    }

    @Test
    void says_the_severity_where_the_subject_does_not() {
        assertThat(in("en").of("page", ticket("web1 CPU %"), 0, 0)).startsWith("CRITICAL: web1 CPU %, since");
    }

    @Test
    void does_without_a_time_that_is_not_known() {
        assertThat(in("en").of("page", new Page.Ticket(42, URL, "WARNING: x", "warning", null), 0, 0))
                .isEqualTo("WARNING: x. Please look at ticket #42: " + URL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "障", "\ud83d\udd25"})
    void cuts_the_subject_and_keeps_the_link(String character) {
        String text = in("ja").of("page", ticket("CRITICAL: " + character.repeat(10_000)), 3, 120);

        assertThat(text.codePointCount(0, text.length())).isEqualTo(PageText.MOST);
        assertThat(text)
                .startsWith("CRITICAL: " + character.repeat(3))
                .endsWith("…（11月30日 09:41 発生）、エスカレーション第 3 段階、ほか 120 件。Mackerel のアラートへの対応をお願いします。チケット #42: " + URL)
                .doesNotContain("\ufffd");
    }

    @Test
    void does_without_a_link_that_leaves_no_room() {
        Page.Ticket far = new Page.Ticket(
                42, "https://redmine.example.jp/" + "x".repeat(300), "CRITICAL: web1 CPU %", "critical", OPENED);

        assertThat(in("en").of("page", far, 1, 0))
                .isEqualTo("CRITICAL: web1 CPU %, since 11/30 09:41, escalation step 1. Please look at ticket #42:");
    }

    @Test
    void is_one_line_whatever_the_subject_holds() {
        String text = in("en").of("page", ticket("CRITICAL: a\r\nb\u0000\u2028c\u202ed\t{0} $1 \\"), 1, 0);

        assertThat(text).startsWith("CRITICAL: a b cd {0} $1 \\, since");
    }
}
