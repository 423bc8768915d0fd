package dev.mackerelredmine.redmine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mackerelredmine.redmine.RedmineCaller.Reply;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Redmine 5.0.4 answers where an administrator set it up otherwise: the same against FakeRedmine and a real Redmine. */
abstract class RedmineSetUpContract {

    private static final String CREATE = "/projects/alert/issues.json";

    private final String mark = "set-up-" + UUID.randomUUID();

    abstract TestRedmine redmine();

    @AfterEach
    void putBack() {
        redmine().putBack();
    }

    private RedmineSetUp setUp() {
        return redmine().setUp();
    }

    // --- fields

    @ParameterizedTest
    @ValueSource(strings = {"host", "level"})
    void a_required_field_refuses_a_creation_but_not_a_change_that_asks_for_no_custom_field(String field) {
        int before = created(Map.of());
        setUp().required(field);

        assertRefused(answerToCreating(Map.of()), name(field) + " cannot be blank");
        assertRefused(
                answerToCreating(Map.of("custom_fields", List.of(field(field, "")))), name(field) + " cannot be blank");
        assertThat(put(before, Map.of("notes", "note", "status_id", number("status_closed"))))
                .isEqualTo(204);
        assertThat(status(before)).isEqualTo("Closed");
        assertRefused(
                bot().put(path(before), Map.of("notes", "note", "custom_fields", List.of(field("monitor", "x")))),
                name(field) + " cannot be blank");
        created(Map.of("custom_fields", List.of(field(field, "critical"))));
    }

    @Test
    void a_required_field_that_the_tracker_or_the_user_does_not_have_is_not_missed() {
        setUp().required("host").notOfTracker("host").required("monitor").hidden("monitor");
        setUp().required("level")
                .readOnlyInStatus("level", "new")
                .required("short")
                .notOfProject("short");

        int issue = created(Map.of(
                "custom_fields",
                List.of(field("host", "x"), field("monitor", "x"), field("level", "ok"), field("short", "x"))));

        assertThat(ids(shown(issue).path("custom_fields")))
                .doesNotContain(number("field_host"), number("field_monitor"), number("field_short"));
        assertThat(value(issue, "level")).isEmpty();
        assertThat(shownTo("admin", issue).path("custom_fields").findValuesAsText("name"))
                .contains(name("monitor"));
    }

    @Test
    void a_field_that_a_status_wants_refuses_the_creation_in_it_and_each_change_into_or_within_it() {
        setUp().requiredInStatus("host", "closed");
        int issue = created(Map.of());

        assertRefused(
                answerToCreating(Map.of("status_id", number("status_closed"))), name("host") + " cannot be blank");
        assertRefused(
                bot().put(path(issue), Map.of("notes", "note", "status_id", number("status_closed"))),
                name("host") + " cannot be blank");
        assertThat(put(issue, Map.of("notes", "note"))).isEqualTo(204);
        assertThat(put(
                        issue,
                        Map.of("status_id", number("status_closed"), "custom_fields", List.of(field("host", "x")))))
                .isEqualTo(204);
        assertThat(status(issue)).isEqualTo("Closed");
    }

    @Test
    void a_status_that_wants_a_field_refuses_even_a_note_within_it() {
        int issue = created(Map.of());
        setUp().requiredInStatus("due_date", "new");

        assertRefused(bot().put(path(issue), Map.of("notes", "note")), "Due date cannot be blank");
        assertThat(put(issue, Map.of("notes", "note", "status_id", number("status_closed"))))
                .isEqualTo(204);
    }

    @Test
    void a_status_can_want_core_fields() {
        setUp().requiredInStatus("due_date", "new").requiredInStatus("category_id", "new");
        setUp().requiredInStatus("description", "new").requiredInStatus("assigned_to_id", "new");

        assertRefused(
                answerToCreating(Map.of()),
                "Due date cannot be blank",
                "Category cannot be blank",
                "Description cannot be blank",
                "Assignee cannot be blank");
        created(Map.of(
                "due_date", LocalDate.now().plusDays(2).toString(),
                "category_id", category(),
                "description", "text",
                "assigned_to_id", number("user_dev")));
    }

