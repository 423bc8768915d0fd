package dev.mackerelredmine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings are the same, with the same defaults, in the code, in application.properties and on both pages. */
final class SettingsTableTest {

    /** {@code name=default}, or {@code #name=} for a setting that has no value yet. */
    private static final Pattern SETTING = Pattern.compile("#?([a-z][a-z0-9.-]*)=(.*)");

    /** {@code | `redmine.url` | `REDMINE_URL` | default | ... |} */
    private static final Pattern ROW =
            Pattern.compile("\\| *`([a-z][a-z0-9.-]*)` *\\| *`([A-Z0-9_]+)` *\\|([^|]*)\\|.*");

    private static final Pattern NO_DEFAULT = Pattern.compile("|[-–—]|none|なし");

    @Test
    void application_properties_names_every_setting() throws IOException {
        assertThat(defaults().keySet()).containsExactlyInAnyOrderElementsOf(SettingNames.ALL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"docs/settings.md", "docs/ja/settings.md"})
    void the_tables_of_settings_say_the_same(String page) throws IOException {
        List<MatchResult> rows = Files.readAllLines(Path.of(page)).stream()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .map(Matcher::toMatchResult)
                .toList();

        assertThat(rows).extracting(row -> row.group(1)).doesNotHaveDuplicates();
        assertThat(rows).allSatisfy(row -> assertThat(row.group(2)).isEqualTo(SettingNames.variable(row.group(1))));
        assertThat(rows.stream().collect(Collectors.toMap(row -> row.group(1), row -> shownDefault(row.group(3)))))
                .containsExactlyInAnyOrderEntriesOf(defaults());
    }

    private static Map<String, String> defaults() throws IOException {
        Map<String, String> defaults = new LinkedHashMap<>();
        for (String line : Files.readAllLines(Path.of("application.properties"))) {
            Matcher setting = SETTING.matcher(line);
            if (setting.matches() && !setting.group(1).startsWith("camel.")) {
                defaults.put(setting.group(1), setting.group(2));
            }
        }
        return defaults;
    }

    private static String shownDefault(String cell) {
        String shown = cell.strip().replace("`", "");
        return NO_DEFAULT.matcher(shown).matches() ? "" : shown;
    }
}
