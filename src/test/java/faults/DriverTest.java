package faults;

import static faults.Lives.change;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import faults.History.Alert;
import faults.History.Kind;
import faults.History.Post;
import faults.SmallRedmine.Answer;
import faults.SmallRedmine.Asked;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What Mackerel posts, and what the verdict gets of the answers. */
@Tag("fast")
final class DriverTest {

    private final Lives lives = new Lives();
    private final Alert alert = lives.alert(Kind.HOST, "critical", "ok");

    private Driver driver;

    private void post(int change, boolean twice, boolean mayGiveUp) {
        alert.problem.posts.add(new Post(change(alert, change), "change " + change, 0, twice, mayGiveUp));
    }

    /** What came in, when all is posted; the service answers with these statuses, and then with 202. */
    private List<String> posted(Integer... statuses) throws IOException {
        lives.history.starts.put(alert.problem, 0);
        Queue<Integer> left = new ArrayDeque<>(List.of(statuses));
        try (SmallRedmine service = new SmallRedmine(asked -> new Answer(next(left), ""))) {
            driver = new Driver(
                    lives.history,
                    Webhooks.AS_DRAWN,
                    List.of(URI.create("http://127.0.0.1:" + service.port() + "/mackerel")));
            driver.start();
            await().pollInterval(Duration.ofMillis(10)).until(driver::isDone);
            driver.close();
            return service.asked().stream().map(Asked::body).toList();
        }
    }

    private static synchronized int next(Queue<Integer> left) {
        Integer next = left.poll();
        return next == null ? 202 : next;
    }

    @Test
    void posts_one_after_the_other() throws Exception {
        post(1, false, false);
        post(2, false, false);

        assertThat(posted()).containsExactly("change 1", "change 2");
        assertThat(driver.attempts()).isEqualTo(2);
        assertThat(driver.acknowledged()).isEqualTo(2);
        assertThat(change(alert, 1).isInAt).isEqualTo(1);
        assertThat(change(alert, 2).mayBeInAt).isEqualTo(2);
        assertThat(driver.strange()).isEmpty();
    }

    @Test
    void posts_again_what_is_not_answered_with_202_and_nothing_else_before() throws Exception {
        post(1, false, false);
        post(2, false, false);

        assertThat(posted(503)).containsExactly("change 1", "change 1", "change 2");
        assertThat(change(alert, 1).mayBeInAt)
                .as("the first may have been taken")
                .isEqualTo(1);
        assertThat(change(alert, 1).isInAt).isEqualTo(2);
        assertThat(driver.givenUp()).isZero();
    }

    @Test
    void gives_up_at_the_second_refusal_what_may_be_given_up() throws Exception {
        post(1, false, true);
        post(2, false, false);

        assertThat(posted(503, 503)).containsExactly("change 1", "change 1", "change 2");
        assertThat(change(alert, 1).mayBeIn()).isTrue();
        assertThat(change(alert, 1).isAcknowledged()).isFalse();
        assertThat(driver.givenUp()).isEqualTo(1);
    }

    @Test
    void posts_twice_at_the_same_time() throws Exception {
        post(1, true, false);

        assertThat(posted()).containsExactly("change 1", "change 1");
    }

    @Test
    void believes_either_answer_of_what_is_posted_twice() throws Exception {
        post(1, true, false);

        assertThat(posted(503)).containsExactly("change 1", "change 1");
        assertThat(change(alert, 1).isAcknowledged()).isTrue();
    }

    @Test
    void keeps_an_answer_that_no_post_deserves() throws Exception {
        post(1, false, false);

        posted(400);

        assertThat(driver.strange()).hasSize(1).first().asString().endsWith(" t1c1 was answered with 400");
        assertThat(change(alert, 1).isInAt).isEqualTo(2);
    }

    @Test
    void takes_a_connection_that_is_refused_for_no_answer() throws Exception {
        post(1, false, true);
        lives.history.starts.put(alert.problem, 0);
        int closed;
        try (SmallRedmine service = new SmallRedmine(asked -> new Answer(202, ""))) {
            closed = service.port();
        }

        try (Driver alone = new Driver(
                lives.history, Webhooks.AS_DRAWN, List.of(URI.create("http://127.0.0.1:" + closed + "/mackerel")))) {
            alone.start();
            await().pollInterval(Duration.ofMillis(10)).until(alone::isDone);

            assertThat(alone.givenUp()).isEqualTo(1);
            assertThat(alone.acknowledged()).isZero();
            assertThat(alone.strange()).isEmpty();
        }
    }
}
