package dev.mackerelredmine.redmine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds a real Redmine on MariaDB to the contract. Where MariaDB is otherwise it is told here, and in {@link Utf8mb3Contract}. */
@Tag("redmine")
final class RealRedmineOnMariadbContractTest extends RedmineContract {

    private static RealRedmine redmine;

    @BeforeAll
    static void findRedmine() throws IOException {
        redmine = RealRedmine.findOnMariadb();
    }

    @Override
    String url() {
        return redmine.url();
    }

    @Override
    String id(String name) {
        return redmine.id(name);
    }

    @Override
    @ParameterizedTest
    @ValueSource(strings = {"a", "障"})
    void a_subject_has_255_characters_at_most(String character) {
        super.a_subject_has_255_characters_at_most(character);
    }

    @Override
    @ParameterizedTest
    @ValueSource(strings = {"2bj", "~2bj", "!*", "=x", "*", "o", "a|b", "100%_", "障害", "a&b=c+d", "\"q\""})
    void the_long_form_of_a_filter_is_exact_for_any_value(String value) {
        super.the_long_form_of_a_filter_is_exact_for_any_value(value);
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
