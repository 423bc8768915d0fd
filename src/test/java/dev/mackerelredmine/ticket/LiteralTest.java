package dev.mackerelredmine.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LiteralTest {

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
                "2026-11-20 09:00:00 +09:00",
                "決済：タイムアウト（30秒）。",
                "受付サーバー１ 🔥"
            })
    void leaves_alone_what_nothing_can_be_seen_in(String text) {
        assertThat(Literal.of(text, "\n")).isEqualTo(text);
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
            user:dev        ¦ user&#58;&#8288;dev
            #1              ¦ &#35;&#8288;1
            C# is           ¦ C&#35; is
            ##1             ¦ &#35;&#8288;&#35;&#8288;1
            @dev            ¦ &#64;&#8288;dev
            r12             ¦ r&#8288;12
            [[x]]           ¦ &#91;&#8288;&#91;x&#93;&#93;
            {{x}}           ¦ &#123;&#8288;&#123;x&#125;&#125;
            https://x/      ¦ https&#58;//x/
            """)
    void writes_as_a_character_reference_what_could_begin_something(String text, String literal) {
        assertThat(Literal.of(text, "\n")).isEqualTo(literal);
    }

    @Test
    void breaks_lines_as_the_format_does_and_leaves_blank_ones_out() {
        assertThat(Literal.of("a\r\n\n \u2028b\n", "<br>")).isEqualTo("a<br>b");
    }

    @Test
    void leaves_out_what_a_reader_cannot_see() {
        assertThat(Literal.of("a\u0000b\u001bc\u202Ed", "\n")).isEqualTo("a b cd");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '¦', textBlock = """
            see https://wiki.example/a?b=c#d  ¦ see [https://wiki.example/a?b=c#d]
            at (https://wiki.example/a_b).    ¦ at ([https://wiki.example/a_b]).
            <https://wiki.example/>           ¦ &lt;[https://wiki.example/]&gt;
            「https://wiki.example/」          ¦ 「[https://wiki.example/]」
            https://user:word@wiki.example/   ¦ https&#58;//user&#58;&#8288;word&#64;&#8288;wiki.example/
            https://wiki.example/{{x}}        ¦ https&#58;//wiki.example/&#123;&#8288;&#123;x&#125;&#125;
            ftp://wiki.example/               ¦ ftp&#58;//wiki.example/
            xhttps://wiki.example/            ¦ xhttps&#58;//wiki.example/
            """)
    void links_to_plain_web_addresses_where_it_may(String text, String literal) {
        assertThat(Literal.withLinks(text, "\n", "[%s]")).isEqualTo(literal);
    }

    /** A post of the largest size takes as long as so many of a tenth would: seconds, where a look ahead of each address took minutes. */
    @Test
    void takes_no_longer_for_each_address_the_more_there_are() {
        String many = "https://".repeat(131_072);

        assertThat(assertTimeoutPreemptively(Duration.ofSeconds(60), () -> Literal.withLinks(many, "\n", "[%s]")))
                .isEqualTo("https&#58;//".repeat(131_072));
    }

    /** Redmine looks for those whom it tells by mail in the text itself, in code spans too. */
    @ParameterizedTest
    @EnumSource
    void never_writes_what_redmine_takes_for_a_mention(TextFormat format) {
        assertThat(format.prose("@dev (@dev) x@dev https://wiki.example/@dev `@dev`"))
                .doesNotContain("@");
    }
}
