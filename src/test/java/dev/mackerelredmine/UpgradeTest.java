package dev.mackerelredmine;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mackerelredmine.store.NextRelease;
import dev.mackerelredmine.store.RealPostgresql;
import dev.mackerelredmine.store.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From one release to the next and back, as docs/operate.md says. The next release is this one with one migration more. */
@Tag("service")
class UpgradeTest {

    private static final MarkdownPage PAGE = new MarkdownPage(Path.of("docs/operate.md"));
    private static final int STOPPED = 143;

    /** Where the page has the service. */
    private Path installation;

    @TempDir
    Path folder;

    private Path nextRelease;

    @BeforeEach
    void makeFolders() throws IOException {
        installation = Files.createDirectory(folder.resolve("mackerel-redmine"));
        nextRelease = NextRelease.in(folder.resolve("next-release"));
    }

    /** Redmine is away, so that what comes in waits. */
    private ServiceProcess release() throws IOException {
        return new ServiceProcess(installation)
                .with(Map.of(
                        "REDMINE_URL", "http://127.0.0.1:1",
                        "REDMINE_APIKEY", "0123456789abcdef",
                        "REDMINE_PROJECT", "alert"));
    }

    private ServiceProcess nextRelease() throws IOException {
        return release().withClasses(nextRelease);
    }

    private static void receives(ServiceProcess service, String alert) throws Exception {
        assertThat(service.post(critical().id(alert).bytes()).statusCode()).isEqualTo(202);
    }

    @Test
    void a_store_is_backed_up_before_its_upgrade_and_the_release_before_runs_with_the_backup() throws Exception {
        try (ServiceProcess before = release().start().untilItRuns()) {
            receives(before, "2bjBefore");
            before.terminate();
            assertThat(before.exitCode()).isEqualTo(STOPPED);
        }

        try (ServiceProcess next = nextRelease().start().untilItRuns()) {
            assertThat(next.output())
                    .contains(
                            "INFO",
                            "The store is upgraded from schema " + NextRelease.THIS + " to " + NextRelease.NEXT
                                    + ". A backup from before is in " + backup())
                    .contains("1 waiting to be delivered");
            receives(next, "2bjAfter");

            assertThat(restore(backup(), next)).isZero();
            assertThat(next.exitCode()).isEqualTo(STOPPED);
        }

        try (ServiceProcess before = release().start().untilItRuns()) {
            assertThat(before.output()).contains("is running", "1 waiting to be delivered");
        }
        assertThat(installation.resolve("data/replaced/mackerel-redmine.db")).isNotEmptyFile();
    }

    @Test
    void unpacking_a_release_over_another_leaves_what_a_person_edited_and_uses_it() throws Exception {
        Distribution release = Distribution.read();
        release.unpackTo(installation);
        assertThat(installation.resolve("application.properties")).doesNotExist();
        Path settings = Files.writeString(installation.resolve("application.properties"), "ticket.language=ja\n");
        Path policy = Files.copy(
                installation.resolve("defaults/routes/policy.camel.yaml"),
                installation.resolve("routes/policy.camel.yaml"));
        Files.writeString(policy, """
                        - setVariable: {name: ticket.project, constant: shop-operations}
                """, StandardOpenOption.APPEND);
        String edited = Files.readString(policy);

        release.unpackTo(installation);

        assertThat(settings).hasContent("ticket.language=ja");
        assertThat(policy).hasContent(edited);
        String management = Integer.toString(FreePort.next());
        try (ServiceProcess service = new ServiceProcess(installation)
                .with(Map.of("MANAGEMENT_PORT", management))
                .start()
                .untilItRuns()) {
            receives(service, "2bjAfter");
            assertThat(service.output())
                    .contains("policy in routes/, the others as shipped")
                    .doesNotContain("WARN", "ERROR");
            await().untilAsserted(() -> assertThat(page("http://127.0.0.1:" + management + "/preview"))
                    .contains("project = shop-operations", "監視ルール"));
        }
    }

