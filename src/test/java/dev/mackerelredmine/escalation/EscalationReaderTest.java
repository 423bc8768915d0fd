package dev.mackerelredmine.escalation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What escalation.yaml means, and what is said of each mistake in it. */
@Tag("fast")
class EscalationReaderTest {

    static final IcalRotas NO_CALENDARS = rota -> {
        throw new IllegalArgumentException("this calendar cannot be read");
    };

    static final Set<String> MEANS = Set.of("redmine", "mail", "slack", "webhook", "phone");

    private static final String WHOLE = """
            rotas:
              primary: {start: 2026-12-01T09:00, every: 7d, time-zone: Asia/Tokyo, people: [Hanako Yamada, Taro Suzuki]}
            people:
              Hanako Yamada: {slack: U012AB, phone: "{{env:HANAKO_PHONE}}"}
              Ops: {slack: "#ops"}
            policies:
              critical-alerts:
                hours: Mon-Fri 09:00-18:00 Asia/Tokyo
                steps:
                  - {at: 0m, notify: rota primary, by: [redmine, slack]}
                  - {at: 1h30m, notify: [group Ops, Taro Suzuki], by: slack}
                repeat: 2
                again-after: 4h
            """;

    @TempDir
    Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("escalation.yaml"), text);
    }

    private EscalationFile read(String text) throws IOException {
        return reader().read(file(text));
    }

    private static EscalationReader reader() {
        return new EscalationReader(EscalationReaderTest::resolved, MEANS, NO_CALENDARS);
    }

    /** As Camel does, whose message shows the whole text. */
    static String resolved(String text) {
        if (text.contains("{{env:ABSENT") || text.contains("{{}}")) {
            throw new IllegalArgumentException("not found in: +81-90-secret " + text);
        }
        return text.replace("{{env:HANAKO_PHONE}}", "+81-90-secret")
                .replace("{{env:NONE:}}", "")
                .replace("{{env:WRONG}}", "wrong-secret");
    }

    private List<String> mistakes(String text) throws IOException {
        Path file = file(text);
        EscalationFileException refused =
                catchThrowableOfType(EscalationFileException.class, () -> reader().read(file));
        assertThat(refused).as("a refusal").isNotNull();
        assertThat(refused.getMessage()).doesNotContain("secret");
        return refused.mistakes();
    }

    /** The whole file, with one thing changed. */
    private List<String> mistakesWith(String was, String is) throws IOException {
        assertThat(WHOLE).contains(was);
        return mistakes(WHOLE.replace(was, is));
    }

    // --- what it means

    @Test
    void reads_policies() throws IOException {
        assertThat(read(WHOLE).policies())
                .containsExactly(Map.entry(
                        "critical-alerts",
                        new EscalationPolicy(
                                "critical-alerts",
                                "Mon-Fri 09:00-18:00 Asia/Tokyo",
                                List.of(
                                        new EscalationStep(
                                                Duration.ZERO,
                                                List.of(new Target(Target.Kind.ROTA, "primary")),
                                                List.of("redmine", "slack")),
                                        new EscalationStep(
                                                Duration.ofMinutes(90),
                                                List.of(
                                                        new Target(Target.Kind.GROUP, "Ops"),
                                                        new Target(Target.Kind.PERSON, "Taro Suzuki")),
                                                List.of("slack"))),
                                2,
                                Duration.ofMinutes(10),
                                Duration.ofHours(4))));
    }

    @Test
    void reads_people_and_replaces_placeholders() throws IOException {
        assertThat(read(WHOLE).people())
                .containsEntry(
                        "Hanako Yamada",
                        new Person("Hanako Yamada", Map.of("slack", "U012AB", "phone", "+81-90-secret")));
    }

    @Test
    void reads_rotas() throws IOException {
        Rota primary = read(WHOLE).rotas().get("primary");

        assertThat(primary.onCall(Instant.parse("2026-11-30T23:59:59Z"))).isEmpty();
        assertThat(primary.onCall(Instant.parse("2026-12-01T00:00:00Z"))).contains("Hanako Yamada");
        assertThat(primary.onCall(Instant.parse("2026-12-08T00:00:00Z"))).contains("Taro Suzuki");
    }

    @Test
    void needs_neither_hours_nor_rotas_nor_people_nor_rounds() throws IOException {
        EscalationPolicy policy = read("""
                rotas:
                policies:
                  p: {steps: [{at: 0m, notify: Hanako Yamada, by: redmine}]}
                """).policies().get("p");

        assertThat(policy.hours()).isNull();
        assertThat(policy.repeat()).isZero();
        assertThat(policy.againAfter()).isNull();
    }

    @Test
    void hours_may_be_always() throws IOException {
        assertThat(read(WHOLE.replace("Mon-Fri 09:00-18:00 Asia/Tokyo", "always"))
                        .policies()
                        .get("critical-alerts")
                        .hours())
                .isNull();
    }

    @Test
    void two_steps_may_come_at_the_same_time() throws IOException {
        assertThat(read(WHOLE.replace("1h30m", "0m")).policies()).hasSize(1);
    }

    @Test
    void keeps_the_order_of_the_file() throws IOException {
        String step = ": {steps: [{at: 0m, notify: Hanako Yamada, by: redmine}]}\n";

        assertThat(read("policies:\n  z" + step + "  a" + step + "  m" + step)
                        .policies()
                        .keySet())
                .containsExactly("z", "a", "m");
    }

    @Test
    void a_contact_whose_placeholder_is_empty_is_none() throws IOException {
        assertThat(read(WHOLE.replace("{{env:HANAKO_PHONE}}", "{{env:NONE:}}"))
                        .people()
                        .get("Hanako Yamada")
                        .contacts())
                .containsOnlyKeys("slack");
    }

    @Test
    void a_number_is_a_contact_as_it_is_written() throws IOException {
        assertThat(read(WHOLE.replace("U012AB", "+0123"))
                        .people()
                        .get("Hanako Yamada")
                        .contacts())
                .containsEntry("slack", "+0123");
    }

    @Test
    void reads_japanese_names_with_spaces_and_a_byte_order_mark() throws IOException {
        EscalationFile file = read("\uFEFF"
                + "policies: {重大: {steps: [{at: 0m, notify: 山田 花子, by: slack}]}}\npeople: {山田 花子: {slack: U1}}\n");

        assertThat(file.people()).containsKey("山田 花子");
        assertThat(file.policies()).containsKey("重大");
    }

    @Test
    void anchors_may_be_used() throws IOException {
        assertThat(read("""
                policies:
                  a: {steps: &steps [{at: 0m, notify: Hanako Yamada, by: redmine}]}
                  b: {steps: *steps, repeat: 3}
                """).policies().get("b").steps()).hasSize(1);
    }

    // --- mistakes

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            notify: rota primary | notfy: rota primary | 10: a step of the policy critical-alerts has no key notfy: is notify meant? (There are at, notify, by.)
            repeat: 2            | repaet: 2           | 12: the policy critical-alerts has no key repaet: is repeat meant? (There are hours, steps, repeat, repeat-after, again-after.)
            every: 7d            | evry: 7d            | 2: the rota primary has no key evry: is every meant? (There are start, every, time-zone, people.)
            rotas:               | rota:               | 1: the file has no key rota: is rotas meant? (There are rotas, people, policies.)
            slack: U012AB        | slak: U012AB        | 4: routes/notify.camel.yaml has no means slak: is slack meant? (There are mail, phone, redmine, slack, webhook.)
            """)
    void names_an_unknown_key_and_the_one_that_was_meant(String was, String is, String mistake) throws IOException {
        assertThat(mistakesWith(was, is)).contains("escalation.yaml:" + mistake);
    }

    @Test
    void names_a_key_that_comes_twice() throws IOException {
        assertThat(mistakesWith("repeat: 2", "repeat: 2\n    repeat: 3"))
                .containsExactly("escalation.yaml:13: the policy critical-alerts has repeat twice: leave one of them");
    }

    @Test
    void names_a_person_who_comes_twice() throws IOException {
        assertThat(mistakesWith("Ops: {", "Hanako Yamada: {"))
                .containsExactly("escalation.yaml:5: people has Hanako Yamada twice: leave one of them");
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "5", "5 m", "-5m", "30m1h", "5x", "1.5h"})
    void names_what_is_no_duration(String at) throws IOException {
        assertThat(mistakesWith("at: 0m", "at: " + at))
                .containsExactly("escalation.yaml:10: at is a duration such as 5m, 1h30m, 7d, not \"" + at + "\"");
    }

    @ParameterizedTest
    @CsvSource({"again-after: 4h, again-after: 31d, 13", "every: 7d, every: 5m, 2"})
    void names_a_duration_that_is_too_long_or_too_short(String was, String is, int line) throws IOException {
        assertThat(mistakesWith(was, is)).singleElement().asString().startsWith("escalation.yaml:" + line + ": ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-12-01",
                "2026-12-01 09:00",
                "2026-12-01T09:00+09:00",
                "2026-13-01T09:00",
                "0001-01-01T00:00"
            })
    void names_what_is_no_start(String start) throws IOException {
        assertThat(mistakesWith("2026-12-01T09:00", start))
                .containsExactly(
                        "escalation.yaml:2: start is a date and time such as 2026-12-01T09:00, without a zone (that"
                                + " is time-zone), not \"" + start + "\"");
    }

    @Test
    void names_what_is_no_time_zone() throws IOException {
        assertThat(mistakesWith("time-zone: Asia/Tokyo", "time-zone: Asia/Tokio"))
                .containsExactly(
                        "escalation.yaml:2: time-zone is a time zone such as Asia/Tokyo, UTC, +09:00, not \"Asia/Tokio\"");
    }

    @Test
    void names_what_are_no_hours_and_why() throws IOException {
        assertThat(mistakesWith("09:00-18:00 Asia/Tokyo", "09:00-18:00 Asia/Tokio"))
                .singleElement()
                .asString()
                .startsWith(
                        "escalation.yaml:8: hours are written as always or as Mon-Fri 09:00-18:00 Asia/Tokyo, not as")
                .contains("Unknown time-zone ID: Asia/Tokio");
    }

    @Test
    void names_a_step_that_comes_before_the_one_above_it() throws IOException {
        assertThat(mistakesWith("at: 0m", "at: 2h"))
                .containsExactly(
                        "escalation.yaml:11: at is 1h30m, and that of the step before is 2h: both count from the"
                                + " start, so put the steps in order");
    }

    @Test
    void names_an_unknown_rota_and_the_one_that_was_meant() throws IOException {
        assertThat(mistakesWith("rota primary", "rota primry"))
                .containsExactly("escalation.yaml:10: there is no rota primry under rotas: is primary meant?");
    }

    @Test
    void names_an_unknown_means_and_the_one_that_was_meant() throws IOException {
        assertThat(mistakesWith("[redmine, slack]", "[redmine, slak]"))
                .containsExactly(
                        "escalation.yaml:10: routes/notify.camel.yaml has no means slak: is slack meant? (There are mail,"
                                + " phone, redmine, slack, webhook.)");
    }

    @Test
    void knows_other_means_where_the_routes_have_them() throws IOException {
        Path file = file(WHOLE.replace("[redmine, slack]", "teams"));

        assertThat(new EscalationReader(EscalationReaderTest::resolved, Set.of("slack", "phone", "teams"), NO_CALENDARS)
                        .read(file)
                        .policies())
                .hasSize(1);
    }

    @Test
    void names_what_is_no_number() throws IOException {
        assertThat(mistakesWith("repeat: 2", "repeat: twice"))
                .containsExactly("escalation.yaml:12: repeat is a number from 0 to 100, not \"twice\"");
    }

    @Test
    void names_what_is_missing() throws IOException {
        assertThat(mistakes("rotas: {r: {}}\npolicies: {p: {}, q: {steps: []}, s: {steps: [{}]}}\n"))
                .containsExactly(
                        "escalation.yaml:1: the rota r needs start, such as start: 2026-12-01T09:00",
                        "escalation.yaml:1: the rota r needs every, such as every: 7d",
                        "escalation.yaml:1: the rota r needs time-zone, such as time-zone: Asia/Tokyo",
                        "escalation.yaml:1: the rota r needs people, such as people: [Hanako Yamada, Taro Suzuki]",
                        "escalation.yaml:2: the policy p needs steps, such as steps: [{at: 0m, notify: Hanako Yamada, by:"
                                + " mail}]",
                        "escalation.yaml:2: steps of the policy q has to be a list of at least one step, such as - {at: 0m,"
                                + " notify: Hanako Yamada, by: mail}",
                        "escalation.yaml:2: a step of the policy s needs at, such as at: 5m",
                        "escalation.yaml:2: a step of the policy s needs notify, such as notify: Hanako Yamada",
                        "escalation.yaml:2: a step of the policy s needs by, such as by: [redmine, mail]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"policies:", "policies: {}"})
    void a_file_without_a_policy_is_a_mistake(String text) throws IOException {
        assertThat(mistakes(text)).containsExactly("escalation.yaml:1: policies has none: write one at least");
    }

    @Test
    void names_what_has_the_wrong_form() throws IOException {
        assertThat(mistakes("rotas: [a]\npeople: {a: b}\npolicies: {p: {steps: {at: 0m}}, q: {steps: [x]}}\n"))
                .containsExactly(
                        "escalation.yaml:1: rotas has to have keys with values, as \"key: value\"",
                        "escalation.yaml:2: a has to have keys with values, as \"key: value\"",
                        "escalation.yaml:3: steps of the policy p has to be a list of at least one step, such as - {at: 0m,"
                                + " notify: Hanako Yamada, by: mail}",
                        "escalation.yaml:3: a step of the policy q has to have keys with values, as \"key: value\"");
    }

    @Test
    void names_an_empty_list_a_list_in_a_list_and_an_empty_contact() throws IOException {
        assertThat(mistakesWith("[redmine, slack]", "[]"))
                .singleElement()
                .asString()
                .contains(":10: by has");
        assertThat(mistakesWith("[redmine, slack]", "[[mail]]"))
                .containsExactly("escalation.yaml:10: by has to be a text");
        assertThat(mistakesWith("U012AB", ""))
                .containsExactly("escalation.yaml:4: slack of Hanako Yamada has no value");
    }

    @Test
    void names_the_variable_of_a_placeholder_that_cannot_be_resolved() throws IOException {
        assertThat(mistakesWith("{{env:HANAKO_PHONE}}", "{{env:ABSENT}}{{env:HANAKO_PHONE}}"))
                .containsExactly("escalation.yaml:4: {{env:ABSENT}}, {{env:HANAKO_PHONE}} cannot be resolved: set the"
                        + " environment variable ABSENT, HANAKO_PHONE (to a value without {{)");
    }

    @Test
    void names_what_is_no_placeholder() throws IOException {
        assertThat(mistakesWith("{{env:HANAKO_PHONE}}", "{{}}"))
                .containsExactly("escalation.yaml:4: a placeholder is written as {{env:NAME}} or {{NAME}}");
    }

    @ParameterizedTest
    @CsvSource({"at: 0m", "repeat: 2", "every: 7d", "time-zone: Asia/Tokyo", "start: 2026-12-01T09:00"})
    void shows_the_placeholder_and_not_its_value_where_that_is_wrong(String was) throws IOException {
        assertThat(mistakesWith(was, was.replaceFirst(":.*", ": \"{{env:WRONG}}\"")))
                .singleElement()
                .asString()
                .contains("{{env:WRONG}}");
    }

    @ParameterizedTest
    @CsvSource({"rota primary", "'[redmine, slack]'", "Mon-Fri 09:00-18:00 Asia/Tokyo"})
    void shows_no_value_of_names_either(String was) throws IOException {
        assertThat(mistakesWith(was, "\"" + (was.startsWith("rota") ? "rota " : "") + "{{env:WRONG}}\""))
                .singleElement()
                .asString()
                .contains("{{env:WRONG}}");
    }

    @Test
    void says_everything_at_once_by_its_lines() throws IOException {
        assertThat(mistakes(WHOLE.replace("7d", "7")
                        .replace("rota primary", "rota x")
                        .replace("4h", "x")))
                .extracting(mistake -> mistake.replaceFirst("^(escalation.yaml:\\d+):.*", "$1"))
                .containsExactly("escalation.yaml:2", "escalation.yaml:10", "escalation.yaml:13");
    }

    @Test
    void shows_fifty_mistakes_at_most() throws IOException {
        assertThat(mistakes("people:\n" + "  a: b\n".repeat(90) + "policies: {p: {steps: [x]}}\n"))
                .hasSize(51)
                .last()
                .asString()
                .matches("escalation.yaml: and \\d+ more");
    }

    // --- rotas of another kind

    @Test
    void a_calendar_that_cannot_be_read_is_named_with_its_line() throws IOException {
        assertThat(mistakesWith(
                        "start: 2026-12-01T09:00, every: 7d, time-zone: Asia/Tokyo, people: [Hanako Yamada, Taro Suzuki]",
                        "ical: x"))
                .singleElement()
                .asString()
                .startsWith("escalation.yaml:2: this calendar cannot be read");
    }

    @Test
    void a_calendar_is_given_to_who_can_read_it() throws IOException {
        Path file = file("""
                rotas: {r: {ical: "{{env:HANAKO_PHONE}}", overrides: "{{env:NONE:}}", time-zone: Asia/Tokyo}}
                policies: {p: {steps: [{at: 0m, notify: rota r, by: redmine}]}}
                """);
        Rota made = new EscalationReader(
                        EscalationReaderTest::resolved,
                        MEANS,
                        ical -> at -> Optional.of(ical.name() + ical.ical() + ical.overrides() + ical.zone()))
                .read(file)
                .rotas()
                .get("r");

        assertThat(made.onCall(Instant.EPOCH)).contains("r+81-90-secretAsia/Tokyo");
    }

    // --- what is no such file at all

    @Test
    void says_that_there_is_no_file() {
        assertThatThrownBy(() -> reader().read(folder.resolve("absent.yaml")))
                .isInstanceOf(EscalationFileException.class)
                .hasMessage("absent.yaml: there is no file " + folder.resolve("absent.yaml"));
    }

    @Test
    void says_that_it_is_no_file() {
        assertThatThrownBy(() -> reader().read(folder)).hasMessageContaining("is not a file that can be read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "# a comment\n"})
    void says_that_it_is_empty(String text) throws IOException {
        assertThat(mistakes(text)).singleElement().asString().contains("it is empty");
    }

    @Test
    void says_that_it_is_no_yaml_and_where() throws IOException {
        assertThat(mistakes("policies:\n  p: [\n  q: }\n"))
                .singleElement()
                .asString()
                .startsWith("escalation.yaml:3: is not YAML: ");
    }

    @Test
    void says_that_it_has_several_documents() throws IOException {
        assertThat(mistakes(WHOLE + "---\n" + WHOLE)).singleElement().asString().contains("is not YAML");
    }

    @Test
    void says_that_it_is_not_utf_8() throws IOException {
        Path file = folder.resolve("escalation.yaml");
        Files.write(file, "people: {山田: {}}".getBytes(Charset.forName("Windows-31J")));

        assertThatThrownBy(() -> reader().read(file)).hasMessage("escalation.yaml: it is not a text in UTF-8");
    }

    @Test
    void says_that_it_is_too_large() throws IOException {
        Path file = folder.resolve("escalation.yaml");
        Files.write(file, "#".repeat(1_000_001).getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> reader().read(file)).hasMessage("escalation.yaml: it is larger than 1 MB");
    }

    @Test
    void is_not_brought_down_by_aliases_of_aliases() throws IOException {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 60; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d, *a%d]%n".formatted(i, i, i - 1, i - 1, i - 1));
        }
        assertThat(mistakes(bomb.toString())).singleElement().asString().contains("too many aliases");
    }

    @Test
    void is_not_brought_down_by_what_holds_itself() throws IOException {
        assertThat(mistakes("policies: &p {a: *p, b: {steps: &s [*s]}}\npeople: &q {a: *q}\n"))
                .isNotEmpty();
    }

    @Test
    void is_not_brought_down_by_depth() throws IOException {
        assertThat(mistakes("policies: " + "[".repeat(400_000))).hasSize(1);
        assertThat(mistakes("policies: " + "[".repeat(20_000) + "]".repeat(20_000)))
                .hasSize(1);
    }
}
