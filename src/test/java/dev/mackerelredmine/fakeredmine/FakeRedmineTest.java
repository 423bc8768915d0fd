package dev.mackerelredmine.fakeredmine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mackerelredmine.fakeredmine.FakeRedmine.Request;
import dev.mackerelredmine.redmine.RedmineCaller;
import dev.mackerelredmine.redmine.RedmineCaller.Reply;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What FakeRedmine does that no real Redmine would do on demand. */
@Tag("fast")
final class FakeRedmineTest {

    @RegisterExtension
    final FakeRedmine redmine = new FakeRedmine();

    @Test
    void answers_the_next_request_only_with_the_failure() {
        redmine.enqueueFailure(503, "away", Map.of("Retry-After", "7"));

        Reply failed = create("first");
        Reply served = create("second");

        assertThat(failed.status()).isEqualTo(503);
        assertThat(failed.text()).isEqualTo("away");
        assertThat(failed.headers().firstValue("Retry-After")).contains("7");
        assertThat(served.status()).isEqualTo(201);
        assertThat(redmine.issues()).extracting(FakeIssue::subject).containsExactly("second");
    }

    @Test
    void fails_the_test_that_asked_for_what_it_does_not_play() {
        redmine.enqueueFailure(500, "");
        create("a fault is no such thing");
        redmine.end();
        redmine.start();

        assertThat(new RedmineCaller(redmine.url(), redmine.apiKey())
                        .get("/news.json")
                        .status())
                .isEqualTo(500);

        assertThatThrownBy(redmine::end).isInstanceOf(AssertionError.class).hasMessageContaining("GET /news.json");
    }

    @Test
    void plays_faults_in_the_order_given() {
        redmine.answerNormally()
                .enqueueFailure(422, "{\"errors\":[]}")
                .answerNormally()
                .enqueueFailure(500, "");

        assertThat(List.of(
                        create("a").status(),
                        create("b").status(),
                        create("c").status(),
                        create("d").status(),
                        create("e").status()))
                .containsExactly(201, 422, 201, 500, 201);
    }

    @Test
    void drops_the_connection_after_the_request_took_effect() {
        redmine.dropConnectionAfterReceiving();

        assertThatThrownBy(() -> create("made")).isInstanceOf(UncheckedIOException.class);

        assertThat(redmine.issues()).extracting(FakeIssue::subject).containsExactly("made");
        assertThat(redmine.requests()).hasSize(1);
    }

    @Test
    void drops_the_connection_before_the_request_takes_effect() {
        redmine.dropConnectionBeforeReceiving();

        assertThatThrownBy(() -> create("lost")).isInstanceOf(UncheckedIOException.class);

        assertThat(redmine.issues()).isEmpty();
        assertThat(redmine.requests()).hasSize(1);
    }

    @Test
    void answers_late() {
        redmine.delayAnswer(Duration.ofMillis(200));
        Instant asked = Instant.now();

        assertThat(create("late").status()).isEqualTo(201);

        assertThat(Duration.between(asked, Instant.now())).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }

    @Test
    void keeps_its_port_and_its_issues_over_a_stop() {
        create("before");
        String url = redmine.url();

        redmine.stop();
        assertThatThrownBy(() -> create("meanwhile")).isInstanceOf(UncheckedIOException.class);
        redmine.start();
        create("after");

        assertThat(redmine.url()).isEqualTo(url);
        assertThat(redmine.issues()).extracting(FakeIssue::subject).containsExactly("before", "after");
    }

    @Test
    void keeps_the_requests_as_they_were_received() {
        create("障害");
        new RedmineCaller(redmine.url(), redmine.apiKey()).get("/issues.json?subject=%E9%9A%9C");

        Request post = redmine.requests().get(0);
        assertThat(post.method()).isEqualTo("POST");
        assertThat(post.path()).isEqualTo("/projects/alert/issues.json");
        assertThat(post.query()).isNull();
        assertThat(post.body()).isEqualTo("{\"issue\":{\"subject\":\"障害\"}}");
        assertThat(post.header("x-redmine-api-key")).isEqualTo(redmine.apiKey());
        assertThat(post.header("Host")).isEqualTo(redmine.url().substring("http://".length()));
        assertThat(redmine.requests().get(1).query()).isEqualTo("subject=%E9%9A%9C");
    }

    @Test
    void shows_its_issues_in_words() {
        RedmineCaller bot = new RedmineCaller(redmine.url(), redmine.apiKey());
        bot.post(
                "/projects/alert/issues.json",
                Map.of(
                        "subject",
                        "s",
                        "description",
                        "d",
                        "tracker_id",
                        redmine.id("tracker_alert"),
                        "assigned_to_id",
                        redmine.id("user_dev"),
                        "custom_fields",
                        List.of(Map.of("id", redmine.id("field_host"), "value", "web01"))));
        bot.put("/issues/1.json", Map.of("notes", "better", "status_id", redmine.id("status_closed")));

        assertThat(redmine.issues())
                .containsExactly(new FakeIssue(
                        1,
                        "alert",
                        "Alert",
                        "Closed",
                        true,
                        "Normal",
                        "bot",
                        "dev",
                        null,
                        null,
                        List.of(),
                        "s",
                        "d",
                        Map.of("アラート対象ホスト名", "web01"),
                        List.of("better"),
                        null,
                        List.of(),
                        List.of()));
    }

    private Reply create(String subject) {
        return new RedmineCaller(redmine.url(), redmine.apiKey())
                .post("/projects/alert/issues.json", Map.of("subject", subject));
    }
}