    @Test
    void a_field_that_is_read_only_in_a_status_is_dropped() {
        setUp().readOnlyInStatus("priority_id", "new").readOnlyInStatus("assigned_to_id", "new");
        setUp().readOnlyInStatus("description", "new").readOnlyInStatus("host", "new");
        setUp().readOnlyInStatus("due_date", "new").readOnlyInStatus("category_id", "new");

        int issue = created(allFields());

        assertHasNoField(issue);
        assertThat(put(issue, allFields())).isEqualTo(204);
        assertHasNoField(issue);
        assertThat(put(issue, Map.of("status_id", number("status_in_progress"), "description", "text")))
                .isEqualTo(204);
        assertThat(shown(issue).path("description").asText()).isEqualTo("text");
    }

    @Test
    void a_core_field_that_the_tracker_does_not_have_is_dropped() {
        for (String field : List.of("assigned_to_id", "description", "due_date", "category_id")) {
            setUp().withoutCoreField(field);
        }
        int issue = created(allFields());

        JsonNode shown = shown(issue);
        assertThat(shown.path("description").asText("")).isEmpty();
        assertThat(shown.has("assigned_to")).isFalse();
        assertThat(shown.path("due_date").asText("")).isIn("", "null");
        assertThat(shown.has("category")).isFalse();
        assertThat(value(issue, "host")).isEqualTo("x");
        assertThat(bot().get("/trackers.json").json().path("trackers").findParents("name").stream()
                        .filter(it -> it.path("name").asText().equals("Alert"))
                        .findFirst()
                        .orElseThrow()
                        .path("enabled_standard_fields")
                        .toString())
                .doesNotContain("assigned_to_id", "description", "due_date", "category_id")
                .contains("start_date");
    }

    private Map<String, Object> allFields() {
        return Map.of(
                "priority_id", number("priority_urgent"),
                "assigned_to_id", number("user_dev"),
                "description", "text",
                "due_date", LocalDate.now().plusDays(2).toString(),
                "category_id", category(),
                "custom_fields", List.of(field("host", "x")));
    }

    private void assertHasNoField(int issue) {
        JsonNode shown = shown(issue);
        assertThat(shown.at("/priority/name").asText()).isEqualTo("Normal");
        assertThat(shown.has("assigned_to")).isFalse();
        assertThat(shown.path("description").isNull()
                        || shown.path("description").asText().isEmpty())
                .isTrue();
        assertThat(shown.path("due_date").isNull()).isTrue();
        assertThat(shown.has("category")).isFalse();
        assertThat(value(issue, "host")).isEmpty();
    }

    @Test
    void a_text_is_measured_and_matched() {
        setUp().minLength("host", 3).maxLength("host", 5).pattern("host", "^[a-z]+$");

        assertRefused(creatingHost("ab"), name("host") + " is too short (minimum is 3 characters)");
        assertRefused(creatingHost("abcdef"), name("host") + " is too long (maximum is 5 characters)");
        assertRefused(creatingHost("db3"), name("host") + " is invalid");
        assertRefused(
                creatingHost("db-003"),
                name("host") + " is invalid",
                name("host") + " is too long (maximum is 5 characters)");
        assertThat(creatingHost("web").status()).isEqualTo(201);
        assertThat(creatingHost("").status()).isEqualTo(201);
    }

    private Reply creatingHost(String host) {
        return answerToCreating(Map.of("custom_fields", List.of(field("host", host))));
    }

    @Test
    void a_list_takes_what_it_offers_and_more_than_one_where_it_may() {
        setUp().values("level", "warning", "critical", "db").multiple("level");

        assertRefused(
                answerToCreating(Map.of("custom_fields", List.of(field("level", "unknown")))),
                name("level") + " is not included in the list");
        assertThat(value(created(Map.of("custom_fields", List.of(field("level", "critical")))), "level"))
                .isEqualTo("[\"critical\"]");
        int two = created(Map.of("custom_fields", List.of(field("level", List.of("warning", "db")))));
        assertThat(value(two, "level")).isEqualTo("[\"warning\",\"db\"]");
        assertThat(value(created(Map.of()), "level")).isIn("[]", "[\"\"]");
    }

