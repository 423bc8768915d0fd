package dev.mackerelredmine.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pages say of figures what the service says. */
@Tag("fast")
class FigurePagesTest {

    @ParameterizedTest
    @CsvSource({"docs/figures.md,false", "docs/ja/figures.md,true"})
    void have_each_definition_in_its_place(String page, boolean isJapanese) throws IOException {
        String definitions = Arrays.stream(Figure.values())
                .map(figure -> "### " + figure.title(isJapanese) + "\n\n" + figure.definition(isJapanese) + "\n\n")
                .collect(Collectors.joining());

        assertThat(Files.readString(Path.of(page))).contains(definitions);
    }

    @ParameterizedTest
    @CsvSource({"docs/figures.md,false", "docs/ja/figures.md,true"})
    void have_each_suggestion_in_its_order(String page, boolean isJapanese) throws IOException {
        assertThat(Files.readString(Path.of(page)).lines().filter(line -> line.startsWith("| ")).skip(1))
                .extracting(row -> row.split(" \\| ", 2)[1].replaceFirst(" \\|$", ""))
                .containsExactly(Arrays.stream(Suggestion.Kind.values())
                        .map(kind -> kind.text(isJapanese))
                        .toArray(String[]::new));
    }
}
