package faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mackerelredmine.FreePort;
import dev.mackerelredmine.fakemackerel.FakeMackerel;
import faults.History.Post;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What Mackerel posts where webhooks get lost, and what its API says of the same. */
@Tag("fast")
final class MackerelTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final int port = FreePort.next();
    private final Mackerel mackerel = new Mackerel(1, port);
    private final History history = new History(1, 100, 60_000);

    @AfterEach
    void close() {
        mackerel.close();
    }

    private List<Post> posts() {
        history.asItHappens();
        return history.problems.stream()
                .flatMap(problem -> problem.posts.stream())
                .toList();
    }

    /** Some requests fail on purpose. */
    private JsonNode asked(String path) throws Exception {
        HttpResponse<String> answer;
        do {
            answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                    .header("X-Api-Key", FakeMackerel.KEY)
                                    .build(),
                            BodyHandlers.ofString());
        } while (answer.statusCode() >= 500);
        return JSON.readTree(answer.body());
    }

    @Test
    void posts_each_change_once_and_in_order() {
        List<Post> posts = posts();

        assertThat(posts.stream().map(post -> post.change().token()))
                .hasSize((int) history.alerts().stream()
                        .mapToLong(alert -> alert.changes.size())
                        .sum())
                .doesNotHaveDuplicates();
        assertThat(posts).noneMatch(Post::twice).allMatch(post -> post.pause() >= 1_100);
        assertThat(mackerel.isMadeAgain(posts.get(0), 1)).isFalse();
    }

    @Test
    void swallows_about_a_seventh() {
        List<Post> posts = posts();

        long swallowed =
                posts.stream().map(mackerel::body).filter(String::isEmpty).count();

        assertThat((double) swallowed / posts.size()).isBetween(0.09, 0.2);
        assertThat(mackerel.swallowed()).isEqualTo((int) swallowed);
    }

    @Test
    void says_the_same_in_a_webhook_and_by_its_api() throws Exception {
        List<String> open = new ArrayList<>();
        for (Post post : posts()) {
            String body = mackerel.body(post);
            if (!body.isEmpty()) {
                JsonNode alert = JSON.readTree(body).path("alert");
                assertThat(alert.path("id").asText()).isEqualTo(post.change().alert.id);
                assertThat(alert.path("status").asText()).isEqualTo(post.change().status);
                assertThat(alert.path("monitorName").asText())
                        .isEqualTo(post.change().alert.problem.monitor());
                assertThat(JSON.readTree(body).path("message").asText())
                        .startsWith(post.change().token() + " says ");
            }
        }
        history.alerts().stream()
                .filter(alert -> alert.changes.get(alert.changes.size() - 1).fires())
                .forEach(alert -> open.add(alert.id));

        List<String> listed = new ArrayList<>();
        asked("/api/v0/alerts?limit=100")
                .path("alerts")
                .forEach(alert -> listed.add(alert.path("id").asText()));

        assertThat(listed).containsExactlyInAnyOrderElementsOf(open);
    }
}
