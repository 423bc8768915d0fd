package dev.mackerelredmine;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.mackerelredmine.fakeredmine.FakeRedmine;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a load balancer, or whoever restarts a service, gets as an answer. */
@Tag("service")
class HealthTest {

    @RegisterExtension
    final FakeRedmine redmine = new FakeRedmine();

    @TempDir
    Path folder;

    private RunningService service;

    @BeforeEach
    void start() throws Exception {
        service = DeliverTest.deliveringTo(redmine, folder).start();
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private HttpResponse<String> ask(String path) throws Exception {
        return service.send(HttpRequest.newBuilder(service.management("/observe/health" + path))
                .build());
    }

    private JsonNode check(String path, String name) throws Exception {
        for (JsonNode check :
                JsonMapper.builder().build().readTree(ask(path).body()).path("checks")) {
            if (check.path("name").asText().equals(name)) {
                return check;
            }
        }
        throw new AssertionError("no check " + name);
    }

    @Test
    void is_ready_and_live_when_all_is_well() throws Exception {
        assertThat(ask("/ready").statusCode()).isEqualTo(200);
        assertThat(ask("/live").statusCode()).isEqualTo(200);
        assertThat(check("", "store").path("status").asText()).isEqualTo("UP");
        assertThat(check("", "redmine").path("status").asText()).isEqualTo("UP");
    }

    @Test
    void is_live_but_not_ready_while_the_store_cannot_be_written_to() throws Exception {
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("data/store.db"));
                Statement lock = other.createStatement()) {
            lock.execute("BEGIN IMMEDIATE");

            await().atMost(Duration.ofSeconds(60)).until(() -> ask("/ready").statusCode() == 503);
            assertThat(ask("/live").statusCode()).isEqualTo(200);
            assertThat(check("/ready", "store").path("message").asText())
                    .startsWith("the store cannot be written to, and posts are answered with 503: ")
                    .contains("locked")
                    .endsWith("Is the disk full, or the database away?");

            lock.execute("ROLLBACK");
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> ask("/ready").statusCode() == 200);
    }

    @Test
    void warns_and_stays_ready_while_redmine_is_away() throws Exception {
        redmine.stop();
        service.post(critical().bytes());

        await().until(() -> check("", "redmine").path("status").asText().equals("UNKNOWN"));
        assertThat(check("", "redmine").path("message").asText())
                .matches(
                        "since \\S+Z no request to Redmine succeeded \\(the last: no-answer\\)\\. Alerts are kept, and delivered when it is back\\.");
        assertThat(ask("").statusCode()).isEqualTo(200);
        assertThat(ask("/ready").statusCode()).isEqualTo(200);

        redmine.start();
        await().until(() -> check("", "redmine").path("status").asText().equals("UP"));
    }
}
