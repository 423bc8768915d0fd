package faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import faults.History.Change;
import faults.Ticket.Note;
import faults.Verdict.Finding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Tampers with Redmine in each way that the verdict has to see, one at a time, and wants it to be seen. */
final class Proof {

    private interface Tampering {
        void with(Ticket ticket) throws IOException, InterruptedException;
    }

    private final History history;
    private final Redmine redmine;
    private final List<String> before;
    private final Path copy;
    private final ObjectMapper json = new ObjectMapper();

    /** @param before what the verdict finds without it */
    Proof(History history, Redmine redmine, List<Finding> before, Path work) {
        this.history = history;
        this.before = before.stream().map(Finding::toString).toList();
        this.redmine = redmine;
        this.copy = work.resolve("redmine.sqlite3");
    }

    boolean holds() throws IOException, InterruptedException {
        redmine.copyTo(copy);
        List<Ticket> tickets = certainTickets();
        Ticket plain = first(tickets, "ticket", ticket -> true);
        Ticket noted = first(
                tickets, "ticket with a note", ticket -> noteThatHasToBe(ticket).isPresent());
        Ticket closed = first(tickets, "closed ticket", ticket -> ticket.isClosed() && !ticket.isStatusOfPerson());
        Ticket open = first(tickets, "open ticket", ticket -> !ticket.isClosed() && !ticket.isStatusOfPerson());
        Map<String, Map.Entry<Ticket, Tampering>> tamperings = new LinkedHashMap<>();
        tamperings.put("a ticket is deleted", Map.entry(plain, this::delete));
        tamperings.put("a ticket is made twice", Map.entry(plain, this::copy));
        tamperings.put("a ticket of no alert is made", Map.entry(plain, this::makeForeign));
        tamperings.put("a note is made twice", Map.entry(noted, this::noteTwice));
        tamperings.put("a note is deleted", Map.entry(noted, this::deleteNote));
        tamperings.put("a note tells another status", Map.entry(noted, this::changeNote));
        tamperings.put("a note tells of nothing", Map.entry(plain, ticket -> change(ticket, "notes", "nothing")));
        tamperings.put(
                "a closed ticket is opened",
                Map.entry(closed, ticket -> change(ticket, "status_id", redmine.id("status_new"))));
        tamperings.put(
                "an open ticket is closed",
                Map.entry(open, ticket -> change(ticket, "status_id", redmine.id("status_closed"))));
        tamperings.put(
                "a priority is lowered",
                Map.entry(plain, ticket -> change(ticket, "priority_id", redmine.id("priority_low"))));
        tamperings.put("a subject is changed", Map.entry(plain, ticket -> change(ticket, "subject", "other")));
        boolean holds = true;
        for (Map.Entry<String, Map.Entry<Ticket, Tampering>> tampering : tamperings.entrySet()) {
            holds &= isSeen(
                    tampering.getKey(),
                    tampering.getValue().getKey(),
                    tampering.getValue().getValue());
        }
        return holds;
    }

    /** Without those that tell of what may rightly be shown or not: of it the verdict would rightly say nothing. */
    private List<Ticket> certainTickets() throws IOException, InterruptedException {
        Set<String> certain = history.alerts().stream()
                .flatMap(alert -> alert.changes.stream())
                .filter(Change::isAcknowledged)
                .map(Change::token)
                .collect(Collectors.toSet());
        return redmine.issues().stream()
                .map(issue -> new Ticket(issue, redmine.id("field_alert_id"), redmine.id("field_level")))
                .filter(ticket -> ticket.mentions().stream().allMatch(mention -> certain.contains(mention.token())))
                .toList();
    }

    private static Ticket first(List<Ticket> tickets, String what, Predicate<Ticket> wanted) {
        return tickets.stream()
                .filter(wanted)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("--prove needs a " + what + ": more alerts have one"));
    }

    private boolean isSeen(String what, Ticket ticket, Tampering tampering) throws IOException, InterruptedException {
        tampering.with(ticket);
        List<String> findings = new Verdict(history, redmine, redmine.issues())
                .findings().stream()
                        .map(Finding::toString)
                        .filter(finding -> !before.contains(finding))
                        .toList();
        redmine.restore(copy);
        System.out.println((findings.isEmpty() ? "NOT SEEN: " : "seen: ") + what + " " + findings);
        return !findings.isEmpty();
    }

    private void delete(Ticket ticket) throws IOException, InterruptedException {
        redmine.send("DELETE", "/issues/" + ticket.number() + ".json", null);
    }

    private void copy(Ticket ticket) throws IOException, InterruptedException {
        create(ticket, ticket.alertId());
    }

    private void makeForeign(Ticket ticket) throws IOException, InterruptedException {
        create(ticket, "foreign");
    }

    private void create(Ticket ticket, String alertId) throws IOException, InterruptedException {
        JsonNode old = ticket.issue();
        ObjectNode issue = json.createObjectNode();
        issue.put("project_id", "alert").put("tracker_id", redmine.id("tracker_alert"));
        issue.put("subject", ticket.subject())
                .put("description", old.path("description").asText());
        issue.putArray("custom_fields")
                .addObject()
                .put("id", redmine.id("field_alert_id"))
                .put("value", alertId);
        redmine.send("POST", "/issues.json", json.createObjectNode().set("issue", issue));
    }

    private void change(Ticket ticket, String field, String value) throws IOException, InterruptedException {
        ObjectNode issue = json.createObjectNode().put(field, value);
        redmine.send(
                "PUT",
                "/issues/" + ticket.number() + ".json",
                json.createObjectNode().set("issue", issue));
    }

    private void noteTwice(Ticket ticket) throws IOException, InterruptedException {
        change(ticket, "notes", noteThatHasToBe(ticket).orElseThrow().text());
    }

    private void deleteNote(Ticket ticket) throws IOException, InterruptedException {
        write(noteThatHasToBe(ticket).orElseThrow(), "");
    }

    private void changeNote(Ticket ticket) throws IOException, InterruptedException {
        Note note = noteThatHasToBe(ticket).orElseThrow();
        write(note, note.text().replaceAll("\\b(OK|WARNING|CRITICAL|UNKNOWN)\\b", "SILENT"));
    }

    /** Not a person's, and not one of which the verdict would rightly miss nothing. */
    private Optional<Note> noteThatHasToBe(Ticket ticket) {
        List<Change> needed = history.alerts().stream()
                .flatMap(alert -> alert.changes.stream())
                .filter(change -> ticket.times(change.token()) == 1 && !Verdict.mayBeMissing(change, ticket))
                .toList();
        return ticket.notes().stream()
                .filter(note -> needed.stream().anyMatch(change -> note.tells(change.token())))
                .findFirst();
    }

    private void write(Note note, String text) throws IOException, InterruptedException {
        ObjectNode changed = json.createObjectNode().put("notes", text);
        redmine.send(
                "PUT",
                "/journals/" + note.journal() + ".json",
                json.createObjectNode().set("journal", changed));
    }
}
