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

    /** The first look asks who we are and for the newest change, then as each sweep does; a look between two sweeps is one list. */
    @ParameterizedTest
    @CsvSource({"1, 1", "10, 1", "200, 10"})
    void a_look_is_one_request_and_a_sweep_one_for_each_twenty_tickets(int tickets, int lists) throws Exception {
        service = DeliverTest.deliveringTo(redmine, folder)
                .without("service/people")
                .start();
        for (int i = 0; i < tickets; i++) {
            service.post(critical().id("cost" + i).monitor("monitor " + i).bytes());
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> redmine.issues().size() == tickets && service.isIdle());
        service.close();
        int before = redmine.requests().size();
        service = DeliverTest.deliveringTo(redmine, folder).watching("500ms").start();
        await().atMost(Duration.ofSeconds(60)).until(() -> count("last_updated_by") >= 12);

        List<String> watched =
                asked().subList(asked().size() - (redmine.requests().size() - before), asked().size());
        assertThat(count("issue_id=")).isEqualTo(lists);
        assertThat(count("sort=updated_on:desc")).isOne();
        assertThat(watched.stream()
                        .filter(query -> query.contains("memberships") || query.contains("limit=100&offset=0"))
                        .count())
                .isGreaterThanOrEqualTo(1);
        // Each ticket with its journals once: it is new here.
        assertThat(count("include=allowed_statuses")).isEqualTo(tickets);
    }
}
