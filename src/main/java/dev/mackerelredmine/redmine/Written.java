package dev.mackerelredmine.redmine;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.mackerelredmine.redmine.Issue.Journal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a change was to write into an issue. Redmine answers 204 also where it drops a field that the role may not change. The journal shows
 * what was written, even after people have changed it again.
 *
 * @param reference the word by which the note is found in the journals
 * @param fields what was to change, by the names of {@link IssueField}, with the values asked for
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Written(String reference, Map<String, String> fields) {

    /** Stands among the fields for the note itself. */
    public static final String NOTE = "note";

    public Written {
        // In order: what was begun is known by its text, also after a restart.
        fields = fields == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(fields));
    }

    /** @param before as Redmine showed the issue before; null where nobody looked, and then only the note is known of */
    public static Written of(IssueUpdate sent, String reference, Issue before) {
        Map<String, String> fields = new LinkedHashMap<>();
        if (before != null) {
            sent.optional().forEach((field, value) -> {
                if (!field.equals(IssueField.GRAPH) && !value.toString().equals(shown(before, field))) {
                    fields.put(field, value.toString());
                }
            });
        }
        return new Written(reference, fields);
    }

    /** What Redmine dropped of it: the note, or fields. */
    public List<String> droppedIn(Issue now) {
        Optional<Journal> journal = now.journals().stream()
                .filter(each -> each.notes() != null && each.notes().contains(reference))
                .findFirst();
        List<String> dropped = new ArrayList<>();
        if (journal.isEmpty()) {
            dropped.add(NOTE);
        }
        fields.forEach((field, value) -> {
            boolean isWritten = journal.isPresent() && journal.get().changes(field) || value.equals(shown(now, field));
            if (!isWritten) {
                dropped.add(field);
            }
        });
        return dropped;
    }

    private static String shown(Issue issue, String field) {
        if (IssueField.numberOf(field).isPresent()) {
            return Objects.toString(issue.customField(IssueField.numberOf(field).getAsLong()), null);
        }
        return switch (field) {
            case IssueField.STATUS ->
                issue.status() == null ? null : Long.toString(issue.status().id());
            case IssueField.PRIORITY -> number(issue.priority());
            case IssueField.ASSIGNEE -> number(issue.assignedTo());
            case IssueField.CATEGORY -> number(issue.category());
            case IssueField.DUE_DATE -> issue.dueDate();
            case IssueField.SUBJECT -> issue.subject();
            case IssueField.PARENT ->
                issue.parent() == null ? null : Long.toString(issue.parent().id());
            default -> null;
        };
    }

    private static String number(Issue.Named named) {
        return named == null ? null : Long.toString(named.id());
    }
}
