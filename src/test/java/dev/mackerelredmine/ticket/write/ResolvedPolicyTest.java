package dev.mackerelredmine.ticket.write;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mackerelredmine.redmine.DeliveryException;
import dev.mackerelredmine.redmine.RedmineNames;
import dev.mackerelredmine.redmine.RedmineOutcomes;
import dev.mackerelredmine.ticket.Remark;
import dev.mackerelredmine.ticket.Remark.Kind;
import dev.mackerelredmine.ticket.policy.Policy;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("fast")
class ResolvedPolicyTest {

    private static final String PROJECTS = "/projects.json?limit=100";
    private static final Policy SETTINGS =
            new Policy("alert", "1", "2", "3", "6", null, List.of(), null, null, null, null, null, null);
    private static final LocalDate TODAY = LocalDate.parse("2026-12-24");

    private final RedmineNames names = new RedmineNames(new RedmineOutcomes());

    private static Policy policy(
            String project, String tracker, String assignee, String category, String dueDate, String... watchers) {
        return new Policy(
                project,
                tracker,
                null,
                null,
                assignee,
                category,
                List.of(watchers),
                dueDate,
                null,
                null,
                null,
                null,
                null);
    }

    private static Policy inProject(String project) {
        return policy(project, null, null, null, null);
    }

    private ResolvedPolicy resolved(Policy policy) {
        return new ResolvedPolicy(names, SETTINGS, policy);
    }

    /** The lists that are asked for, one after the other, of a Redmine that has what is given here. */
    private List<String> fetch(Policy policy) throws DeliveryException {
        List<String> fetched = new ArrayList<>();
        for (var next = ResolvedPolicy.nextList(names, SETTINGS, policy);
                next.isPresent();
                next = ResolvedPolicy.nextList(names, SETTINGS, policy)) {
            fetched.add(next.get());
            names.learn(next.get(), answer(next.get()).getBytes(UTF_8));
        }
        return fetched;
    }

    private static String answer(String list) {
        return switch (list) {
            case PROJECTS -> """
                    {"projects":[{"id":31,"name":"Alerts","identifier":"alert"},{"id":32,"name":"Shop operations","identifier":"shop-ops"}]}""";
            case "/trackers.json" -> """
                    {"trackers":[{"id":1,"name":"Bug"},{"id":7,"name":"Alert"}]}""";
            case "/projects/32/memberships.json?limit=100" -> """
                    {"memberships":[{"user":{"id":41,"name":"Hanako Yamada"}},{"group":{"id":48,"name":"Ops"}}]}""";
            case "/projects/32.json?include=issue_categories" -> """
                    {"project":{"issue_categories":[{"id":51,"name":"Servers"}]}}""";
            case "/projects/alert/memberships.json?limit=100" -> """
                    {"memberships":[{"user":{"id":6,"name":"dev Test"}}]}""";
            case "/projects/alert.json?include=issue_categories" -> """
                    {"project":{"issue_categories":[]}}""";
            default -> throw new IllegalArgumentException(list);
        };
    }

    @Test
    void need_no_list_for_the_project_of_the_settings() throws Exception {
        assertThat(fetch(inProject("alert"))).isEmpty();
        assertThat(fetch(inProject(null))).isEmpty();
        assertThat(resolved(inProject(null)).project()).isEqualTo("alert");
    }

    @Test
    void need_the_projects_first_and_then_what_the_project_has() throws Exception {
        Policy policy = policy("Shop operations", "Alert", "Hanako Yamada", "Servers", null, "Ops");

        assertThat(fetch(policy))
                .containsExactly(
                        PROJECTS,
                        "/trackers.json",
                        "/projects/32/memberships.json?limit=100",
                        "/projects/32.json?include=issue_categories");
    }

    @ParameterizedTest
    @CsvSource({"Shop operations", "shop-ops", "32"})
    void find_a_project_by_whatever_it_is_called(String project) throws Exception {
        fetch(inProject(project));

        assertThat(resolved(inProject(project)).project()).isEqualTo("32");
        assertThat(resolved(inProject(project)).remarks()).isEmpty();
    }

