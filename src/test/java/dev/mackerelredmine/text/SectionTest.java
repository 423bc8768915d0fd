package dev.mackerelredmine.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("fast")
class SectionTest {

    private static final Section SECTION = new Section("▼ by mackerel-redmine", "▲ by mackerel-redmine");
    private static final String NEW = "▼ by mackerel-redmine\n\nnew\n\n▲ by mackerel-redmine";

    @Test
    void is_all_of_a_new_page() {
        assertThat(SECTION.into("", "new\n")).isEqualTo(NEW + "\n");
    }

    @Test
    void comes_at_the_end_of_a_page_that_has_none() {
        assertThat(SECTION.into("# Minutes\n\ntext", "new")).isEqualTo("# Minutes\n\ntext\n\n" + NEW + "\n");
    }

    @Test
    void takes_the_place_of_the_last_one_and_leaves_what_people_wrote() {
        String page =
                "above\r\n\r\n▼ mackerel-redmine による記述\r\n\r\nold ▲ mackerel-redmine\r\n\r\n▲ mackerel-redmine\r\n\r\nbelow\r\n";

        assertThat(SECTION.into(page, "new")).isEqualTo("above\r\n\r\n" + NEW + "\r\n\r\nbelow\r\n");
    }

    @Test
    void written_again_changes_nothing() {
        String page = SECTION.into("above", "new");

        assertThat(SECTION.into(page, "new")).isEqualTo(page);
    }

    @ParameterizedTest
    @CsvSource({"'▼ of somebody else\n▲ of somebody else'", "'▼ by mackerel-redmine\nand no end'"})
    void what_is_no_whole_section_of_ours_stays(String page) {
        assertThat(SECTION.into(page, "new")).isEqualTo(page + "\n\n" + NEW + "\n");
    }
}