    // --- people

    @ParameterizedTest
    @ValueSource(strings = {"locked", "removed", "not assignable"})
    void an_assignee_who_no_longer_can_be_one_is_refused_but_keeps_what_they_have(String why) {
        int before = created(Map.of("assigned_to_id", number("user_dev")));
        switch (why) {
            case "locked" -> setUp().locked("dev");
            case "removed" -> setUp().notMember("dev");
            default -> setUp().assignable("developer", false);
        }

        assertRefused(answerToCreating(Map.of("assigned_to_id", number("user_dev"))), "Assignee is invalid");
        assertRefused(
                bot().put(path(created(Map.of())), Map.of("notes", "x", "assigned_to_id", number("user_dev"))),
                "Assignee is invalid");
        assertThat(put(before, Map.of("notes", "note", "assigned_to_id", number("user_dev"))))
                .isEqualTo(204);
        created(Map.of("assigned_to_id", number("user_bot")));
    }

    @ParameterizedTest
    @CsvSource({"true, 201", "false, 422"})
    void a_group_is_an_assignee_where_a_setting_allows_it(boolean allowed, int status) {
        setUp().assignsToGroups(allowed);

        assertThat(answerToCreating(Map.of("assigned_to_id", group())).status()).isEqualTo(status);
    }

    @Test
    void a_default_assignee_gets_what_names_nobody_and_a_locked_one_refuses_it_until_6_1_5() {
        setUp().defaultAssignee("dev");
        assertThat(shown(created(Map.of())).at("/assigned_to/id").asInt()).isEqualTo(number("user_dev"));

        setUp().locked("dev");
        assertThatALockedOneRefuses(Map.of());
        created(Map.of("assigned_to_id", number("user_bot")));
    }

    @Test
    void a_locked_assignee_of_a_category_refuses_what_names_the_category_and_nobody_until_6_1_5() {
        setUp().categoryAssignee("dev").locked("dev");

        assertThatALockedOneRefuses(Map.of("category_id", category()));
        created(Map.of("category_id", category(), "assigned_to_id", number("user_bot")));
        created(Map.of());
    }

    /** Since 6.1.5 nobody gets it instead (https://www.redmine.org/issues/44560). */
    private void assertThatALockedOneRefuses(Map<String, ?> wishes) {
        Reply answer = answerToCreating(wishes);

        if (redmine().version().isSince("6.1.5")) {
            assertThat(shown(created(answer)).has("assigned_to")).isFalse();
        } else {
            assertRefused(answer, "Assignee is invalid");
        }
    }

    @Test
    void a_watcher_who_was_locked_is_refused() {
        setUp().locked("dev");

        assertRefused(answerToCreating(Map.of("watcher_user_ids", List.of(number("user_dev")))), "Watchers is invalid");
    }

    @Test
    void the_key_of_a_locked_user_is_not_known() {
        setUp().locked("bot");

        assertThat(bot().get("/users/current.json").status()).isEqualTo(401);
    }

    @Test
    void a_user_who_left_the_project_may_not_see_it_nor_add_to_it() {
        int issue = created(Map.of());
        setUp().notMember("bot");

        assertThat(answerToCreating(Map.of()).status()).isEqualTo(403);
        assertThat(bot().get(path(issue)).status()).isEqualTo(403);
        assertThat(put(issue, Map.of("notes", "note"))).isEqualTo(403);
        assertThat(bot().get("/projects/alert.json").status()).isEqualTo(403);
    }

