package faults;

import static org.assertj.core.api.Assertions.assertThat;

import faults.Verdict.Finding;
import faults.Verdict.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a run came to, as a line and as a row of docs/reliability.md. */
@Tag("fast")
final class ResultTest {

    private static Result result(Map<Fault, Integer> faults, Kind... found) {
        List<Finding> findings = new ArrayList<>();
        for (Kind kind : found) {
            findings.add(new Finding(kind, null, "something"));
        }
        return new Result(
                Options.of("--seed", "7"),
                Instant.parse("2026-11-29T23:59:59Z"),
                Duration.ofSeconds(198),
                1000,
                800,
                3,
                7,
                2,
                1500,
                faults,
                60,
                90,
                150,
                findings);
    }

    @Test
    void is_well_when_nothing_is_found() {
        assertThat(result(Map.of()).isWell()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void is_not_well_when_anything_is_found(Kind kind) {
        assertThat(result(Map.of(), kind).isWell()).isFalse();
        assertThat(result(Map.of(), kind).count(kind)).isEqualTo(1);
    }

    @Test
    void says_in_a_line_what_it_came_to() {
        assertThat(result(Map.of(Fault.CUT, 5), Kind.LOST, Kind.TWICE, Kind.TWICE))
                .hasToString("1000 posts, 800 times 202, 3 given up; 150 acts of people, 7 kills, 2 times Redmine away;"
                        + " 1500 requests to Redmine, 5 with a fault (5 answer cut off in its midst);"
                        + " lost 1, twice 2, wrong 0; 198 s");
    }

    @Test
    void is_a_row_of_the_page() throws Exception {
        Map<Fault, Integer> faults = Map.of(
                Fault.DROPPED_BEFORE,
                1,
                Fault.CUT,
                2,
                Fault.LATE,
                3,
                Fault.DONE_504,
                4,
                Fault.CONFLICT_422,
                5,
                Fault.TRICKLED,
                6);

        String row = Page.row(result(faults, Kind.LOST, Kind.TWICE, Kind.TWICE, Kind.WRONG, Kind.WRONG, Kind.WRONG));

        assertThat(row)
                .isEqualTo("| 2026-11-29 | 7 | sqlite | sqlite | 200 | 150 | 1000 | 800 | 7 | 2 | 1500"
                        + " | 1 | 2 | 3 | 4 | 5 | 6 | 1 | 2 | 3 | 3.3 |");
        String head = Files.readAllLines(Path.of("docs/reliability.md")).stream()
                .filter(line -> line.startsWith("| date |") && line.contains("dropped before"))
                .findFirst()
                .orElseThrow();
        assertThat(row.split("[|]")).hasSameSizeAs(head.split("[|]"));
    }

    @Test
    void is_a_row_of_another_table_where_webhooks_are_lost() throws Exception {
        String row = Page.rowOfLost(result(Map.of(Fault.CUT, 2), Kind.LOST));

        assertThat(row)
                .isEqualTo("| 2026-11-29 | 7 | sqlite | sqlite | 200 | 150 | 1000 | 60 | 800 | 7 | 2 | 1500 | 2 | 90"
                        + " | 1 | 0 | 0 | 3.3 |");
        String head = Files.readAllLines(Path.of("docs/reliability.md")).stream()
                .filter(line -> line.startsWith("| date |") && line.contains("swallowed"))
                .findFirst()
                .orElseThrow();
        assertThat(row.split("[|]")).hasSameSizeAs(head.split("[|]"));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void counts_each_fault_in_one_column(Fault fault) {
        assertThat(Page.row(result(Map.of(fault, 41))).split(" [|] ")).containsOnlyOnce("41");
    }
}