    @Test
    void are_all_granted_in_redmines_numbers() throws Exception {
        Policy policy = policy("shop-ops", "Alert", "Ops", "Servers", "3d", "Hanako Yamada", "48", "Ops");
        fetch(policy);
        ResolvedPolicy resolved = resolved(policy);

        assertThat(resolved.tracker()).isEqualTo(7);
        assertThat(resolved.assignee()).isEqualTo(48);
        assertThat(resolved.category()).isEqualTo(51);
        assertThat(resolved.watchers()).containsExactly(41L, 48L);
        assertThat(resolved.dueDate(TODAY)).isEqualTo("2026-12-27");
        assertThat(resolved.status()).isEqualTo(2);
        assertThat(resolved.priority()).isEqualTo(3);
        assertThat(resolved.remarks()).isEmpty();
    }

    @Test
    void go_to_the_project_of_the_settings_when_redmine_does_not_have_the_one_named() throws Exception {
        Policy policy = policy("shop", null, "dev Test", null, null);

        assertThat(fetch(policy)).containsExactly(PROJECTS, "/projects/alert/memberships.json?limit=100");
        assertThat(resolved(policy).project()).isEqualTo("alert");
        assertThat(resolved(policy).assignee()).isEqualTo(6);
        assertThat(resolved(policy).remarks()).containsExactly(Remark.of(Kind.NO_SUCH_NAME, "project", "shop"));
    }

    @Test
    void fall_to_the_settings_with_a_remark_for_each_name_that_redmine_does_not_have() throws Exception {
        Policy policy = policy("shop-ops", "Alarm", "Taro", "Switches", "yesterday", "Jiro", "Hanako Yamada", "999");
        fetch(policy);
        ResolvedPolicy resolved = resolved(policy);

        assertThat(resolved.tracker()).isEqualTo(1);
        assertThat(resolved.assignee()).isNull();
        assertThat(resolved.category()).isNull();
        assertThat(resolved.dueDate(TODAY)).isNull();
        assertThat(resolved.watchers()).containsExactly(41L);
        assertThat(resolved.remarks())
                .containsExactly(
                        Remark.of(Kind.NO_SUCH_NAME, "tracker", "Alarm"),
                        Remark.of(Kind.NO_SUCH_NAME, "assignee", "Taro"),
                        Remark.of(Kind.NO_SUCH_NAME, "category", "Switches"),
                        Remark.of(Kind.NO_SUCH_NAME, "due-date", "yesterday"),
                        Remark.of(Kind.NO_SUCH_NAME, "watcher", "Jiro"),
                        Remark.of(Kind.NO_SUCH_NAME, "watcher", "999"));
    }

    @Test
    void fall_to_the_settings_with_a_remark_and_without_a_request_where_nobody_is_on_call() throws Exception {
        Policy policy = policy(null, null, "on-call:primary", null, null, "on-call:primary");

        assertThat(fetch(policy)).isEmpty();
        assertThat(resolved(policy).assignee()).isEqualTo(6);
        assertThat(resolved(policy).watchers()).isEmpty();
        assertThat(resolved(policy).remarks()).containsExactly(Remark.of(Kind.NOBODY_ON_CALL, "primary"));
    }

    @Test
    void do_not_assign_in_another_project_whom_the_settings_assign_unless_a_member() throws Exception {
        Policy policy = inProject("shop-ops");

        assertThat(fetch(policy)).containsExactly(PROJECTS, "/projects/32/memberships.json?limit=100");
        assertThat(resolved(policy).assignee()).isNull();
    }

    @Test
    void look_numbers_up_that_do_not_stand_in_the_settings() throws Exception {
        Policy policy = policy("alert", "8", "7", null, null);

        assertThat(fetch(policy)).containsExactly("/trackers.json", "/projects/alert/memberships.json?limit=100");
        assertThat(resolved(policy).tracker()).isEqualTo(1);
        assertThat(resolved(policy).assignee()).isEqualTo(6);
    }

    @Test
    void are_left_to_redmine_where_the_policy_says_nothing_on_purpose() throws Exception {
        Policy policy = policy(null, "", "", "", "");

        assertThat(fetch(policy)).isEmpty();
        assertThat(resolved(policy).tracker()).isNull();
        assertThat(resolved(policy).assignee()).isNull();
        assertThat(resolved(policy).dueDate(TODAY)).isNull();
        assertThat(resolved(policy).remarks()).isEmpty();
    }

    @Test
    void are_shown_as_they_are_in_a_preview_where_nobody_asks_redmine() {
        ResolvedPolicy resolved = resolved(policy("shop", "Alarm", "Taro", null, null, "Jiro"));

        assertThat(resolved.project()).isEqualTo("shop");
        assertThat(resolved.tracker()).isNull();
        assertThat(resolved.watchers()).isEmpty();
        assertThat(resolved.remarks()).isEmpty();
    }
}
