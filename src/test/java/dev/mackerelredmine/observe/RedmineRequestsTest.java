package dev.mackerelredmine.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mackerelredmine.observe.RedmineRequests.Failure;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("fast")
final class RedmineRequestsTest {

    private static final Instant START = Instant.parse("2026-11-20T00:00:00Z");

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private Instant now = START;
    private final RedmineRequests requests = new RedmineRequests(() -> registry, "/redmine", () -> now);

    private void answered(int status) throws Exception {
        answered("/redmine/issues.json", status);
    }

    private void answered(String path, int status) throws Exception {
        requests.execute(
                new BasicClassicHttpRequest("GET", path),
                null,
                (request, scope) -> new BasicClassicHttpResponse(status));
    }

    private void notAnswered() {
        IOException timeOut = new SocketTimeoutException("Read timed out");
        assertThatThrownBy(() -> requests.execute(
                        new BasicClassicHttpRequest("GET", "/redmine/issues.json"), null, (request, scope) -> {
                            throw timeOut;
                        }))
                .isSameAs(timeOut);
    }

    @ParameterizedTest
    @CsvSource({
        "/redmine/issues.json?status_id=*&limit=2, /issues.json",
        "/redmine/issues/42.json?include=journals, /issues/{id}.json",
        "/redmine/issues/42/relations.json,        /issues/{id}/relations.json",
        "/redmine/projects/shop-2/issues.json,     /projects/{id}/issues.json",
        "/redmine/projects/7.json,                 /projects/{id}.json",
        "/redmine/projects.json?limit=100,         /projects.json",
        "/redmine/users/current.json,              /users/current.json",
        "/uploads.json?filename=2bj.png,           /uploads.json"
    })
    void shows_of_a_path_what_is_the_same_for_all_alerts(String requested, String shown) throws Exception {
        answered(requested, 200);

        assertThat(registry.get("mackerel.redmine.redmine.requests")
                        .tag("path", shown)
                        .timer()
                        .count())
                .isOne();
    }

    @Test
    void knows_no_failure_before_there_was_one() {
        assertThat(requests.failure()).isNull();
    }

    @Test
    void knows_since_when_none_succeeds_and_how_the_last_one_ended() throws Exception {
        notAnswered();
        now = now.plus(Duration.ofMinutes(10));
        answered(502);

        assertThat(requests.failure()).isEqualTo(new Failure(START, "5xx"));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 204, 302, 401, 404, 422, 429})
    void takes_each_answer_but_a_5xx_for_a_sign_that_redmine_is_there(int status) throws Exception {
        notAnswered();
        answered(status);

        assertThat(requests.failure()).isNull();
    }
}