    @Test
    void who_may_not_view_issues_sees_no_tracker_of_a_project_and_since_6_1_4_no_list_of_what_it_has_for_them() {
        setUp().withoutPermission("view_issues");

        JsonNode project = bot().get(
                        "/projects/alert.json?include=trackers,issue_categories,issue_custom_fields,enabled_modules")
                .json()
                .path("project");

        boolean isShown = !redmine().version().isSince("6.1.4");
        for (String list : List.of("trackers", "issue_categories", "issue_custom_fields")) {
            assertThat(project.has(list)).as(list).isEqualTo(isShown);
        }
        assertThat(project.path("trackers")).isEmpty();
        assertThat(project.has("enabled_modules")).isTrue();
        assertThat(answerToCreating(Map.of()).status()).isEqualTo(201);
    }

    // --- permissions by tracker

    @Test
    void what_may_be_added_to_another_tracker_only_is_created_there() {
        setUp().onlyForBugs("add_issues");

        assertThat(shown(created(Map.of())).at("/tracker/name").asText()).isEqualTo("Bug");
    }

    @Test
    void a_change_without_the_permission_for_its_tracker_is_dropped_and_its_note_is_kept() {
        int issue = created(Map.of());
        setUp().onlyForBugs("edit_issues");

        assertThat(put(issue, Map.of("notes", "note", "status_id", number("status_closed"))))
                .isEqualTo(204);
        assertThat(status(issue)).isEqualTo("New");
        assertThat(notes(issue)).containsExactly("note");
    }

    @Test
    void a_note_without_the_permission_for_its_tracker_is_dropped_and_its_change_is_kept() {
        int issue = created(Map.of());
        setUp().onlyForBugs("add_issue_notes");

        assertThat(put(issue, Map.of("notes", "note", "status_id", number("status_closed"))))
                .isEqualTo(204);
        assertThat(status(issue)).isEqualTo("Closed");
        assertThat(notes(issue)).isEmpty();
    }

    @Test
    void without_both_permissions_for_the_tracker_all_is_dropped() {
        int issue = created(Map.of());
        setUp().onlyForBugs("edit_issues").onlyForBugs("add_issue_notes");

        assertThat(put(issue, Map.of("notes", "note", "status_id", number("status_closed"))))
                .isEqualTo(204);
        assertThat(status(issue)).isEqualTo("New");
        assertThat(notes(issue)).isEmpty();
    }

    @Test
    void an_issue_of_a_tracker_that_may_not_be_seen_is_forbidden() {
        int issue = created(Map.of());
        setUp().onlyForBugs("view_issues");

        assertThat(bot().get(path(issue)).status()).isEqualTo(403);
        assertThat(put(issue, Map.of("notes", "note"))).isEqualTo(403);
        assertThat(found()).isEmpty();
    }

    // --- projects

    @Test
    void a_project_that_was_closed_shows_its_issues_and_takes_nothing() {
        int issue = created(Map.of());
        setUp().projectClosed();

        assertThat(answerToCreating(Map.of()).status()).isEqualTo(403);
        assertThat(bot().get(path(issue)).status()).isEqualTo(200);
        assertThat(put(issue, Map.of("notes", "note"))).isEqualTo(403);
        assertThat(bot().get("/projects/alert.json")
                        .json()
                        .at("/project/status")
                        .asInt())
                .isEqualTo(5);
        assertThat(found()).containsExactly(issue);
    }

    @Test
    void a_project_without_issue_tracking_forbids_all_of_it() {
        int issue = created(Map.of());
        setUp().issueTrackingOff();

        assertThat(answerToCreating(Map.of()).status()).isEqualTo(403);
        assertThat(bot().get(path(issue)).status()).isEqualTo(403);
        assertThat(put(issue, Map.of("notes", "note"))).isEqualTo(403);
        assertThat(bot().get(CREATE).status()).isEqualTo(403);
        assertThat(found()).isEmpty();
        assertThat(bot().get("/projects/alert.json?include=enabled_modules")
                        .json()
                        .at("/project/enabled_modules")
                        .findValuesAsText("name"))
                .containsExactly("files");
    }

