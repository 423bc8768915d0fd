package dev.mackerelredmine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The build does not compile these programs, but whoever starts them does: a name that was changed must not be found only then. */
@Tag("fast")
class ProgramsTest {

    @TempDir
    Path classes;

    @ParameterizedTest
    @ValueSource(strings = {"bench", "bench/peers", "e2e/attack", "e2e/fuzz", "e2e/lambda"})
    void compile_with_the_classes_as_they_are_now(String folder) throws IOException {
        JavaCompiler java = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        try (StandardJavaFileManager files = java.getStandardFileManager(problems, null, null);
                Stream<Path> programs = Files.list(Path.of(folder))) {
            List<Path> sources = programs.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
            List<String> options =
                    List.of("-proc:none", "-cp", System.getProperty("java.class.path"), "-d", classes.toString());

            boolean isCompiled = java.getTask(
                            null, files, problems, options, null, files.getJavaFileObjectsFromPaths(sources))
                    .call();

            assertThat(sources).isNotEmpty();
            assertThat(problems.getDiagnostics().stream().map(Object::toString)).isEmpty();
            assertThat(isCompiled).isTrue();
        }
    }
}
