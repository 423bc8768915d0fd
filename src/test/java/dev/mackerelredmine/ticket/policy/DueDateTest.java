package dev.mackerelredmine.ticket.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("fast")
class DueDateTest {

    private static final LocalDate TODAY = LocalDate.parse("2026-12-30");

    @ParameterizedTest
    @CsvSource({"2026-12-30, 2026-12-30", "2027-02-01, 2027-02-01", "0d, 2026-12-30", "3d, 2027-01-02"})
    void is_a_date_or_so_many_days_from_today(String text, LocalDate date) {
        assertThat(DueDate.of(text, TODAY)).contains(date);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tomorrow", "3", "3h", "-1d", "2026/12/31", "2026-02-30", "31.12.2026", "99999d"})
    void is_nothing_else(String text) {
        assertThat(DueDate.of(text, TODAY)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-12-29", "1999-01-01"})
    void has_not_passed(String text) {
        assertThat(DueDate.of(text, TODAY)).isEmpty();
    }
}
