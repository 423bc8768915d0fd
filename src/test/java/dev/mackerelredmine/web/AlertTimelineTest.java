package dev.mackerelredmine.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mackerelredmine.web.AlertTimeline.Moment;
import dev.mackerelredmine.web.AlertView.Entry;
import dev.mackerelredmine.web.AlertView.Escalation;
import dev.mackerelredmine.web.AlertView.People;
import dev.mackerelredmine.web.AlertView.Sent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What of an alert's life is drawn, and where. */
@Tag("fast")
final class AlertTimelineTest {

    private static final Instant OPENED = Instant.parse("2026-11-20T00:00:00Z");

    private static Instant after(long seconds) {
        return OPENED.plusSeconds(seconds);
    }

    private static Entry event(String status, long happened) {
        return new Entry(
                after(happened + 1),
                "event",
                "alert",
                status,
                null,
                after(happened),
                false,
                null,
                null,
                null,
                null,
                null);
    }

    private static Entry step(String action, long at) {
        return new Entry(after(at), "step", null, null, null, null, false, null, action, 42L, "", null);
    }

    private static AlertView alert(List<Sent> pages, Entry... entries) {
        return alert(null, pages, entries);
    }

    /** @param acknowledged when a person had its ticket first, as figures count it */
    private static AlertView alert(Instant acknowledged, List<Sent> pages, Entry... entries) {
        return new AlertView(
                "org",
                "1",
                "CPU",
                "web1",
                "CPU",
                "critical",
                "ok",
                null,
                null,
                null,
                new People(null, null, null, null, null, null, acknowledged, true),
                null,
                null,
                List.of(entries),
                List.of(new Escalation("critical", OPENED, null, "runs", null, null, 1, 1, null, List.of(), pages)),
                List.of());
    }

    private static Sent page(String state, long at) {
        return page("page", state, at);
    }

    private static Sent page(String kind, String state, long at) {
        return new Sent(after(at), kind, "Hanako", "slack", state, null);
    }

    @Test
    void shows_the_moments_in_the_order_of_time_each_at_its_place() {
        AlertTimeline timeline = alert(
                        after(500),
                        List.of(page("accepted", 250), page("failed", 260), page("round", "accepted", 270)),
                        event("critical", 0),
                        step("create", 10),
                        step("acknowledge", 505),
                        step("note", 600),
                        event("ok", 1000))
                .timeline(after(5000));

        assertThat(timeline.moments())
                .extracting(Moment::what)
                .containsExactly("opened", "ticket", "page", "acknowledged", "over");
        assertThat(timeline.moments()).extracting(Moment::place).containsExactly(0.0, 1.0, 25.0, 50.0, 100.0);
        assertThat(timeline.moments().get(2).who()).isEqualTo("Hanako (slack)");
        assertThat(timeline.moments().get(3).after()).isEqualTo(Duration.ofSeconds(500));
        assertThat(timeline.unacknowledged()).isEqualTo(50);
    }

    @Test
    void shows_that_who_had_it_gave_it_away() {
        assertThat(alert(after(100), List.of(), event("critical", 0), step("hand-over", 300), step("taken-back", 400))
                        .timeline(after(500))
                        .moments())
                .extracting(Moment::what)
                .containsExactly("opened", "acknowledged", "hand-over", "taken-back");
    }

    @Test
    void somebody_had_the_ticket_already_that_it_came_to() {
        AlertTimeline timeline = alert(after(-100), List.of(), event("critical", 0), step("join", 10))
                .timeline(after(1000));

        assertThat(timeline.moments()).extracting(Moment::what).containsExactly("opened", "acknowledged", "ticket");
        assertThat(timeline.unacknowledged()).isZero();
    }

    @Test
    void goes_on_until_now_while_the_alert_is_open() {
        AlertTimeline timeline =
                alert(List.of(), event("critical", 0), step("create", 10)).timeline(after(1000));

        assertThat(timeline.moments()).extracting(Moment::place).containsExactly(0.0, 1.0);
        assertThat(timeline.unacknowledged()).isEqualTo(100);
    }

    @Test
    void is_not_over_that_opened_again() {
        assertThat(alert(List.of(), event("critical", 0), event("ok", 100), event("critical", 200))
                        .timeline(after(400))
                        .moments())
                .extracting(Moment::what)
                .containsExactly("opened");
    }

    @Test
    void of_nothing_is_empty() {
        assertThat(alert(List.of()).timeline(OPENED).moments()).isEmpty();
    }
}
