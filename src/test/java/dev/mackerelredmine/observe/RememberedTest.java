package dev.mackerelredmine.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
final class RememberedTest {

    private final AtomicInteger asked = new AtomicInteger();
    private final Remembered<Integer> answer = new Remembered<>(asked::incrementAndGet);

    @Test
    void answers_all_who_ask_within_a_moment_by_one_read() {
        assertThat(answer.get()).isOne();
        assertThat(answer.get()).isOne();
        assertThat(asked).hasValue(1);
    }

    @Test
    void looks_again_when_a_moment_has_passed() {
        answer.get();

        await().until(() -> answer.get() == 2);
    }

    @Test
    void remembers_that_there_is_nothing() {
        Remembered<String> nothing = new Remembered<>(() -> {
            asked.incrementAndGet();
            return null;
        });

        nothing.get();
        nothing.get();

        assertThat(asked).hasValue(1);
    }
}
