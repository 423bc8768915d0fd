package dev.mackerelredmine.escalation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mackerelredmine.redmine.check.Finding;
import dev.mackerelredmine.redmine.check.Finding.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code check} says of escalation.yaml. */
@Tag("fast")
class EscalationCheckTest {

    private static final Instant NOW = Instant.parse("2026-12-10T00:00:00Z");

    @TempDir
    Path folder;

    private List<Finding> findings(String text) throws IOException {
        return findings(text, rota -> at -> Optional.empty());
    }

    private List<Finding> findings(String text, IcalRotas icals) throws IOException {
        Path file = Files.writeString(folder.resolve("escalation.yaml"), text);
        EscalationReader reader = new EscalationReader(it -> it, EscalationReaderTest.MEANS, icals);
        return new EscalationCheck(reader, NOW, ZoneId.of("Asia/Tokyo")).findings(file);
    }

    private static String policy(String notify, String by) {
        return "policies: {p: {steps: [{at: 0m, notify: " + notify + ", by: " + by + "}]}}\n";
    }

    private static String rota(String start, String people) {
        return "rotas: {primary: {start: " + start + ", every: 7d, time-zone: Asia/Tokyo, people: [" + people + "]}}\n";
    }

    @Test
    void says_what_is_in_the_file_where_all_is_well() throws IOException {
        assertThat(findings(rota("2026-12-01T09:00", "Hanako, Taro")
                        + "people: {Hanako: {slack: U1}, Taro: {slack: U2}}\n"
                        + policy("rota primary", "[slack, redmine]")))
                .containsExactly(
                        Finding.ok(
                                "escalation.file",
                                folder.resolve("escalation.yaml") + " has 1 policy, 1 rota, 2 contact lists"),
                        Finding.ok("rota primary", "somebody is on call at all times in the next 30 days"));
    }

    @Test
    void names_each_mistake() throws IOException {
        assertThat(findings(policy("rota a", "fax"))).hasSize(2).allMatch(Finding::isWrong);
    }

    @Test
    void says_that_the_file_is_not_there() {
        assertThat(new EscalationCheck(
                                new EscalationReader(
                                        it -> it, EscalationReaderTest.MEANS, EscalationReaderTest.NO_CALENDARS),
                                NOW,
                                ZoneId.of("UTC"))
                        .findings(folder.resolve("absent.yaml")))
                .singleElement()
                .matches(Finding::isWrong)
                .asString()
                .contains("there is no file");
    }

    @Test
    void names_who_has_no_contact_and_who_may_have_been_meant() throws IOException {
        assertThat(findings("people: {Hanako: {slack: U1}}\n" + policy("[Hanakoo, Hanako]", "[slack, phone, redmine]")))
                .filteredOn(finding -> finding.verdict() == Verdict.NOTE)
                .containsExactly(
                        Finding.note(
                                "Hanakoo",
                                "has no contact for phone, slack, by which a policy notifies: is Hanako meant?"),
                        Finding.note("Hanako", "has no contact for phone, by which a policy notifies"));
    }

    @Test
    void names_who_has_no_contact_and_whose_turn_is_far_away() throws IOException {
        assertThat(findings(rota("2026-12-01T09:00", "A, A, A, A, A, A, A, B") + policy("rota primary", "slack")))
                .extracting(Finding::subject)
                .contains("A", "B");
    }

    @Test
    void names_who_is_on_call_by_a_calendar_and_has_no_contact() throws IOException {
        assertThat(findings("rotas: {r: {ical: x}}\n" + policy("rota r", "slack"), ical -> at -> Optional.of("Jiro")))
                .extracting(Finding::subject)
                .contains("Jiro");
    }

    @Test
    void knows_whom_redmine_has_to_know() throws IOException {
        Path file = Files.writeString(
                folder.resolve("escalation.yaml"),
                rota("2026-12-01T09:00", "Hanako, Taro") + policy("[rota primary, group Ops]", "[slack, redmine]"));
        EscalationCheck check = new EscalationCheck(
                new EscalationReader(it -> it, EscalationReaderTest.MEANS, EscalationReaderTest.NO_CALENDARS),
                NOW,
                ZoneId.of("Asia/Tokyo"));

        assertThat(check.inRedmine(file)).containsExactly("Hanako", "Ops", "Taro");
        assertThat(check.inRedmine(folder.resolve("absent.yaml"))).isEmpty();
    }

    @Test
    void names_a_time_in_which_nobody_is_on_call() throws IOException {
        assertThat(findings(rota("2026-12-12T09:00", "A") + policy("rota primary", "redmine")))
                .contains(Finding.note("rota primary", "nobody is on call from 2026-12-10 09:00 to 2026-12-12 09:00"));
    }

    @Test
    void names_the_first_five_of_many_such_times() throws IOException {
        List<Finding> findings = findings(
                "rotas: {r: {ical: x}}\n" + policy("rota r", "redmine"),
                ical -> at -> at.getEpochSecond() / 3600 % 24 < 12 ? Optional.of("A") : Optional.empty());

        assertThat(findings.get(1).found())
                .startsWith("nobody is on call from 2026-12-10 21:00 to 2026-12-11 09:00, ")
                .endsWith(", and 25 times more");
    }

    @Test
    void names_a_calendar_that_fails_and_two_people_at_once() throws IOException {
        Rota calendar = new Rota() {
            @Override
            public Optional<String> onCall(Instant at) {
                return Optional.of("Hanako");
            }

            @Override
            public List<String> failures(ZoneId zone) {
                return List.of("its calendar cannot be fetched");
            }

            @Override
            public List<String> overlaps(Instant now, ZoneId zone) {
                return List.of("its calendar has Hanako and Taro at once");
            }
        };

        assertThat(findings("rotas: {primary: {ical: x}}\n" + policy("rota primary", "redmine"), any -> calendar))
                .contains(
                        Finding.wrong("rota primary", "its calendar cannot be fetched", ""),
                        Finding.note("rota primary", "its calendar has Hanako and Taro at once"));
    }
}
