package dev.mackerelredmine.redmine;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRootName;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.mackerelredmine.redmine.NewIssue.CustomFieldValue;
import java.util.List;

/**
 * What is asked of Redmine when an issue is to be changed. What is null or empty stays as it is.
 *
 * @param issue Redmine's number; it stands in the path
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
        String subject,
        List<CustomFieldValue> customFields,
        List<Upload> uploads) {

    public IssueUpdate {
        customFields = List.copyOf(customFields);
        uploads = List.copyOf(uploads);
    }
}
