package faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** When a service that was killed ran again. */
@Tag("fast")
final class ServiceTest {

    private static final List<String> LOG = List.of(
            "2026-11-30T20:18:20.000Z INFO  mackerel-redmine 0.1.0 is running.",
            "2026-11-30T20:18:30.000Z WARN  Redmine is away",
            "OpenJDK 64-Bit Server VM warning: something",
            "2026-11-30T20:19:46.357Z INFO  mackerel-redmine 0.1.0 is running.");

    @Test
    void ran_again_when_its_log_says_so() {
        assertThat(Service.ranSince(LOG, Instant.parse("2026-11-30T20:19:02Z")))
                .isEqualTo("2026-11-30T20:19:46.357Z");
    }

    @Test
    void may_be_killed_again_before_it_runs() {
        Instant started = Instant.parse("2026-11-30T20:20:00Z");
        assertThat(Service.ranSince(LOG, started)).isEqualTo(started);
    }
}
