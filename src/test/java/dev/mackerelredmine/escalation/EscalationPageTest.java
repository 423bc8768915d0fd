package dev.mackerelredmine.escalation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of the page can be used as they are. */
@Tag("fast")
class EscalationPageTest {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```yaml\n(.*?)^```");
    private static final Pattern CHOSEN = Pattern.compile("name: ticket\\.escalation, constant: (\\S+)}");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{env:[A-Z_]+(:[^{}]*)?}}");

    @TempDir
    Path folder;

    private EscalationFile read(String example) {
        try {
            Path file = Files.writeString(folder.resolve("escalation.yaml"), example);
            return new EscalationReader(
                            text -> PLACEHOLDER.matcher(text).replaceAll("+815012345678"),
                            EscalationReaderTest.MEANS,
                            rota -> at -> Optional.empty())
                    .read(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> found(Pattern pattern, String page) throws IOException {
        return pattern.matcher(Files.readString(Path.of(page))).results().map(it -> it.group(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"docs/escalation.md", "docs/ja/escalation.md"})
    void each_example_is_read_and_has_the_policies_that_are_chosen(String page) throws IOException {
        List<EscalationFile> files = found(BLOCK, page)
                .filter(block -> block.contains("policies:"))
                .map(this::read)
                .toList();

        assertThat(files).hasSize(3);
        assertThat(files.stream().flatMap(file -> file.policies().keySet().stream()))
                .containsAll(found(CHOSEN, page).toList())
                .contains("critical-alerts", "by-day", "shop", "payment");
    }
}
