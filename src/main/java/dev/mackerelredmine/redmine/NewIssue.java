package dev.mackerelredmine.redmine;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonRootName;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is asked of Redmine when an issue is to be created. What is null or empty is left to Redmine.
 * The project (identifier or number) stands in the path, because only there Redmine says what is wrong with it.
 *
 * @param assignedToMe whether it is assigned to the API key's user, whom Redmine always takes, in place of assignedToId
 * @param dueDate as Redmine writes dates: 2026-12-24
 * @param parentIssueId the issue that it is a subtask of; dropped silently where the role may not manage subtasks
 * @param watcherUserIds users and groups; one whom Redmine does not have makes it refuse the issue with a 404
 */
@JsonRootName("issue")
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({"tracker_id", "status_id", "priority_id", "assigned_to_id"})
public record NewIssue(
        @JsonIgnore String project,
        Long trackerId,
        Long statusId,
        Long priorityId,
        @JsonIgnore Long assignedToId,
        @JsonIgnore boolean assignedToMe,
        Long categoryId,
        String dueDate,
        Long parentIssueId,
        List<Long> watcherUserIds,
        String subject,
        String description,
        List<CustomFieldValue> customFields,
        List<Upload> uploads) {

    public NewIssue {
        watcherUserIds = List.copyOf(watcherUserIds);
        customFields = List.copyOf(customFields);
        uploads = List.copyOf(uploads);
    }

    /** Of its own, under no other issue. */
    public NewIssue(
            String project,
            Long trackerId,
            Long statusId,
            Long priorityId,
            Long assignedToId,
            boolean assignedToMe,
            Long categoryId,
            String dueDate,
            List<Long> watcherUserIds,
            String subject,
            String description,
            List<CustomFieldValue> customFields,
            List<Upload> uploads) {
        this(
                project,
                trackerId,
                statusId,
                priorityId,
                assignedToId,
                assignedToMe,
                categoryId,
                dueDate,
                null,
                watcherUserIds,
                subject,
                description,
                customFields,
                uploads);
    }

    @JsonProperty("assigned_to_id")
    Object assignee() {
        return assignedToMe ? "me" : assignedToId;
    }

    /** What an issue can do without, by the names of {@link IssueField}, with its values; what is asked for least is last. */
    @JsonIgnore
    public Map<String, Object> optional() {
        Map<String, Object> fields = new LinkedHashMap<>();
        IssueField.put(fields, IssueField.PARENT, parentIssueId);
        IssueField.put(fields, IssueField.ASSIGNEE, assignedToId);
        customFields.forEach(field -> IssueField.put(fields, IssueField.custom(field.id()), field.value()));
        IssueField.put(fields, IssueField.CATEGORY, categoryId);
        IssueField.put(fields, IssueField.DUE_DATE, dueDate);
        IssueField.put(fields, IssueField.WATCHERS, watcherUserIds);
        IssueField.put(fields, IssueField.STATUS, statusId);
        IssueField.put(fields, IssueField.PRIORITY, priorityId);
        IssueField.put(fields, IssueField.GRAPH, uploads);
        return fields;
    }

    /** The same without these. */
    public NewIssue without(Set<String> fields, boolean toMe) {
        return new NewIssue(
                project,
                trackerId,
                fields.contains(IssueField.STATUS) ? null : statusId,
                fields.contains(IssueField.PRIORITY) ? null : priorityId,
                toMe || fields.contains(IssueField.ASSIGNEE) ? null : assignedToId,
                toMe,
                fields.contains(IssueField.CATEGORY) ? null : categoryId,
                fields.contains(IssueField.DUE_DATE) ? null : dueDate,
                fields.contains(IssueField.PARENT) ? null : parentIssueId,
                fields.contains(IssueField.WATCHERS) ? List.of() : watcherUserIds,
                subject,
                description,
                IssueField.without(customFields, fields),
                fields.contains(IssueField.GRAPH) ? List.of() : uploads);
    }

    public NewIssue withDescription(String text) {
        return with(parentIssueId, text);
    }

    /** The same as a subtask of this issue; null is none. */
    public NewIssue under(Long parent) {
        return with(parent, description);
    }

    private NewIssue with(Long parent, String text) {
        return new NewIssue(
                project,
                trackerId,
                statusId,
                priorityId,
                assignedToId,
                assignedToMe,
                categoryId,
                dueDate,
                parent,
                watcherUserIds,
                subject,
                text,
                customFields,
                uploads);
    }

    /** The value that a custom field is to have: a text, or a list of texts where the field takes several. */
    public record CustomFieldValue(long id, Object value) {}
}
