package faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is lost, twice or wrong in what the service knows of people. */
@Tag("fast")
final class VerdictOnPeopleTest {

    private static final long BOT = 4;
    private static final String TAKEN = "3 #42 hanako Test took it, as its assignee (2026-11-29T12:00:05Z)";
    private static final String KNOWN = """
            {"acknowledged": {"journal": 7, "how": "ASSIGNEE", "by": {"id": 8, "name": "hanako Test"}, "at": 1795953605}}""";

    /** That hanako took, after the bot wrote a note. */
    private static JsonNode issue() throws IOException {
        return new ObjectMapper().readTree("""
                {"id": 42, "status": {"id": 1, "name": "New"}, "assigned_to": {"id": 8, "name": "hanako Test"}, "journals": [
                  {"id": 6, "user": {"id": 4, "name": "bot"}, "notes": "it got worse", "created_on": "2026-11-29T12:00:00Z", "details": []},
                  {"id": 7, "user": {"id": 8, "name": "hanako Test"}, "notes": "", "created_on": "2026-11-29T12:00:05Z",
                   "details": [{"property": "attr", "name": "assigned_to_id", "old_value": null, "new_value": "8"}]}]}""");
    }

    private static List<String> findings(Map<Long, String> known, String... shown) throws IOException {
        return findings(issue(), known, shown);
    }

    private static List<String> findings(JsonNode issue, Map<Long, String> known, String... shown) {
        return new VerdictOnPeople(BOT)
                .findings(List.of(issue), known, List.of(shown)).stream()
                        .map(Verdict.Finding::toString)
                        .toList();
    }

    @Test
    void finds_nothing_when_it_is_known_and_was_reported_for_each_alert() throws Exception {
        assertThat(findings(Map.of(42L, KNOWN), TAKEN, TAKEN.replace("3 #", "4 #")))
                .isEmpty();
    }

    @Test
    void calls_lost_what_is_not_known() throws Exception {
        assertThat(findings(Map.of(), TAKEN))
                .containsExactly("LOST (no alert): #42 is hanako Test's by journal 7, and known as nobody's");
    }

    @Test
    void calls_wrong_what_is_known_of_another_act() throws Exception {
        assertThat(findings(Map.of(42L, KNOWN.replace("7", "6")), TAKEN))
                .containsExactly(
                        "WRONG (no alert): #42 is hanako Test's by journal 7, and known as hanako Test's by journal 6");
    }

    @Test
    void finds_what_was_reported_never_or_twice() throws Exception {
        assertThat(findings(Map.of(42L, KNOWN)))
                .containsExactly(
                        "LOST (no alert): #42: that hanako Test took it at 2026-11-29T12:00:05Z is shown 0 times");
        assertThat(findings(Map.of(42L, KNOWN), TAKEN, TAKEN))
                .containsExactly(
                        "TWICE (no alert): #42: that hanako Test took it at 2026-11-29T12:00:05Z is shown 2 times");
    }

    @Test
    void takes_a_note_of_whoever_was_paged_for_an_answer() throws Exception {
        JsonNode issue = new ObjectMapper().readTree("""
                {"id": 42, "status": {"id": 1, "name": "New"}, "journals": [
                  {"id": 7, "user": {"id": 8, "name": "hanako Test"}, "notes": "on it", "created_on": "2026-11-30T10:00:05Z", "details": []}]}""");
        Map<Long, String> known = Map.of(42L, """
                {"acknowledged": {"journal": 7, "how": "ANSWER", "by": {"id": 8, "name": "hanako Test"}, "at": 1796032805}}""");
        String answer = "3 #42 hanako Test wrote a note, having been notified (2026-11-30T10:00:05Z)";
        Escalated paged = Paged.record();
        Escalated ended = paged.withEscalations(List.of());
        Escalated others = paged.withEscalations(List.of()).withReceived(List.of());

        assertThat(answered(issue, paged, known, answer)).isEmpty();
        assertThat(answered(issue, ended, known, answer)).isEmpty();
        assertThat(answered(issue, others, known, answer))
                .containsExactly("WRONG (no alert): #42 is nobody's, and known as hanako Test's by journal 7");
        assertThat(answered(issue, paged, Map.of()))
                .containsExactly("LOST (no alert): #42 is hanako Test's by journal 7, and known as nobody's");
        assertThat(answered(issue, ended, Map.of())).isEmpty();
    }

    private static List<String> answered(JsonNode issue, Escalated paged, Map<Long, String> known, String... shown) {
        return new VerdictOnPeople(BOT, paged)
                .findings(List.of(issue), known, List.of(shown)).stream()
                        .map(Verdict.Finding::toString)
                        .toList();
    }

    @Test
    void says_nothing_of_a_ticket_that_we_closed() throws Exception {
        JsonNode issue = issue();
        ((ObjectNode) issue.get("status")).put("is_closed", true);

        assertThat(findings(issue, Map.of())).isEmpty();
    }

    @Test
    void finds_that_a_person_closed_a_ticket_and_it_was_not_reported() throws Exception {
        JsonNode issue = issue();
        ((ObjectNode) issue.get("status")).put("is_closed", true);
        ((ArrayNode) issue.get("journals")).add(new ObjectMapper().readTree("""
                {"id": 9, "user": {"id": 8, "name": "hanako Test"}, "notes": "", "created_on": "2026-11-29T12:00:09Z",
                 "details": [{"property": "attr", "name": "status_id", "old_value": "1", "new_value": "5"}]}"""));

        assertThat(findings(issue, Map.of(), "3 #42 hanako Test closed it (2026-11-29T12:00:09Z)"))
                .isEmpty();
        assertThat(findings(issue, Map.of()))
                .containsExactly(
                        "LOST (no alert): #42: that hanako Test closed it at 2026-11-29T12:00:09Z is shown 0 times");
    }
}