    private static String page(String url) throws IOException {
        try (InputStream page = URI.create(url).toURL().openStream()) {
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void a_route_that_only_the_release_before_has_is_not_used_and_is_named() throws Exception {
        Distribution.read().unpackTo(installation);
        Files.copy(
                installation.resolve("routes/engine/find.camel.yaml"),
                installation.resolve("routes/engine/renamed-since.camel.yaml"));

        try (ServiceProcess service = new ServiceProcess(installation).start().untilItRuns()) {
            assertThat(service.output()).contains("is running");
            assertThat(linesOf(service))
                    .filteredOn(line -> line.contains("WARN"))
                    .singleElement()
                    .asString()
                    .endsWith(
                            "routes/engine/renamed-since.camel.yaml is of another release, and is not used: remove it");
        }
    }

    @Test
    void a_file_that_was_edited_for_another_contract_stops_the_start() throws Exception {
        Distribution.read().unpackTo(installation);
        for (String name : List.of("operator", "policy")) {
            Path routes = installation.resolve("routes");
            String shipped = Files.readString(installation.resolve("defaults/routes/" + name + ".camel.yaml"));
            Files.writeString(
                    routes.resolve(name + ".camel.yaml"), shipped.replace("note: contract 1", "note: contract 2"));
        }

        ServiceProcess service = new ServiceProcess(installation).start();

        assertThat(service.exitCode()).isEqualTo(2);
        assertThat(service.output()).isEqualTo("""
                mackerel-redmine cannot start:
                  routes/operator.camel.yaml is written for contract 2, and this release needs contract 1. What changed: docs/routes.md#contracts
                  routes/policy.camel.yaml is written for contract 2, and this release needs contract 1. What changed: docs/routes.md#contracts
                """);
    }

    private Path backup() throws IOException {
        try (Stream<Path> files = Files.list(installation.resolve("data"))) {
            return files.filter(
                            file -> file.getFileName().toString().startsWith("backup-schema-" + NextRelease.THIS + "-"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Does what the page says, where systemctl and sudo know only what the page wants of them, and the test starts the service. */
    private int restore(Path backup, ServiceProcess service) throws IOException, InterruptedException {
        Path commands = Files.createDirectory(folder.resolve("commands"));
        command(commands.resolve("sudo"), "[ \"$1\" != -u ] || shift 2; exec \"$@\"");
        command(
                commands.resolve("systemctl"),
                "[ \"$1\" = start ] || { kill %1$d; while kill -0 %1$d 2>&-; do sleep 0.1; done; }"
                        .formatted(service.pid()));
        String script = String.join("\n", PAGE.blockUnder("Restore").lines())
                .replace("/opt/mackerel-redmine", installation.toString())
                .replace("-o mackerel-redmine ", "")
                .replace("FILE", backup.toString());
        ProcessBuilder shell = new ProcessBuilder("sh", "-e", "-c", script).inheritIO();
        shell.environment().merge("PATH", commands.toString(), (path, first) -> first + ":" + path);
        return shell.start().waitFor();
    }

    private static void command(Path file, String script) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    @Test
    void the_release_before_refuses_a_store_that_was_upgraded_and_leaves_it_as_it_is() throws Exception {
        try (ServiceProcess next = nextRelease().start().untilItRuns()) {
            receives(next, "2bjAfter");
        }
        try (ServiceProcess before = release().start()) {
            assertThat(before.exitCode()).isEqualTo(2);
            assertThat(linesOf(before))
                    .containsSubsequence(
                            "mackerel-redmine cannot start:",
                            "the store jdbc:sqlite:data/mackerel-redmine.db was upgraded to schema " + NextRelease.NEXT
                                    + " by mackerel-redmine"
                                    + " (development), and this is (development), which does not know it. Start (development)"
                                    + " or newer, or go back to the backup from before the upgrade: docs/operate.md#go-back");
        }

        TestDatabase store =
                new TestDatabase("jdbc:sqlite:" + installation.resolve("data/mackerel-redmine.db"), null, null);
        assertThat(store.found("SELECT alert_key FROM alert")).containsExactly("2bjAfter");
        assertThat(store.found("SELECT mood FROM problem")).hasSize(1);
    }

    private static List<String> linesOf(ServiceProcess service) throws IOException {
        return service.output().lines().map(String::strip).toList();
    }

    @Test
    void an_upgrade_of_postgresql_warns_that_it_makes_no_backup() throws Exception {
        RealPostgresql postgresql = RealPostgresql.find();
        TestDatabase schema = postgresql.newSchema();
        Map<String, String> store =
                Map.of("STORE_URL", schema.url(), "STORE_USER", schema.user(), "STORE_PASSWORD", schema.password());
        try {
            try (ServiceProcess before = release().with(store).start().untilItRuns()) {
                assertThat(before.output()).doesNotContain("is upgraded");
            }
            try (ServiceProcess next = nextRelease().with(store).start().untilItRuns()) {
                assertThat(linesOf(next))
                        .anySatisfy(
                                line -> assertThat(line)
                                        .contains("WARN")
                                        .contains(
                                                "The store is upgraded from schema " + NextRelease.THIS + " to "
                                                        + NextRelease.NEXT + ". PostgreSQL is not backed up by this"
                                                        + " service: to go back, you need a dump from before (docs/operate.md#upgrade)"));
            }
        } finally {
            schema.drop();
        }
    }
}
