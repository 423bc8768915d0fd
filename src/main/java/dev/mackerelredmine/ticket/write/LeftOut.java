package dev.mackerelredmine.ticket.write;

import dev.mackerelredmine.redmine.IssueField;
import dev.mackerelredmine.ticket.Remark;
import dev.mackerelredmine.ticket.Remark.Kind;
import dev.mackerelredmine.ticket.TextLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What was left out of a ticket because Redmine refused it: for the ticket's readers, and for the operator.
 *
 * @param fields by the names of {@link IssueField}, with the values that were refused
 * @param toMe whether the ticket is assigned to the API key's user
 * @param errors what Redmine said
 */
record LeftOut(Map<String, Object> fields, boolean toMe, TextLevel level, List<String> errors) {

    /** Those that a later change can still set. */
    private static final Set<String> FOR_LATER =
            Set.of(IssueField.ASSIGNEE, IssueField.CATEGORY, IssueField.DUE_DATE, IssueField.PRIORITY);

    boolean isNothing() {
        return fields.isEmpty() && !toMe && level == TextLevel.FULL;
    }

    static boolean isForLater(String field) {
        return FOR_LATER.contains(field) || IssueField.numberOf(field).isPresent();
    }

    /** For the ticket: only what it did not lack before. */
    List<Remark> remarks(List<String> before) {
        List<Remark> remarks = new ArrayList<>();
        List<String> news = fields.keySet().stream()
                .filter(field -> !before.contains(field))
                .toList();
        news.forEach(field -> remarks.add(remark(field)));
        if (toMe) {
            remarks.add(Remark.of(Kind.ASSIGNED_TO_ME));
        }
        if (!errors.isEmpty() && (toMe || !news.isEmpty())) {
            remarks.add(Remark.of(Kind.REDMINE_SAYS, String.join("; ", errors)));
        }
        if (level != TextLevel.FULL) {
            remarks.add(Remark.of(Kind.SHORTENED));
        }
        return remarks;
    }

    private static Remark remark(String field) {
        return IssueField.numberOf(field).isPresent()
                ? Remark.of(Kind.FIELD_LEFT_OUT, IssueField.numberOf(field).getAsLong())
                : Remark.of(Kind.LEFT_OUT, field);
    }

    /** For the log: what is missing, why, and what to do. */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        if (!fields.isEmpty()) {
            parts.add("without " + described() + ", which Redmine refused");
        }
        if (toMe) {
            parts.add("assigned to the API key's user, because Redmine refuses the assignee that it takes by itself:"
                    + " is a default assignee of the project or the category locked?");
        }
        if (!errors.isEmpty()) {
            parts.add("Redmine says: " + String.join("; ", errors));
        }
        if (!fields.isEmpty()) {
            parts.add("to fix: " + fields.keySet().stream().map(LeftOut::advice).collect(Collectors.joining("; ")));
        }
        if (level != TextLevel.FULL) {
            parts.add("its text is shortened, because something in front of Redmine refused the full one: let it pass"
                    + " bodies of 1 MB to Redmine's API, whatever they hold");
        }
        return String.join("; ", parts);
    }

    private String described() {
        return fields.entrySet().stream()
                .map(field -> name(field.getKey()) + " " + quoted(field.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String name(String field) {
        return IssueField.numberOf(field).isPresent()
                ? "custom field " + IssueField.numberOf(field).getAsLong()
                : field;
    }

    private static String quoted(Object value) {
        String text = value.toString();
        return text.length() > 60 ? '"' + text.substring(0, 60) + "…\"" : '"' + text + '"';
    }

    private static String advice(String field) {
        return switch (field) {
            case IssueField.ASSIGNEE -> "make the assignee an active member of the project who can be assigned tickets";
            case IssueField.CATEGORY -> "is the category one of the project's";
            case IssueField.DUE_DATE -> "is the due date after the start date";
            case IssueField.WATCHERS -> "are the watchers active users";
            case IssueField.STATUS -> "does the status require a field that is empty (redmine.field.NUMBER sets one)";
            case IssueField.PRIORITY -> "is the priority an active one";
            case IssueField.PARENT -> "is the parent in the same project";
            case IssueField.GRAPH -> "can Redmine keep files";
            case IssueField.SUBJECT -> "what does Redmine want of the subject";
            default ->
                "look at " + name(field)
                        + " in Redmine: its list of values, length, pattern, and whether it is required";
        };
    }
}
