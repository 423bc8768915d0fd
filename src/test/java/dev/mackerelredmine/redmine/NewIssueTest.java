package dev.mackerelredmine.redmine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.mackerelredmine.redmine.NewIssue.CustomFieldValue;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The JSON that Redmine gets. */
@Tag("fast")
class NewIssueTest {

    /** As redmine.camel.yaml writes it. */
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.WRAP_ROOT_VALUE);

    private static String json(NewIssue issue) throws JsonProcessingException {
        return JSON.writeValueAsString(issue);
    }

    @Test
    void is_written_in_redmines_words_without_the_project_which_stands_in_the_path() throws Exception {
        NewIssue issue = new NewIssue(
                "alert",
                1L,
                2L,
                3L,
                4L,
                false,
                5L,
                "2026-12-24",
                List.of(6L, 7L),
                "件名",
                "a\nb",
                List.of(new CustomFieldValue(11, "CPU %")),
                List.of());

        assertThat(json(issue))
                .isEqualTo(
                        "{\"issue\":{\"tracker_id\":1,\"status_id\":2,\"priority_id\":3,\"assigned_to_id\":4,"
                                + "\"category_id\":5,\"due_date\":\"2026-12-24\",\"watcher_user_ids\":[6,7],"
                                + "\"subject\":\"件名\",\"description\":\"a\\nb\",\"custom_fields\":[{\"id\":11,\"value\":\"CPU %\"}]}}");
    }

    @Test
    void says_of_which_issue_it_is_a_subtask() throws Exception {
        NewIssue issue = new NewIssue(
                "alert", null, null, null, null, false, null, null, List.of(), "s", "t", List.of(), List.of());

        assertThat(json(issue.under(42L)))
                .isEqualTo("{\"issue\":{\"parent_issue_id\":42,\"subject\":\"s\",\"description\":\"t\"}}");
        assertThat(issue.under(42L).without(Set.of(IssueField.PARENT), false)).isEqualTo(issue);
    }

    @Test
    void says_nothing_of_what_is_left_to_redmine() throws Exception {
        assertThat(json(new NewIssue(
                        "alert", null, null, null, null, false, null, null, List.of(), "subject", "text", List.of(),
                        List.of())))
                .isEqualTo("{\"issue\":{\"subject\":\"subject\",\"description\":\"text\"}}");
    }

    @Test
    void says_of_a_custom_field_that_it_is_empty() throws Exception {
        assertThat(json(new NewIssue(
                        "alert",
                        null,
                        null,
                        null,
                        null,
                        false,
                        null,
                        null,
                        List.of(),
                        "subject",
                        "text",
                        List.of(new CustomFieldValue(33, "")),
                        List.of())))
                .contains("\"custom_fields\":[{\"id\":33,\"value\":\"\"}]");
    }
}
