package dev.mackerelredmine.redmine;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mackerelredmine.redmine.RedmineCaller.Reply;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What we rely on in Redmine from 5.0.4 on, in its own words over plain HTTP: first of all what it answers 2xx to and does not do. Where
 * versions differ, a test says since when. The same tests run against FakeRedmine, as the oldest and as the newest, and real Redmines. They
 * find their own issues by values of their own, so the database may be dirty.
 */
abstract class RedmineContract {

    private static final String CREATE = "/projects/alert/issues.json";
    private static final List<String> PROJECT_ERRORS =
            List.of("Project cannot be blank", "Tracker cannot be blank", "Status cannot be blank");

    private static final byte[] PNG = "\u0089PNG\r\n\u001a\n\u0000\u00ff".getBytes(StandardCharsets.ISO_8859_1);
    private static final String OCTETS = "application/octet-stream";

    final String mark = "contract-" + UUID.randomUUID();

    abstract TestRedmine redmine();

    final String url() {
        return redmine().url();
    }

    private boolean since(String version) {
        return redmine().version().isSince(version);
    }

    final String id(String name) {
        return redmine().id(name);
    }

    // --- what people did

    private RedmineCaller person(String who) {
        return new RedmineCaller(url(), id("key_" + who));
    }

    private List<Integer> listed(String query) {
        JsonNode list = bot().get("/issues.json?" + query).json();
        return StreamSupport.stream(list.path("issues").spliterator(), false)
                .filter(issue -> issue.path("subject").asText().contains(mark))
                .map(issue -> issue.path("id").asInt())
                .toList();
    }

    private String changedBy(String users, String since) {
        return "author_id=me&status_id=*&last_updated_by=" + URLEncoder.encode(users, StandardCharsets.UTF_8)
                + "&updated_on=" + URLEncoder.encode(">=" + since, StandardCharsets.UTF_8)
                + "&sort=updated_on&limit=100&offset=0";
    }

    private String updated(int issue) {
        return shown(issue, "").path("updated_on").asText();
    }

    private void change(String who, int issue, Map<String, ?> change) {
        assertThat(person(who).put("/issues/" + issue + ".json", change).status())
                .isEqualTo(204);
    }

    @Test
    void what_these_users_changed_last_since_then_is_listed() {
        int taken = created(Map.of()).path("id").asInt();
        int untouched = created(Map.of()).path("id").asInt();
        int ours = created(Map.of()).path("id").asInt();
        change("dev", taken, Map.of("assigned_to_id", number("user_dev")));
        change("dev", ours, Map.of("notes", "theirs"));
        change("bot", ours, Map.of("notes", "ours"));
        String users = id("user_dev") + "|" + id("user_bot_with_notes_only");

        assertThat(listed(changedBy(users, updated(taken)))).contains(taken).doesNotContain(untouched, ours);
        assertThat(listed(changedBy(id("user_bot_with_notes_only"), updated(taken))))
                .isEmpty();
        assertThat(listed(changedBy(users, "2036-01-01T00:00:00Z"))).isEmpty();
    }

    @Test
    void what_was_changed_by_one_of_a_hundred_users_is_listed() {
        int taken = created(Map.of()).path("id").asInt();
        change("dev", taken, Map.of("notes", "here"));
        StringBuilder users = new StringBuilder(id("user_dev"));
        for (int other = 1; other < 100; other++) {
            users.append('|').append(1_000_000 + other);
        }

        assertThat(listed(changedBy(users.toString(), updated(taken)))).contains(taken);
    }

    @Test
    void issues_are_listed_by_their_numbers_whatever_their_status_and_who_is_not_there_is_left_out() {
        int open = created(Map.of()).path("id").asInt();
        int closed =
                created(Map.of("status_id", number("status_closed"))).path("id").asInt();

        assertThat(listed("issue_id=" + open + "," + closed + ",99999999&status_id=*&limit=100"))
                .containsExactlyInAnyOrder(open, closed);
    }

    @Test
    void the_newest_change_of_an_issue_of_ours_is_the_first_of_a_list() {
        int first = created(Map.of()).path("id").asInt();
        created(Map.of());
        JsonNode list = bot().get("/issues.json?author_id=me&status_id=*&sort=updated_on:desc&limit=1")
                .json();

        assertThat(list.path("issues")).hasSize(1);
        assertThat(list.at("/issues/0/author/id").asText()).isEqualTo(id("user_bot"));
        assertThat(list.at("/issues/0/updated_on").asText()).isGreaterThanOrEqualTo(updated(first));
    }

    @Test
    void a_journal_says_who_changed_what_from_what_to_what() {
        int issue = created(Map.of()).path("id").asInt();
        change("dev", issue, Map.of("assigned_to_id", number("user_dev"), "status_id", number("status_in_progress")));
        change("admin", issue, Map.of("assigned_to_id", ""));

        JsonNode journals = shown(issue, "journals").path("journals");
        assertThat(journals.at("/0/user")).hasToString(named("user_dev", "dev Test"));
        assertThat(journals.at("/0/created_on").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
        assertThat(details(journals.get(0)))
                .containsExactlyInAnyOrder(
                        "assigned_to_id null -> " + id("user_dev"),
                        "status_id " + id("status_new") + " -> " + id("status_in_progress"));
        assertThat(details(journals.get(1))).containsExactly("assigned_to_id " + id("user_dev") + " -> null");
        assertThat(journals.at("/1/id").asInt())
                .isGreaterThan(journals.at("/0/id").asInt());
    }

    private static List<String> details(JsonNode journal) {
        return StreamSupport.stream(journal.path("details").spliterator(), false)
                .map(it -> it.path("name").asText() + " " + it.path("old_value").asText() + " -> "
                        + it.path("new_value").asText())
                .toList();
    }

    @Test
    void a_note_that_is_emptied_is_gone_and_the_issue_looks_as_before() {
        int issue = created(Map.of()).path("id").asInt();
        change("dev", issue, Map.of("notes", "mine"));
        String before = updated(issue);
        JsonNode journal = shown(issue, "journals").at("/journals/0");

        assertThat(person("admin").putNote(journal.path("id").asInt(), "").status())
                .isEqualTo(204);

        assertThat(shown(issue, "journals").path("journals")).isEmpty();
        assertThat(updated(issue)).isEqualTo(before);
    }

    // --- creating

    @Test
    void a_created_issue_is_answered_in_full() {
        Reply reply = bot().post(
                        CREATE,
                        Map.of(
                                "tracker_id",
                                number("tracker_alert"),
                                "subject",
                                mark,
                                "description",
                                "text",
                                "priority_id",
                                number("priority_high"),
                                "assigned_to_id",
                                number("user_dev"),
                                "custom_fields",
                                List.of(field("alert_id", mark), field("level", "critical"))));

        JsonNode issue = reply.json().path("issue");
        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.headers().firstValue("Location")).contains(url() + "/issues/" + issue.path("id"));
        assertThat(names(issue))
                .containsExactly(
                        "id",
                        "project",
                        "tracker",
                        "status",
                        "priority",
                        "author",
                        "assigned_to",
                        "subject",
                        "description",
                        "start_date",
                        "due_date",
                        "done_ratio",
                        "is_private",
                        "estimated_hours",
                        "total_estimated_hours",
                        "custom_fields",
                        "created_on",
                        "updated_on",
                        "closed_on");
        assertThat(issue.path("project")).hasToString(named("project_alert", "Alerts"));
        assertThat(issue.path("tracker")).hasToString(named("tracker_alert", "Alert"));
        assertThat(issue.path("status"))
                .hasToString("{\"id\":" + id("status_new") + ",\"name\":\"New\",\"is_closed\":false}");
        assertThat(issue.path("priority")).hasToString(named("priority_high", "High"));
        assertThat(issue.path("author")).hasToString(named("user_bot", "bot Test"));
        assertThat(issue.path("assigned_to")).hasToString(named("user_dev", "dev Test"));
        assertThat(issue.path("subject").asText()).isEqualTo(mark);
        assertThat(issue.path("created_on").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
        assertThat(issue.path("closed_on").isNull()).isTrue();
    }

    @Test
    void a_created_issue_shows_every_custom_field_of_its_project() {
        JsonNode fields = created(Map.of("custom_fields", List.of(field("alert_id", mark))))
                .path("custom_fields");

        assertThat(fields.findValuesAsText("name"))
                .containsExactly("モニター名", "アラートレベル", "アラート対象ホスト名", "Mackerel alert id", "Not a filter", "Short");
        assertThat(names(fields.get(0))).containsExactly("id", "name", "value");
        assertThat(fields.get(0).path("value").isNull()).isTrue();
        assertThat(fields.get(3).path("value").asText()).isEqualTo(mark);
    }

    @Test
    void an_issue_without_wishes_gets_the_defaults() {
        JsonNode issue = created(Map.of());

        assertThat(issue.at("/tracker/name").asText()).isEqualTo("Bug");
        assertThat(issue.at("/status/name").asText()).isEqualTo("New");
        assertThat(issue.at("/priority/name").asText()).isEqualTo("Normal");
        assertThat(issue.has("assigned_to")).isFalse();
        assertThat(issue.path("description").isNull()).isTrue();
    }

    @Test
    void a_tracker_that_is_not_enabled_is_silently_replaced_by_the_first() {
        Reply reply = bot().post(
                        "/projects/tracker-not-enabled/issues.json",
                        Map.of("subject", mark, "tracker_id", number("tracker_alert")));

        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.json().at("/issue/tracker/name").asText()).isEqualTo("Bug");
    }

