package dev.mackerelredmine.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.mackerelredmine.text.MarkupEscaper.Guard;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("fast")
class MarkupEscaperTest {

    private static final MarkupEscaper COMMON_MARK = new MarkupEscaper("\n", "[%s]", Guard.SPAN);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "web1",
                "db-1.example.com",
                "CPU %",
                "CPU % 96.25 > 90",
                "custom.linux.users_now",
                "Temperature -5",
                "HTTP request failed - status is 500",
                "log - LOG CRITICAL: 1 warnings, 2 criticals for pattern /ERROR/.",
                "Disk (root) is full, 100% used",
                "avg(role(Shop:web, loadavg5))",
                "web1:8080 at 12:30:05",
                "http.route=/orders, code=500",
                "2026-11-20 09:00:00 +09:00",
                "決済：タイムアウト（30秒）。",
                "受付サーバー１ 🔥"
            })
    void leaves_alone_what_nothing_can_be_seen_in(String text) {
        assertThat(COMMON_MARK.of(text)).isEqualTo(text);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '¦', textBlock = """
            a < b           ¦ a &lt; b
            <b>             ¦ &lt;b&gt;
            a & b           ¦ a &amp; b
            *x*             ¦ &#42;x&#42;
            _x_             ¦ &#95;x&#95;
            `x`             ¦ &#96;x&#96;
            a | b           ¦ a &#124; b
            - x             ¦ &#45; x
            1. x            ¦ 1&#46; x
            h1. x           ¦ h1&#46; x
            www.example.com ¦ www&#46;example.com
            see www. and on ¦ see www&#46; and on
            ==x==           ¦ &#61;&#61;x&#61;&#61;
            C# is           ¦ C&#35; is
            https://x/      ¦ https&#58;//x/
            """)
    void writes_as_a_character_reference_what_could_begin_something(String text, String literal) {
        assertThat(COMMON_MARK.of(text)).isEqualTo(literal);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '¦', textBlock = """
            user:dev ¦ user<span>&#58;</span>dev              ¦ user&#58;dev              ¦ user<code>:</code>dev
            #1       ¦ <span>&#35;</span>1                    ¦ &#35;1                    ¦ <code>#</code>1
            ##1      ¦ <span>&#35;</span><span>&#35;</span>1  ¦ &#35;&#35;1               ¦ <code>#</code><code>#</code>1
            @dev     ¦ <span>&#64;</span>dev                  ¦ &#64;dev                  ¦ <code>@</code>dev
            user@dev ¦ user<span>&#64;</span>dev              ¦ user&#64;dev              ¦ user<code>@</code>dev
            ops@db-3 ¦ ops<span>&#64;</span>db-3              ¦ ops&#64;db-3              ¦ ops&#64;db-3
            r12      ¦ <span>r</span>12                       ¦ &#114;12                  ¦ <code>r</code>12
            [[x]]    ¦ <span>&#91;</span>&#91;x&#93;&#93;     ¦ &#91;&#91;x&#93;&#93;      ¦ <code>[</code>&#91;x&#93;&#93;
            {{x}}    ¦ <span>&#123;</span>&#123;x&#125;&#125; ¦ &#123;&#123;x&#125;&#125; ¦ <code>{</code>&#123;x&#125;&#125;
            """)
    void holds_apart_what_redmine_would_link_after_it_has_formatted(
            String text, String commonMark, String markdown, String textile) {
        assertThat(TextFormat.COMMON_MARK.escape(text)).isEqualTo(commonMark);
        assertThat(TextFormat.MARKDOWN.escape(text)).isEqualTo(markdown);
        assertThat(TextFormat.TEXTILE.escape(text)).isEqualTo(textile);
    }

    /** A command that is copied with one of these in it fails, and nobody sees why. */
    @ParameterizedTest
    @EnumSource
    void adds_no_character_that_is_not_seen(TextFormat format) {
        String text = "ssh ops@db-03 #1 @dev user:dev r12 [[x]] {{x}}";

        assertThat(format.escape(text) + format.block(text))
                .doesNotContainPattern(
                        "[\\u00AD\\u200B-\\u200F\\u2060-\\u2064\\uFEFF]|&#(8203|8204|8205|8288|65279);|&[A-Za-z]*sp;");
    }

    @Test
    void breaks_lines_as_the_format_does_and_leaves_blank_ones_out() {
        assertThat(new MarkupEscaper("<br>", "[%s]", Guard.SPAN).of("a\r\n\n \u2028b\n"))
                .isEqualTo("a<br>b");
    }

    @Test
    void leaves_out_what_a_reader_cannot_see() {
        assertThat(COMMON_MARK.of("a\u0000b\u001bc\u202Ed")).isEqualTo("a b cd");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '¦', textBlock = """
            see https://wiki.example/a?b=c#d  ¦ see [https://wiki.example/a?b=c#d]
            at (https://wiki.example/a_b).    ¦ at ([https://wiki.example/a_b]).
            <https://wiki.example/>           ¦ &lt;[https://wiki.example/]&gt;
            「https://wiki.example/」          ¦ 「[https://wiki.example/]」
            https://user:word@wiki.example/   ¦ https&#58;//user<span>&#58;</span>word<span>&#64;</span>wiki.example/
            https://wiki.example/{{x}}        ¦ https&#58;//wiki.example/<span>&#123;</span>&#123;x&#125;&#125;
            ftp://wiki.example/               ¦ ftp&#58;//wiki.example/
            xhttps://wiki.example/            ¦ xhttps&#58;//wiki.example/
            """)
    void links_to_plain_web_addresses_where_it_may(String text, String literal) {
        assertThat(COMMON_MARK.withLinks(text)).isEqualTo(literal);
    }

    /** A post of the largest size takes as long as so many of a tenth would: seconds, where a look ahead of each address took minutes. */
    @Test
    void takes_no_longer_for_each_address_the_more_there_are() {
        String many = "https://".repeat(131_072);

        assertThat(assertTimeoutPreemptively(Duration.ofSeconds(60), () -> COMMON_MARK.withLinks(many)))
                .isEqualTo("https&#58;//".repeat(131_072));
    }

    /** Redmine looks for those whom it tells by mail in the text itself, in code spans too. */
    @ParameterizedTest
    @EnumSource
    void never_writes_what_redmine_takes_for_a_mention(TextFormat format) {
        String text = "@dev (@dev) x@dev https://wiki.example/@dev `@dev` 開発@dev";

        assertThat(format.prose(text)).doesNotContainPattern("@(?!</code>)");
        assertThat(format.block("```\n" + text + "\n{{x\n</pre>")).doesNotContainPattern("@(?!</code>)");
    }
}
