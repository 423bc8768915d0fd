package dev.mackerelredmine.paging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mackerelredmine.store.FiringAlert;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How old alerts were when their ticket learned of them. */
@Tag("fast")
class AlertAgeTest {

    private static final Instant NOW = Instant.parse("2026-12-01T03:00:00Z");

    private static Long millis(int hoursAgo) {
        return NOW.minus(Duration.ofHours(hoursAgo)).toEpochMilli();
    }

    private static String alert(String times) {
        return "{\"event\":\"alert\",\"alert\":{\"status\":\"critical\"" + times + "}}";
    }

    private static String opened(int hoursAgo) {
        return alert(",\"openedAt\":" + millis(hoursAgo) / 1000);
    }

    @Test
    void counts_from_when_mackerel_opened_it_to_when_its_ticket_came() {
        assertThat(AlertAge.of(List.of(new FiringAlert(millis(1), millis(2), opened(5), null)), NOW))
                .contains(Duration.ofHours(4));
        assertThat(AlertAge.of(List.of(new FiringAlert(null, millis(2), opened(5), null)), NOW))
                .contains(Duration.ofHours(5));
    }

    @Test
    void counts_from_its_first_notification_where_mackerel_does_not_say() {
        assertThat(AlertAge.of(List.of(new FiringAlert(millis(1), millis(2), alert(""), null)), NOW))
                .contains(Duration.ofHours(1));
        assertThat(AlertAge.of(List.of(new FiringAlert(millis(1), millis(2), null, null)), NOW))
                .contains(Duration.ofHours(1));
    }

    @Test
    void counts_from_when_it_got_worse() {
        String worse = alert(",\"openedAt\":" + millis(9) / 1000 + ",\"statusChangedAt\":" + millis(2) / 1000);
        assertThat(AlertAge.of(List.of(new FiringAlert(millis(1), millis(9), worse, null)), NOW))
                .contains(Duration.ofHours(1));
    }

    @Test
    void the_youngest_counts() {
        assertThat(AlertAge.of(
                        List.of(
                                new FiringAlert(millis(1), null, opened(9), null),
                                new FiringAlert(millis(1), null, opened(2), null),
                                new FiringAlert(millis(1), null, opened(5), null)),
                        NOW))
                .contains(Duration.ofHours(1));
    }

    @Test
    void is_not_known_where_it_has_escalated_before_or_nothing_is_known() {
        assertThat(AlertAge.of(List.of(new FiringAlert(millis(3), null, opened(9), millis(3))), NOW))
                .isEmpty();
        assertThat(AlertAge.of(List.of(new FiringAlert(millis(2), null, opened(9), millis(3))), NOW))
                .contains(Duration.ofHours(7));
        assertThat(AlertAge.of(List.of(new FiringAlert(null, null, null, null)), NOW))
                .isEmpty();
        assertThat(AlertAge.of(List.of(), NOW)).isEmpty();
    }
}
