package dev.mackerelredmine.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

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
}
