package dev.mackerelredmine.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mackerelredmine.demo.Happening.Act;
import dev.mackerelredmine.demo.Happening.Post;
import dev.mackerelredmine.demo.Happening.Promise;
import dev.mackerelredmine.mackerel.Notification;
import dev.mackerelredmine.mackerel.NotificationReader;
import dev.mackerelredmine.report.Week;
import dev.mackerelredmine.ticket.ProblemKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What happens in the demonstration. */
@Tag("fast")
final class StoryTest {

    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
    private static final Instant NOW = Instant.parse("2026-11-30T03:00:00Z");
    private static final List<Happening> STORY = Story.of(NOW, TOKYO);

    @Test
    void is_the_same_at_the_same_time() {
        assertThat(Story.of(NOW, TOKYO)).isEqualTo(STORY);
    }

    @Test
    void goes_on_for_eight_weeks_until_now() {
        assertThat(STORY.get(0).at()).isBetween(NOW.minus(Duration.ofDays(56)), NOW.minus(Duration.ofDays(54)));
        assertThat(STORY).extracting(Happening::at).isSorted().allMatch(NOW::isAfter);
        assertThat(STORY.get(STORY.size() - 1).at()).isAfter(NOW.minus(Duration.ofMinutes(30)));
    }

    @Test
    void each_week_something_was_promised_whatever_the_day_and_the_time() {
        for (int hours = 0; hours < 7 * 24; hours += 5) {
            Instant now = NOW.plus(Duration.ofHours(hours));
            LocalDate running = Week.of(LocalDate.ofInstant(now, TOKYO)).monday();
            assertThat(Story.of(now, TOKYO))
                    .filteredOn(Promise.class::isInstance)
                    .extracting(each ->
                            Week.of(LocalDate.ofInstant(each.at(), TOKYO)).monday())
                    .as("at %s", now)
                    .contains(running, running.minusDays(7), running.minusDays(14));
        }
    }

    /** Otherwise what a person does to one alert's ticket would be done to the other's. */
    @Test
    void no_problem_opens_while_it_is_open_whatever_the_time_of_day() {
        NotificationReader reader = new NotificationReader();
        for (int hour = 0; hour < 24; hour++) {
            Set<String> open = new HashSet<>();
            for (Happening each : Story.of(NOW.plus(Duration.ofHours(hour)), TOKYO)) {
                if (each instanceof Post post) {
                    Notification posted = reader.read(post.json().getBytes(StandardCharsets.UTF_8));
                    String problem = ProblemKey.of(posted).text();
                    assertThat(posted.alert().isOpen() ? open.add(problem) : open.remove(problem))
                            .as("%s at %s", problem, post.at())
                            .isTrue();
                }
            }
        }
    }

    @Test
    void posts_what_mackerel_posts_and_nobody_acts_on_an_alert_before_it_opened() {
        NotificationReader reader = new NotificationReader();
        Set<String> opened = new HashSet<>();
        for (Happening each : STORY) {
            if (each instanceof Post post) {
                opened.add(post.alert());
                assertThat(reader.read(post.json().getBytes(StandardCharsets.UTF_8))
                                .alert()
                                .id())
                        .isEqualTo(post.alert());
            } else if (each instanceof Act act) {
                assertThat(opened).contains(act.alert());
            }
        }
    }
}
