package dev.mackerelredmine.writeback;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class MemoSectionTest {

    private static final String[] PIECES = {
        "\n",
        "\r\n",
        " ",
        "\t",
        "-----",
        "----- mackerel-redmine -----",
        "\n----------------------------",
        "Redmine #1",
        "障害",
        "🔥",
        "\u0000",
        "a"
    };

    @Test
    void stands_at_the_end_and_is_replaced_where_it_stands() {
        String once = MemoSection.with("by alice", "Redmine #42");
        assertThat(once)
                .isEqualTo("by alice\n\n----- mackerel-redmine -----\nRedmine #42\n----------------------------");
        assertThat(MemoSection.with(once + "\nby bob", "Redmine #43"))
                .isEqualTo(
                        "by alice\n\n----- mackerel-redmine -----\nRedmine #43\n----------------------------\nby bob");
    }

    @Test
    void is_written_once() {
        String once = MemoSection.with("", "Redmine #42");
        assertThat(MemoSection.with(once, "Redmine #42")).isEqualTo(once);
    }

    /** Whatever people wrote, also what looks like half of ours. */
    @Test
    void leaves_what_is_around_it_as_it_is() {
        Random random = new Random(17);
        for (int i = 0; i < 20_000; i++) {
            String before = random.nextBoolean() ? "" : text(random) + "\n";
            if (("\n" + before).contains("\n----- mackerel-redmine -----\n")) {
                continue;
            }
            String after = text(random);
            String section = MemoSection.with("", "Redmine #42");
            String memo = before + section + after;

            String changed = MemoSection.with(memo, "Redmine #43");

            assertThat(changed).isEqualTo(before + MemoSection.with("", "Redmine #43") + after);
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }
}
