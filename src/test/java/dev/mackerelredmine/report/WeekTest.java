package dev.mackerelredmine.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("fast")
class WeekTest {

    @ParameterizedTest
    @CsvSource({"2026-W48,2026-11-23", "2026-W53,2026-12-28", "2027-W01,2027-01-04", "2026-W01,2025-12-29"})
    void begins_on_its_monday(String name, LocalDate monday) {
        assertThat(Week.named(name)).hasValue(new Week(monday));
        assertThat(Week.of(monday.plusDays(6))).hasToString(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2026-48", "2026-W54", "2026-W00", "last", "2027-W53"})
    void is_nothing_else(String name) {
        assertThat(Week.named(name)).isEmpty();
    }
}
