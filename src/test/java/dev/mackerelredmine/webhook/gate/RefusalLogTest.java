package dev.mackerelredmine.webhook.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mackerelredmine.redmine.LoggedErrors;
import java.time.Duration;
import java.util.Map;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class RefusalLogTest {

    private long now = -5; // a clock of nanoseconds begins anywhere
    private final RefusalLog log = new RefusalLog(() -> now);
    private LoggedErrors logged;

    @BeforeEach
    void listen() {
        logged = LoggedErrors.of(Gate.class.getName(), Level.WARN);
    }

    @AfterEach
    void close() {
        logged.close();
    }

    private static Refusal from(int address) {
        return new Refusal(403, "Not from here", "It may not post here.", Map.of(), "It is 192.0.2." + address + ".");
    }

    private void wait(Duration duration) {
        now += duration.toNanos();
    }

    @Test
    void says_status_and_reason_and_what_to_do() {
        log.say(from(1));

        assertThat(logged.messages())
                .containsExactly("Refused a post with 403: It may not post here. It is 192.0.2.1.");
    }

    @Test
    void says_the_same_once_a_minute_and_others_at_once() {
        log.say(from(1));
        wait(Duration.ofSeconds(59));
        log.say(from(1));
        log.say(from(2));
        log.say(new Refusal(401, "Not from here", "It may not post here.", Map.of(), "It is 192.0.2.1."));

        assertThat(logged.messages()).hasSize(3).doesNotHaveDuplicates();

        wait(Duration.ofSeconds(1));
        log.say(from(1));

        assertThat(logged.messages()).hasSize(5).endsWith(logged.messages().get(0));
    }

    @Test
    void says_ten_in_a_minute_however_many_differ_and_how_many_it_left_out() {
        for (int address = 1; address <= 250; address++) {
            log.say(from(address));
        }
        assertThat(logged.messages()).hasSize(10);

        wait(Duration.ofMinutes(3));
        log.say(from(1));

        assertThat(logged.messages()).hasSize(12).contains("Refused 240 more posts, which are not logged one by one");
    }

    @Test
    void speaks_of_nothing_left_out_where_nothing_was() {
        log.say(from(1));
        wait(Duration.ofHours(1));
        log.say(from(2));

        assertThat(logged.messages()).hasSize(2).noneMatch(line -> line.contains("more posts"));
    }
}
