package dev.mackerelredmine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mackerelredmine.redmine.check.Finding;
import dev.mackerelredmine.redmine.check.Finding.Verdict;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a check says of what Redmine drops without a word, by the role's rights and the workflow; most of it only a ticket shows. */
abstract class CheckSetUpContract extends CheckedRedmine {

    private static final String MADE = "test ticket: made";
    private static final String FOUND = "test ticket: found";
    private static final String CHANGED = "test ticket: changed";
    private static final String NOTED = "test ticket: noted";
    private static final String CLOSED = "test ticket: closed";

    @BeforeEach
    final void waitForOthers() {
        redmine().setUp();
    }

    @AfterEach
    final void putBack() {
        redmine().putBack();
    }

    @Test
    void makes_notes_and_closes_a_ticket_and_finds_nothing_wrong() throws Exception {
        everythingRight().withTicket();

        List<Finding> findings = findings();

        assertThat(findings).filteredOn(Finding::isWrong).isEmpty();
        assertIs(findings, Verdict.OK, MADE, "has all that was sent", url() + "/issues/");
        assertIs(findings, Verdict.OK, FOUND, "by its description or its field");
        assertIs(findings, Verdict.OK, CHANGED, "subject");
        assertIs(findings, Verdict.OK, NOTED, "note");
        assertIs(findings, Verdict.OK, CLOSED, "is Closed");
        assertIs(findings, Verdict.OK, "reopening a ticket", "may become In Progress");
    }

    @Test
    void names_the_right_to_view_issues_without_which_no_tracker_is_shown() throws Exception {
        redmine().setUp().withoutPermission("view_issues");

        List<Finding> findings = findings();

        assertIs(findings, Verdict.WRONG, "role", "\"Alert bot\" lacks: View issues");
        assertIs(findings, Verdict.NOT_CHECKED, "redmine.tracker", "depends on role");
    }

    @Test
    void names_the_right_to_manage_subtasks_that_was_taken_from_a_role_that_had_it() throws Exception {
        withIncidents();
        assertIs(Verdict.OK, "subtasks", "incident");

        redmine().setUp().withoutPermission("manage_subtasks");

        assertIs(Verdict.WRONG, "subtasks", "\"Alert bot\"", "Manage subtasks");
    }

    @ParameterizedTest
    @CsvSource({
        "add_issues, test ticket: made, 'without what was sent: tracker', 'Add issues'",
        "edit_issues, test ticket: changed, 'answered 204 (OK), but changed nothing', 'Edit issues'",
        "add_issue_notes, test ticket: noted, 'answered 204 (OK), but wrote no note', 'Add notes'"
    })
    void names_a_right_that_the_role_has_for_another_tracker_only(
            String right, String subject, String found, String permission) throws Exception {
        redmine().setUp().onlyForBugs(right);
        with("redmine.tracker", "Alert").withTicket();

        assertIs(
                Verdict.WRONG,
                subject,
                found,
                "Give the bot user's role the permission \"" + permission + "\" for tracker Alert");
    }

    @Test
    void sees_without_a_test_ticket_that_the_role_may_not_change_tickets_of_the_tracker() throws Exception {
        ticket("New");
        redmine().setUp().onlyForBugs("edit_issues");
        with("redmine.tracker", "Alert");

        assertIs(Verdict.WRONG, "changing a ticket", "answers 204", "\"Edit issues\" for tracker Alert");
    }

    @Test
    void names_a_workflow_that_lets_no_ticket_be_closed_before_the_first_alert() throws Exception {
        redmine().setUp().noWorkflow();
        with("redmine.tracker", "Alert").withTicket();

        assertIs(Verdict.WRONG, CLOSED, "become: none", "Administration, Workflow", "by hand");
    }

    @Test
    void names_a_field_that_a_closed_ticket_would_need() throws Exception {
        redmine().setUp().requiredInStatus("host", "closed");
        with("redmine.tracker", "Alert").with("redmine.closed-status", "Closed").withTicket();

        assertIs(Verdict.WRONG, CLOSED, "as Closed", "422", "cannot be blank", "by hand");
    }

    @Test
    void names_a_field_that_the_workflow_makes_read_only() throws Exception {
        redmine().setUp().readOnlyInStatus("priority_id", "new");
        with("redmine.tracker", "Alert")
                .with("redmine.priority.warning", "Urgent")
                .withTicket();

        assertIs(Verdict.WRONG, MADE, "without what was sent: priority", "read-only");
    }

    @Test
    void names_a_ticket_that_nothing_could_find_again() throws Exception {
        redmine().setUp().withoutCoreField("description");
        with("redmine.tracker", "Alert").withTicket();

        List<Finding> findings = findings();

        assertIs(findings, Verdict.WRONG, ALERT_ID, "have no description: no ticket can be found again");
        assertIs(findings, Verdict.WRONG, FOUND, "does not find it", ALERT_ID);
    }

    @Test
    void finds_a_ticket_without_a_description_by_its_field() throws Exception {
        redmine().setUp().withoutCoreField("description");
        with("redmine.tracker", "Alert").with(ALERT_ID, id("field_alert_id")).withTicket();

        assertIs(Verdict.OK, FOUND, "by its");
    }

    @Test
    void names_a_group_that_gets_no_tickets() throws Exception {
        redmine().setUp().assignsToGroups(false);
        with("redmine.tracker", "Alert").with("redmine.assigned", "Ops");

        assertIs(Verdict.WRONG, "a new ticket", "Assignee is invalid", "redmine.assigned");
    }
}
