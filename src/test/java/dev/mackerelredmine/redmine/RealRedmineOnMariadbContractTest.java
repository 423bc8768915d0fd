package dev.mackerelredmine.redmine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Holds a real Redmine on MariaDB to the contract. Where MariaDB differs, it is described here, and in {@link Utf8mb3Contract}. */
@Tag("service")
final class RealRedmineOnMariadbContractTest extends RedmineContract {

    private static RealRedmine redmine;

    @BeforeAll
    static void findRedmine() throws IOException {
        redmine = RealRedmine.findOnMariadb();
    }

    @Override
    RealRedmine redmine() {
        return redmine;
    }

    @Override
    @Test
    void an_emoji_counts_as_one_character_of_a_subject() {
        assertThat(answerToCreating(Map.of("subject", "🔥")).status()).isEqualTo(500);
    }

    @Override
    @Test
    void the_long_form_of_a_filter_is_exact_for_an_emoji() {
        assertThat(foundByAlertId("障害 🔥" + mark)).isEmpty();
    }

    /** So what was found is compared once more with what was looked for. */
    @Override
    @Test
    void an_exact_filter_tells_capitals_from_small_letters() {
        int issue = createdWithAlertId(mark);

        assertThat(foundByAlertId(mark)).containsExactly(issue);
        assertThat(foundByAlertId(mark.toUpperCase())).containsExactly(issue);
    }
}
