package dev.mackerelredmine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mackerelredmine.operate.Running;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What status reads out of the service's metrics. */
@Tag("fast")
class ManagementPortTest {

    @Test
    void adds_up_all_requests_and_takes_the_slowest() {
        String metrics = """
                # HELP mackerel_redmine_redmine_requests_seconds Requests to Redmine
                mackerel_redmine_redmine_requests_seconds_count{method="GET",path="/a b"} 3
                mackerel_redmine_redmine_requests_seconds_count{method="POST",path="/b"} 1
                mackerel_redmine_redmine_requests_seconds_sum{method="GET",path="/a b"} 0.3
                mackerel_redmine_redmine_requests_seconds_sum{method="POST",path="/b"} 0.5
                mackerel_redmine_redmine_requests_seconds_max{method="GET",path="/a b"} 0.2
                mackerel_redmine_redmine_requests_seconds_max{method="POST",path="/b"} 0.5
                mackerel_redmine_breaker_open 1.0
                mackerel_redmine_channel_suspended 0.0
                """;

        assertThat(ManagementPort.of(metrics))
                .isEqualTo(new Running(true, Duration.ofMillis(200), Duration.ofMillis(500), true));
    }

    @Test
    void knows_nothing_of_what_is_not_there_or_not_known() {
        assertThat(ManagementPort.of("mackerel_redmine_channel_suspended NaN\n"))
                .isEqualTo(new Running(null, null, null, null));
    }
}
