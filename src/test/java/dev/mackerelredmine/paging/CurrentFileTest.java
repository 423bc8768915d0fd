package dev.mackerelredmine.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mackerelredmine.escalation.EscalationFile;
import dev.mackerelredmine.escalation.EscalationFileException;
import dev.mackerelredmine.escalation.Person;
import dev.mackerelredmine.redmine.LoggedErrors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("fast")
class CurrentFileTest {

    @TempDir
    Path folder;

    private Path path;

    @BeforeEach
    void write() throws IOException {
        path = Files.writeString(folder.resolve("escalation.yaml"), "Hanako");
    }

    /** A file that holds a name, or more than one word, which is a mistake. */
    private static EscalationFile read(Path file) {
        try {
            String name = Files.readString(file);
            if (name.contains(" ")) {
                throw new EscalationFileException(
                        List.of("escalation.yaml:1: two words", "escalation.yaml:2: no verb"));
            }
            return new EscalationFile(Map.of(), Map.of(name, new Person(name, Map.of())), Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CurrentFile begun() {
        CurrentFile file = new CurrentFile(path, CurrentFileTest::read);
        file.begin();
        return file;
    }

    @Test
    void is_read_again_when_it_has_changed() throws IOException {
        CurrentFile file = begun();
        assertThat(file.now().people()).containsKey("Hanako");
        assertThat(file.now()).isSameAs(file.now());

        Files.writeString(path, "Taro");
        assertThat(file.now().people()).containsOnlyKeys("Taro");
    }

    @Test
    void stays_as_it_was_while_the_changed_one_is_wrong_and_says_so_once() throws IOException {
        CurrentFile file = begun();
        try (LoggedErrors log = LoggedErrors.of(CurrentFile.class.getName(), Level.WARN)) {
            Files.writeString(path, "two words");
            assertThat(file.now().people()).containsOnlyKeys("Hanako");
            assertThat(file.mistakes()).containsExactly("escalation.yaml:1: two words", "escalation.yaml:2: no verb");
            file.now();
            assertThat(log.messages()).hasSize(1).first().asString().contains("two words; escalation.yaml:2: no verb");
        }

        Files.writeString(path, "Taro");
        assertThat(file.now().people()).containsOnlyKeys("Taro");
        assertThat(file.mistakes()).isEmpty();
    }

    @Test
    void stays_as_it_was_when_it_is_gone() throws IOException {
        CurrentFile file = begun();
        Files.delete(path);

        assertThat(file.now().people()).containsOnlyKeys("Hanako");
        assertThat(file.mistakes()).singleElement().asString().contains("there is no file");
    }

    @Test
    void has_to_be_right_at_the_start() throws IOException {
        Files.writeString(path, "two words");

        assertThatThrownBy(this::begun).isInstanceOf(EscalationFileException.class);
    }

    @Test
    void is_empty_where_there_is_none() {
        CurrentFile file = new CurrentFile(null, CurrentFileTest::read);
        file.begin();

        assertThat(file.now()).isEqualTo(EscalationFile.EMPTY);
        assertThat(file.mistakes()).isEmpty();
    }
}
