package fuzz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mackerelredmine.ticket.Membership;
import dev.mackerelredmine.mackerel.AlertStatus;
import dev.mackerelredmine.mackerel.Notification;
import dev.mackerelredmine.redmine.NewIssue;
import dev.mackerelredmine.redmine.RedmineNames;
import dev.mackerelredmine.redmine.RedmineOutcomes;
import dev.mackerelredmine.redmine.Upload;
import dev.mackerelredmine.text.TextFormat;
import dev.mackerelredmine.text.Texts;
import dev.mackerelredmine.ticket.AlertHistory;
import dev.mackerelredmine.ticket.AlertKey;
import dev.mackerelredmine.ticket.Change;
import dev.mackerelredmine.ticket.Remark;
import dev.mackerelredmine.ticket.TextLevel;
import dev.mackerelredmine.ticket.Ticket;
import dev.mackerelredmine.ticket.policy.FieldPolicy;
import dev.mackerelredmine.ticket.policy.Policy;
import dev.mackerelredmine.ticket.text.Language;
import dev.mackerelredmine.ticket.text.Note;
import dev.mackerelredmine.ticket.text.TicketText;
import dev.mackerelredmine.ticket.write.RefusedFields;
import dev.mackerelredmine.ticket.write.TicketFields;
import dev.mackerelredmine.ticket.write.TicketWriter;
import dev.mackerelredmine.ticket.write.WritingRules;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes tickets and notes as production does, in one text format and language, and sees to it that each is what Redmine can be given. */
final class Scribe {

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final int LONGEST_SUBJECT = 255;
    private static final String REFERENCE = "mackerel-redmine:note-1";
    private static final String GRAPH = "graph 1.png";
    private static final Policy POLICY = Policy.of("alert");
    private static final Map<AlertStatus, Policy> SETTINGS =
            Arrays.stream(AlertStatus.values()).collect(Collectors.toMap(Function.identity(), status -> POLICY));
    private static final FieldPolicy.OfFields FOLLOW = new FieldPolicy.OfFields(
            FieldPolicy.FOLLOW, FieldPolicy.FOLLOW, FieldPolicy.FOLLOW, FieldPolicy.FOLLOW, FieldPolicy.FOLLOW);

    private final String name;
    private final TicketText text;
    private final TicketWriter writer;
    private final String opening;
    private final String closing;

    Scribe(TextFormat format, Language language) {
        name = format + " " + language;
        Texts texts = new Texts(Path.of("no-texts"), language.toString(), format.templates(), format::escape);
        text = new TicketText(texts, format, ZoneId.of("Asia/Tokyo"));
        TicketFields fields = new TicketFields(1L, 2L, 3L, 4L);
        WritingRules rules = new WritingRules(fields, FOLLOW, null, SETTINGS, Map.of());
        writer = new TicketWriter(text, rules, new RedmineNames(new RedmineOutcomes()), new RefusedFields());
        opening = format == TextFormat.TEXTILE ? "<pre>\n" : "```\n";
        closing = format == TextFormat.TEXTILE ? "\n</pre>\n}}\n\n" : "\n```\n}}\n\n";
    }

    /** What stands above the folded notification; of what is no alert, the note. */
    String write(Notification notification) {
        if (notification.alert() == null) {
            return note(List.of(change(1, notification)), List.of());
        }
        AlertKey key = AlertKey.of(notification);
        AlertHistory history = new AlertHistory(
                1, key, null, List.of(change(1, notification)), Set.of(), Ticket.NONE, Ticket.NONE, null, Membership.NONE);
        NewIssue issue = writer.creation(history, POLICY, false, new Upload("token", GRAPH, "image/png")).issue();
        Require.oneLine("a subject", issue.subject());
        int length = issue.subject().codePointCount(0, issue.subject().length());
        Require.that(length > 0 && length <= LONGEST_SUBJECT, "a subject of at most 255 characters", issue.subject());
        issue.customFields().forEach(field -> Require.oneLine("a custom field", field.value().toString()));
        return head(issue.description(), notification, key.marker()) + note(history.changes(), List.of());
    }

    /** What notes tell of both: as a table, and of each in a line. */
    String tell(Notification first, Notification second, String said) {
        List<Change> both = List.of(change(1, first), change(2, second));
        List<Remark> remarks = List.of(Remark.of(Remark.Kind.NO_SUCH_NAME, "project", said));
        return note(both, remarks) + note(both.subList(0, 1), List.of());
    }

    private String note(List<Change> changes, List<Remark> remarks) {
        String note = text.note(new Note(changes, remarks, TextLevel.FULL, GRAPH, REFERENCE));
        Require.that(note.endsWith("\n\n" + REFERENCE), "a note with its reference in the last line", note);
        String above = note.substring(0, note.length() - REFERENCE.length());
        Require.writable("a note", note);
        Shape.requireNothingLive(above);
        return above;
    }

    /** The notification stands whole in a block that nothing in it ends. */
    private String head(String description, Notification notification, String marker) {
        Require.writable("a description", description);
        int collapse = description.lastIndexOf("\n{{collapse(");
        int begin = description.indexOf(opening, collapse) + opening.length();
        Require.that(description.endsWith(closing + marker), "a description with its marker in the last line", description);
        String inside = description.substring(begin, description.length() - marker.length() - closing.length());
        Require.that(inside.indexOf('`') < 0 && inside.indexOf('<') < 0, "a block without an end in it", inside);
        Require.that(!inside.contains("~~~"), "a block that ends where mentions are looked for, too", inside);
        Require.that(!inside.contains("\n}}"), "a macro without an end in it", inside);
        try {
            Require.same("the notification", JSON.readTree(notification.json()), JSON.readTree(inside));
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + inside, e);
        }
        String head = Shape.withoutMemo(description.substring(0, collapse), opening.startsWith("<pre>"));
        Shape.requireNothingLive(head);
        return head;
    }

    private static Change change(long seq, Notification notification) {
        return new Change(seq, Instant.EPOCH, notification);
    }

    @Override
    public String toString() {
        return name;
    }
}
