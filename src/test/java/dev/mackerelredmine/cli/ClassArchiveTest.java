package dev.mackerelredmine.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** That one is made and used, e2e/run shows with the distribution. */
@Tag("service")
class ClassArchiveTest {

    private static final String FILE = "mackerel-redmine.class-archive";
    private static final String JAR = "java.class.path";

    private final String ours = System.getProperty(JAR);

    @TempDir
    Path folder;

    @BeforeEach
    void isToBeMade() {
        System.setProperty(FILE, folder.resolve("data/start-1.jsa").toString());
        System.setProperty(JAR, folder.resolve("there is no such.jar").toString());
    }

    @AfterEach
    void asBefore() {
        System.clearProperty(FILE);
        System.setProperty(JAR, ours);
    }

    @Test
    void a_training_run_that_fails_says_why_and_leaves_nothing() {
        ClassArchive archive = ClassArchive.ofThisStart().orElseThrow();

        assertThatThrownBy(archive::make)
                .isInstanceOf(IOException.class)
                .hasMessage("the training run ended with 1, and its last line was \"Error: Unable to access jarfile "
                        + folder.resolve("there is no such.jar") + "\"");
        assertThat(folder.resolve("data")).isEmptyDirectory();
    }

    @Test
    void its_path_is_known_before_it_is_made() {
        StringWriter out = new StringWriter();

        int exitCode = new CommandLine(new ClassArchiveCommand())
                .setOut(new PrintWriter(out))
                .execute("--where");

        assertThat(exitCode).isZero();
        assertThat(out).hasToString(System.getProperty(FILE) + System.lineSeparator());
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void is_nobodys_business_where_the_launcher_does_not_ask_for_it() {
        System.clearProperty(FILE);

        assertThat(ClassArchive.ofThisStart()).isEmpty();
    }
}
