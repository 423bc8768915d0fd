package faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import faults.History.Alert;
import faults.History.Change;
import faults.History.Kind;
import faults.History.Problem;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each tampering with Redmine is seen, and undone. */
@Tag("fast")
final class ProofTest {

    private static final Path WORK = Path.of("work");

    private final History history = new History(3, 40, 1000);

    @Test
    void holds_when_the_verdict_sees_each_of_eleven_tamperings() throws Exception {
        RedmineInMemory redmine = shown(new RedmineInMemory());

        assertThat(said(redmine, true)).hasSize(11).allMatch(line -> line.startsWith("seen: "));
    }

    @Test
    void leaves_redmine_as_it_was() throws Exception {
        RedmineInMemory redmine = shown(new RedmineInMemory());
        String before = redmine.issues().toString();

        said(redmine, true);

        assertThat(redmine.issues()).hasToString(before);
    }

    @Test
    void does_not_hold_when_a_tampering_is_not_seen() throws Exception {
        RedmineInMemory withoutEditedNotes = shown(new RedmineInMemory() {
            @Override
            HttpResponse<byte[]> send(String method, String path, JsonNode body) {
                return path.startsWith("/journals/") ? null : super.send(method, path, body);
            }
        });

        assertThat(said(withoutEditedNotes, false))
                .filteredOn(line -> !line.startsWith("seen: "))
                .containsExactly("NOT SEEN: a note is deleted []", "NOT SEEN: a note tells another status []");
    }

    @Test
    void does_not_take_for_seen_what_was_found_before() throws Exception {
        RedmineInMemory deaf = shown(new RedmineInMemory() {
            @Override
            HttpResponse<byte[]> send(String method, String path, JsonNode body) {
                return null;
            }
        });
        deaf.issues().remove(0);
        assertThat(new Verdict(history, deaf, deaf.issues()).findings()).isNotEmpty();

        assertThat(said(deaf, false)).hasSize(11).allMatch(line -> line.startsWith("NOT SEEN: "));
    }

    @Test
    void tampers_with_nothing_that_may_rightly_be_reported_or_not() throws Exception {
        RedmineInMemory redmine = shown(new RedmineInMemory());
        history.problems.stream()
                .filter(Problem::mayLose)
                .limit(history.problems.size() / 2)
                .forEach(problem ->
                        problem.alerts.get(0).changes.forEach(unanswered -> unanswered.isInAt = Integer.MAX_VALUE));

        assertThat(said(redmine, true)).hasSize(11);
    }

    /** Nobody knows whether the recovery in between came in: so the second warning may count as said again. */
    @Test
    void tampers_with_no_note_that_nobody_would_miss() throws Exception {
        Lives lives = new Lives();
        Alert alert = lives.alert(Kind.HOST, "warning", "ok", "warning", "ok");
        Lives.accepted(alert, 1, 3, 4);
        Lives.unanswered(alert, 2);
        RedmineInMemory redmine = new RedmineInMemory();
        ObjectNode ticket = redmine.ticket(alert, Lives.change(alert, 1));
        redmine.note(ticket, Lives.change(alert, 3));
        redmine.note(ticket, Lives.change(alert, 4));
        Alert open = lives.alert(Kind.HOST, "warning");
        Lives.accepted(open);
        redmine.ticket(open, Lives.change(open, 1));

        assertThat(said(lives.history, redmine, true)).hasSize(11).allMatch(line -> line.startsWith("seen: "));
    }

    @Test
    void tampers_with_no_note_of_a_person() throws Exception {
        RedmineInMemory redmine = shown(new RedmineInMemory());
        redmine.issues().forEach(issue -> redmine.noteByPerson((ObjectNode) issue));

        assertThat(said(redmine, true)).hasSize(11);
    }

    @Test
    void tampers_with_no_note_that_says_only_that_it_still_fires() throws Exception {
        RedmineInMemory redmine = shown(new RedmineInMemory() {
            @Override
            void note(ObjectNode ticket, Change... shown) {
                note(ticket, "It still fires, although the ticket is closed.");
                super.note(ticket, shown);
            }
        });

        assertThat(said(redmine, true)).hasSize(11);
    }

    @Test
    void says_which_ticket_there_is_none_of() {
        RedmineInMemory empty = new RedmineInMemory();

        assertThatThrownBy(() -> new Proof(history, empty, List.of(), WORK).holds())
                .hasMessage("--prove needs a ticket: more alerts have one");
    }

    private RedmineInMemory shown(RedmineInMemory redmine) {
        Lives.acceptAll(history);
        redmine.tell(history);
        return redmine;
    }

    private List<String> said(RedmineInMemory redmine, boolean holds) throws Exception {
        return said(history, redmine, holds);
    }

    private static List<String> said(History history, RedmineInMemory redmine, boolean holds) throws Exception {
        Proof proof = new Proof(history, redmine, new Verdict(history, redmine, redmine.issues()).findings(), WORK);
        PrintStream console = System.out;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            assertThat(proof.holds()).isEqualTo(holds);
        } finally {
            System.setOut(console);
        }
        return said.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
