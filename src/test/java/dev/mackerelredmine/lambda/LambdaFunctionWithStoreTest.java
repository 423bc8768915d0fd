package dev.mackerelredmine.lambda;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static dev.mackerelredmine.mackerel.TestAlerts.ok;
import static dev.mackerelredmine.mackerel.TestAlerts.warning;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mackerelredmine.fakemackerel.FakeMackerel;
import dev.mackerelredmine.fakeredmine.FakeRedmine;
import dev.mackerelredmine.mackerel.TestAlerts;
import dev.mackerelredmine.store.RealPostgresql;
import dev.mackerelredmine.store.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The function with a PostgreSQL: what came in is safe there, and tickets have the life that the service gives them. */
@Tag("service")
final class LambdaFunctionWithStoreTest {

    private static RealPostgresql postgresql;

    @RegisterExtension
    final FakeRedmine redmine = new FakeRedmine();

    @RegisterExtension
    final FakeMackerel mackerel = new FakeMackerel();

    @TempDir
    Path folder;

    private TestDatabase schema;
    private LambdaRuntime function;

    @BeforeAll
    static void findPostgresql() {
        postgresql = RealPostgresql.find();
    }

    @BeforeEach
    void start() throws Exception {
        schema = postgresql.newSchema();
        start(Map.of());
    }

    private void start(Map<String, String> more) throws Exception {
        Map<String, String> variables = new HashMap<>(Map.of(
                "REDMINE_URL", redmine.url(),
                "REDMINE_APIKEY", redmine.apiKey(),
                "REDMINE_PROJECT", "alert",
                "STORE_URL", schema.url(),
                "STORE_USER", schema.user(),
                "STORE_PASSWORD", schema.password()));
        variables.putAll(more);
        function = LambdaRuntime.ofThisClassPath(folder, variables);
        function.untilItIsReady();
    }

    @AfterEach
    void stop() throws Exception {
        function.close();
        schema.drop();
    }

    private static String text(TestAlerts alert) {
        return new String(alert.bytes(), StandardCharsets.UTF_8);
    }

    private String message(TestAlerts alert) {
        return function.invoke(
                LambdaEvents.sqs(LambdaEvents.message("m1", "a", text(alert))).toString());
    }

    @Test
    void notes_what_changes_and_counts_what_is_said_again() {
        message(warning());
        message(critical());
        message(critical());
        message(ok());

        assertThat(redmine.issues()).singleElement().satisfies(ticket -> {
            assertThat(ticket.closed()).isTrue();
            assertThat(ticket.notes()).hasSize(2);
        });
    }

    @Test
    void takes_what_comes_in_while_redmine_is_away_and_delivers_it_by_the_schedule() {
        redmine.stop();

        assertThat(message(critical())).isEqualTo("{\"batchItemFailures\":[]}");

        redmine.start();
        await().atMost(Duration.ofSeconds(40)).until(() -> {
            function.invoke(LambdaEvents.schedule());
            return redmine.issues().size() == 1;
        });
    }

    @Test
    void asks_mackerel_by_the_schedule_for_lost_webhooks() throws Exception {
        function.close();
        mackerel.withChannel("ours", "https://alerts.example.jp/mackerel");
        mackerel.open(
                mackerel.hostMonitor("CPU %"),
                mackerel.host("web1"),
                "CRITICAL",
                Instant.now().minus(Duration.ofMinutes(5)));
        start(Map.of("MACKEREL_APIKEY", FakeMackerel.KEY, "MACKEREL_URL", mackerel.url()));

        function.invoke(LambdaEvents.schedule());

        assertThat(redmine.issues())
                .singleElement()
                .satisfies(ticket -> assertThat(ticket.subject()).isEqualTo("CRITICAL: web1 CPU %"));
    }
}
