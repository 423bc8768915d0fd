package dev.mackerelredmine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What SECURITY.md says is tried, is tried: the tests that it names are there. */
@Tag("fast")
final class SecurityPageTest {

    private static final Pattern TEST = Pattern.compile("`(\\w+Test)`");

    @Test
    void names_tests_that_are_there() throws IOException {
        Set<String> named = TEST.matcher(Files.readString(Path.of("SECURITY.md")))
                .results()
                .map(MatchResult::group)
                .map(name -> name.replace("`", ""))
                .collect(Collectors.toSet());

        assertThat(tests()).containsAll(named);
        assertThat(named).hasSizeGreaterThan(10);
    }

    private static Set<String> tests() throws IOException {
        try (var files = Files.walk(Path.of("src/test/java"))) {
            return files.map(file -> file.getFileName().toString().replace(".java", ""))
                    .collect(Collectors.toSet());
        }
    }
}
