package dev.mackerelredmine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mackerelredmine.settings.SettingRow;
import dev.mackerelredmine.settings.SettingTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * application.properties and the pages of settings are written by the table of settings. After a change of the table,
 * {@code mvn test -Dtest=SettingsPagesTest -Dsettings.write=true} writes them anew.
 */
@Tag("fast")
final class SettingsPagesTest {

    private static final Path PROPERTIES = Path.of("application.properties");
    private static final Pattern OF_SETTINGS = Pattern.compile("(?s)(?<=\n\n)# --- Redmine.*?(?=# --- Camel itself)");
    private static final Pattern LINK = Pattern.compile(" ?\\(\\[[^\\]]*]\\([^)]*\\)\\)|\\[([^\\]]*)]\\([^)]*\\)");
    private static final int LONGEST_LINE = 140;

    private static void holds(Path file, String expected) throws IOException {
        if (Boolean.getBoolean("settings.write")) {
            Files.writeString(file, expected);
        }
        assertThat(file).hasContent(expected);
    }

    @Test
    void application_properties_is_made_of_the_table() throws IOException {
        String text = Files.readString(PROPERTIES);
        assertThat(OF_SETTINGS.matcher(text).find()).isTrue();

        holds(PROPERTIES, OF_SETTINGS.matcher(text).replaceFirst(Matcher.quoteReplacement(properties())));
    }

    @ParameterizedTest
    @CsvSource({"docs/settings.md, setting, en", "docs/ja/settings.md, 設定, ja"})
    void a_page_of_settings_is_made_of_the_table(Path page, String firstColumn, String language) throws IOException {
        Function<SettingRow, String> text = language.equals("en") ? SettingRow::en : SettingRow::ja;
        Matcher tables = Pattern.compile("(?m)^\\| " + firstColumn + " \\|.*\n\\|---.*\n(\\|.*\n)*")
                .matcher(Files.readString(page));
        List<List<SettingRow>> sections = tables();
        StringBuilder whole = new StringBuilder();
        int section = 0;
        while (tables.find()) {
            String head = tables.group().lines().limit(2).collect(Collectors.joining("\n", "", "\n"));
            String rows = sections.get(section++).stream()
                    .map(row -> row(row, text.apply(row)))
                    .collect(Collectors.joining());
            tables.appendReplacement(whole, Matcher.quoteReplacement(head + rows));
        }
        tables.appendTail(whole);

        assertThat(section).isEqualTo(sections.size());
        holds(page, whole.toString());
    }

    /** One for each section, and one at the end for what hardly anybody sets. */
    private static List<List<SettingRow>> tables() {
        List<List<SettingRow>> tables = new ArrayList<>();
        sections()
                .values()
                .forEach(rows ->
                        tables.add(rows.stream().filter(row -> !row.isRare()).toList()));
        tables.add(SettingTable.rows().stream().filter(SettingRow::isRare).toList());
        return tables;
    }

    private static Map<String, List<SettingRow>> sections() {
        return SettingTable.rows().stream()
                .collect(Collectors.groupingBy(SettingRow::section, LinkedHashMap::new, Collectors.toList()));
    }

    private static String row(SettingRow row, String text) {
        String shown = row.defaultValue().isEmpty() ? "" : "`" + row.defaultValue() + "` ";
        return "| `" + row.name() + "` | " + shown + "| " + text + " |\n";
    }

    private static String properties() {
        return sections().values().stream()
                .map(rows -> "# --- " + SettingTable.title(rows.get(0).section()) + " ---\n\n"
                        + rows.stream().map(SettingsPagesTest::property).collect(Collectors.joining()))
                .collect(Collectors.joining());
    }

    /** Without a default it is a comment, because an empty value is a value. */
    private static String property(SettingRow row) {
        String plain = LINK.matcher(row.en()).replaceAll("$1").replace("`", "");
        String sentence = Character.toUpperCase(plain.charAt(0)) + plain.substring(1);
        return wrapped(sentence) + (row.defaultValue().isEmpty() ? "#" : "") + row.name() + "=" + row.defaultValue()
                + "\n\n";
    }

    private static String wrapped(String sentence) {
        StringBuilder text = new StringBuilder("#");
        int begin = 0;
        for (String word : sentence.split(" ")) {
            if (text.length() - begin + 1 + word.length() > LONGEST_LINE) {
                text.append("\n#");
                begin = text.length() - 1;
            }
            text.append(' ').append(word);
        }
        return text.append('\n').toString();
    }
}
