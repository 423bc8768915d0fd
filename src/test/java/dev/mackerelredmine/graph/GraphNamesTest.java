package dev.mackerelredmine.graph;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mackerelredmine.mackerel.TestAlerts;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("fast")
class GraphNamesTest {

    private static final byte[] PNG = "\u0089PNG\r\n\u001a\n".getBytes(ISO_8859_1);

    private static String name(TestAlerts alert, byte[] image) {
        return new GraphNames().name(alert.notification(), image);
    }

    @Test
    void names_a_graph_by_its_alert_and_by_when_the_alert_changed() {
        assertThat(name(critical().statusChangedAt(Instant.parse("2026-11-20T12:34:56Z")), PNG))
                .isEqualTo("mackerel-2bj7ZsQ4bYh-20261120T123456Z.png");
    }

    @Test
    void names_the_graph_of_a_recovery_by_its_end() {
        assertThat(name(critical().recovered(Instant.parse("2026-11-20T13:00:00Z")), PNG))
                .isEqualTo("mackerel-2bj7ZsQ4bYh-20261120T130000Z.png");
    }

    @Test
    void names_a_graph_by_the_opening_where_mackerel_does_not_say_when_the_alert_changed() {
        assertThat(name(critical().without("statusChangedAt"), PNG))
                .isEqualTo("mackerel-2bj7ZsQ4bYh-20261120T000000Z.png");
    }

    @Test
    void can_do_without_an_id_and_a_time() {
        assertThat(name(critical().without("id").without("statusChangedAt").without("openedAt"), PNG))
                .isEqualTo("mackerel.png");
    }

    @ParameterizedTest
    @CsvSource({
        "../../etc/passwd, etcpasswd",
        "a b?c=d&e\"f, abcdef",
        "'a\r\nb', ab",
        "障害, ''",
        "., ''",
        "a/b\\c:d*e, abcde"
    })
    void keeps_of_an_id_only_characters_that_every_system_takes(String id, String kept) {
        assertThat(name(critical().id(id), PNG))
                .isEqualTo("mackerel" + (kept.isEmpty() ? "" : "-" + kept) + "-20261120T000000Z.png");
    }

    @Test
    void keeps_a_name_short() {
        assertThat(name(critical().id("x".repeat(5000)), PNG))
                .hasSizeLessThan(100)
                .endsWith(".png");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, -253_402_300_799L})
    void can_do_with_a_time_that_no_clock_shows(long seconds) {
        assertThat(name(critical().with("statusChangedAt", seconds), PNG))
                .isEqualTo("mackerel-2bj7ZsQ4bYh-20261120T000000Z.png");
    }

    @ParameterizedTest
    @CsvSource({"89504e470d0a1a0a, png", "ffd8ffe0, jpg", "474946383961, gif"})
    void names_a_graph_by_what_it_is(String hexadecimal, String suffix) {
        assertThat(name(critical(), HexFormat.of().parseHex(hexadecimal))).endsWith("Z." + suffix);
    }
}
