package dev.mackerelredmine;

import static dev.mackerelredmine.mackerel.TestAlerts.warning;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mackerelredmine.mackerel.TestAlerts;
import dev.mackerelredmine.redmine.RealRedmine;
import dev.mackerelredmine.redmine.RedmineCaller;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What FakeRedmine plays in DeliverTest, with a real Redmine whose database, MariaDB with utf8mb3, does not take an emoji. */
@Tag("service")
class PoisonTest {

    @TempDir
    Path folder;

    private final String id = "2bjPoison" + System.nanoTime();
    private final String beside = "2bjBeside" + System.nanoTime();
    private RealRedmine redmine;

    @BeforeEach
    void findRedmine() throws IOException {
        redmine = RealRedmine.findOnMariadb();
    }

    @Test
    void goes_through_its_life_in_basic_characters_and_holds_nothing_up() throws Exception {
        TestAlerts burning = warning().id(id).monitor("\uD83D\uDD25 " + id).message("\uD83D\uDD25 障害");
        try (RunningService service = new RunningService(folder)
                .withSharedRedmine()
                .with("redmine.url", redmine.url())
                .with("redmine.apikey", redmine.id("key_bot"))
                .with("redmine.project", "alert")
                .start()) {
            deliver(service, burning, warning().id(beside).monitor(beside));
            deliver(service, burning.status("critical"));
            deliver(service, burning.status("ok"));
        }

        assertThat(ticket(beside).path("subject").asText()).endsWith(beside);
        JsonNode poisoned = ticket(id);
        assertThat(poisoned.path("subject").asText()).startsWith("CRITICAL: ").endsWith("\uFFFD " + id);
        assertThat(poisoned.path("description").asText())
                .contains("\uFFFD 障害", "Redmine could not store this text as it was");
        assertThat(poisoned.at("/status/is_closed").asBoolean()).isTrue();
        assertThat(poisoned.path("journals").findValuesAsText("notes"))
                .hasSize(2)
                .allSatisfy(
                        note -> assertThat(note).contains("\uFFFD 障害", "Redmine could not store this text as it was"));
    }

    private static void deliver(RunningService service, TestAlerts... alerts) throws Exception {
        for (TestAlerts alert : alerts) {
            assertThat(service.post(alert.bytes()).statusCode()).isEqualTo(202);
        }
        await().atMost(Duration.ofSeconds(30)).until(service::isIdle);
    }

    /** The only one with this text in its subject. */
    private JsonNode ticket(String text) {
        RedmineCaller bot = new RedmineCaller(redmine.url(), redmine.id("key_bot"));
        JsonNode found = bot.get("/issues.json?f[]=subject&op[subject]=~&v[subject][]=" + text)
                .json();
        assertThat(found.path("total_count").asInt()).isOne();
        return bot.get("/issues/" + found.at("/issues/0/id").asLong() + ".json?include=journals")
                .json()
                .path("issue");
    }
}
