package dev.mackerelredmine.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("fast")
class TextFormatTest {

    @ParameterizedTest
    @CsvSource({"common_mark, COMMON_MARK", "markdown, MARKDOWN", "textile, TEXTILE"})
    void is_known_by_its_word_in_settings(String word, TextFormat format) {
        assertThat(TextFormat.of(word)).contains(format);
        assertThat(format).hasToString(word);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "COMMON_MARK", "common-mark", "none"})
    void is_not_known_by_another(String word) {
        assertThat(TextFormat.of(word)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            COMMON_MARK | "```\n{}\n```"
            MARKDOWN    | "```\n{}\n```"
            TEXTILE     | "<pre>\n{}\n</pre>"
            """)
    void shows_json_in_a_block_of_its_own(TextFormat format, String block) {
        assertThat(format.verbatim("{}")).isEqualTo(block);
    }

    @ParameterizedTest
    @EnumSource
    void lets_no_text_end_the_block_and_keeps_its_meaning(TextFormat format) throws JsonProcessingException {
        ObjectMapper json = new ObjectMapper();
        String text = "``` ~~~ </pre> <pre> </PRE > <!-- ```";

        String block = format.verbatim(json.writeValueAsString(text));
        String inside = block.substring(block.indexOf('\n') + 1, block.lastIndexOf('\n'));

        assertThat(inside).doesNotContain("`", "<");
        assertThat(json.readValue(inside, String.class)).isEqualTo(text);
    }

    @ParameterizedTest
    @EnumSource
    void shows_lines_in_a_block_indented_as_they_were(TextFormat format) {
        String block = format.block("\n \n  cat <<EOF | ssh ops@db-03\r\n\tx && {{y}}\n\u202EEOF\u0000 \n\n");

        assertThat(block.substring(block.indexOf('\n') + 1, block.lastIndexOf('\n')))
                .isEqualTo("  cat <<EOF | ssh ops@db-03\n\tx && {{y}}\nEOF");
    }

    /** Nothing else in a text can end it, or have Redmine end it where it looks for macros or for mentions. */
    @ParameterizedTest
    @CsvSource(delimiter = '¦', textBlock = """
            COMMON_MARK ¦ a ``` @b          ¦ "<pre>\na &#96;&#96;&#96; &#64;b\n</pre>"
            COMMON_MARK ¦ </pre>~~~         ¦ "<pre>\n&#60;/pre&#62;&#126;&#126;&#126;\n</pre>"
            COMMON_MARK ¦ {{collapse(x)     ¦ "<pre>\n&#123;&#123;collapse(x)\n</pre>"
            MARKDOWN    ¦ ```               ¦ "> &#96;&#96;&#96;"
            MARKDOWN    ¦ {{collapse        ¦ "> &#123;&#123;collapse"
            TEXTILE     ¦ </PRE>            ¦ "> &lt;/PRE&gt;"
            TEXTILE     ¦ <code>            ¦ "> &lt;code&gt;"
            TEXTILE     ¦ <!-- x            ¦ "> &lt;&#33;&#45;&#45; x"
            TEXTILE     ¦ {{collapse(x)     ¦ "> <code>{</code>&#123;collapse(x)"
            """, quoteCharacter = '"')
    void writes_what_could_end_a_block_in_another_way(TextFormat format, String text, String block) {
        assertThat(format.block(text)).isEqualTo(block);
    }

    /** Redmine takes three tildes for a fence's end where it looks for those whom it tells by mail. */
    @ParameterizedTest
    @EnumSource
    void holds_no_three_tildes_in_a_block_of_json(TextFormat format) throws JsonProcessingException {
        String block = format.verbatim("\"~/x ~~~~~ @dev\"");

        assertThat(block).doesNotContain("~~~").contains("~/x");
        assertThat(new ObjectMapper().readValue(block.replaceAll("```|</?pre>", ""), String.class))
                .isEqualTo("~/x ~~~~~ @dev");
    }

    @ParameterizedTest
    @CsvSource({"COMMON_MARK, <%s>", "MARKDOWN, <%s>", "TEXTILE, %s"})
    void links_once_to_each_web_address_of_a_text(TextFormat format, String link) {
        String text = "See https://wiki.example/a and https://wiki.example/b, then\nhttps://wiki.example/a ftp://x/";

        assertThat(format.links(text))
                .extracting(Markup::text)
                .containsExactly(link.formatted("https://wiki.example/a"), link.formatted("https://wiki.example/b"));
    }
}
