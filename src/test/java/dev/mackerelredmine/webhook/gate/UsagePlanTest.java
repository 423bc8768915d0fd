package dev.mackerelredmine.webhook.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mackerelredmine.webhook.gate.UsagePlan.Limits;
import io.github.bucket4j.TimeMeter;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
final class UsagePlanTest {

    private static final ApiKeys KEYS = new ApiKeys(List.of("key-one", "key-two"), position -> {});

    private long nanos;
    private GateServer server;

    @AfterEach
    void stop() {
        server.close();
    }

    private void limit(long rate, long burst, long quota) {
        server = new GateServer(new UsagePlan(KEYS, new Limits(rate, burst, quota), new TimeMeter() {
            @Override
            public long currentTimeNanos() {
                return nanos;
            }

            @Override
            public boolean isWallClockBased() {
                return false;
            }
        }));
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    private int post(String key) throws Exception {
        return server.post("x-api-key", key).statusCode();
    }

    private int taken(int posts) throws Exception {
        int taken = 0;
        for (int i = 0; i < posts; i++) {
            taken += post("key-one") == 202 ? 1 : 0;
        }
        return taken;
    }

    @Test
    void takes_a_burst_and_then_the_rate() throws Exception {
        limit(2, 5, 0);

        assertThat(taken(10)).isEqualTo(5);
        pass(Duration.ofSeconds(1));
        assertThat(taken(10)).isEqualTo(2);
        pass(Duration.ofHours(2));
        assertThat(taken(10)).as("never more at once").isEqualTo(5);
    }

    @Test
    void says_when_there_is_room_again() throws Exception {
        limit(1, 1, 0);
        post("key-one");

        HttpResponse<String> answer = server.post("x-api-key", "key-one");

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
        assertThat(answer.body()).contains("\"status\":429", "gate.rate", "in 1 s");
    }

    @Test
    void has_room_when_it_was_said_to_have() throws Exception {
        limit(0, 0, 1);
        post("key-one");
        pass(Duration.ofHours(3).plusMillis(300));

        HttpResponse<String> answer = server.post("x-api-key", "key-one");

        assertThat(answer.headers().firstValue("Retry-After"))
                .contains(Long.toString(Duration.ofHours(21).toSeconds()));
        pass(Duration.ofHours(21).minusSeconds(1));
        assertThat(post("key-one")).isEqualTo(429);
        pass(Duration.ofSeconds(1));
        assertThat(post("key-one")).isEqualTo(202);
    }

    @Test
    void takes_a_quota_a_day_however_slowly_it_comes() throws Exception {
        limit(100, 100, 3);

        assertThat(taken(5)).isEqualTo(3);
        pass(Duration.ofHours(23));
        assertThat(taken(5)).isZero();
        pass(Duration.ofHours(1));
        assertThat(taken(5)).isEqualTo(3);
    }

    @Test
    void counts_each_key_by_itself() throws Exception {
        limit(1, 1, 0);

        assertThat(post("key-one")).isEqualTo(202);
        assertThat(post("key-one")).isEqualTo(429);
        assertThat(post("key-two")).isEqualTo(202);
    }

    @Test
    void takes_as_many_as_come_where_nothing_is_limited() throws Exception {
        limit(0, 1, 0);

        assertThat(taken(20)).isEqualTo(20);
    }
}
