package dev.mackerelredmine.redmine;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRootName;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;

/**
 * What is asked of Redmine when an issue is to be created. What is null or empty is left to Redmine.
 * The project (identifier or number) stands in the path, because only there Redmine says what is wrong with it.
 *
 * @param dueDate as Redmine writes dates: 2026-12-24
 * @param watcherUserIds users and groups; one whom Redmine does not have makes it refuse the issue with a 404
 */
@JsonRootName("issue")
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record NewIssue(
        @JsonIgnore String project,
        Long trackerId,
        Long statusId,
        Long priorityId,
        Long assignedToId,
        Long categoryId,
        String dueDate,
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

    /** The value that a custom field is to have. */
    public record CustomFieldValue(long id, String value) {}
}
