package dev.mackerelredmine.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mackerelredmine.fakeredmine.FakeRedmine;
import dev.mackerelredmine.redmine.check.Choices;
import dev.mackerelredmine.settings.SettingsException;
import dev.mackerelredmine.setup.Person;
import dev.mackerelredmine.setup.SetUp;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What init asks a person, and what it makes of the answers. */
@Tag("service")
final class SetUpTest {

    @RegisterExtension
    final FakeRedmine redmine = new FakeRedmine(FakeRedmine.NEWEST);

    private final ScriptedPerson person = new ScriptedPerson();

    @Test
    void a_person_chooses_by_line_number_or_name() throws Exception {
        person.answers("Project", "Alerts")
                .answers("Tracker", "1")
                .answers("Assignee", "dev Test")
                .answers("field for the alert's id", "Mackerel alert id");

        assertThat(complete())
                .containsEntry("redmine.project", "alert")
                .containsEntry("redmine.tracker", "Bug")
                .containsEntry("redmine.assigned", "dev Test")
                .containsEntry("redmine.custom-field.alert-id", redmine.id("field_alert_id"))
                .doesNotContainKey("redmine.custom-field.host");
        assertThat(person.shown).contains("   1)  Bug");
    }

    @Test
    void language_and_time_zone_are_as_proposed_where_nothing_is_entered() throws Exception {
        person.answers("Project", "Alerts");

        assertThat(complete()).containsEntry("ticket.language", "ja").containsEntry("ticket.time-zone", "Asia/Tokyo");
        assertThat(person.asked).anyMatch(question -> question.endsWith("[ja]: "));
    }

    @Test
    void a_time_zone_that_is_none_is_asked_for_again() throws Exception {
        person.answers("Project", "Alerts")
                .answers("Language", "de", "en")
                .answers("Time zone", "Tokio", "Europe/Paris");

        assertThat(complete()).containsEntry("ticket.language", "en").containsEntry("ticket.time-zone", "Europe/Paris");
        assertThat(person.shown).contains("ticket.language cannot be \"de\"", "ticket.time-zone cannot be \"Tokio\"");
    }

    @Test
    void after_three_wrong_answers_it_ends() {
        person.answers("Project", "Alerts").answers("Time zone", "Tokio", "Tokio", "Tokio");

        assertThatThrownBy(this::complete)
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("ticket.time-zone cannot be \"Tokio\"");
    }

    private Map<String, String> complete() throws Exception {
        Map<String, String> given = Map.of("redmine.url", redmine.url(), "redmine.apikey", redmine.apiKey());
        Map<String, String> proposed = Map.of("ticket.language", "ja", "ticket.time-zone", "Asia/Tokyo");
        Map<String, String> settings = new HashMap<>(given);
        settings.put("redmine.project", "-");
        try (CommandCamel camel = CommandCamel.start(settings)) {
            return new SetUp(given, person, proposed)
                    .complete((url, key) -> new Choices(camel.context(), redmine.url()));
        }
    }

    /** Enters nothing where it has no answer. */
    private static final class ScriptedPerson implements Person {

        private final Map<String, Deque<String>> answers = new HashMap<>();
        private final List<String> asked = new ArrayList<>();
        private final List<String> shown = new ArrayList<>();

        ScriptedPerson answers(String question, String... inTurn) {
            answers.put(question, new ArrayDeque<>(List.of(inTurn)));
            return this;
        }

        @Override
        public String ask(String question) {
            asked.add(question);
            return answers.entrySet().stream()
                    .filter(entry -> question.contains(entry.getKey())
                            && !entry.getValue().isEmpty())
                    .findFirst()
                    .map(entry -> entry.getValue().remove())
                    .orElse("");
        }

        @Override
        public String askSecret(String question) {
            return ask(question);
        }

        @Override
        public void tell(String text) {
            shown.add(text);
        }
    }
}
