package dev.mackerelredmine;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mackerelredmine.fakeredmine.FakeRedmine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What docs/who-is-on-it.md says that the watch costs: requests to Redmine, by the number of open tickets. */
@Tag("service")
class WatchCostTest {

    @RegisterExtension
    final FakeRedmine redmine = new FakeRedmine();

    @TempDir
    Path folder;

    private RunningService service;

    @AfterEach
    void stop() {
        service.close();
    }

    private List<String> asked() {
        return redmine.requests().stream()
                .filter(request -> request.method().equals("GET"))
                .map(request -> request.query() == null ? request.path() : request.query())
                .toList();
    }

    private long count(String part) {
        return asked().stream().filter(query -> query.contains(part)).count();
    }

    /** The first poll asks who we are and for the newest change, then as each sweep does; a poll between two sweeps is one list. A sweep finds each new
     * ticket once, to be read. */
    @ParameterizedTest
    @CsvSource({"1, 1", "10, 1", "200, 10", "230, 12"})
    void a_poll_is_one_request_and_a_sweep_one_for_each_twenty_tickets(int tickets, int lists) throws Exception {
        service = DeliverTest.deliveringTo(redmine, folder)
                .without("service/people")
                .start();
        for (int i = 0; i < tickets; i++) {
            service.post(critical().id("cost" + i).monitor("monitor " + i).bytes());
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> redmine.issues().size() == tickets && service.isIdle());
        service.close();
        service = DeliverTest.deliveringTo(redmine, folder).watching("500ms").start();
        await().atMost(Duration.ofMinutes(2)).until(() -> count("last_updated_by") >= 12);

        List<String> asked = asked();
        assertThat(asked).filteredOn(query -> query.contains("issue_id=")).hasSize(lists);
        assertThat(asked.subList(
                        0,
                        asked.indexOf(asked.stream()
                                .filter(query -> query.contains("last_updated_by"))
                                .findFirst()
                                .orElseThrow())))
                .as("the first poll")
                .filteredOn(query -> query.contains("issue_id="))
                .hasSize(Math.min(lists, 10));
        assertThat(asked)
                .filteredOn("limit=100&offset=0"::equals)
                .as("members of the project")
                .hasSize(1);
        await().atMost(Duration.ofMinutes(2)).until(() -> count("include=allowed_statuses") >= tickets);
        assertThat(asked())
                .as("each ticket once, because somebody may have changed it in the second in which it was made")
                .filteredOn(query -> query.contains("include=allowed_statuses"))
                .hasSize(tickets);
    }
}
