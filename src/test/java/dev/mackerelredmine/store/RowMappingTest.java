package dev.mackerelredmine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
final class RowMappingTest {

    record Row(long id, Long issueNumber, String lastStatus, int tries, Integer step, boolean hasFired) {}

    record OtherType(Instant at) {}

    record TwoConstructors(long id) {
        TwoConstructors(String id) {
            this(Long.parseLong(id));
        }
    }

    @Test
    void each_parameter_gets_the_column_of_its_name() {
        assertThat(found(
                        Row.class,
                        "7 AS id, 42 AS issue_number, 'ok' AS last_status, 3 AS tries, 2 AS step, 1 AS has_fired"))
                .isEqualTo(new Row(7, 42L, "ok", 3, 2, true));
    }

    @Test
    void nothing_is_null_or_else_zero_or_false() {
        assertThat(
                        found(
                                Row.class,
                                "NULL AS id, NULL AS issue_number, NULL AS last_status, NULL AS tries, NULL AS step, NULL AS has_fired"))
                .isEqualTo(new Row(0, null, null, 0, null, false));
    }

    @Test
    void a_column_that_is_missing_is_named() {
        assertThatThrownBy(() -> found(Row.class, "7 AS id")).hasStackTraceContaining("issue_number");
    }

    @Test
    void a_row_says_by_what_constructor_and_types_it_is_made() {
        assertThatThrownBy(() -> new RowMapping<>(TwoConstructors.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("several constructors");
        assertThatThrownBy(() -> found(OtherType.class, "7 AS at"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.time.Instant");
    }

    private static <T> T found(Class<T> row, String columns) {
        return Jdbi.create("jdbc:sqlite::memory:")
                .registerRowMapper(row, new RowMapping<>(row))
                .withHandle(
                        handle -> handle.select("SELECT " + columns).mapTo(row).one());
    }
}
