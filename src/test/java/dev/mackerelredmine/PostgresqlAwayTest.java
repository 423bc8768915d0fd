package dev.mackerelredmine;

import static dev.mackerelredmine.DeliverTest.deliveringTo;
import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mackerelredmine.fakeredmine.FakeRedmine;
import dev.mackerelredmine.redmine.LoggedErrors;
import dev.mackerelredmine.store.RealPostgresql;
import dev.mackerelredmine.store.TestDatabase;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a service does whose PostgreSQL cannot be reached for a while. */
@Tag("service")
final class PostgresqlAwayTest {

    private static RealPostgresql postgresql;

    @RegisterExtension
    final FakeRedmine redmine = new FakeRedmine();

    @TempDir
    Path folder;

    private TestDatabase schema;
    private Gate gate;

    @BeforeAll
    static void findPostgresql() {
        postgresql = RealPostgresql.find();
    }

    @BeforeEach
    void open() throws Exception {
        schema = postgresql.newSchema();
        gate = new Gate(schema.url());
    }

    @AfterEach
    void close() throws Exception {
        gate.close();
        schema.drop();
    }

    private RunningService service() {
        return deliveringTo(redmine, folder)
                .with("store.url", gate.url())
                .with("store.user", schema.user())
                .with("store.password", schema.password());
    }

    private static HttpResponse<String> post(RunningService service, String alert) throws Exception {
        return service.post(critical().id(alert).monitor(alert).bytes());
    }

    private void untilNothingWaits() {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> schema.found("SELECT COUNT(*) FROM problem WHERE due_at IS NOT NULL")
                        .get(0)
                        .equals("0"));
    }

    @Test
    void refuses_posts_says_so_once_and_goes_on_when_it_is_back() throws Exception {
        try (RunningService service = service().start();
                LoggedErrors ofRoutes = LoggedErrors.of("dev.mackerelredmine.routes");
                LoggedErrors log = LoggedErrors.of("dev.mackerelredmine.store.Availability", Level.INFO)) {
            assertThat(post(service, "before").statusCode()).isEqualTo(202);
            untilNothingWaits();

            gate.shut();
            HttpResponse<String> refused = post(service, "meanwhile");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).contains("30");
            assertThat(post(service, "meanwhile").statusCode()).isEqualTo(503);

            gate.open();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> post(service, "after").statusCode() == 202);
            untilNothingWaits();

            assertThat(redmine.issues()).hasSize(2);
            assertThat(log.messages().get(0))
                    .startsWith(
                            "The store cannot be used, so posts are refused and nothing is delivered: PostgreSQL at ")
                    .endsWith("look after it, or the way to it, and it goes on by itself.");
            assertThat(ofRoutes.messages())
                    .noneMatch(message -> message.startsWith("The operator could not be notified"));
            assertThat(log.messages()).hasSizeLessThanOrEqualTo(4);
            assertThat(log.messages().get(log.messages().size() - 1)).startsWith("The store can be used again, after ");
        }
    }

    @Test
    void does_not_wait_for_its_own_lease_to_run_out_when_it_was_delivering() throws Exception {
        redmine.delayAnswer(Duration.ofSeconds(1));
        try (RunningService service = service().start();
                LoggedErrors log = LoggedErrors.of("dev.mackerelredmine.store.Deliveries", Level.WARN)) {
            post(service, "underWay");
            await().until(() -> redmine.requests().stream()
                    .anyMatch(request -> request.method().equals("POST")));
            gate.shut();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> log.messages().toString().contains("The result of a delivery could not be stored"));
            gate.open();

            untilNothingWaits();

            assertThat(redmine.issues()).hasSize(1);
        }
    }

    @Test
    void is_waited_for_at_start() throws Exception {
        gate.shut();
        try (ServiceProcess service = process(Map.of()).start()) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> service.output().contains("PostgreSQL at " + gate.url() + " cannot be used ("));
            gate.open();
            service.untilItRuns();

            assertThat(service.post(critical().bytes()).statusCode()).isEqualTo(202);
            assertThat(service.output()).doesNotContain("Exception", "ERROR");
        }
    }

    @Test
    void can_be_given_up_while_it_is_waited_for() throws Exception {
        gate.shut();
        ServiceProcess service = process(Map.of()).start();
        await().atMost(Duration.ofSeconds(60)).until(() -> service.output().contains("cannot be used ("));

        service.terminate();

        assertThat(service.exitCode()).isEqualTo(143);
    }

    @Test
    void is_not_waited_for_where_a_setting_is_wrong() throws Exception {
        ServiceProcess refused = process(Map.of("STORE_PASSWORD", "s3cret")).start();
        ServiceProcess elsewhere = process(Map.of("STORE_URL", gate.url().replaceFirst("\\?.*", "_is_no_database")))
                .start();

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.output()).contains("password authentication failed").doesNotContain("s3cret");
        assertThat(elsewhere.exitCode()).isEqualTo(2);
        assertThat(elsewhere.output()).contains("does not exist");
    }

    private ServiceProcess process(Map<String, String> otherwise) throws Exception {
        return new ServiceProcess(folder)
                .with(Map.of(
                        "STORE_URL", gate.url(),
                        "STORE_USER", schema.user(),
                        "STORE_PASSWORD", schema.password()))
                .with(otherwise);
    }
}
