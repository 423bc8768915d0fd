package dev.mackerelredmine;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static dev.mackerelredmine.mackerel.TestAlerts.ok;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mackerelredmine.fakeredmine.FakeIssue;
import dev.mackerelredmine.fakeredmine.FakeRedmine;
import dev.mackerelredmine.mackerel.TestAlerts;
import dev.mackerelredmine.settings.SettingNames;
import dev.mackerelredmine.store.NextRelease;
import dev.mackerelredmine.store.RealPostgresql;
import dev.mackerelredmine.store.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * This release goes on with what each release before left: its settings, and its store in SQLite and in PostgreSQL, in which one ticket is
 * open, one is closed, and an alert waits for Redmine.
 *
 * <p>A release leaves its own in src/test/resources/releases (docs/development.md#release), by
 * {@code mvn test -Dtest=ReleasesTest -Drelease.write=VERSION}. From its publication on it stays as it is.
 */
@Tag("service")
class ReleasesTest {

    private static final Path RELEASES = Path.of("src/test/resources/releases");
    private static final String STORE = "store.db";
    private static final String DUMP = "store.sql";
    private static final String SETTINGS = "application.properties";

    /** Of the schema, in the dump. */
    private static final String PLACE = "place_of_the_store";

    private static final Pattern SETTING = Pattern.compile("(?m)^#?([a-z][a-z0-9.-]*)=");
    private static final String OPEN = "2bjOpen";
    private static final String CLOSED = "2bjClosed";
    private static final String WAITS = "2bjWaits";

    @TempDir
    Path folder;

    @RegisterExtension
    final FakeRedmine redmine = new FakeRedmine();

    static List<Path> releases() throws IOException {
        try (Stream<Path> folders = Files.list(RELEASES)) {
            return folders.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("releases")
    void knows_each_setting_of(Path release) throws IOException {
        String settings = Files.readString(release.resolve(SETTINGS));

        List<String> names = SETTING.matcher(settings)
                .results()
                .map(match -> match.group(1))
                .filter(name -> !name.startsWith("camel."))
                .toList();

        assertThat(names).hasSizeGreaterThan(100);
        assertThat(SettingNames.ALL).containsAll(names);
    }

    @ParameterizedTest
    @MethodSource("releases")
    void goes_on_with_settings_and_the_sqlite_store_of(Path release) throws Exception {
        Path store = Files.createDirectory(folder.resolve("data")).resolve("mackerel-redmine.db");
        Files.copy(release.resolve(STORE), store);

        goesOn(release, new TestDatabase("jdbc:sqlite:" + store, null, null));
    }

    @ParameterizedTest
    @MethodSource("releases")
    void goes_on_with_settings_and_the_postgresql_store_of(Path release) throws Exception {
        RealPostgresql postgresql = RealPostgresql.find();
        TestDatabase store = postgresql.newSchema();
        try {
            store.execute(Files.readString(release.resolve(DUMP)).replace(PLACE, schema(store)));
            goesOn(release, store);
        } finally {
            store.drop();
        }
    }

    private void goesOn(Path release, TestDatabase store) throws Exception {
        Files.copy(release.resolve(SETTINGS), folder.resolve(SETTINGS));
        List<String> versions = store.found("SELECT version FROM flyway_schema_history ORDER BY installed_rank");
        String schema = versions.get(versions.size() - 1);
        createIssue();
        createIssue();

        try (ServiceProcess service = service(store).start().untilItRuns()) {
            String upgrade = "The store is upgraded from schema " + schema + " to " + NextRelease.THIS;
            assertThat(service.output()).contains("is running", "1 waiting to be delivered");
            assertThat(service.output().contains(upgrade)).isEqualTo(!schema.equals("" + NextRelease.THIS));
            until(() -> assertThat(redmine.issues())
                    .last()
                    .extracting(FakeIssue::id, FakeIssue::subject)
                    .containsExactly(3, "CRITICAL: " + WAITS + " CPU %"));

            receives(service, recovered(OPEN));
            until(() -> assertThat(redmine.issues())
                    .first()
                    .extracting(FakeIssue::closed, issue -> issue.notes().size())
                    .containsExactly(true, 1));
        }
        ServiceProcess explain = service(store, "explain", "--alert", CLOSED).start();
        assertThat(explain.exitCode()).as(explain.output()).isZero();
        assertThat(explain.output()).contains("#2", "recovered");
    }

    static List<String> toBeWritten() {
        return Stream.ofNullable(System.getProperty("release.write")).toList();
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("toBeWritten")
    void writes_what_this_release_leaves_to_later_ones(String version) throws Exception {
        Path release = Files.createDirectories(RELEASES.resolve(version));
        Files.writeString(release.resolve(SETTINGS), Files.readString(Path.of(SETTINGS)));

        Path file = folder.resolve(STORE);
        leave(new TestDatabase("jdbc:sqlite:" + file, null, null));
        Files.deleteIfExists(release.resolve(STORE));
        new TestDatabase("jdbc:sqlite:" + file, null, null).execute("VACUUM INTO '" + release.resolve(STORE) + "'");

        RealPostgresql postgresql = RealPostgresql.find();
        TestDatabase store = postgresql.newSchema();
        try {
            redmine.end();
            redmine.start();
            leave(store);
            Files.writeString(release.resolve(DUMP), dump(store));
        } finally {
            store.drop();
        }
    }

    private void leave(TestDatabase store) throws Exception {
        try (ServiceProcess service = service(store).start().untilItRuns()) {
            receives(service, alert(OPEN));
            until(() -> assertThat(redmine.issues()).hasSize(1));
            receives(service, alert(CLOSED));
            until(() -> assertThat(redmine.issues()).hasSize(2));
            receives(service, recovered(CLOSED));
            until(() -> assertThat(redmine.issues())
                    .last()
                    .extracting(FakeIssue::closed)
                    .isEqualTo(true));
            until(() -> assertThat(store.found("SELECT alert_key FROM alert WHERE received > told"))
                    .isEmpty());
            redmine.stop();
            receives(service, alert(WAITS));
        }
    }

    private static TestAlerts alert(String id) {
        return critical().id(id).host(id);
    }

    private static TestAlerts recovered(String id) {
        return ok().id(id).host(id);
    }

    private ServiceProcess service(TestDatabase store, String... command) throws IOException {
        Map<String, String> settings = new HashMap<>(Map.of(
                "REDMINE_URL", redmine.url(),
                "REDMINE_APIKEY", redmine.apiKey(),
                "REDMINE_PROJECT", "alert",
                "TICKET_GRAPHS", "false",
                "STORE_URL", store.url()));
        if (store.user() != null) {
            settings.putAll(Map.of("STORE_USER", store.user(), "STORE_PASSWORD", store.password()));
        }
        return new ServiceProcess(folder, command).with(settings);
    }

    private static void receives(ServiceProcess service, TestAlerts alert) throws Exception {
        assertThat(service.post(alert.bytes()).statusCode()).isEqualTo(202);
    }

    private static void until(ThrowingRunnable holds) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(holds);
    }

    private void createIssue() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(redmine.url() + "/projects/alert/issues.json"))
                .header("Content-Type", "application/json")
                .header("X-Redmine-API-Key", redmine.apiKey())
                .POST(BodyPublishers.ofString("{\"issue\":{\"subject\":\"of the release before\"}}"))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(201);
    }

    private static String schema(TestDatabase store) {
        return store.url().replaceFirst(".*currentSchema=", "");
    }

    /** Statements only: what pg_dump says to psql is left out. */
    private static String dump(TestDatabase store) throws Exception {
        String schema = schema(store);
        String address = store.url().replaceFirst("^jdbc:", "").replaceFirst("\\?.*", "");
        ProcessBuilder builder = new ProcessBuilder(
                "pg_dump",
                "--inserts",
                "--no-owner",
                "--no-privileges",
                "--schema",
                schema,
                "--username",
                store.user(),
                "--dbname",
                address);
        builder.environment().put("PGPASSWORD", Objects.requireNonNull(store.password()));
        Process dump = builder.start();
        String written = new String(dump.getInputStream().readAllBytes(), UTF_8);
        assertThat(dump.waitFor()).isZero();
        return written.lines()
                .filter(line -> !line.isBlank()
                        && !line.matches("(?:\\\\|--|SET |CREATE SCHEMA |SELECT pg_catalog.set_config).*"))
                .map(line -> line.replace(schema, PLACE) + "\n")
                .reduce("", String::concat);
    }
}