    @Test
    void a_project_without_trackers_fails_at_each_creation() {
        int issue = created(Map.of());
        setUp().noTrackers();

        assertThat(answerToCreating(Map.of()).status()).isEqualTo(500);
        assertThat(bot().get("/projects/alert.json?include=trackers").json().at("/project/trackers"))
                .isEmpty();
        assertThat(bot().get(path(issue)).status()).isEqualTo(200);
        assertThat(put(issue, Map.of("notes", "note"))).isEqualTo(204);
    }

    @Test
    void a_private_issue_of_another_is_not_for_a_role_that_sees_public_ones_only() {
        int own = created(Map.of());
        int anothers = createdBy("dev");
        setUp().seesPublicOnly();
        for (int issue : List.of(own, anothers)) {
            assertThat(caller("admin")
                            .put(path(issue), Map.of("is_private", true))
                            .status())
                    .isEqualTo(204);
        }

        assertThat(bot().get(path(own)).status()).isEqualTo(200);
        assertThat(shown(own).path("is_private").asBoolean()).isTrue();
        assertThat(put(own, Map.of("notes", "note"))).isEqualTo(204);
        assertThat(bot().get(path(anothers)).status()).isEqualTo(403);
        assertThat(put(anothers, Map.of("notes", "note"))).isEqualTo(403);
        assertThat(found()).containsExactly(own);
    }

    // --- the workflow

    @Test
    void without_a_workflow_a_status_is_dropped() {
        setUp().noWorkflow();
        int issue = created(Map.of("status_id", number("status_closed")));

        assertThat(put(issue, Map.of("notes", "note", "status_id", number("status_closed"))))
                .isEqualTo(204);
        assertThat(status(issue)).isEqualTo("New");
        assertThat(notes(issue)).containsExactly("note");
        assertThat(allowedStatuses(issue)).isEmpty();
    }

    @Test
    void a_status_that_the_workflow_does_not_lead_to_is_dropped() {
        setUp().noTransitionTo("closed");
        int issue = created(Map.of("status_id", number("status_closed")));

        assertThat(put(issue, Map.of("status_id", number("status_closed")))).isEqualTo(204);
        assertThat(status(issue)).isEqualTo("New");
        assertThat(allowedStatuses(issue)).contains("New", "Rejected").doesNotContain("Closed");
    }

    // --- errors

    @Test
    void a_creation_with_a_blank_subject_lists_every_other_error_and_creates_nothing() {
        setUp().required("host")
                .requiredInStatus("category_id", "new")
                .locked("dev")
                .maxLength("monitor", 3);

        Reply reply = answerToCreating(Map.of(
                "subject",
                "",
                "description",
                mark,
                "assigned_to_id",
                number("user_dev"),
                "custom_fields",
                List.of(field("monitor", "long"), field("level", "none"))));

        assertRefused(
                reply,
                "Subject cannot be blank",
                name("host") + " cannot be blank",
                "Category cannot be blank",
                "Assignee is invalid",
                name("monitor") + " is too long (maximum is 3 characters)",
                name("level") + " is not included in the list");
        redmine().putBack();
        assertThat(bot().get("/issues.json?f[]=description&op[description]=~&v[description][]=" + mark)
                        .json()
                        .path("total_count")
                        .asInt())
                .isZero();
    }

    @Test
    void errors_are_in_the_language_of_the_user() {
        setUp().language("bot", "ja")
                .required("host")
                .requiredInStatus("category_id", "new")
                .locked("dev");
        setUp().maxLength("monitor", 3).minLength("alert_id", 3).pattern("no_filter", "^x$");

        assertRefused(
                answerToCreating(Map.of(
                        "subject", "",
                        "assigned_to_id", number("user_dev"),
                        "custom_fields",
                                List.of(
                                        field("monitor", "long"),
                                        field("level", "none"),
                                        field("alert_id", "x"),
                                        field("no_filter", "y")))),
                "題名 を入力してください",
                name("host") + " を入力してください",
                "カテゴリ を入力してください",
                "担当者 は不正な値です",
                name("no_filter") + " は不正な値です",
                name("monitor") + " は3文字以内で入力してください",
                name("alert_id") + " は3文字以上で入力してください",
                name("level") + " は一覧にありません");
    }

    // --- putting back

