package dev.mackerelredmine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mackerelredmine.redmine.check.Finding;
import dev.mackerelredmine.redmine.check.Finding.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a check says of each set-up, good and bad; the same against FakeRedmine and a real Redmine. Each test changes one thing. */
abstract class CheckContract extends CheckedRedmine {

    // --- nothing wrong

    @Test
    void finds_nothing_wrong_with_the_least_that_can_be_set() throws Exception {
        assertThat(findings()).noneMatch(Finding::isWrong);
        assertIs(Verdict.OK, "redmine.tracker", "not set: the project's first, Bug");
        assertIs(Verdict.OK, "redmine.status", "not set: the tracker's default, New");
        assertIs(Verdict.OK, "redmine.reopened-status", "not set: the tracker's default, New");
        assertIs(Verdict.OK, "redmine.assigned", "not set: nobody");
        assertIs(Verdict.NOTE, ALERT_ID, "not set", "marker");
    }

    @Test
    void finds_nothing_wrong_with_all_that_can_be_set() throws Exception {
        everythingRight();

        assertThat(findings())
                .filteredOn(finding -> finding.verdict() != Verdict.OK)
                .extracting(Finding::subject)
                .isSubsetOf("changing a ticket", "closing a ticket", "reopening a ticket");
        assertIs(Verdict.OK, "redmine.url", url() + " answers by plain http");
        assertIs(Verdict.OK, "redmine.apikey", "bot (bot Test)");
        assertIs(Verdict.OK, "redmine.project", "Alerts (alert)");
        assertIs(Verdict.OK, ALERT_ID, "Mackerel alert id (" + id("field_alert_id") + ")");
    }

    @Test
    void takes_numbers_for_names() throws Exception {
        with("redmine.project", id("project_alert"))
                .with("redmine.tracker", id("tracker_alert"))
                .with("redmine.status", id("status_new"))
                .with("redmine.priority.critical", id("priority_urgent"))
                .with("redmine.assigned", id("user_dev"));

        assertThat(findings()).noneMatch(Finding::isWrong);
        assertIs(Verdict.OK, "redmine.project", "Alerts");
        assertIs(Verdict.OK, "redmine.tracker", "Alert");
        assertIs(Verdict.OK, "redmine.assigned", "dev Test");
    }

    @Test
    void needs_no_administrator_and_takes_one() throws Exception {
        as("admin");

        assertIs(Verdict.OK, "redmine.apikey", "an administrator");
        assertIs(Verdict.OK, "role", "an administrator may do everything");
    }

    // --- the address

    @Test
    void names_an_address_at_which_nothing_answers() throws Exception {
        with("redmine.url", "http://127.0.0.1:" + FreePort.next());

        assertIs(Verdict.WRONG, "redmine.url", "Connection refused", "does Redmine run");
        assertThat(findings()).filteredOn(Finding::isWrong).hasSize(1);
        assertIs(Verdict.NOT_CHECKED, "redmine.tracker", "depends on");
    }

    @Test
    void names_a_host_that_does_not_exist() throws Exception {
        with("redmine.url", "http://redmine.invalid");

        assertIs(Verdict.WRONG, "redmine.url", "there is no host of that name: redmine.invalid");
    }

    @Test
    void names_tls_that_is_asked_of_a_server_without_it() throws Exception {
        with("redmine.url", url().replace("http:", "https:"));

        assertIs(Verdict.WRONG, "redmine.url", "does not answer", "http or https");
    }

    // --- the version

    @Test
    void tells_the_version_by_what_redmine_shows() throws Exception {
        String version = redmine().version().isSince("6.1")
                ? "6.1 or newer"
                : redmine().version().text().substring(0, 3);

        assertThat(finding("version of Redmine").text())
                .startsWith(version)
                .as("Redmine mails the author of a ticket")
                .contains("No events");
    }

    @Test
    void names_the_markdown_that_is_gone_since_6_0() throws Exception {
        with("redmine.text-format", "markdown");

        if (redmine().version().isSince("6.0")) {
            assertIs(Verdict.WRONG, "redmine.text-format", "CommonMark since 6.0", "Set it to common_mark");
        } else {
            assertIs(Verdict.OK, "redmine.text-format", "markdown; this Redmine does not show its own");
        }
    }

    // --- the key

