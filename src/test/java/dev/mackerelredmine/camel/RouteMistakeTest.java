package dev.mackerelredmine.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mackerelredmine.RouteFiles;
import dev.mackerelredmine.RunningService;
import dev.mackerelredmine.settings.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A mistake in a route is refused at start, in one line that says file, line and what is meant. */
@Tag("service")
class RouteMistakeTest {

    private static final String FIRST_STEP = "        - choice:\n";

    @TempDir
    Path folder;

    private RunningService service;

    @AfterEach
    void stop() {
        if (service != null) {
            service.close();
        }
    }

    private Path policy(String text, String with) throws IOException {
        return Files.writeString(folder.resolve("mistake.camel.yaml"), RouteFiles.teamPolicy(text, with));
    }

    private void isRefused(Path policy, String said) {
        service = new RunningService(folder).withPolicy(policy);
        assertThatThrownBy(service::start)
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith(policy + ", line " + said)
                .satisfies(failure -> assertThat(failure.getMessage().lines()).hasSize(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "description: Decides | description Decides | 5: it cannot be read as YAML: could not find expected ':'",
                "setVariable: | setVariabel: | 9: there is no step \"setVariabel\": is setVariable meant?",
                "name: ticket.project | naem: ticket.project | 9: there is no key \"naem\": is name meant?",
                "${body.alert.status} == 'critical' | ${bdoy.alert.status} == 'critical' | 15 (route policy): Unknown function: bdoy.alert.status",
                "${body.alert.status} == 'warning' | ${body.alert.status == 'warning' | 18 (route policy): expected symbol functionEnd",
                "{{redmine.project:-}} | {{redmine.projct}} | 9 (route policy): there is no setting {{redmine.projct}}: is redmine.project meant?",
                "name: ticket.tracker | name: ticket.traker | 10: no variable is called ticket.traker: is ticket.tracker meant?"
            })
    void refuses_a_policy_and_says_where(String text, String with, String said) throws IOException {
        isRefused(policy(text, with), said);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bean: {ref: ticketWritr, method: tell} | 13 (route policy): there is no bean \"ticketWritr\": is ticketWriter meant?",
                "bean: {ref: ticketWriter, method: tell} | 13 (route policy): there is no \"tell\"",
                "to: drect:keep | 13 (route policy): Camel has no component \"drect\": is direct meant?",
                "to: {uri: log:here, parameters: {colour: red}} | 13 (route policy): there is no parameter \"colour\"",
                "to: direct:ticket-uplaod | 13: no route begins with direct:ticket-uplaod: is ticket-upload meant?",
                "wireTap: {uri: direct:nobody} | 13: no route begins with direct:nobody"
            })
    void refuses_a_step_and_says_where(String step, String said) throws IOException {
        isRefused(policy(FIRST_STEP, "        - " + step + "\n" + FIRST_STEP), said);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "setVariable: {name: late, method: {ref: officeHours, method: \"isWithin(${body}, 'Mon-Fri 9-18 Asia/Tokyo')\"}}",
                "setBody: {simple: \"${bean:officeHours?method=isWithin(${body}, 'Mon-Fri 9-18 Asia/Tokyo')}\"}"
            })
    void refuses_office_hours_that_cannot_be_read(String step) throws IOException {
        isRefused(
                policy(FIRST_STEP, "        - " + step + "\n" + FIRST_STEP),
                "13: office hours are written as Mon-Fri 09:00-18:00 Asia/Tokyo, not as Mon-Fri 9-18 Asia/Tokyo");
    }

    @Test
    void refuses_a_bean_of_no_class() throws IOException {
        Path file = Files.writeString(
                folder.resolve("mistake.camel.yaml"), "- beans:\n    - name: mine\n      type: com.example.Nothing\n");
        service = new RunningService(folder).withPolicy(file);

        assertThatThrownBy(service::start)
                .isInstanceOf(SettingsException.class)
                .hasMessage(file + ", line 3: there is no class com.example.Nothing");
    }

    @Test
    void starts_with_what_no_other_route_needs_to_be_there_for() throws Exception {
        service = new RunningService(folder)
                .withPolicy(policy(FIRST_STEP, "        - to: direct:ticket-upload\n" + FIRST_STEP));

        service.start();
    }
}
