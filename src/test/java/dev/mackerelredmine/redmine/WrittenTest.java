package dev.mackerelredmine.redmine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mackerelredmine.redmine.Issue.Detail;
import dev.mackerelredmine.redmine.Issue.Journal;
import dev.mackerelredmine.redmine.Issue.Status;
import dev.mackerelredmine.redmine.NewIssue.CustomFieldValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class WrittenTest {

    private static final String REFERENCE = "mackerel-redmine:note-1";
    private static final IssueUpdate SENT = new IssueUpdate(
            42,
            "text " + REFERENCE,
            5L,
            null,
            6L,
            null,
            null,
            null,
            List.of(new CustomFieldValue(12, "critical")),
            List.of());

    private static Issue issue(long status, Long assignee, String level, Journal... journals) {
        return new Issue(
                42,
                null,
                null,
                new Status(status, "status", false),
                null,
                assignee == null ? null : new Issue.Named(assignee, "somebody"),
                null,
                null,
                "subject",
                null,
                List.of(new Issue.CustomField(12, "level", level)),
                null,
                List.of(journals),
                null,
                null);
    }

    private static Journal ours(Detail... details) {
        return new Journal(7, "text " + REFERENCE, List.of(details));
    }

    private final Written written = Written.of(SENT, REFERENCE, issue(1, null, "warning"));

    @Test
    void finds_that_all_was_done() {
        assertThat(written.droppedIn(issue(
                        5,
                        6L,
                        "critical",
                        ours(
                                new Detail("attr", "status_id"),
                                new Detail("attr", "assigned_to_id"),
                                new Detail("cf", "12")))))
                .isEmpty();
    }

    @Test
    void finds_that_the_parent_was_dropped() {
        Written under = Written.of(SENT.under(17L), REFERENCE, issue(5, 6L, "critical"));

        assertThat(under.fields()).containsExactly(Map.entry(IssueField.PARENT, "17"));
        assertThat(under.droppedIn(issue(5, 6L, "critical", ours()))).containsExactly(IssueField.PARENT);
        assertThat(under.droppedIn(issue(5, 6L, "critical", ours(new Detail("attr", "parent_id")))))
                .isEmpty();
    }

    @Test
    void finds_what_was_dropped_though_the_note_was_written() {
        assertThat(written.droppedIn(issue(1, null, "critical", ours(new Detail("cf", "12")))))
                .containsExactlyInAnyOrder(IssueField.STATUS, IssueField.ASSIGNEE);
    }

    @Test
    void finds_that_the_note_was_dropped_though_the_fields_were_written() {
        assertThat(written.droppedIn(issue(5, 6L, "critical", new Journal(7, "", List.of()))))
                .containsExactly(Written.NOTE);
    }

    @Test
    void takes_nothing_for_dropped_that_a_person_changed_later() {
        assertThat(written.droppedIn(issue(
                        2,
                        9L,
                        "warning",
                        ours(
                                new Detail("attr", "status_id"),
                                new Detail("attr", "assigned_to_id"),
                                new Detail("cf", "12")))))
                .isEmpty();
    }

    /** Java gives other maps another order in each process, and a note that was begun before a restart would not be known. */
    @Test
    void keeps_its_fields_in_one_order() {
        Map<String, String> fields = new HashMap<>();
        for (int i = 0; i < 50; i++) {
            fields.put("cf_" + (i * 37 % 50), "value");
        }

        assertThat(List.copyOf(new Written(REFERENCE, fields).fields().keySet()))
                .isSorted();
    }

    @Test
    void expects_no_entry_for_what_was_so_before() {
        Written same = Written.of(SENT, REFERENCE, issue(5, 6L, "critical"));

        assertThat(same.droppedIn(issue(2, null, "warning", ours()))).isEmpty();
    }
}
