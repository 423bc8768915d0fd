package dev.mackerelredmine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Says in one line which tests a run of Maven left out, and why. Each test plan of each JVM writes what it left out to a file of the
 * run; Maven runs this class by itself after all others. Outside Maven nothing is collected, because the IDE shows it.
 */
class LeftOutReport {

    private static final String RUN = System.getProperty("test.run");
    private static final String BETWEEN = "\t";

    static void add(Map<String, Set<String>> leftOut) {
        if (RUN == null || leftOut.isEmpty()) {
            return;
        }
        List<String> lines = leftOut.entrySet().stream()
                .flatMap(it -> it.getValue().stream().map(name -> it.getKey() + BETWEEN + name))
                .toList();
        try {
            Files.createDirectories(folder());
            Path file = folder().resolve(ProcessHandle.current().pid() + ".txt");
            Files.write(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder() {
        return Path.of("target", "left-out", RUN.replaceAll("[^0-9TZ]", ""));
    }

    static String line(Stream<String> lines) {
        Map<String, Set<String>> byReason = new TreeMap<>();
        lines.map(line -> line.split(BETWEEN, 2))
                .forEach(it -> byReason.computeIfAbsent(it[0], reason -> new TreeSet<>())
                        .add(it[1]));
        return byReason.entrySet().stream()
                .map(it -> String.join(", ", it.getValue()) + ", because " + it.getKey())
                .collect(Collectors.joining("; ", "Left out: ", ""));
    }

    @Test
    void says_what_was_left_out() throws IOException {
        assertThat(RUN).as("the run whose tests these are").isNotNull();
        if (!Files.isDirectory(folder())) {
            return;
        }
        try (Stream<Path> files = Files.list(folder())) {
            StringBuilder all = new StringBuilder();
            for (Path file : files.toList()) {
                all.append(Files.readString(file));
            }
            System.out.println(line(all.toString().lines()));
        }
    }

    @Test
    void names_each_test_class_once_and_each_reason_once() {
        assertThat(line(Stream.of("no Redmine\tB", "no Redmine\tA", "no Redmine\tA", "no disk\tC")))
                .isEqualTo("Left out: A, B, because no Redmine; C, because no disk");
    }
}
