package dev.mackerelredmine.ticket.write;

import static dev.mackerelredmine.mackerel.TestAlerts.OPENED;
import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static dev.mackerelredmine.mackerel.TestAlerts.warning;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mackerelredmine.mackerel.AlertStatus;
import dev.mackerelredmine.mackerel.TestAlerts;
import dev.mackerelredmine.redmine.IssueSearch;
import dev.mackerelredmine.redmine.NewIssue;
import dev.mackerelredmine.redmine.NewIssue.CustomFieldValue;
import dev.mackerelredmine.redmine.RedmineNames;
import dev.mackerelredmine.redmine.RedmineOutcomes;
import dev.mackerelredmine.text.TextFormat;
import dev.mackerelredmine.ticket.AlertHistory;
import dev.mackerelredmine.ticket.AlertKey;
import dev.mackerelredmine.ticket.Histories;
import dev.mackerelredmine.ticket.policy.FieldPolicy;
import dev.mackerelredmine.ticket.policy.Policy;
import dev.mackerelredmine.ticket.text.TestText;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class TicketWriterTest {

    private static final AlertKey KEY = new AlertKey("example", "2bjA");
    private static final TicketFields ALL_FIELDS = new TicketFields(11L, 22L, 33L, 44L);
    private static final TicketFields NO_FIELDS = new TicketFields(null, null, null, null);
    private static final Policy ONLY_A_PROJECT = Policy.of("alert");

    private static final Map<AlertStatus, Policy> SETTINGS = Arrays.stream(AlertStatus.values())
            .collect(Collectors.toMap(Function.identity(), status -> ONLY_A_PROJECT));

    private static final FieldPolicy.OfFields POLICIES = new FieldPolicy.OfFields(
            FieldPolicy.FOLLOW, FieldPolicy.FOLLOW, FieldPolicy.ONCE, FieldPolicy.FOLLOW, FieldPolicy.FOLLOW);

    private final RedmineNames names = new RedmineNames(new RedmineOutcomes());

    private TicketWriter writer(TicketFields fields) {
        return new TicketWriter(
                TestText.of(TextFormat.COMMON_MARK),
                new WritingRules(fields, POLICIES, null, SETTINGS, Map.of()),
                names,
                new RefusedFields());
    }

    private static AlertHistory history(TestAlerts... changes) {
        return Histories.of(changes).history();
    }

    @Test
    void writes_what_the_policy_decided_in_redmines_numbers() throws Exception {
        names.learn("/trackers.json", "{\"trackers\":[{\"id\":3,\"name\":\"Alert\"}]}".getBytes(UTF_8));
        Policy policy =
                new Policy("alert", "Alert", "4", "5", "6", null, List.of(), null, null, null, null, null, null);

        NewIssue issue = writer(NO_FIELDS)
                .creation(history(critical()), policy, false, null)
                .issue();

        assertThat(issue.project()).isEqualTo("alert");
        assertThat(issue.trackerId()).isEqualTo(3);
        assertThat(issue.statusId()).isEqualTo(4);
        assertThat(issue.priorityId()).isEqualTo(5);
        assertThat(issue.assignedToId()).isEqualTo(6);
    }

    @Test
    void leaves_to_redmine_what_the_policy_leaves_open() {
        NewIssue issue = writer(NO_FIELDS)
                .creation(history(critical()), ONLY_A_PROJECT, false, null)
                .issue();

        assertThat(issue)
                .extracting(NewIssue::trackerId, NewIssue::statusId, NewIssue::priorityId, NewIssue::assignedToId)
                .containsOnlyNulls();
    }

    @Test
    void writes_the_headline_of_a_history() {
        NewIssue issue = writer(ALL_FIELDS)
                .creation(
                        history(
                                warning(),
                                critical().statusChangedAt(OPENED.plusSeconds(1)),
                                critical().recovered(OPENED.plusSeconds(2))),
                        ONLY_A_PROJECT,
                        false,
                        null)
                .issue();

        assertThat(issue.subject()).startsWith("CRITICAL: ");
        assertThat(issue.description()).contains("\"status\" : \"critical\"").doesNotContain("\"status\" : \"ok\"");
        assertThat(issue.customFields()).contains(new CustomFieldValue(22, "critical"));
    }

    @Test
    void fills_the_custom_fields() {
        assertThat(writer(ALL_FIELDS)
                        .creation(history(critical().host("web1").monitor("CPU %")), ONLY_A_PROJECT, false, null)
                        .issue()
                        .customFields())
                .containsExactly(
                        new CustomFieldValue(11, "CPU %"),
                        new CustomFieldValue(22, "critical"),
                        new CustomFieldValue(33, "web1"),
                        new CustomFieldValue(44, "2bjA"));
    }

    @Test
    void fills_no_custom_field_that_is_not_configured() {
        assertThat(writer(NO_FIELDS)
                        .creation(history(critical()), ONLY_A_PROJECT, false, null)
                        .issue()
                        .customFields())
                .isEmpty();
        assertThat(writer(new TicketFields(null, 22L, null, null))
                        .creation(history(critical()), ONLY_A_PROJECT, false, null)
                        .issue()
                        .customFields())
                .containsExactly(new CustomFieldValue(22, "critical"));
    }

    @Test
    void empties_a_custom_field_for_which_there_is_nothing() {
        assertThat(writer(ALL_FIELDS)
                        .creation(
                                history(critical().without("host").without("monitorName")), ONLY_A_PROJECT, false, null)
                        .issue()
                        .customFields())
                .contains(new CustomFieldValue(11, ""), new CustomFieldValue(33, ""));
    }

    @Test
    void fills_the_service_in_for_the_host_where_there_is_none() {
        assertThat(writer(ALL_FIELDS)
                        .creation(history(critical().service("Shop")), ONLY_A_PROJECT, false, null)
                        .issue()
                        .customFields())
                .contains(new CustomFieldValue(33, "Shop"));
    }

    @Test
    void finds_a_ticket_again_by_what_it_wrote_into_it() {
        AlertHistory history = history(critical());
        IssueSearch.Identity identity = writer(ALL_FIELDS).identity(history);
        NewIssue issue = writer(ALL_FIELDS)
                .creation(history, ONLY_A_PROJECT, false, null)
                .issue();

        assertThat(issue.customFields()).contains(new CustomFieldValue(44, identity.alertId()));
        assertThat(issue.description()).contains(identity.marker());
    }

    @Test
    void creates_closed_what_is_over_with_the_status_that_is_set_or_the_first_closed_one() throws Exception {
        names.learn("/issue_statuses.json", """
                {"issue_statuses":[{"id":1,"name":"New","is_closed":false},{"id":5,"name":"Closed","is_closed":true},
                {"id":6,"name":"Rejected","is_closed":true}]}""".getBytes(UTF_8));

        assertThat(writer(NO_FIELDS)
                        .creation(history(critical()), ONLY_A_PROJECT, true, null)
                        .issue()
                        .statusId())
                .isEqualTo(5);
        assertThat(new TicketWriter(
                                TestText.of(TextFormat.COMMON_MARK),
                                new WritingRules(NO_FIELDS, POLICIES, "Rejected", SETTINGS, Map.of()),
                                names,
                                new RefusedFields())
                        .creation(history(critical()), ONLY_A_PROJECT, true, null)
                        .issue()
                        .statusId())
                .isEqualTo(6);
    }
}