    @Test
    void what_was_set_up_is_put_back() {
        setUp().required("host").locked("dev").projectClosed().assignsToGroups(true);
        redmine().putBack();

        created(Map.of("assigned_to_id", number("user_dev")));
        assertRefused(answerToCreating(Map.of("assigned_to_id", group())), "Assignee is invalid");
    }

    // --- asking

    private RedmineCaller bot() {
        return caller("bot");
    }

    private RedmineCaller caller(String user) {
        return new RedmineCaller(redmine().url(), redmine().id("key_" + user));
    }

    private int number(String name) {
        return Integer.parseInt(redmine().id(name));
    }

    private Map<String, Object> field(String name, Object value) {
        return Map.of("id", number("field_" + name), "value", value);
    }

    private static String name(String field) {
        return switch (field) {
            case "host" -> "アラート対象ホスト名";
            case "level" -> "アラートレベル";
            case "monitor" -> "モニター名";
            case "alert_id" -> "Mackerel alert id";
            case "no_filter" -> "Not a filter";
            default -> throw new IllegalArgumentException(field);
        };
    }

    private Reply answerToCreating(Map<String, ?> wishes) {
        return answerToCreating(bot(), wishes);
    }

    private Reply answerToCreating(RedmineCaller caller, Map<String, ?> wishes) {
        Map<String, Object> issue = new HashMap<>(Map.of("subject", mark, "tracker_id", number("tracker_alert")));
        issue.putAll(wishes);
        return caller.post(CREATE, issue);
    }

    private int created(Map<String, ?> wishes) {
        return created(answerToCreating(wishes));
    }

    private int createdBy(String user) {
        return created(answerToCreating(caller(user), Map.of()));
    }

    private static int created(Reply reply) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        return reply.json().at("/issue/id").asInt();
    }

    private int put(int issue, Map<String, ?> change) {
        return bot().put(path(issue), change).status();
    }

    private static String path(int issue) {
        return "/issues/" + issue + ".json";
    }

    private JsonNode shown(int issue) {
        return shownTo("bot", issue);
    }

    private JsonNode shownTo(String user, int issue) {
        return caller(user).get(path(issue) + "?include=journals").json().path("issue");
    }

    private String status(int issue) {
        return shown(issue).at("/status/name").asText();
    }

    private List<String> notes(int issue) {
        return shown(issue).path("journals").findValuesAsText("notes").stream()
                .filter(it -> !it.isEmpty())
                .toList();
    }

    private List<String> allowedStatuses(int issue) {
        return bot().get(path(issue) + "?include=allowed_statuses")
                .json()
                .at("/issue/allowed_statuses")
                .findValuesAsText("name");
    }

    /** What the issue's field holds, a list as JSON. */
    private String value(int issue, String field) {
        JsonNode value = StreamSupport.stream(shown(issue).path("custom_fields").spliterator(), false)
                .filter(it -> it.path("id").asInt() == number("field_" + field))
                .findFirst()
                .orElseThrow()
                .path("value");
        return value.isArray() ? value.toString() : value.asText("").replace("null", "");
    }

    private List<Integer> found() {
        return ids(bot().get("/issues.json?f[]=subject&op[subject]=~&v[subject][]=" + mark)
                .json()
                .path("issues"));
    }

    private static List<Integer> ids(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(it -> it.path("id").asInt())
                .toList();
    }

    private int category() {
        return caller("admin")
                .get("/projects/alert.json?include=issue_categories")
                .json()
                .at("/project/issue_categories/0/id")
                .asInt();
    }

    private int group() {
        return StreamSupport.stream(
                        bot().get("/projects/alert/memberships.json?limit=100")
                                .json()
                                .path("memberships")
                                .spliterator(),
                        false)
                .map(it -> it.path("group"))
                .filter(it -> it.path("name").asText().equals("Ops"))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asInt();
    }

    private static void assertRefused(Reply reply, String... errors) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(422);
        assertThat(reply.json().path("errors")).extracting(JsonNode::asText).containsExactlyInAnyOrder(errors);
    }
}
