package dev.mackerelredmine;

import static dev.mackerelredmine.mackerel.TestAlerts.fixture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** The steps that README and docs/ show, written into the files as they are shipped: the conventions and the service take them. */
@Tag("service")
class EditedRouteConventionsTest {

    /** A block of YAML that stands below the steps of a route. */
    private static final Pattern STEPS = Pattern.compile("(?s)```yaml\n( {8}- .*?)```");

    @TempDir
    Path folder;

    private Path routes;

    @BeforeEach
    void writeWhatTheDocsShow() throws IOException {
        routes = RouteFiles.copyTo(folder);
        copyExamples();
        append("policy", stepsOf("README.md"));
        append("policy", stepsOf("docs/policy.md"));
        append("ticket-changed", stepsOf("docs/ticket-changed.md"));
    }

    private void copyExamples() throws IOException {
        for (Path example : RouteFiles.examples()) {
            Files.createDirectories(folder.resolve(example).getParent());
            Files.copy(example, folder.resolve(example));
        }
    }

    private static List<String> stepsOf(String page) throws IOException {
        List<String> steps = STEPS.matcher(Files.readString(Path.of(page)))
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(steps).as("steps in " + page).isNotEmpty();
        return steps;
    }

    private void append(String file, List<String> steps) throws IOException {
        Path edited = routes.resolve(file + ".camel.yaml");
        Files.writeString(edited, Files.readString(edited) + String.join("", steps));
    }

    @Test
    void keep_the_conventions() {
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        RouteFiles.readBelow(
                folder,
                () -> LauncherFactory.create()
                        .execute(
                                LauncherDiscoveryRequestBuilder.request()
                                        .selectors(selectClass(RouteConventionsTest.class))
                                        .build(),
                                summary));

        assertThat(summary.getSummary().getTestsSucceededCount()).isGreaterThan(100);
        assertThat(summary.getSummary().getFailures()).isEmpty();
    }

    @Test
    void are_five_lines_in_the_readme() throws IOException {
        assertThat(stepsOf("README.md"))
                .singleElement()
                .satisfies(steps -> assertThat(steps.lines()).hasSize(5));
    }

    @Test
    void count_in_the_service() throws Exception {
        try (RunningService service = new RunningService(folder)
                .withPolicy(copyOf("policy"))
                .withTicketChanged(copyOf("ticket-changed"))
                .start()) {
            service.post(fixture("service-critical"));
            await().until(() -> service.previews().size() == 1);

            assertThat(service.previews().get(0).at("/policy/project").asText()).isEqualTo("shop-operations");
        }
    }

    /** The environment variables that it names have a value, which nobody posts to in a preview. */
    private Path copyOf(String name) {
        try (Stream<Path> files = Files.list(routes)) {
            Path file = files.filter(each -> each.endsWith(name + ".camel.yaml"))
                    .findFirst()
                    .orElseThrow();
            return Files.writeString(
                    folder.resolve(name + "-edited.camel.yaml"),
                    Files.readString(file).replaceAll("\\{\\{env:\\w+}}", "http://127.0.0.1:1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
