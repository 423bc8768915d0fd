package dev.mackerelredmine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who finds a line of the log finds it on the page, as it is written. */
@Tag("fast")
final class LogLinesTest {

    private static final String ENGLISH = "docs/errors.md";

    private static final Pattern LOGGED = Pattern.compile(
            "loggingLevel: (?:WARN|ERROR),?\\s+(?:marker: \\w+\\s+)?message: \"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern LOGGED_BY_JAVA = Pattern.compile(
            "\\b(?:warn|error)\\(\\s*(\"(?:[^\"\\\\]|\\\\.)*\"(?:\\s*\\+\\s*\"(?:[^\"\\\\]|\\\\.)*\")*)");
    private static final Pattern NO_LITERAL = Pattern.compile("LOG\\.(?:warn|error)\\(\\s*([^\"\\s][^,)]*)");
    private static final Pattern VALUE = Pattern.compile("\\$\\{(?:[^{}]|\\{[^{}]*})*}");
    private static final Pattern GLUE = Pattern.compile("\"\\s*\\+\\s*\"");
    private static final Pattern CODE_SPAN = Pattern.compile("`([^`]+)`");

    /** What is shorter has no words of its own: another class made the text. */
    private static final int SHORTEST = 20;

    private static Set<String> listed(String page, String heading) throws IOException {
        String text = Files.readString(Path.of(page));
        Set<String> lines = new TreeSet<>();
        text.substring(text.indexOf("\n## " + heading + "\n"))
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split(" \\| ")[0])
                .forEach(cell -> CODE_SPAN
                        .matcher(cell)
                        .results()
                        .map(span -> span.group(1))
                        .forEach(lines::add));
        return lines;
    }

    private static String sources(String folder, String ending) throws IOException {
        StringBuilder sources = new StringBuilder();
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(ending)).toList()) {
                sources.append(Files.readString(file)).append('\n');
            }
        }
        return sources.toString();
    }

    @Test
    void the_page_has_each_warning_and_error_of_a_route() throws IOException {
        List<String> logged = LOGGED.matcher(sources("routes", ".yaml"))
                .results()
                .map(line -> VALUE.matcher(line.group(1)).replaceAll("…"))
                .filter(line -> line.length() >= SHORTEST)
                .toList();
        Set<String> listed = listed(ENGLISH, "Log lines");

        assertThat(logged)
                .hasSizeGreaterThan(20)
                .allSatisfy(
                        line -> assertThat(listed).anyMatch(text -> line.startsWith(text.replaceFirst(": …$", ""))));
    }

    @Test
    void the_page_has_each_warning_and_error_of_java() throws IOException {
        List<String> logged = LOGGED_BY_JAVA
                .matcher(sources("src/main/java", ".java"))
                .results()
                .map(line -> GLUE.matcher(line.group(1)).replaceAll(""))
                .map(line ->
                        line.substring(1, line.length() - 1).replace("{}", "…").replace("\\\"", "\""))
                .toList();
        Set<String> listed = listed(ENGLISH, "Log lines");

        assertThat(logged)
                .hasSizeGreaterThan(30)
                .allSatisfy(
                        line -> assertThat(listed).anyMatch(text -> line.startsWith(text.replaceFirst(": …$", ""))));
    }

    /** {@code Feed.warn} takes the words of its callers, which the test above reads. */
    @Test
    void the_words_of_a_warning_stand_where_it_is_logged() throws IOException {
        assertThat(NO_LITERAL
                        .matcher(sources("src/main/java", ".java"))
                        .results()
                        .map(line -> line.group(1)))
                .containsExactly("message");
    }

    @ParameterizedTest
    @CsvSource({"docs/errors.md, Log lines", "docs/ja/errors.md, ログの行"})
    void each_line_of_the_page_is_one_of_the_program(String page, String heading) throws IOException {
        String program = sources("routes", ".yaml")
                + GLUE.matcher(sources("src/main/java", ".java")).replaceAll("").replace("\\\"", "\"");

        assertThat(listed(page, heading))
                .isEqualTo(listed(ENGLISH, "Log lines"))
                .hasSizeGreaterThan(30)
                .allSatisfy(line -> assertThat(fragments(line))
                        .isNotEmpty()
                        .allSatisfy(fragment -> assertThat(program.contains(fragment))
                                .as("\"%s\" in a route or in Java", fragment)
                                .isTrue()));
    }

    private static List<String> fragments(String line) {
        return Arrays.stream(line.split("…"))
                .map(String::strip)
                .filter(fragment -> fragment.length() >= 8)
                .toList();
    }
}
