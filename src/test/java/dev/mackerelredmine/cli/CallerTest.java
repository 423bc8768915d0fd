package dev.mackerelredmine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who is kept with what people do. */
@Tag("fast")
class CallerTest {

    @Test
    void is_the_person_and_not_who_sudo_made_of_them() {
        assertThat(Caller.name(Map.of(), "alice")).isEqualTo("alice");
        assertThat(Caller.name(Map.of("SUDO_USER", "alice"), "root")).isEqualTo("alice");
        assertThat(Caller.name(Map.of(), null)).isEqualTo("somebody");
    }
}
