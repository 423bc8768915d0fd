package faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import faults.History.Alert;
import faults.History.Change;
import faults.History.Course;
import faults.History.Kind;
import faults.History.Post;
import faults.History.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens in a run, drawn from the seed, as docs/reliability.md says. */
@Tag("fast")
final class HistoryTest {

    private static final int SPAN = 144_000;

    private final History history = new History(1, 400, SPAN);

    @Test
    void is_the_same_for_the_same_seed_and_another_for_another() {
        assertThat(described(new History(1, 400, SPAN))).isEqualTo(described(history));
        assertThat(described(new History(2, 400, SPAN))).isNotEqualTo(described(history));
    }

    /** Without the ids of alerts, which are others anyway. */
    private static List<String> described(History history) {
        return history.problems.stream()
                .map(problem -> history.starts.get(problem) + " "
                        + problem.posts.stream()
                                .map(post -> post.body().replace(post.change().alert.id, "")
                                        + post.pause()
                                        + post.twice()
                                        + post.mayGiveUp())
                                .toList())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 200})
    void has_as_many_alerts_as_were_asked_for(int alerts) {
        assertThat(new History(7, alerts, SPAN).alerts()).hasSize(alerts);
    }

    @Test
    void has_other_alert_ids_for_another_seed() {
        Set<String> ids = new HashSet<>();
        Stream.of(history, new History(2, 400, SPAN))
                .flatMap(one -> one.alerts().stream())
                .forEach(alert -> ids.add(alert.id));

        assertThat(ids).hasSize(800);
    }

    @Test
    void begins_within_its_span() {
        assertThat(history.starts).hasSize(history.problems.size());
        assertThat(history.starts.values())
                .allSatisfy(start -> assertThat(start).isBetween(0, SPAN));
    }

    @Test
    void has_each_kind_and_each_course_and_each_status() {
        assertThat(history.problems).extracting(problem -> problem.kind).contains(Kind.values());
        assertThat(history.problems).extracting(problem -> problem.course).contains(Course.values());
        assertThat(changes()).extracting(change -> change.status).containsAll(History.SEVERITIES);
    }

    @Test
    void begins_an_alert_firing_and_ends_it_if_at_all_with_ok() {
        assertThat(history.alerts()).allSatisfy(alert -> {
            assertThat(alert.changes)
                    .extracting(change -> change.number)
                    .first()
                    .isEqualTo(1);
            assertThat(alert.changes.get(0).fires()).isTrue();
            assertThat(alert.changes.subList(0, alert.changes.size() - 1)).allMatch(Change::fires);
        });
        assertThat(history.alerts()).anyMatch(HistoryTest::ends).anyMatch(alert -> !ends(alert));
    }

    private static boolean ends(Alert alert) {
        return !alert.changes.get(alert.changes.size() - 1).fires();
    }

    @Test
    void changes_the_status_of_a_metric_each_time() {
        assertThat(history.alerts())
                .filteredOn(alert -> alert.problem.kind.hasMetric)
                .allSatisfy(alert -> assertThat(alert.changes.stream().map(change -> change.status))
                        .isEqualTo(withoutRepeats(alert)));
        assertThat(history.alerts())
                .as("a message alone changes")
                .filteredOn(alert -> !alert.problem.kind.hasMetric)
                .anyMatch(alert -> withoutRepeats(alert).size() < alert.changes.size());
    }

    private static List<String> withoutRepeats(Alert alert) {
        List<String> statuses = new ArrayList<>();
        for (Change change : alert.changes) {
            if (statuses.isEmpty() || !statuses.get(statuses.size() - 1).equals(change.status)) {
                statuses.add(change.status);
            }
        }
        return statuses;
    }

    @Test
    void posts_each_change_with_a_token_of_its_own() throws Exception {
        Set<String> tokens = new HashSet<>();
        changes().forEach(change -> assertThat(tokens.add(change.token())).isTrue());
        Set<String> posted = new HashSet<>();
        for (Post post : posts()) {
            Change change = post.change();
            JsonNode body = new ObjectMapper().readTree(post.body());
            posted.add(change.token());
            assertThat(body.get("message").asText()).startsWith(change.token() + " says " + change.status);
            assertThat(body.at("/alert/id").asText()).isEqualTo(change.alert.id);
            assertThat(body.at("/alert/status").asText()).isEqualTo(change.status);
            assertThat(body.at("/alert/isOpen").asBoolean()).isEqualTo(change.fires());
            assertThat(body.at("/alert/statusChangedAt").asLong()).isEqualTo(change.at);
            assertThat(body.at("/alert/openedAt").asLong()).isEqualTo(change.alert.changes.get(0).at);
            assertThat(body.at("/alert/monitorName").asText()).isEqualTo(change.alert.problem.monitor());
            assertThat(body.at("/alert/closedAt").isNumber()).isEqualTo(!change.fires());
        }
        assertThat(posted).isEqualTo(tokens);
    }

    @Test
    void says_one_problem_in_seven_with_an_emoji() {
        assertThat(history.problems)
                .filteredOn(problem -> problem.posts.get(0).body().contains("\uD83D\uDD25"))
                .extracting(problem -> problem.number % 7)
                .containsOnly(0)
                .hasSize(history.problems.size() / 7);
    }

    @Test
    void lets_the_next_alert_come_soon_or_not_soon_after_the_last() {
        Set<Long> pauses = new HashSet<>();
        problems(Course.FLAPPING).forEach(problem -> {
            for (int i = 1; i < problem.alerts.size(); i++) {
                Alert next = problem.alerts.get(i);
                long pause = next.changes.get(0).at - problem.alerts.get(i - 1).closedAt();
                assertThat(pause).isEqualTo(next.followsSoon ? 5 * 60 : 45 * 60);
                pauses.add(pause);
            }
        });
        assertThat(pauses).containsExactlyInAnyOrder(300L, 2700L);
    }

    @Test
    void tells_the_end_of_an_alert_that_is_overlapped_after_the_next_has_opened() {
        assertThat(problems(Course.OVERLAPPING)).isNotEmpty().allSatisfy(problem -> {
            Alert first = problem.alerts.get(0);
            Alert second = problem.alerts.get(1);
            assertThat(second.changes.get(0).at).isBetween(first.changes.get(0).at, first.closedAt());
            List<Change> posted = problem.posts.stream().map(Post::change).toList();
            assertThat(posted.indexOf(first.changes.get(first.changes.size() - 1)))
                    .isGreaterThan(posted.indexOf(second.changes.get(0)));
        });
    }

    @Test
    void posts_a_quarter_of_the_lives_in_a_wrong_order_and_only_of_alerts_that_are_alone() {
        assertThat(history.problems)
                .filteredOn(problem -> problem.course == Course.FLAPPING)
                .allMatch(HistoryTest::isInOrder);
        List<Problem> alone = problems(Course.ALONE).stream()
                .filter(problem -> problem.alerts.get(0).changes.size() > 2)
                .toList();
        long shuffled = alone.stream().filter(problem -> !isInOrder(problem)).count();
        assertThat(shuffled * 100 / alone.size()).isBetween(12L, 35L);
    }

    /** As far as each change is posted for the first time. */
    private static boolean isInOrder(Problem problem) {
        List<Change> happened =
                problem.alerts.stream().flatMap(alert -> alert.changes.stream()).toList();
        return problem.posts.stream().map(Post::change).distinct().toList().equals(happened);
    }

    @Test
    void posts_some_again_at_the_same_time_or_later_and_gives_up_only_alerts_that_are_alone() {
        assertThat(posts()).anyMatch(Post::twice).anyMatch(post -> !post.twice());
        assertThat(posts().size()).isGreaterThan(changes().size() * 11 / 10);
        assertThat(posts()).anyMatch(Post::mayGiveUp);
        assertThat(posts())
                .filteredOn(Post::mayGiveUp)
                .allMatch(post -> post.change().alert.problem.course == Course.ALONE);
    }

    @Test
    void says_what_it_is_made_of() {
        assertThat(new History(7, 1, SPAN).toString())
                .matches("1 alerts of 1 problems \\{alone=1}, \\d changes, \\d+ posts");
    }

    private List<Problem> problems(Course course) {
        return history.problems.stream()
                .filter(problem -> problem.course == course)
                .toList();
    }

    private List<Change> changes() {
        return history.alerts().stream()
                .flatMap(alert -> alert.changes.stream())
                .toList();
    }

    private List<Post> posts() {
        return history.problems.stream()
                .flatMap(problem -> problem.posts.stream())
                .toList();
    }
}
