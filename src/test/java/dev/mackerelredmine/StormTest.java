package dev.mackerelredmine;

import static dev.mackerelredmine.DeliverTest.deliveringTo;
import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mackerelredmine.fakeredmine.FakeIssue;
import dev.mackerelredmine.fakeredmine.FakeRedmine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Many alerts at once; bench/storm shows the same of 10,000. */
@Tag("service")
final class StormTest {

    private static final int PROBLEMS = 100;
    private static final int ALERTS_OF_A_PROBLEM = 5;

    @RegisterExtension
    final FakeRedmine redmine = new FakeRedmine();

    @TempDir
    Path folder;

    @Test
    void takes_all_while_redmine_is_away_and_delivers_each_once_in_the_order_of_its_problem() throws Exception {
        redmine.stop();
        try (RunningService service = deliveringTo(redmine, folder).start()) {
            for (int alert = 0; alert < ALERTS_OF_A_PROBLEM; alert++) {
                for (int problem = 0; problem < PROBLEMS; problem++) {
                    byte[] post = critical()
                            .id("p" + problem + "a" + alert)
                            .monitor("monitor " + problem)
                            .bytes();
                    assertThat(service.post(post).statusCode()).isEqualTo(202);
                }
            }
            redmine.start();
            await().atMost(Duration.ofSeconds(60)).until(service::isIdle);
        }

        List<Integer> inOrder = IntStream.range(0, ALERTS_OF_A_PROBLEM).boxed().toList();
        assertThat(alertsOfEachProblem())
                .hasSize(PROBLEMS)
                .allSatisfy((problem, alerts) -> assertThat(alerts).isEqualTo(inOrder));
    }

    /** As their issues were made, one after the other. */
    private Map<String, List<Integer>> alertsOfEachProblem() {
        Pattern id = Pattern.compile("\"id\" : \"(p\\d+)a(\\d+)\"");
        return redmine.issues().stream()
                .map(FakeIssue::description)
                .map(id::matcher)
                .filter(Matcher::find)
                .collect(Collectors.groupingBy(
                        found -> found.group(1),
                        TreeMap::new,
                        Collectors.mapping(found -> Integer.valueOf(found.group(2)), Collectors.toList())));
    }
}
