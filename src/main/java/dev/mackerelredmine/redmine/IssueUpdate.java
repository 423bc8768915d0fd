package dev.mackerelredmine.redmine;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRootName;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.mackerelredmine.redmine.NewIssue.CustomFieldValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is asked of Redmine when an issue is to be changed. What is null or empty stays as it is.
 *
 * @param issue Redmine's number; it stands in the path
 * @param parentIssueId the issue that it becomes a subtask of; nothing takes it out again
 * @param notes the text of the journal entry that goes with the change
 */
@JsonRootName("issue")
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record IssueUpdate(
        @JsonIgnore long issue,
        String notes,
        Long statusId,
        Long priorityId,
        Long assignedToId,
        Long categoryId,
        String dueDate,
        Long parentIssueId,
        String subject,
        String description,
        List<CustomFieldValue> customFields,
        List<Upload> uploads) {

    public IssueUpdate {
        customFields = List.copyOf(customFields);
        uploads = List.copyOf(uploads);
    }

    /** That leaves its parent and its description alone. */
    public IssueUpdate(
            long issue,
            String notes,
            Long statusId,
            Long priorityId,
            Long assignedToId,
            Long categoryId,
            String dueDate,
            String subject,
            List<CustomFieldValue> customFields,
            List<Upload> uploads) {
        this(
                issue,
                notes,
                statusId,
                priorityId,
                assignedToId,
                categoryId,
                dueDate,
                null,
                subject,
                null,
                customFields,
                uploads);
    }

    /** A note alone, with a new status where there is one. */
    public static IssueUpdate note(long issue, String notes, Long status) {
        return new IssueUpdate(issue, notes, status, null, null, null, null, null, List.of(), List.of());
    }

    public IssueUpdate withNotes(String text) {
        return with(text, parentIssueId, description);
    }

    /** The same, which also makes it a subtask of this issue; null leaves it where it is. */
    public IssueUpdate under(Long parent) {
        return with(notes, parent, description);
    }

    /** The same, which also writes its description anew. */
    public IssueUpdate withDescription(String text) {
        return with(notes, parentIssueId, text);
    }

    private IssueUpdate with(String note, Long parent, String text) {
        return new IssueUpdate(
                issue,
                note,
                statusId,
                priorityId,
                assignedToId,
                categoryId,
                dueDate,
                parent,
                subject,
                text,
                customFields,
                uploads);
    }

    /** All but the note and the description, by the names of {@link IssueField}, with the values; what is asked for least is last. */
    @JsonIgnore
    public Map<String, Object> optional() {
        Map<String, Object> fields = new LinkedHashMap<>();
        IssueField.put(fields, IssueField.PARENT, parentIssueId);
        IssueField.put(fields, IssueField.ASSIGNEE, assignedToId);
        customFields.forEach(field -> IssueField.put(fields, IssueField.custom(field.id()), field.value()));
        IssueField.put(fields, IssueField.CATEGORY, categoryId);
        IssueField.put(fields, IssueField.DUE_DATE, dueDate);
        IssueField.put(fields, IssueField.STATUS, statusId);
        IssueField.put(fields, IssueField.PRIORITY, priorityId);
        IssueField.put(fields, IssueField.GRAPH, uploads);
        IssueField.put(fields, IssueField.SUBJECT, subject);
        return fields;
    }

    /** The same without these. */
    public IssueUpdate without(Set<String> fields) {
        return new IssueUpdate(
                issue,
                notes,
                fields.contains(IssueField.STATUS) ? null : statusId,
                fields.contains(IssueField.PRIORITY) ? null : priorityId,
                fields.contains(IssueField.ASSIGNEE) ? null : assignedToId,
                fields.contains(IssueField.CATEGORY) ? null : categoryId,
                fields.contains(IssueField.DUE_DATE) ? null : dueDate,
                fields.contains(IssueField.PARENT) ? null : parentIssueId,
                fields.contains(IssueField.SUBJECT) ? null : subject,
                description,
                IssueField.without(customFields, fields),
                fields.contains(IssueField.GRAPH) ? List.of() : uploads);
    }
}
