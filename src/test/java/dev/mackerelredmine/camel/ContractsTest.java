package dev.mackerelredmine.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mackerelredmine.RouteFiles;
import dev.mackerelredmine.settings.SettingsException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether a file that was edited for one release fits another. */
@Tag("fast")
class ContractsTest {

    private static final Contracts SECOND = new Contracts(Map.of("policy", 2));

    private static void check(Contracts release, String file, String text) {
        release.check(List.of(ResourceHelper.fromString("file:" + file, text)));
    }

    private static String policy(String note) {
        return "# A policy\n- route:\n    id: policy\n" + note
                + "    from: {uri: direct:policy, steps: [{log: none}]}\n";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "note: contract 2",
                "note: \"contract 2\"",
                "note: contract 2, and a word of our own",
                "note: |\n      contract 2\n      and more"
            })
    void takes_a_file_that_was_written_for_this_contract(String note) {
        assertThatCode(() -> check(SECOND, "routes/policy.camel.yaml", policy("    " + note + "\n")))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"note: contract 1, 1", "note: contract 3, 3", "note: contract 20, 20"})
    void refuses_an_older_one_and_a_newer_one_and_says_where_the_change_is_described(String note, int written) {
        assertThatThrownBy(() -> check(SECOND, "routes/policy.camel.yaml", policy("    " + note + "\n")))
                .isInstanceOf(SettingsException.class)
                .hasMessage("routes/policy.camel.yaml is written for contract " + written
                        + ", and this release needs contract 2. What changed: docs/routes.md#contracts");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "    note: the policy of our team\n", "    # note: contract 2\n"})
    void takes_a_file_that_does_not_say_it_for_one_of_the_first_contract(String note) {
        String text = policy(note);

        assertThatCode(() -> check(Contracts.OF_THIS_RELEASE, "routes/policy.camel.yaml", text))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> check(SECOND, "routes/policy.camel.yaml", text))
                .hasMessageContaining("is written for contract 1");
    }

    @Test
    void finds_the_contract_behind_what_else_the_file_has() {
        String beans = "- beans:\n    - name: mine\n      type: java.lang.Object\n";

        assertThatCode(() -> check(SECOND, "routes/policy.camel.yaml", beans + policy("    note: contract 2\n")))
                .doesNotThrowAnyException();
    }

    @Test
    void leaves_a_file_of_an_engineers_own_alone() {
        assertThatCode(() -> check(SECOND, "routes/my-rules.camel.yaml", policy("    note: contract 9\n")))
                .doesNotThrowAnyException();
        assertThatCode(() -> check(SECOND, "routes/team/policy.camel.yaml", policy("    note: contract 9\n")))
                .doesNotThrowAnyException();
    }

    @Test
    void leaves_a_file_that_cannot_be_read_to_camel_which_says_where() {
        assertThatCode(() -> check(Contracts.OF_THIS_RELEASE, "routes/policy.camel.yaml", "- route: {"))
                .doesNotThrowAnyException();
    }

    static Stream<Path> forEngineers() {
        return RouteFiles.withExamples().stream()
                .filter(file -> file.startsWith("examples") || file.getNameCount() == 2);
    }

    @ParameterizedTest
    @MethodSource("forEngineers")
    void what_is_shipped_names_the_contract_of_this_release(Path file) {
        assertThat(RouteFiles.routes(List.of(file)))
                .singleElement()
                .satisfies(route -> assertThat(route.text("note"))
                        .isEqualTo(
                                "contract " + Contracts.OF_THIS_RELEASE.needed().get(route.key())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"docs/routes.md", "docs/ja/routes.md"})
    void the_page_has_the_contract_of_each_file(String page) {
        String text = RouteFiles.text(Path.of(page));

        assertThat(Contracts.OF_THIS_RELEASE.needed())
                .hasSize(5)
                .allSatisfy((name, contract) ->
                        assertThat(text).contains("| `" + name + ".camel.yaml` | " + contract + " |"));
    }
}