    @ParameterizedTest
    @ValueSource(strings = {"0000000000000000000000000000000000000000", "locked"})
    void names_a_key_that_is_wrong_or_that_of_a_locked_user(String key) throws Exception {
        with("redmine.apikey", key.equals("locked") ? id("key_locked") : key);

        assertIs(Verdict.OK, "redmine.url", "answers");
        assertIs(Verdict.WRONG, "redmine.apikey", "does not know the key, or its user is locked", "My account");
        assertIs(Verdict.NOT_CHECKED, "redmine.project", "depends on redmine.apikey");
    }

    @Test
    void never_shows_the_key() throws Exception {
        assertThat(findings().toString()).doesNotContain(id("key_bot"));
    }

    // --- the project

    @Test
    void names_a_project_that_is_unknown_and_those_that_there_are() throws Exception {
        with("redmine.project", "nope");

        assertIs(
                Verdict.WRONG,
                "redmine.project",
                "there is no project \"nope\"",
                "Alerts (" + id("project_alert") + ")");
        assertIs(Verdict.NOT_CHECKED, "role", "depends on redmine.project");
        assertIs(Verdict.OK, "redmine.priority.critical", "not set: Redmine's default");
    }

    @ParameterizedTest
    @CsvSource({"closed, is closed", "archived, archived", "not-a-member, Make the user a member"})
    void names_a_project_that_takes_no_tickets_of_ours(String project, String why) throws Exception {
        with("redmine.project", project);

        assertIs(Verdict.WRONG, "redmine.project", why);
    }

    // --- the role

    @Test
    void names_the_permissions_that_the_role_lacks() throws Exception {
        as("bot_with_notes_only");

        assertIs(Verdict.WRONG, "role", "\"Alert bot with notes only\" lacks: Add issues, Edit issues");
        assertIs(Verdict.NOTE, "issue relations", "Manage issue relations");
    }

    @Test
    void names_that_the_role_may_not_manage_subtasks_where_alerts_may_become_an_incident() throws Exception {
        withIncidents();
        assertIs(Verdict.OK, "subtasks", "incident");

        as("bot_without_workflow");
        assertIs(Verdict.WRONG, "subtasks", "\"Alert bot without workflow\"", "Manage subtasks");
    }

    @Test
    void says_nothing_of_subtasks_where_no_alert_becomes_an_incident() throws Exception {
        as("bot_without_workflow");

        assertThat(findings()).extracting(Finding::subject).doesNotContain("subtasks");
    }

    // --- what tickets get

    @Test
    void names_a_tracker_that_is_not_enabled() throws Exception {
        with("redmine.project", "tracker-not-enabled").with("redmine.tracker", "Alert");

        assertIs(Verdict.WRONG, "redmine.tracker", "Alert (", "is not enabled in the project", "set one of: Bug");
        assertIs(Verdict.NOT_CHECKED, "closing a ticket", "depends on redmine.tracker");
    }

    @ParameterizedTest
    @CsvSource({
        "redmine.tracker, Alarm, 'there is no tracker \"Alarm\"', 'Bug, Alert'",
        "redmine.tracker, 999999, 'there is no tracker \"999999\"', 'Bug, Alert'",
        "redmine.status, new, 'there is no status \"new\"', 'New, In Progress'",
        "redmine.closed-status, Done, 'there is no status \"Done\"', 'Closed, Rejected'",
        "redmine.reopened-status, Again, 'there is no status \"Again\"', 'New, In Progress'",
        "redmine.priority.critical, Critical, 'there is no priority \"Critical\"', 'Low, Normal, High, Urgent, Immediate'",
        "redmine.closed-status, Resolved, is not a closed status, 'Closed, Rejected'",
        "redmine.reopened-status, Closed, is a closed status, 'New, In Progress'",
    })
    void names_a_name_that_does_not_fit_and_those_that_do(String setting, String value, String found, String others)
            throws Exception {
        with(setting, value);

        assertIs(Verdict.WRONG, setting, found, "Set one of: ", others);
    }

    @Test
    void names_an_assignee_whose_role_takes_no_tickets() throws Exception {
        with("redmine.assigned", id("user_bot_without_workflow"));

        assertIs(
                Verdict.WRONG,
                "redmine.assigned",
                "bot-without-workflow Test",
                "Issues can be assigned to users with this role");
    }

    @Test
    void takes_the_author_for_an_assignee_whatever_the_role() throws Exception {
        with("redmine.assigned", id("user_bot"));

        assertIs(Verdict.OK, "redmine.assigned", "bot Test");
    }

