package dev.mackerelredmine.redmine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mackerelredmine.redmine.Issue.Detail;
import dev.mackerelredmine.redmine.Issue.Journal;
import dev.mackerelredmine.redmine.Issue.Named;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is known of an issue by its journals. */
@Tag("fast")
class IssueTest {

    private static final Named BOT = new Named(4, "bot");
    private static final Named HANAKO = new Named(9, "Hanako");

    private static Journal priority(long id, Named by, String before, String after) {
        return new Journal(
                id, "", List.of(new Detail("attr", "priority_id", before, after)), by, "2026-11-20T01:00:00Z");
    }

    private static String left(Journal... journals) {
        return new Issue(
                        42,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        List.of(journals),
                        BOT,
                        null)
                .asItsAuthorLeftIt("attr", "priority_id", "3");
    }

    @Test
    void is_as_its_author_left_it_where_nobody_changed_it() {
        assertThat(left()).isEqualTo("3");
    }

    @Test
    void was_left_as_it_was_made_where_others_changed_it() {
        assertThat(left(priority(1, HANAKO, "1", "2"), priority(2, HANAKO, "2", "3")))
                .isEqualTo("1");
        assertThat(left(priority(1, HANAKO, "", "3"))).isNull();
    }

    @Test
    void was_left_as_its_author_changed_it_last_in_whatever_order_it_is_shown() {
        assertThat(left(priority(3, HANAKO, "2", "3"), priority(2, BOT, "4", "2"), priority(1, HANAKO, "1", "4")))
                .isEqualTo("2");
    }
}
