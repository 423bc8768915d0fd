package dev.mackerelredmine.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class LivePartTest {

    private static final Instant NOW = Instant.parse("2026-11-29T03:00:00Z");

    private final LivePart part = new LivePart();
    private final AtomicInteger made = new AtomicInteger();

    private static Visitor visitor(Words words, boolean mayAct, Instant now) {
        return new Visitor(words, ZoneOffset.UTC, now, null, mayAct);
    }

    private String shown(Visitor visitor) {
        return part.of(visitor, who -> who.words() + " " + who.mayAct() + " " + made.incrementAndGet());
    }

    @Test
    void is_made_once_for_all_that_see_the_same() {
        String first = shown(visitor(Words.EN, true, NOW));

        assertThat(shown(visitor(Words.EN, true, NOW.plusMillis(999)))).isEqualTo(first);
        assertThat(shown(visitor(Words.JA, true, NOW))).startsWith("JA");
        assertThat(shown(visitor(Words.EN, false, NOW))).startsWith("EN false");
        assertThat(made).hasValue(3);
    }

    @Test
    void is_made_anew_when_something_changed() {
        String first = shown(visitor(Words.EN, true, NOW));

        part.changed();

        assertThat(shown(visitor(Words.EN, true, NOW))).isNotEqualTo(first);
    }

    @Test
    void is_made_anew_a_second_later() {
        String first = shown(visitor(Words.EN, true, NOW));

        assertThat(shown(visitor(Words.EN, true, NOW.plusSeconds(1)))).isNotEqualTo(first);
    }
}