    @Test
    void notes_what_a_group_needs_to_be_an_assignee() throws Exception {
        with("redmine.assigned", "Ops");

        assertIs(Verdict.NOTE, "redmine.assigned", "Allow issue assignment to groups");
    }

    @Test
    void notes_that_new_tickets_would_be_closed() throws Exception {
        with("redmine.status", "Closed");

        assertIs(Verdict.NOTE, "redmine.status", "new tickets are closed");
    }

    // --- custom fields

    @Test
    void names_an_alert_id_field_that_is_no_filter() throws Exception {
        with(ALERT_ID, id("field_no_filter"));

        assertIs(Verdict.WRONG, ALERT_ID, "is no filter", "Used as a filter");
    }

    @Test
    void names_a_field_that_a_ticket_of_the_project_does_not_have() throws Exception {
        ticket("New");
        with("redmine.tracker", "Alert").with("redmine.custom-field.host", "999999");

        assertIs(Verdict.WRONG, "redmine.custom-field.host", "has no field 999999");
    }

    @Test
    void names_a_field_of_another_project() throws Exception {
        ticket("New");
        with("redmine.tracker", "Alert").with("redmine.custom-field.host", id("field_required"));

        assertIs(Verdict.WRONG, "redmine.custom-field.host", "has no field " + id("field_required"));
    }

    @Test
    void takes_a_field_that_is_no_filter_for_anything_but_the_alert_id() throws Exception {
        ticket("New");
        with("redmine.tracker", "Alert").with("redmine.custom-field.host", id("field_no_filter"));

        assertIs(Verdict.OK, "redmine.custom-field.host", "Not a filter");
    }

    @Test
    void sees_a_field_of_the_project_without_a_ticket() throws Exception {
        with("redmine.project", "required-field").with("redmine.custom-field.host", id("field_required"));

        assertIs(Verdict.OK, "redmine.custom-field.host", "Required (" + id("field_required") + ")");
    }

    // --- the workflow

    @Test
    void sees_on_tickets_that_the_workflow_lets_them_be_closed_and_reopened() throws Exception {
        ticket("New");
        ticket("Closed");
        with("redmine.tracker", "Alert").with("redmine.closed-status", "Rejected");

        assertIs(Verdict.OK, "changing a ticket", "may change ticket #");
        assertIs(Verdict.OK, "closing a ticket", "(New) may become Rejected");
        assertIs(Verdict.OK, "reopening a ticket", "may become New");
    }

    @Test
    void names_a_role_without_a_workflow() throws Exception {
        ticket("New");
        ticket("Closed");
        as("bot_without_workflow").with("redmine.tracker", "Alert");

        assertIs(Verdict.WRONG, "closing a ticket", "(New) may become: none", "Administration, Workflow");
        assertIs(Verdict.WRONG, "reopening a ticket", "may become: none");
    }

    // --- a new ticket

    @Test
    void finds_that_redmine_would_take_a_ticket() throws Exception {
        everythingRight();

        assertIs(Verdict.OK, "a new ticket", "would take it");
    }

    @Test
    void finds_that_the_assignee_is_locked() throws Exception {
        with("redmine.assigned", id("user_locked"));

        assertIs(Verdict.WRONG, "a new ticket", "Assignee is invalid", "redmine.assigned");
    }

    @Test
    void finds_that_a_field_is_too_narrow_for_a_host() throws Exception {
        with("redmine.custom-field.host", id("field_short"));

        assertIs(Verdict.WRONG, "a new ticket", "is too long", "redmine.custom-field.host");
    }

    @Test
    void finds_that_a_field_is_required_and_how_it_gets_a_value() throws Exception {
        with("redmine.project", "required-field");

        assertIs(Verdict.WRONG, "a new ticket", "Required cannot be blank", "redmine.field." + id("field_required"));
    }

    @Test
    void finds_nothing_wrong_where_a_required_field_has_its_value() throws Exception {
        with("redmine.project", "required-field").with("redmine.field." + id("field_required"), "by default");

        assertIs(Verdict.OK, "a new ticket", "would take it");
    }

    @Test
    void says_of_an_assignee_who_is_no_member_to_make_that_person_one() throws Exception {
        with("redmine.assigned", "Nobody Test");

        assertIs(
                Verdict.WRONG, "redmine.assigned", "no member", "Make that person a member of the project", "dev Test");
        assertThat(finding("redmine.assigned").text()).doesNotContain("bot Test");
    }
}