    @ParameterizedTest
    @ValueSource(strings = {"999999", "Alert"})
    void a_tracker_that_is_unknown_or_a_name_is_silently_replaced_by_the_first(String tracker) {
        assertThat(created(Map.of("tracker_id", tracker)).at("/tracker/name").asText())
                .isEqualTo("Bug");
    }

    @Test
    void an_issue_can_be_created_closed_where_the_workflow_allows_it() {
        JsonNode issue = created(Map.of("tracker_id", number("tracker_alert"), "status_id", number("status_closed")));

        assertThat(issue.at("/status/is_closed").asBoolean()).isTrue();
        assertThat(issue.path("closed_on").asText())
                .isEqualTo(issue.path("created_on").asText());
    }

    @Test
    void a_status_that_the_workflow_forbids_is_silently_replaced_by_the_default() {
        Reply reply = caller("bot_without_workflow")
                .post(CREATE, Map.of("subject", mark, "status_id", number("status_closed")));

        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.json().at("/issue/status/name").asText()).isEqualTo("New");
    }

    @ParameterizedTest
    @ValueSource(strings = {"999999", "Closed"})
    void a_status_that_is_unknown_or_a_name_is_silently_replaced_by_the_default(String status) {
        assertThat(created(Map.of("status_id", status)).at("/status/name").asText())
                .isEqualTo("New");
    }

    @ParameterizedTest
    @ValueSource(strings = {"999999", "High"})
    void a_priority_that_is_unknown_or_a_name_is_refused(String priority) {
        assertRefused(bot().post(CREATE, Map.of("subject", mark, "priority_id", priority)), "Priority cannot be blank");
    }

    @Test
    void an_empty_priority_means_the_default_since_5_1() {
        Reply reply = bot().post(CREATE, Map.of("subject", mark, "priority_id", ""));

        if (since("5.1")) {
            assertThat(reply.json().at("/issue/priority/name").asText()).isEqualTo("Normal");
        } else {
            assertRefused(reply, "Priority cannot be blank");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"999999", "dev"})
    void an_assignee_who_is_unknown_or_a_name_is_refused(String assignee) {
        assertRefused(bot().post(CREATE, Map.of("subject", mark, "assigned_to_id", assignee)), "Assignee is invalid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"user_outsider", "user_bot_without_workflow"})
    void an_assignee_who_is_no_member_or_whose_role_is_not_assignable_is_refused(String assignee) {
        assertRefused(
                bot().post(CREATE, Map.of("subject", mark, "assigned_to_id", number(assignee))), "Assignee is invalid");
    }

    @Test
    void an_issue_can_be_assigned_to_its_author_whatever_the_role() {
        assertThat(created(Map.of("assigned_to_id", number("user_bot"))).path("assigned_to"))
                .hasToString(named("user_bot", "bot Test"));
    }

    @Test
    void an_issue_is_not_assigned_to_a_group_unless_a_setting_allows_it() {
        assertRefused(
                bot().post(CREATE, Map.of("subject", mark, "assigned_to_id", principal("group", "Ops"))),
                "Assignee is invalid");
    }

    @Test
    void an_issue_gets_its_category_and_its_due_date() {
        String due = LocalDate.now().plusDays(3).toString();
        JsonNode issue = created(Map.of("category_id", category("alert"), "due_date", due));

        assertThat(names(issue)).containsSubsequence("author", "category", "subject", "start_date", "due_date");
        assertThat(issue.at("/category/name").asText()).isEqualTo("Servers");
        assertThat(issue.path("due_date").asText()).isEqualTo(due);
    }

    @Test
    void a_category_that_is_unknown_or_a_name_or_of_another_project_is_refused() {
        for (Object category : List.of(999999, "Servers", category("required-field"))) {
            assertRefused(
                    bot().post(CREATE, Map.of("subject", mark, "category_id", category)),
                    "Category is not included in the list");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "tomorrow, Due date is not a valid date",
        "3d, Due date is not a valid date",
        "2020-01-01, Due date must be greater than start date"
    })
    void a_due_date_that_is_none_or_has_passed_is_refused(String date, String error) {
        assertRefused(bot().post(CREATE, Map.of("subject", mark, "due_date", date)), error);
    }

    @Test
    void an_issue_gets_its_watchers_who_are_shown_only_when_asked_for() {
        int group = principal("group", "Ops");
        JsonNode issue = created(Map.of("watcher_user_ids", List.of(number("user_dev"), group)));

        assertThat(names(issue)).doesNotContain("watchers");
        assertThat(idsByName(shown(issue.path("id").asInt(), "watchers").path("watchers")))
                .containsEntry("dev Test", id("user_dev"))
                .containsEntry("Ops", "" + group)
                .hasSize(since("5.1") ? 3 : 2);
    }

    @Test
    void the_author_of_an_issue_watches_it_since_5_1() {
        int issue = created(Map.of()).path("id").asInt();

        assertThat(idsByName(shown(issue, "watchers").path("watchers")))
                .isEqualTo(since("5.1") ? Map.of("bot Test", id("user_bot")) : Map.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"999999", "dev"})
    void a_watcher_who_is_unknown_or_a_name_makes_the_whole_issue_not_found(String watcher) {
        assertThat(bot().post(CREATE, Map.of("subject", mark, "watcher_user_ids", List.of(watcher)))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void a_watcher_who_is_locked_is_refused() {
        assertRefused(
                bot().post(CREATE, Map.of("subject", mark, "watcher_user_ids", List.of(number("user_locked")))),
                "Watchers is invalid");
    }

    @Test
    void a_custom_field_that_is_unknown_or_only_named_is_silently_dropped() {
        JsonNode issue = created(Map.of(
                "custom_fields",
                List.of(Map.of("id", 999999, "value", mark), Map.of("name", "Mackerel alert id", "value", mark))));

        assertThat(issue.path("custom_fields").toString()).doesNotContain(mark);
    }

    @Test
    void a_custom_field_of_another_project_is_silently_dropped() {
        assertThat(created(Map.of("custom_fields", List.of(field("required", mark))))
                        .path("custom_fields")
                        .toString())
                .doesNotContain(mark);
    }

    @Test
    void a_custom_field_takes_only_what_its_list_offers() {
        assertRefused(
                bot().post(CREATE, Map.of("subject", mark, "custom_fields", List.of(field("level", "CRITICAL")))),
                "アラートレベル is not included in the list");
    }

    @Test
    void a_custom_field_takes_only_its_length() {
        created(Map.of("custom_fields", List.of(field("short", "障".repeat(10)))));

        assertRefused(
                bot().post(CREATE, Map.of("subject", mark, "custom_fields", List.of(field("short", "障".repeat(11))))),
                "Short is too long (maximum is 10 characters)");
    }

    @Test
    void a_required_custom_field_is_required() {
        assertRefused(
                bot().post("/projects/required-field/issues.json", Map.of("subject", mark)),
                "Required cannot be blank");
        assertThat(bot().post(
                                "/projects/required-field/issues.json",
                                Map.of("subject", mark, "custom_fields", List.of(field("required", "x"))))
                        .status())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n"})
    void a_blank_subject_is_refused(String subject) {
        assertRefused(bot().post(CREATE, Map.of("subject", subject)), "Subject cannot be blank");
    }

    @Test
    void a_missing_subject_is_refused() {
        assertRefused(bot().post(CREATE, Map.of("description", "text")), "Subject cannot be blank");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "障"})
    void a_subject_has_255_characters_at_most(String character) {
        assertSubjectHas255AtMost(character);
    }

    @Test
    void an_emoji_counts_as_one_character_of_a_subject() {
        assertSubjectHas255AtMost("🔥");
    }

    private void assertSubjectHas255AtMost(String character) {
        assertThat(created(Map.of("subject", character.repeat(255)))
                        .path("subject")
                        .asText())
                .isEqualTo(character.repeat(255));

        assertRefused(
                bot().post(CREATE, Map.of("subject", character.repeat(256))),
                "Subject is too long (maximum is 255 characters)");
    }

    @Test
    void a_subject_is_kept_as_it_was_sent() {
        assertThat(created(Map.of("subject", " " + mark + "\n "))
                        .path("subject")
                        .asText())
                .isEqualTo(" " + mark + "\n ");
    }

    @Test
    void the_line_ends_of_a_description_come_back_as_crlf() {
        assertThat(created(Map.of("description", "a\nb\r\nc\rd"))
                        .path("description")
                        .asText())
                .isEqualTo("a\r\nb\r\nc\r\nd");
    }

    @Test
    void notes_at_creation_are_silently_dropped() {
        int issue = created(Map.of("notes", mark)).path("id").asInt();

        assertThat(shown(issue, "journals").path("journals")).isEmpty();
    }

    @Test
    void broken_json_is_a_bad_request() {
        assertThat(bot().postText(CREATE, "{\"issue\":", "application/json").status())
                .isEqualTo(400);
    }

    @Test
    void a_body_that_is_not_called_json_is_not_read() {
        assertRefused(
                bot().postText(CREATE, "{\"issue\":{\"subject\":\"s\"}}", "application/x-www-form-urlencoded"),
                "Subject cannot be blank");
    }

    @ParameterizedTest
    @CsvSource({"nope, 404", "closed, 403", "archived, 403", "not-a-member, 403"})
    void the_path_of_a_project_tells_why_it_takes_no_issue(String project, int status) {
        assertThat(bot().post("/projects/" + project + "/issues.json", Map.of("subject", mark))
                        .status())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nope", "closed", "archived", "not-a-member", ""})
    void the_plain_path_does_not_tell_why_a_project_takes_no_issue(String project) {
        assertRefused(bot().post("/issues.json", Map.of("project_id", project, "subject", mark)), PROJECT_ERRORS);
    }

    @Test
    void whoever_may_not_add_issues_is_forbidden_only_on_the_path_of_the_project() {
        RedmineCaller notesOnly = caller("bot_with_notes_only");

        assertThat(notesOnly.post(CREATE, Map.of("subject", mark)).status()).isEqualTo(403);
        assertRefused(notesOnly.post("/issues.json", Map.of("project_id", "alert", "subject", mark)), PROJECT_ERRORS);
    }

    @Test
    void the_plain_path_takes_a_project_by_identifier_or_number() {
        for (String project : List.of("alert", id("project_alert"))) {
            Reply reply = bot().post("/issues.json", Map.of("project_id", project, "subject", mark));
            assertThat(reply.status()).isEqualTo(201);
            assertThat(reply.json().at("/issue/project/name").asText()).isEqualTo("Alerts");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/projects/alert/issues.json", "/projects/nope/issues.json", "/issues.json"})
    void nothing_is_created_with_a_wrong_key_or_by_a_locked_user(String path) {
        assertThat(stranger()
                        .post(path, Map.of("project_id", "alert", "subject", mark))
                        .status())
                .isEqualTo(401);
        assertThat(caller("locked")
                        .post(path, Map.of("project_id", "alert", "subject", mark))
                        .status())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"closed", "archived"})
    void a_project_that_takes_no_issues_hides_that_the_key_is_wrong(String project) {
        assertThat(stranger()
                        .post("/projects/" + project + "/issues.json", Map.of("subject", mark))
                        .status())
                .isEqualTo(403);
    }

    // --- showing one issue

    @Test
    void journals_and_allowed_statuses_are_shown_only_when_asked_for() {
        int issue = created(Map.of()).path("id").asInt();

        assertThat(names(shown(issue, ""))).doesNotContain("journals", "allowed_statuses");
        assertThat(names(shown(issue, "allowed_statuses,journals")))
                .endsWith("closed_on", "journals", "allowed_statuses");
    }

    @Test
    void allowed_statuses_are_those_of_the_workflow_and_the_one_it_has() {
        int issue = created(Map.of("tracker_id", number("tracker_alert")))
                .path("id")
                .asInt();

        JsonNode allowed = shown(issue, "allowed_statuses").path("allowed_statuses");

        assertThat(allowed.findValuesAsText("name"))
                .containsExactly("New", "In Progress", "Resolved", "Feedback", "Closed", "Rejected");
        assertThat(names(allowed.get(0))).containsExactly("id", "name", "is_closed");
    }

    @Test
    void without_a_workflow_no_status_is_allowed_not_even_the_one_it_has() {
        int issue = created(Map.of()).path("id").asInt();

        JsonNode shown = caller("bot_without_workflow")
                .get("/issues/" + issue + ".json?include=allowed_statuses")
                .json()
                .path("issue");

        assertThat(shown.path("allowed_statuses").isArray()).isTrue();
        assertThat(shown.path("allowed_statuses")).isEmpty();
    }

    @Test
    void an_issue_that_is_not_there_is_not_found() {
        int issue = created(Map.of()).path("id").asInt();

        assertThat(caller("admin").delete("/issues/" + issue + ".json").status())
                .isEqualTo(204);

        assertThat(bot().get("/issues/" + issue + ".json").status()).isEqualTo(404);
        assertThat(bot().put("/issues/" + issue + ".json", Map.of("notes", mark))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void only_who_may_delete_issues_deletes_one() {
        int issue = created(Map.of()).path("id").asInt();

        assertThat(bot().delete("/issues/" + issue + ".json").status()).isEqualTo(403);
    }

    @Test
    void an_issue_that_one_may_not_see_is_forbidden() {
        String issue = "/issues/" + created(Map.of()).path("id") + ".json";

        assertThat(caller("outsider").get(issue).status()).isEqualTo(403);
        assertThat(caller("outsider").put(issue, Map.of("notes", mark)).status())
                .isEqualTo(403);
        assertThat(stranger().get(issue).status()).isEqualTo(401);
        assertThat(stranger().put(issue, Map.of("notes", mark)).status()).isEqualTo(401);
    }

    @Test
    void an_issue_that_was_moved_out_of_sight_is_forbidden() {
        int issue = created(Map.of()).path("id").asInt();

        move(issue, "project_not_a_member");

        assertThat(bot().get("/issues/" + issue + ".json").status()).isEqualTo(403);
        assertThat(bot().put("/issues/" + issue + ".json", Map.of("notes", mark))
                        .status())
                .isEqualTo(403);
    }

    // --- changing

    @Test
    void a_change_is_answered_with_nothing_and_leaves_a_journal() {
        int issue = created(Map.of(
                        "subject",
                        mark,
                        "tracker_id",
                        number("tracker_alert"),
                        "custom_fields",
                        List.of(field("level", "warning"))))
                .path("id")
                .asInt();

        Reply reply = bot().put(
                        "/issues/" + issue + ".json",
                        Map.of(
                                "subject",
                                mark + "!",
                                "status_id",
                                number("status_in_progress"),
                                "priority_id",
                                number("priority_urgent"),
                                "notes",
                                "worse",
                                "custom_fields",
                                List.of(field("level", "critical"))));

        JsonNode journal = shown(issue, "journals").path("journals").get(0);
        assertThat(reply.status()).isEqualTo(204);
        assertThat(reply.text()).isEmpty();
        assertThat(names(journal)).contains("id", "user", "notes", "created_on", "private_notes", "details");
        assertThat(journal.has("updated_on")).as("since 6.0").isEqualTo(since("6.0"));
        assertThat(journal.path("user")).hasToString(named("user_bot", "bot Test"));
        assertThat(journal.path("notes").asText()).isEqualTo("worse");
        assertThat(journal.path("details"))
                .extracting(JsonNode::toString)
                .containsExactlyInAnyOrder(
                        detail("attr", "subject", mark, mark + "!"),
                        detail("attr", "status_id", id("status_new"), id("status_in_progress")),
                        detail("attr", "priority_id", id("priority_normal"), id("priority_urgent")),
                        detail("cf", id("field_level"), "warning", "critical"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"999999", "Closed"})
    void a_status_that_is_unknown_or_a_name_is_silently_left_but_the_notes_are_kept(String status) {
        int issue = created(Map.of()).path("id").asInt();

        assertThat(bot().put("/issues/" + issue + ".json", Map.of("status_id", status, "notes", mark))
                        .status())
                .isEqualTo(204);

        JsonNode shown = shown(issue, "journals");
        assertThat(shown.at("/status/name").asText()).isEqualTo("New");
        assertThat(shown.at("/journals/0/notes").asText()).isEqualTo(mark);
    }

    @Test
    void a_status_that_the_workflow_forbids_is_silently_left_but_all_else_is_kept() {
        int issue = created(Map.of()).path("id").asInt();

        Reply reply = caller("bot_without_workflow")
                .put(
                        "/issues/" + issue + ".json",
                        Map.of("status_id", number("status_closed"), "subject", mark, "notes", mark));

        JsonNode shown = shown(issue, "journals");
        assertThat(reply.status()).isEqualTo(204);
        assertThat(shown.at("/status/name").asText()).isEqualTo("New");
        assertThat(shown.path("subject").asText()).isEqualTo(mark);
        assertThat(shown.at("/journals/0/notes").asText()).isEqualTo(mark);
    }

    @Test
    void a_change_of_a_version_that_the_issue_never_had_is_refused_without_a_reason() {
        int issue = created(Map.of()).path("id").asInt();

        Reply reply = bot().put("/issues/" + issue + ".json", Map.of("notes", mark, "lock_version", -1));

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.json().path("errors")).isEmpty();
        assertThat(shown(issue, "journals").path("journals")).isEmpty();
    }

    @Test
    void of_a_change_by_who_may_only_add_notes_only_the_notes_are_kept() {
        int issue = created(Map.of("subject", "as it was")).path("id").asInt();

        Reply reply = caller("bot_with_notes_only")
                .put(
                        "/issues/" + issue + ".json",
                        Map.of(
                                "subject",
                                mark,
                                "notes",
                                "mine",
                                "status_id",
                                number("status_closed"),
                                "priority_id",
                                number("priority_high"),
                                "custom_fields",
                                List.of(field("host", mark))));

        JsonNode shown = shown(issue, "journals");
        assertThat(reply.status()).isEqualTo(204);
        assertThat(shown.at("/journals/0/notes").asText()).isEqualTo("mine");
        assertThat(shown.at("/journals/0/details")).isEmpty();
        assertThat(shown.path("subject").asText()).isEqualTo("as it was");
        assertThat(shown.at("/priority/name").asText()).isEqualTo("Normal");
    }

    @Test
    void a_change_that_is_refused_leaves_nothing_behind() {
        int issue = created(Map.of("subject", mark)).path("id").asInt();

        assertRefused(
                bot().put("/issues/" + issue + ".json", Map.of("subject", "", "lock_version", -1, "notes", mark)),
                "Subject cannot be blank");
        assertRefused(
                bot().put("/issues/" + issue + ".json", Map.of("priority_id", 999999, "notes", mark)),
                "Priority cannot be blank");
        assertRefused(
                bot().put("/issues/" + issue + ".json", Map.of("assigned_to_id", 999999, "notes", mark)),
                "Assignee is invalid");

        assertThat(shown(issue, "journals").path("journals")).isEmpty();
    }

    @Test
    void a_change_of_nothing_leaves_no_journal() {
        int issue = created(Map.of("subject", mark)).path("id").asInt();

        assertThat(bot().put("/issues/" + issue + ".json", Map.of("subject", mark, "notes", ""))
                        .status())
                .isEqualTo(204);
        assertThat(bot().put("/issues/" + issue + ".json", Map.of()).status()).isEqualTo(204);

        assertThat(shown(issue, "journals").path("journals")).isEmpty();
    }

    @Test
    void a_tracker_that_is_unknown_is_silently_left() {
        int issue = created(Map.of("tracker_id", number("tracker_alert")))
                .path("id")
                .asInt();

        assertThat(bot().put("/issues/" + issue + ".json", Map.of("tracker_id", 999999))
                        .status())
                .isEqualTo(204);

        assertThat(shown(issue, "").at("/tracker/name").asText()).isEqualTo("Alert");
    }

    @Test
    void the_line_ends_of_notes_stay_as_they_were_sent() {
        int issue = created(Map.of()).path("id").asInt();

        bot().put("/issues/" + issue + ".json", Map.of("notes", "a\nb\r\nc"));

        assertThat(shown(issue, "journals").at("/journals/0/notes").asText()).isEqualTo("a\nb\r\nc");
    }

    @Test
    void an_assignee_can_be_taken_away() {
        int issue =
                created(Map.of("assigned_to_id", number("user_dev"))).path("id").asInt();

        assertThat(bot().put("/issues/" + issue + ".json", Map.of("assigned_to_id", ""))
                        .status())
                .isEqualTo(204);

        assertThat(shown(issue, "").has("assigned_to")).isFalse();
    }

    @Test
    void an_issue_that_is_opened_again_keeps_the_time_of_its_closing() {
        int issue =
                created(Map.of("status_id", number("status_closed"))).path("id").asInt();

        bot().put("/issues/" + issue + ".json", Map.of("status_id", number("status_in_progress")));

        assertThat(shown(issue, "").at("/status/is_closed").asBoolean()).isFalse();
        assertThat(shown(issue, "").path("closed_on").isNull()).isFalse();
    }

    @Test
    void a_person_can_close_an_issue_and_open_it_again() {
        int issue = created(Map.of("tracker_id", number("tracker_alert")))
                .path("id")
                .asInt();

        for (String status : List.of("Closed", "New")) {
            caller("dev")
                    .put("/issues/" + issue + ".json", Map.of("status_id", number("status_" + status.toLowerCase())));
            assertThat(shown(issue, "").at("/status/name").asText()).isEqualTo(status);
        }
    }

    @Test
    void journals_come_in_the_order_in_which_they_were_made() {
        int issue = created(Map.of()).path("id").asInt();
        bot().put("/issues/" + issue + ".json", Map.of("notes", "first"));
        caller("dev").put("/issues/" + issue + ".json", Map.of("priority_id", number("priority_high")));
        bot().put("/issues/" + issue + ".json", Map.of("notes", "third"));

        JsonNode journals = shown(issue, "journals").path("journals");

        assertThat(journals.findValuesAsText("notes")).containsExactly("first", "", "third");
    }

    @Test
    void allowed_statuses_say_which_are_closed_ones_also_for_a_closed_issue() {
        int issue =
                created(Map.of("status_id", number("status_closed"))).path("id").asInt();

        JsonNode allowed = shown(issue, "allowed_statuses").path("allowed_statuses");

        assertThat(allowed.findValuesAsText("is_closed"))
                .containsExactly("false", "false", "false", "false", "true", "true");
    }

    // --- relating

    @Test
    void two_issues_are_related_and_both_show_it() {
        int first = created(Map.of()).path("id").asInt();
        int second = created(Map.of()).path("id").asInt();

        Reply reply = related(bot(), first, second);

        JsonNode relation = reply.json().path("relation");
        assertThat(reply.status()).isEqualTo(201);
        assertThat(names(relation)).containsExactly("id", "issue_id", "issue_to_id", "relation_type", "delay");
        assertThat(relation.path("issue_id").asInt()).isEqualTo(first);
        assertThat(relation.path("issue_to_id").asInt()).isEqualTo(second);
        for (int issue : List.of(first, second)) {
            assertThat(shown(issue, "relations").at("/relations/0")).isEqualTo(relation);
        }
    }

    @Test
    void a_relation_leaves_a_journal_without_notes_with_both_issues() {
        int first = created(Map.of()).path("id").asInt();
        int second = created(Map.of()).path("id").asInt();

        related(bot(), first, second);

        for (int issue : List.of(first, second)) {
            JsonNode journal = shown(issue, "journals").at("/journals/0");
            assertThat(journal.path("notes").asText()).isEmpty();
            assertThat(journal.path("details"))
                    .singleElement()
                    .hasToString("{\"property\":\"relation\",\"name\":\"relates\",\"old_value\":null,\"new_value\":\""
                            + (first + second - issue) + "\"}");
        }
    }

    @Test
    void a_relation_is_made_once() {
        int first = created(Map.of()).path("id").asInt();
        int second = created(Map.of()).path("id").asInt();
        related(bot(), first, second);

        assertRefused(related(bot(), first, second), "Related issue has already been taken");
        assertRefused(related(bot(), second, first), "This relation would create a circular dependency");
        assertRefused(related(bot(), first, first), "Related issue is invalid");
    }

    @Test
    void no_issue_is_related_to_one_that_is_not_there_or_out_of_sight_or_elsewhere() {
        int issue = created(Map.of()).path("id").asInt();
        int hidden = created(Map.of()).path("id").asInt();
        int elsewhere = created(Map.of()).path("id").asInt();
        move(hidden, "project_not_a_member");
        move(elsewhere, "project_tracker_not_enabled");

        assertRefused(related(bot(), issue, 99_999_999), "Related issue cannot be blank");
        assertRefused(related(bot(), issue, hidden), "Related issue cannot be blank");
        assertRefused(related(bot(), issue, elsewhere), "Related issue doesn't belong to the same project");
        assertThat(related(bot(), 99_999_999, issue).status()).isEqualTo(404);
        assertThat(related(bot(), hidden, issue).status()).isEqualTo(403);
    }

    @Test
    void whoever_may_not_manage_relations_is_forbidden_to() {
        int first = created(Map.of()).path("id").asInt();
        int second = created(Map.of()).path("id").asInt();

        assertThat(related(caller("bot_with_notes_only"), first, second).status())
                .isEqualTo(403);
        assertThat(related(caller("outsider"), first, second).status()).isEqualTo(403);
        assertThat(related(stranger(), first, second).status()).isEqualTo(401);
        assertThat(related(caller("bot_without_workflow"), first, second).status())
                .isEqualTo(201);
    }

    // --- uploading and attaching

    @Test
    void an_upload_is_answered_with_a_token() {
        Reply reply = bot().upload("graph.png", PNG, OCTETS);

        assertThat(reply.status()).isEqualTo(201);
        assertThat(names(reply.json().path("upload"))).containsExactly("id", "token");
        assertThat(reply.json().at("/upload/token").asText()).matches("\\d+\\.[0-9a-f]+");
    }

    @Test
    void whoever_has_a_key_may_upload() {
        assertThat(caller("outsider").upload("graph.png", PNG, OCTETS).status()).isEqualTo(201);
        assertThat(stranger().upload("graph.png", PNG, OCTETS).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({"image/png, 406", "text/plain, 406", "application/json, 400"})
    void an_upload_is_taken_only_as_a_stream_of_bytes(String contentType, int status) {
        assertThat(bot().upload("graph.png", PNG, contentType).status()).isEqualTo(status);
    }

    @Test
    void an_upload_has_5_mebibytes_at_most() {
        assertThat(bot().upload("graph.png", new byte[5 * 1024 * 1024], OCTETS).status())
                .isEqualTo(201);
        assertRefused(
                bot().upload("graph.png", new byte[5 * 1024 * 1024 + 1], OCTETS),
                "This file cannot be uploaded because it exceeds the maximum allowed file size (5242880)");
    }

    @Test
    void what_was_uploaded_is_attached_to_an_issue_by_a_change_that_leaves_a_journal() {
        int issue = created(Map.of()).path("id").asInt();

        Reply reply = bot().put("/issues/" + issue + ".json", Map.of("notes", "graph", "uploads", uploads(token())));

        JsonNode shown = shown(issue, "attachments,journals");
        JsonNode attachment = shown.at("/attachments/0");
        assertThat(reply.status()).isEqualTo(204);
        assertThat(attachment.path("filename").asText()).isEqualTo("graph.png");
        assertThat(attachment.path("content_type").asText()).isEqualTo("image/png");
        assertThat(attachment.path("filesize").asInt()).isEqualTo(PNG.length);
        assertThat(attachment.path("author")).hasToString(named("user_bot", "bot Test"));
        assertThat(shown.at("/journals/0/notes").asText()).isEqualTo("graph");
        assertThat(shown.at("/journals/0/details"))
                .singleElement()
                .hasToString("{\"property\":\"attachment\",\"name\":\""
                        + attachment.path("id").asText() + "\",\"old_value\":null,\"new_value\":\"graph.png\"}");
    }

    @Test
    void what_was_uploaded_is_attached_at_the_creation_without_a_journal() {
        int issue = created(Map.of("uploads", uploads(token()))).path("id").asInt();

        JsonNode shown = shown(issue, "attachments,journals");
        assertThat(shown.path("attachments").findValuesAsText("filename")).containsExactly("graph.png");
        assertThat(shown.path("journals")).isEmpty();
    }

    @Test
    void who_may_only_add_notes_may_attach_too() {
        int issue = created(Map.of()).path("id").asInt();

        Reply reply = caller("bot_with_notes_only")
                .put("/issues/" + issue + ".json", Map.of("notes", mark, "uploads", uploads(token())));

        assertThat(reply.status()).isEqualTo(204);
        assertThat(shown(issue, "attachments").path("attachments")).hasSize(1);
    }

    @Test
    void a_token_that_was_used_or_never_given_spoils_the_whole_change() {
        String token = token();
        int issue = created(Map.of("uploads", uploads(token))).path("id").asInt();

        for (String bad : List.of(token, "1.nonsense")) {
            assertRefused(
                    bot().put("/issues/" + issue + ".json", Map.of("notes", mark, "uploads", uploads(bad))),
                    "1 file(s) could not be saved.");
            assertRefused(
                    bot().post(CREATE, Map.of("subject", mark, "uploads", uploads(bad))),
                    "1 file(s) could not be saved.");
        }

        assertThat(shown(issue, "attachments").path("attachments")).hasSize(1);
        assertThat(shown(issue, "journals").path("journals")).isEmpty();
    }

    @Test
    void a_token_can_still_be_used_after_a_change_that_was_refused_for_another_reason() {
        int issue = created(Map.of()).path("id").asInt();
        String token = token();
        assertRefused(
                bot().put("/issues/" + issue + ".json", Map.of("subject", "", "uploads", uploads(token))),
                "Subject cannot be blank");

        assertThat(bot().put("/issues/" + issue + ".json", Map.of("uploads", uploads(token)))
                        .status())
                .isEqualTo(204);
        assertThat(shown(issue, "attachments").path("attachments")).hasSize(1);
    }

    // --- finding

    @Test
    void issues_of_a_project_are_listed_by_category_and_the_days_of_their_creation_and_closing() {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        String past = today.minusDays(9) + "|" + today.minusDays(8);
        String now = today.minusDays(1) + "|" + today.plusDays(1);
        int open = created(Map.of("category_id", category("alert"))).path("id").asInt();
        int closed =
                created(Map.of("status_id", number("status_closed"))).path("id").asInt();

        assertThat(ofProject("status_id=closed&closed_on=" + encoded("><" + now)))
                .contains(closed)
                .doesNotContain(open);
        assertThat(ofProject("status_id=closed&closed_on=" + encoded("><" + past)))
                .doesNotContain(closed);
        assertThat(ofProject("status_id=open&created_on=" + encoded("<=" + today.plusDays(1))))
                .contains(open);
        assertThat(ofProject("status_id=open&created_on=" + encoded("<=" + today.minusDays(8))))
                .doesNotContain(open);
        assertThat(ofProject("status_id=open&created_on=" + encoded("><" + now)))
                .contains(open)
                .doesNotContain(closed);
        assertThat(ofProject("status_id=closed&created_on=" + encoded("><" + now)))
                .contains(closed);
        assertThat(ofProject("status_id=open&created_on=" + encoded("><" + past)))
                .doesNotContain(open);
        assertThat(ofProject("status_id=*&category_id=" + category("alert")))
                .contains(open)
                .doesNotContain(closed);
    }

    private List<Integer> ofProject(String query) {
        JsonNode list = bot().get("/projects/alert/issues.json?limit=100&sort=id:desc&" + query)
                .json();
        return StreamSupport.stream(list.path("issues").spliterator(), false)
                .map(issue -> issue.path("id").asInt())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2bj", "~2bj", "!*", "=x", "*", "o", "a|b", "100%_", "障害", "a&b=c+d", "\"q\""})
    void the_long_form_of_a_filter_is_exact_for_any_value(String value) {
        assertFilterIsExact(value);
    }

    @Test
    void the_long_form_of_a_filter_is_exact_for_an_emoji() {
        assertFilterIsExact("障害 🔥");
    }

    private void assertFilterIsExact(String value) {
        String asked = value + mark;
        int open = created(Map.of("custom_fields", List.of(field("alert_id", asked))))
                .path("id")
                .asInt();
        int closed = created(Map.of(
                        "status_id", number("status_closed"), "custom_fields", List.of(field("alert_id", asked))))
                .path("id")
                .asInt();
        created(Map.of("custom_fields", List.of(field("alert_id", asked + "x"))));
        created(Map.of("custom_fields", List.of(field("host", asked))));

        assertThat(found(longForm("cf_" + id("field_alert_id"), "=", asked) + anyStatus()))
                .containsExactly(closed, open);
    }

    @Test
    void an_exact_filter_tells_capitals_from_small_letters() {
        int issue = createdWithAlertId(mark);

        assertThat(foundByAlertId(mark)).containsExactly(issue);
        assertThat(foundByAlertId(mark.toUpperCase())).isEmpty();
    }

    @Test
    void the_long_form_without_a_status_finds_closed_issues_too() {
        int closed = created(
                        Map.of("status_id", number("status_closed"), "custom_fields", List.of(field("alert_id", mark))))
                .path("id")
                .asInt();

        assertThat(found(longForm("cf_" + id("field_alert_id"), "=", mark))).containsExactly(closed);
        assertThat(found(longForm("cf_" + id("field_alert_id"), "=", mark) + "&status_id=o"))
                .containsExactly(closed);
    }

    @Test
    void the_short_form_without_a_status_finds_only_open_issues() {
        int closed = created(
                        Map.of("status_id", number("status_closed"), "custom_fields", List.of(field("alert_id", mark))))
                .path("id")
                .asInt();
        int open = created(Map.of("custom_fields", List.of(field("alert_id", mark))))
                .path("id")
                .asInt();
        String query = "cf_" + id("field_alert_id") + "=" + mark;

        assertThat(found(query)).containsExactly(open);
        assertThat(found(query + "&status_id=*")).containsExactly(open, closed);
        assertThat(found(query + "&status_id=c")).containsExactly(closed);
        assertThat(found(query + "&status_id=closed")).containsExactly(closed);
        assertThat(found(query + "&status_id=" + id("status_closed"))).containsExactly(closed);
    }

    @Test
    void the_short_form_reads_operators_and_bars_out_of_the_value() {
        int first = created(Map.of("custom_fields", List.of(field("alert_id", mark + "-1"))))
                .path("id")
                .asInt();
        int second = created(Map.of("custom_fields", List.of(field("alert_id", mark + "-2"))))
                .path("id")
                .asInt();
        String field = "cf_" + id("field_alert_id");

        assertThat(found(field + "=" + encoded("~" + mark))).containsExactly(second, first);
        assertThat(found(field + "=" + encoded("^" + mark))).containsExactly(second, first);
        assertThat(found(field + "=" + encoded("$" + mark + "-1"))).containsExactly(first);
        assertThat(found(field + "=" + encoded(mark + "-1|" + mark + "-2"))).containsExactly(second, first);
        assertThat(found(field + "=" + encoded("!" + mark + "-1") + "&sort=id:desc&limit=100"))
                .contains(second)
                .doesNotContain(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"field_no_filter", "999999"})
    void a_field_that_is_no_filter_finds_everything(String field) {
        String filter = "cf_" + (field.startsWith("field") ? id(field) : field);
        int unrelated = created(Map.of()).path("id").asInt();

        assertThat(found(longForm(filter, "=", mark))).contains(unrelated);
        assertThat(found(filter + "=" + mark)).contains(unrelated);
    }

    @Test
    void a_filter_without_a_value_is_refused_and_so_tells_a_filter_from_what_is_none() {
        assertRefused(
                bot().get("/projects/alert/issues.json?limit=1&cf_" + id("field_alert_id") + "="),
                "Mackerel alert id cannot be blank");
        assertRefused(
                bot().get("/issues.json?" + longForm("cf_" + id("field_alert_id"), "=", "")),
                "Mackerel alert id cannot be blank");
        assertThat(bot().get("/projects/alert/issues.json?limit=1&cf_" + id("field_no_filter") + "=")
                        .status())
                .isEqualTo(200);
        assertThat(bot().get("/projects/alert/issues.json?limit=1&cf_999999=").status())
                .isEqualTo(200);
    }

    @Test
    void a_text_in_the_description_is_found_in_both_forms_whatever_its_capitals() {
        int issue = created(Map.of("description", "before\n<!-- " + mark + " -->\nafter"))
                .path("id")
                .asInt();
        created(Map.of("description", "something else"));

        assertThat(found(longForm("description", "~", mark) + anyStatus())).containsExactly(issue);
        assertThat(found(longForm("description", "~", mark.toUpperCase()))).containsExactly(issue);
        assertThat(found("description=" + encoded("~" + mark) + "&status_id=*")).containsExactly(issue);
        assertThat(found(longForm("description", "~", mark + "-not-there"))).isEmpty();
    }

    @Test
    void a_text_is_looked_for_word_by_word_and_a_phrase_in_double_quotes() {
        int issue = created(Map.of("description", mark + " first second"))
                .path("id")
                .asInt();

        assertThat(found(longForm("description", "~", "second " + mark))).containsExactly(issue);
        assertThat(found(longForm("description", "~", "\"second " + mark + "\"")))
                .isEmpty();
        assertThat(found(longForm("description", "~", "\"" + mark + " first\"")))
                .containsExactly(issue);
        assertThat(found(longForm("description", "~", mark + " x y z"))).containsExactly(issue);
        assertThat(found(longForm("description", "~", mark + " third"))).isEmpty();
    }

    @Test
    void a_subject_is_found() {
        int issue = created(Map.of("subject", mark)).path("id").asInt();
        created(Map.of("subject", mark + " more"));

        assertThat(found(longForm("subject", "=", mark))).containsExactly(issue);
        assertThat(found(longForm("subject", "~", mark))).hasSize(2).contains(issue);
    }

    @Test
    void the_newest_comes_first_unless_asked_otherwise() {
        String query = longForm("cf_" + id("field_alert_id"), "=", mark);
        int first = created(Map.of("custom_fields", List.of(field("alert_id", mark))))
                .path("id")
                .asInt();
        int second = created(Map.of("custom_fields", List.of(field("alert_id", mark))))
                .path("id")
                .asInt();

        assertThat(found(query)).containsExactly(second, first);
        assertThat(found(query + "&sort=id")).containsExactly(first, second);
        assertThat(found(query + "&sort=id:desc")).containsExactly(second, first);
        assertThat(found(query + "&sort=nonsense")).containsExactly(second, first);
    }

    @Test
    void a_list_comes_in_pages() {
        String query = "/issues.json?" + longForm("cf_" + id("field_alert_id"), "=", mark) + "&sort=id";
        List<Integer> issues = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            issues.add(created(Map.of("custom_fields", List.of(field("alert_id", mark))))
                    .path("id")
                    .asInt());
        }

        JsonNode page = bot().get(query + "&offset=1&limit=1").json();

        assertThat(names(page)).containsExactly("issues", "total_count", "offset", "limit");
        assertThat(page.at("/issues/0/id").asInt()).isEqualTo(issues.get(1));
        assertThat(page.path("issues")).hasSize(1);
        assertThat(page.path("total_count").asInt()).isEqualTo(3);
        assertThat(page.path("offset").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"0, 25", "-1, 25", "7, 7", "1000, 100"})
    void a_limit_is_kept_within_reason(int asked, int given) {
        assertThat(bot().get("/issues.json?limit=" + asked).json().path("limit").asInt())
                .isEqualTo(given);
    }

    @Test
    void an_issue_in_a_list_looks_as_it_does_alone() {
        JsonNode issue = created(
                Map.of("assigned_to_id", number("user_dev"), "custom_fields", List.of(field("alert_id", mark))));

        assertThat(bot().get("/issues.json?include=journals&" + longForm("cf_" + id("field_alert_id"), "=", mark))
                        .json()
                        .at("/issues/0"))
                .isEqualTo(issue);
    }

    @Test
    void a_moved_issue_is_found_in_all_projects_but_not_in_its_first() {
        int issue = created(Map.of("custom_fields", List.of(field("alert_id", mark))))
                .path("id")
                .asInt();
        String query = longForm("cf_" + id("field_alert_id"), "=", mark);

        move(issue, "project_tracker_not_enabled");

        assertThat(found(query)).containsExactly(issue);
        assertThat(bot().get("/projects/alert/issues.json?" + query).json().path("issues"))
                .isEmpty();
    }

    @Test
    void a_wrong_key_finds_nothing_and_does_not_say_why() {
        created(Map.of("custom_fields", List.of(field("alert_id", mark))));

        for (RedmineCaller nobody : List.of(stranger(), caller("locked"), caller("outsider"))) {
            Reply reply = nobody.get("/issues.json?" + longForm("cf_" + id("field_alert_id"), "=", mark));
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.json()).hasToString("{\"issues\":[],\"total_count\":0,\"offset\":0,\"limit\":25}");
        }
    }

    @ParameterizedTest
    @CsvSource({"alert, 200, 401", "closed, 200, 401", "archived, 403, 403", "not-a-member, 403, 401"})
    void the_issues_of_a_project_and_the_project_itself_are_for_its_members(
            String project, int status, int withAWrongKey) {
        for (String path : List.of("/projects/" + project + ".json", "/projects/" + project + "/issues.json")) {
            assertThat(bot().get(path).status()).isEqualTo(status);
            assertThat(stranger().get(path).status()).isEqualTo(withAWrongKey);
        }
    }

    @Test
    void a_project_that_is_not_there_is_not_found_though_its_issues_hide_it_from_a_wrong_key_since_5_1() {
        for (String path : List.of("/projects/nope.json", "/projects/nope/issues.json")) {
            assertThat(bot().get(path).status()).isEqualTo(404);
        }
        assertThat(stranger().get("/projects/nope.json").status()).isEqualTo(404);
        assertThat(stranger().get("/projects/nope/issues.json").status()).isEqualTo(since("5.1") ? 401 : 404);
    }

    // --- looking around before the first alert

    @Test
    void the_bot_can_ask_who_it_is() {
        assertThat(bot().get("/users/current.json").json().at("/user/login").asText())
                .isEqualTo("bot");
        assertThat(bot().get("/users/current.json").json().at("/user/id").asText())
                .isEqualTo(id("user_bot"));
    }

    @Test
    void asking_who_one_is_shows_a_wrong_key_and_until_7_0_how_to_log_in() {
        for (RedmineCaller nobody : List.of(stranger(), caller("locked"))) {
            Reply reply = nobody.get("/users/current.json");
            assertThat(reply.status()).isEqualTo(401);
            assertThat(reply.text()).isEmpty();
            assertThat(reply.headers().firstValue("WWW-Authenticate"))
                    .isEqualTo(since("7.0") ? Optional.empty() : Optional.of("Basic realm=\"Redmine API\""));
        }
    }

    @Test
    void a_project_shows_its_trackers_when_asked_for_by_identifier_or_number() {
        for (String project : List.of("alert", id("project_alert"))) {
            JsonNode shown = bot().get("/projects/" + project + ".json?include=trackers")
                    .json()
                    .path("project");
            assertThat(shown.path("identifier").asText()).isEqualTo("alert");
            assertThat(shown.path("status").asInt()).isEqualTo(1);
            assertThat(shown.path("trackers"))
                    .extracting(JsonNode::toString)
                    .containsExactly(named("tracker_bug", "Bug"), named("tracker_alert", "Alert"));
        }
        assertThat(bot().get("/projects/alert.json").json().path("project").has("trackers"))
                .isFalse();
    }

    @Test
    void a_closed_project_is_shown_as_closed() {
        assertThat(bot().get("/projects/closed.json")
                        .json()
                        .at("/project/status")
                        .asInt())
                .isEqualTo(5);
    }

    @Test
    void trackers_statuses_and_priorities_have_names_and_numbers() {
        JsonNode trackers = bot().get("/trackers.json").json().path("trackers");
        JsonNode statuses = bot().get("/issue_statuses.json").json().path("issue_statuses");
        JsonNode priorities =
                bot().get("/enumerations/issue_priorities.json").json().path("issue_priorities");

        assertThat(idsByName(trackers)).contains(entry("Bug", id("tracker_bug")), entry("Alert", id("tracker_alert")));
        assertThat(trackers.at("/0/default_status")).hasToString(named("status_new", "New"));
        assertThat(idsByName(statuses)).contains(entry("New", id("status_new")), entry("Closed", id("status_closed")));
        assertThat(statuses.findValuesAsText("is_closed"))
                .containsExactly("false", "false", "false", "false", "true", "true");
        assertThat(idsByName(priorities))
                .contains(entry("Normal", id("priority_normal")), entry("Urgent", id("priority_urgent")));
        assertThat(priorities.findValuesAsText("is_default"))
                .containsExactly("false", "true", "false", "false", "false");
        assertThat(priorities.findValuesAsText("active")).containsOnly("true");
    }

    @Test
    void trackers_statuses_and_priorities_are_shown_even_with_a_wrong_key() {
        for (String path : List.of("/trackers.json", "/issue_statuses.json", "/enumerations/issue_priorities.json")) {
            assertThat(stranger().get(path).status()).isEqualTo(200);
        }
    }

    @Test
    void the_members_of_a_project_are_people_and_groups() {
        JsonNode members = bot().get("/projects/alert/memberships.json").json().path("memberships");

        assertThat(members.findValues("user"))
                .extracting(JsonNode::toString)
                .contains(named("user_dev", "dev Test"), named("user_bot", "bot Test"))
                .doesNotContain(named("user_outsider", "outsider Test"));
        assertThat(members.findValue("group").path("name").asText()).isEqualTo("Ops");
        assertThat(bot().get("/projects/nope/memberships.json").status()).isEqualTo(404);
        assertThat(bot().get("/projects/not-a-member/memberships.json").status())
                .isEqualTo(403);
    }

    @Test
    void the_members_of_a_project_come_in_pages() {
        JsonNode all = bot().get("/projects/alert/memberships.json?limit=100").json();
        JsonNode page =
                bot().get("/projects/alert/memberships.json?limit=2&offset=1").json();

        assertThat(page.path("memberships")).containsExactly(all.at("/memberships/1"), all.at("/memberships/2"));
        assertThat(page.path("total_count").asInt())
                .isEqualTo(all.path("memberships").size());
        assertThat(names(all.at("/memberships/0"))).contains("id", "project", "user", "roles");
    }

    @Test
    void the_bot_sees_its_memberships_and_roles_when_it_asks_for_them() {
        JsonNode memberships =
                bot().get("/users/current.json?include=memberships").json().at("/user/memberships");

        assertThat(memberships)
                .extracting(it -> it.at("/project/name").asText())
                .contains("Alerts", "Closed", "Tracker not enabled")
                .doesNotContain("Not a member", "Archived");
        assertThat(memberships.at("/0/project")).hasToString(named("project_alert", "Alerts"));
        assertThat(memberships.at("/0/roles/0/name").asText()).isEqualTo("Alert bot");
        assertThat(bot().get("/users/current.json").json().path("user").has("memberships"))
                .isFalse();
    }

    @Test
    void a_role_shows_its_permissions_even_with_a_wrong_key() {
        JsonNode role = roleOf("bot", stranger());

        assertThat(names(role))
                .containsExactly(
                        "id",
                        "name",
                        "assignable",
                        "issues_visibility",
                        "time_entries_visibility",
                        "users_visibility",
                        "permissions");
        assertThat(role.path("permissions"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrder(
                        "view_issues",
                        "add_issues",
                        "edit_issues",
                        "add_issue_notes",
                        "manage_issue_relations",
                        "view_issue_watchers",
                        "add_issue_watchers",
                        "manage_subtasks");
        assertThat(role.path("issues_visibility").asText()).isEqualTo("all");
        assertThat(role.path("assignable").asBoolean()).isFalse();
        assertThat(bot().get("/roles/999999.json").status()).isEqualTo(404);
    }

    @Test
    void a_role_shows_what_it_lacks_and_whether_tickets_can_be_assigned_to_it() {
        assertThat(roleOf("bot_with_notes_only", bot()).path("permissions"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrder("view_issues", "add_issue_notes");
        assertThat(roleOf("dev", bot()).path("assignable").asBoolean()).isTrue();
    }

    @Test
    void a_project_shows_its_modules_and_its_custom_fields_those_for_all_projects_since_5_1() {
        for (String project : List.of("alert", "required-field")) {
            JsonNode shown = bot().get("/projects/" + project + ".json?include=enabled_modules,issue_custom_fields")
                    .json()
                    .path("project");
            assertThat(shown.path("enabled_modules").findValuesAsText("name")).contains("issue_tracking");
            List<String> fields = shown.path("issue_custom_fields").findValuesAsText("name");
            assertThat(fields.contains("Required")).isEqualTo(project.equals("required-field"));
            assertThat(fields.contains("Mackerel alert id")).isEqualTo(since("5.1"));
        }
        assertThat(names(bot().get("/projects/alert.json").json().path("project")))
                .doesNotContain("enabled_modules", "issue_custom_fields");
    }

    @Test
    void a_field_of_one_project_is_a_filter_there_and_in_all_but_not_in_another() {
        String query = "/issues.json?limit=1&cf_" + id("field_required") + "=";

        assertRefused(bot().get("/projects/required-field" + query), "Required cannot be blank");
        assertThat(bot().get("/projects/alert" + query).status()).isEqualTo(200);
        assertRefused(bot().get(query), "Required cannot be blank");
    }

    @Test
    void the_newest_issue_of_a_project_a_tracker_and_a_status_can_be_asked_for() {
        int issue = created(Map.of("tracker_id", number("tracker_alert"), "status_id", number("status_rejected")))
                .path("id")
                .asInt();
        String asked =
                "/projects/" + id("project_alert") + "/issues.json?subproject_id=!*&limit=1&sort=id:desc&tracker_id="
                        + id("tracker_alert") + "&status_id=";

        for (String status : List.of(id("status_rejected"), "c")) {
            assertThat(bot().get(asked + status).json().at("/issues/0/id").asInt())
                    .isGreaterThanOrEqualTo(issue);
        }
        assertThat(bot().get(asked + "o")
                        .json()
                        .at("/issues/0/status/is_closed")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void the_projects_are_the_active_ones_that_one_may_see() {
        JsonNode projects = bot().get("/projects.json?limit=100").json().path("projects");

        assertThat(projects.findValuesAsText("identifier"))
                .contains("alert", "required-field", "tracker-not-enabled")
                .doesNotContain("closed", "archived", "not-a-member");
        assertThat(names(projects.get(0)))
                .containsSubsequence(
                        "id",
                        "name",
                        "identifier",
                        "description",
                        "status",
                        "is_public",
                        "inherit_members",
                        "created_on",
                        "updated_on");
        assertThat(projects.get(0).has("homepage")).as("since 5.1").isEqualTo(since("5.1"));
    }

    @Test
    void a_tracker_shows_whether_tickets_have_a_priority_since_5_1() {
        JsonNode fields = bot().get("/trackers.json").json().at("/trackers/0/enabled_standard_fields");

        assertThat(fields).extracting(JsonNode::asText).contains("assigned_to_id");
        assertThat(fields)
                .extracting(JsonNode::asText)
                .filteredOn("priority_id"::equals)
                .hasSize(since("5.1") ? 1 : 0);
    }

    @Test
    void a_page_shows_the_text_format_since_6_0_and_a_map_of_scripts_since_6_1() {
        String page = bot().get("/login").text();

        assertThat(page.contains("data-text-formatting=\"")).isEqualTo(since("6.0"));
        assertThat(page.contains("<script type=\"importmap\"")).isEqualTo(since("6.1"));
    }

    @Test
    void a_wrong_key_sees_no_project_and_does_not_say_why() {
        Reply reply = stranger().get("/projects.json?limit=100");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("total_count").asInt()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"/projects.json, projects", "/projects/alert/memberships.json, memberships"})
    void projects_and_members_come_in_pages(String path, String list) {
        JsonNode all = bot().get(path + "?limit=100").json();
        JsonNode second = bot().get(path + "?limit=1&offset=1").json();

        assertThat(names(second)).containsExactly(list, "total_count", "offset", "limit");
        assertThat(second.path("total_count")).isEqualTo(all.path("total_count"));
        assertThat(second.path(list)).hasSize(1);
        assertThat(second.path(list).get(0)).isEqualTo(all.path(list).get(1));
    }

    @Test
    void the_categories_of_a_project_are_shown_with_it_and_their_list_to_who_sees_issues_since_6_1_4() {
        assertThat(bot().get("/projects/alert/issue_categories.json").status()).isEqualTo(since("6.1.4") ? 200 : 403);

        JsonNode project = bot().get("/projects/alert.json?include=issue_categories")
                .json()
                .path("project");
        assertThat(project.path("issue_categories").findValuesAsText("name")).contains("Servers");
        assertThat(names(project.path("issue_categories").get(0))).containsExactly("id", "name");
    }

    @Test
    void the_list_of_custom_fields_is_for_administrators() {
        assertThat(bot().get("/custom_fields.json").status()).isEqualTo(403);
        assertThat(stranger().get("/custom_fields.json").status()).isEqualTo(401);
    }

    // --- the words of these sentences

    private RedmineCaller bot() {
        return caller("bot");
    }

    private JsonNode roleOf(String user, RedmineCaller asking) {
        String role = caller(user)
                .get("/users/current.json?include=memberships")
                .json()
                .at("/user/memberships/0/roles/0/id")
                .asText();
        return asking.get("/roles/" + role + ".json").json().path("role");
    }

    private RedmineCaller stranger() {
        return new RedmineCaller(url(), "0".repeat(40));
    }

    private RedmineCaller caller(String user) {
        return new RedmineCaller(url(), id("key_" + user));
    }

    /** What Redmine made of these wishes in the project `alert`; the subject is the test's own unless wished otherwise. */
    private JsonNode created(Map<String, ?> wishes) {
        Reply reply = answerToCreating(wishes);
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        return reply.json().path("issue");
    }

    final Reply answerToCreating(Map<String, ?> wishes) {
        Map<String, Object> issue = new HashMap<>(Map.of("subject", mark));
        issue.putAll(wishes);
        return bot().post(CREATE, issue);
    }

    final int createdWithAlertId(String id) {
        return created(Map.of("custom_fields", List.of(field("alert_id", id))))
                .path("id")
                .asInt();
    }

    final List<Integer> foundByAlertId(String id) {
        return found(longForm("cf_" + id("field_alert_id"), "=", id));
    }

    private JsonNode shown(int issue, String include) {
        return bot().get("/issues/" + issue + ".json?include=" + include).json().path("issue");
    }

    private List<Integer> found(String query) {
        Reply reply = bot().get("/issues.json?" + query);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return StreamSupport.stream(reply.json().path("issues").spliterator(), false)
                .map(it -> it.path("id").asInt())
                .toList();
    }

    private void move(int issue, String project) {
        Reply reply = caller("admin").put("/issues/" + issue + ".json", Map.of("project_id", number(project)));
        assertThat(reply.status()).as(reply.text()).isEqualTo(204);
    }

    private static Reply related(RedmineCaller caller, int issue, int other) {
        return caller.post(
                "/issues/" + issue + "/relations.json",
                "relation",
                Map.of("issue_to_id", "" + other, "relation_type", "relates"));
    }

    private String token() {
        return bot().upload("graph.png", PNG, OCTETS).json().at("/upload/token").asText();
    }

    private static List<Map<String, String>> uploads(String token) {
        return List.of(Map.of("token", token, "filename", "graph.png", "content_type", "image/png"));
    }

    /** The number of a project's first category. */
    private int category(String project) {
        return bot().get("/projects/" + project + ".json?include=issue_categories")
                .json()
                .at("/project/issue_categories/0/id")
                .asInt();
    }

    /** The number of a member of the project `alert`, a user or a group. */
    private int principal(String kind, String name) {
        JsonNode members =
                bot().get("/projects/alert/memberships.json?limit=100").json();
        return StreamSupport.stream(members.path("memberships").spliterator(), false)
                .map(it -> it.path(kind))
                .filter(it -> it.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asInt();
    }

    private Map<String, Object> field(String name, String value) {
        return Map.of("id", number("field_" + name), "value", value);
    }

    private int number(String name) {
        return Integer.parseInt(id(name));
    }

    private String named(String idName, String name) {
        return "{\"id\":" + id(idName) + ",\"name\":\"" + name + "\"}";
    }

    private static String detail(String property, String name, String before, String after) {
        return String.format(
                "{\"property\":\"%s\",\"name\":\"%s\",\"old_value\":\"%s\",\"new_value\":\"%s\"}",
                property, name, before, after);
    }

    private static String longForm(String field, String operator, String value) {
        return String.format(
                "f%%5B%%5D=%s&op%%5B%s%%5D=%s&v%%5B%s%%5D%%5B%%5D=%s",
                field, field, encoded(operator), field, encoded(value));
    }

    private static String anyStatus() {
        return "&f%5B%5D=status_id&op%5Bstatus_id%5D=*";
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Map<String, String> idsByName(JsonNode list) {
        Map<String, String> ids = new HashMap<>();
        list.forEach(it -> ids.put(it.path("name").asText(), it.path("id").asText()));
        return ids;
    }

    private static void assertRefused(Reply reply, String error) {
        assertRefused(reply, List.of(error));
    }

    private static void assertRefused(Reply reply, List<String> errors) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(422);
        assertThat(reply.json().path("errors")).extracting(JsonNode::asText).containsExactlyElementsOf(errors);
    }
}
