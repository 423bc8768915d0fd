package dev.mackerelredmine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mackerelredmine.mackerel.TestAlerts;
import dev.mackerelredmine.redmine.RedmineCaller;
import dev.mackerelredmine.redmine.TestRedmine;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What tests of whole lives of tickets share: a service, a line to a Redmine that it delivers to, and what that Redmine shows. */
abstract class Lives {

    static final Instant OPENED = TestAlerts.OPENED;

    @TempDir
    Path folder;

    final String mark = "life" + Long.toString(System.nanoTime(), Character.MAX_RADIX);
    Line line;
    RunningService service;

    abstract TestRedmine redmine();

    final String url() {
        return redmine().url();
    }

    final String id(String name) {
        return redmine().id(name);
    }

    @BeforeEach
    void open() {
        line = new Line(url());
        service = new RunningService(folder)
                .withSharedRedmine()
                .with("redmine.url", line.url())
                .with("redmine.apikey", id("key_bot"))
                .with("redmine.project", "alert")
                .with("redmine.tracker", id("tracker_alert"))
                .with("redmine.custom-field.level", id("field_level"))
                .with("redmine.custom-field.alert-id", id("field_alert_id"));
    }

    @AfterEach
    void close() {
        service.close();
        line.close();
    }

    // --- what Mackerel posts

    TestAlerts named(TestAlerts alert) {
        return alert.id(mark).monitor(mark);
    }

    static TestAlerts at(int second, TestAlerts alert) {
        return alert.statusChangedAt(OPENED.plusSeconds(second));
    }

    static TestAlerts recoveredAt(int second, TestAlerts alert) {
        return alert.recovered(OPENED.plusSeconds(second));
    }

    void post(TestAlerts... alerts) throws Exception {
        for (TestAlerts alert : alerts) {
            assertThat(service.post(alert.bytes()).statusCode()).isEqualTo(202);
        }
    }

    void untilDelivered() {
        await().atMost(Duration.ofSeconds(30)).until(service::isIdle);
    }

    void deliver(TestAlerts... alerts) throws Exception {
        for (TestAlerts alert : alerts) {
            post(alert);
            untilDelivered();
        }
    }

    // --- what Redmine shows

    RedmineCaller as(String who) {
        return new RedmineCaller(url(), id("key_" + who));
    }

    List<JsonNode> tickets() {
        JsonNode found = as("admin")
                .get("/issues.json?f[]=subject&op[subject]=~&v[subject][]=" + mark
                        + "&f[]=status_id&op[status_id]=*&sort=id&limit=100")
                .json()
                .path("issues");
        return StreamSupport.stream(found.spliterator(), false)
                .filter(issue -> issue.path("subject").asText().contains(mark))
                .map(issue -> shown(issue.path("id").asInt()))
                .toList();
    }

    JsonNode ticket() {
        List<JsonNode> tickets = tickets();
        assertThat(tickets).hasSize(1);
        return tickets.get(0);
    }

    JsonNode shown(int issue) {
        return as("admin")
                .get("/issues/" + issue + ".json?include=journals,relations")
                .json()
                .path("issue");
    }

    static List<String> notes(JsonNode ticket) {
        return StreamSupport.stream(ticket.path("journals").spliterator(), false)
                .map(journal -> journal.path("notes").asText())
                .filter(notes -> !notes.isEmpty())
                .toList();
    }

    static String status(JsonNode ticket) {
        return ticket.at("/status/name").asText();
    }

    static String number(JsonNode ticket) {
        return "/issues/" + ticket.path("id").asInt() + ".json";
    }

    /**
     * The first change after a start asks who we are; and of the first in a project and tracker it is looked at whether Redmine did what it said
     * 204 to.
     */
    static final int MORE_AT_THE_FIRST_CHANGE = 2;

    static final String WHO_WE_ARE = "GET /users/current.json";

    static List<String> firstChange(JsonNode ticket) {
        return List.of("GET " + number(ticket), WHO_WE_ARE, "PUT " + number(ticket), "GET " + number(ticket));
    }

    void person(Map<String, Object> change) {
        assertThat(as("dev").put(number(ticket()), change).status()).isEqualTo(204);
    }
}
