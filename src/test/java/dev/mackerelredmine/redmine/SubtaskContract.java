package dev.mackerelredmine.redmine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mackerelredmine.redmine.RedmineCaller.Reply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What we rely on in Redmine of parents and their subtasks, in its own words over plain HTTP, as {@link RedmineContract} does for all else. */
abstract class SubtaskContract {

    private static final String CLOSED_PARENT = "An open issue cannot be attached to a closed parent task";
    private static final String INVALID_PARENT = "Parent task is invalid";

    private final String mark = "subtask-" + UUID.randomUUID();

    abstract TestRedmine redmine();

    // --- becoming a subtask

    @Test
    void an_issue_is_created_as_a_subtask_and_both_show_it() {
        int parent = created(Map.of());
        JsonNode child =
                answerToCreating(Map.of("parent_issue_id", parent)).json().path("issue");

        assertThat(child.path("parent")).hasToString("{\"id\":" + parent + "}");
        assertThat(shown(parent).path("children"))
                .singleElement()
                .hasToString("{\"id\":" + child.path("id") + ",\"tracker\":{\"id\":" + id("tracker_bug")
                        + ",\"name\":\"Bug\"},\"subject\":\"" + mark + "\"}");
        assertThat(shown(parent).has("parent")).isFalse();
    }

    /** By which an issue without a family is asked for. Here of these three, for others make issues meanwhile. */
    @Test
    void a_list_can_leave_out_what_has_a_parent_and_what_has_subtasks() {
        int parent = created(Map.of());
        int child = created(Map.of("parent_issue_id", parent));
        int alone = created(Map.of());
        String these = "/issues.json?sort=id&issue_id=" + parent + "," + child + "," + alone;

        assertThat(numbers(these + "&parent_id=!*")).containsExactly(parent, alone);
        assertThat(numbers(these + "&child_id=!*")).containsExactly(child, alone);
        assertThat(numbers(these + "&parent_id=!*&child_id=!*")).containsExactly(alone);
    }

    private List<Integer> numbers(String list) {
        List<Integer> numbers = new ArrayList<>();
        bot().get(list)
                .json()
                .path("issues")
                .forEach(issue -> numbers.add(issue.path("id").asInt()));
        return numbers;
    }

    @Test
    void an_issue_that_stands_becomes_a_subtask_by_a_change_which_its_journal_tells_once() {
        int parent = created(Map.of());
        int issue = created(Map.of());

        change(issue, Map.of("parent_issue_id", parent, "notes", "of the incident"));
        change(issue, Map.of("parent_issue_id", parent));

        assertThat(parentOf(issue)).isEqualTo(parent);
        assertThat(shown(issue).path("journals")).singleElement().satisfies(journal -> {
            assertThat(journal.path("notes").asText()).isEqualTo("of the incident");
            assertThat(journal.path("details")).singleElement().hasToString(detail("parent_id", null, parent));
        });
    }

    @Test
    void a_journal_of_the_parent_tells_which_subtask_came_and_went_by_whom() {
        int parent = created(Map.of());
        int child = created(Map.of("parent_issue_id", parent));
        person("dev").put("/issues/" + child + ".json", Map.of("parent_issue_id", ""));

        JsonNode journals = shown(parent).path("journals");
        assertThat(journals.at("/0/details")).singleElement().hasToString(detail("child_id", null, child));
        assertThat(journals.at("/0/user/id").asText()).isEqualTo(id("user_bot"));
        assertThat(journals.at("/1/details")).singleElement().hasToString(detail("child_id", child, null));
        assertThat(journals.at("/1/user/id").asText()).isEqualTo(id("user_dev"));
    }

    @Test
    void a_person_takes_a_subtask_out_and_its_journal_tells_of_which() {
        int parent = created(Map.of());
        int child = created(Map.of("parent_issue_id", parent));

        assertThat(person("dev")
                        .put("/issues/" + child + ".json", Map.of("parent_issue_id", ""))
                        .status())
                .isEqualTo(204);

        assertThat(parentOf(child)).isZero();
        assertThat(shown(child).at("/journals/0/details"))
                .singleElement()
                .hasToString(detail("parent_id", parent, null));
    }

    @Test
    void a_person_puts_a_subtask_under_another_parent() {
        int first = created(Map.of());
        int second = created(Map.of());
        int child = created(Map.of("parent_issue_id", first));

        person("dev").put("/issues/" + child + ".json", Map.of("parent_issue_id", second));

        assertThat(parentOf(child)).isEqualTo(second);
        assertThat(shown(child).at("/journals/0/details"))
                .singleElement()
                .hasToString(detail("parent_id", first, second));
    }

    @Test
    void a_parent_is_dropped_silently_where_the_role_may_not_manage_subtasks() {
        int parent = created(Map.of());
        int issue = created(Map.of());
        RedmineCaller without = person("bot_without_workflow");

        Reply created = without.post("/projects/alert/issues.json", Map.of("subject", mark, "parent_issue_id", parent));
        Reply changed = without.put("/issues/" + issue + ".json", Map.of("parent_issue_id", parent, "notes", "kept"));

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.json().path("issue").has("parent")).isFalse();
        assertThat(changed.status()).isEqualTo(204);
        assertThat(parentOf(issue)).isZero();
        assertThat(shown(issue).at("/journals/0/notes").asText()).isEqualTo("kept");
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999999", "abc"})
    void a_parent_that_is_not_there_or_a_name_is_refused(String parent) {
        int issue = created(Map.of());

        assertRefused(answerToCreating(Map.of("parent_issue_id", parent)), INVALID_PARENT);
        assertRefused(answerToChanging(issue, Map.of("parent_issue_id", parent)), INVALID_PARENT);
    }

    @Test
    void a_parent_of_another_project_is_refused_and_the_whole_change_with_it() {
        int parent = created(Map.of());
        int elsewhere = createdIn("tracker-not-enabled");

        assertRefused(
                bot().post(
                                "/projects/tracker-not-enabled/issues.json",
                                Map.of("subject", mark, "parent_issue_id", parent)),
                INVALID_PARENT);
        assertRefused(answerToChanging(elsewhere, Map.of("parent_issue_id", parent, "notes", "lost")), INVALID_PARENT);
        assertThat(shown(elsewhere).path("journals")).isEmpty();
    }

    @Test
    void a_parent_out_of_sight_is_refused() {
        int parent = created(Map.of());
        move(parent, "project_not_a_member");

        assertRefused(answerToCreating(Map.of("parent_issue_id", parent)), INVALID_PARENT);
    }

    @Test
    void no_issue_is_under_itself_or_one_of_its_subtasks() {
        int parent = created(Map.of());
        int child = created(Map.of("parent_issue_id", parent));

        assertRefused(answerToChanging(parent, Map.of("parent_issue_id", parent)), INVALID_PARENT);
        assertRefused(answerToChanging(parent, Map.of("parent_issue_id", child)), INVALID_PARENT);
    }

    // --- closing and opening

    @Test
    void a_parent_with_an_open_subtask_is_silently_left_open_and_its_note_is_kept() {
        int parent = created(Map.of());
        int child = created(Map.of("parent_issue_id", parent));

        change(parent, Map.of("status_id", id("status_closed"), "notes", "all over"));

        assertThat(isClosed(parent)).isFalse();
        assertThat(shown(parent).path("journals"))
                .extracting(journal -> journal.path("notes").asText())
                .contains("all over");
        assertThat(shown(parent).path("allowed_statuses"))
                .allMatch(status -> !status.path("is_closed").asBoolean());

        change(child, Map.of("status_id", id("status_closed")));
        change(parent, Map.of("status_id", id("status_closed")));
        assertThat(isClosed(parent)).isTrue();
    }

    @Test
    void a_subtask_of_a_closed_parent_is_silently_left_closed() {
        int parent = created(Map.of());
        int child = created(Map.of("parent_issue_id", parent, "status_id", id("status_closed")));
        change(parent, Map.of("status_id", id("status_closed")));

        change(child, Map.of("status_id", id("status_new"), "notes", "again"));

        assertThat(isClosed(child)).isTrue();
        assertThat(shown(child).path("allowed_statuses"))
                .isNotEmpty()
                .allMatch(status -> status.path("is_closed").asBoolean());

        change(parent, Map.of("status_id", id("status_new")));
        change(child, Map.of("status_id", id("status_new")));
        assertThat(isClosed(child)).isFalse();
    }

    @Test
    void an_open_issue_is_refused_under_a_closed_parent_and_a_closed_one_is_taken() {
        int parent = created(Map.of("status_id", id("status_closed")));
        int open = created(Map.of());

        assertRefused(answerToCreating(Map.of("parent_issue_id", parent)), CLOSED_PARENT);
        assertRefused(answerToChanging(open, Map.of("parent_issue_id", parent, "notes", "lost")), CLOSED_PARENT);
        assertThat(shown(open).path("journals")).isEmpty();
        assertThat(parentOf(created(Map.of("parent_issue_id", parent, "status_id", id("status_closed")))))
                .isEqualTo(parent);
    }

    // --- what a parent has of its subtasks

    @Test
    void the_priority_of_a_parent_is_the_highest_of_its_open_subtasks_whatever_it_is_given() {
        int parent = created(Map.of("priority_id", id("priority_urgent")));
        int child = created(Map.of("parent_issue_id", parent, "priority_id", id("priority_high")));
        created(Map.of("parent_issue_id", parent, "priority_id", id("priority_low")));
        assertThat(priority(parent)).isEqualTo("High");

        change(parent, Map.of("priority_id", id("priority_immediate"), "notes", "worse"));
        assertThat(priority(parent)).isEqualTo("High");

        change(child, Map.of("priority_id", id("priority_immediate")));
        assertThat(priority(parent)).isEqualTo("Immediate");

        change(child, Map.of("status_id", id("status_closed")));
        assertThat(priority(parent)).isEqualTo("Low");
    }

    @Test
    void without_an_open_subtask_a_parent_has_the_default_priority_and_without_any_what_it_had_last() {
        int parent = created(Map.of());
        int child = created(Map.of("parent_issue_id", parent, "priority_id", id("priority_high")));

        change(child, Map.of("parent_issue_id", ""));
        assertThat(priority(parent)).isEqualTo("High");
        change(parent, Map.of("priority_id", id("priority_urgent")));
        assertThat(priority(parent)).isEqualTo("Urgent");

        change(child, Map.of("parent_issue_id", parent, "status_id", id("status_closed")));
        assertThat(priority(parent)).isEqualTo("Normal");
    }

    @Test
    void no_journal_tells_that_a_parent_s_priority_changed() {
        int parent = created(Map.of());
        created(Map.of("parent_issue_id", parent, "priority_id", id("priority_high")));

        assertThat(shown(parent).path("journals"))
                .extracting(journal -> journal.at("/details/0/name").asText())
                .containsExactly("child_id");
    }

    @Test
    void the_due_date_of_a_parent_is_the_last_of_its_subtasks_whatever_it_is_given() {
        int parent = created(Map.of("due_date", "2036-01-01"));
        created(Map.of("parent_issue_id", parent));
        change(parent, Map.of("due_date", "2036-01-01"));
        assertThat(shown(parent).path("due_date").isNull()).isTrue();

        created(Map.of("parent_issue_id", parent, "due_date", "2036-02-02"));
        created(Map.of("parent_issue_id", parent, "due_date", "2036-01-31"));

        assertThat(shown(parent).path("due_date").asText()).isEqualTo("2036-02-02");
    }

    @Test
    void a_parent_is_as_far_done_as_its_subtasks() {
        int parent = created(Map.of());
        int child = created(Map.of("parent_issue_id", parent));
        created(Map.of("parent_issue_id", parent));

        change(child, Map.of("status_id", id("status_closed")));

        assertThat(shown(parent).path("done_ratio").asInt()).isEqualTo(50);
    }

    // --- going

    @Test
    void with_a_parent_its_subtasks_are_deleted() {
        int parent = created(Map.of());
        int child = created(Map.of("parent_issue_id", parent));
        int grandchild = created(Map.of("parent_issue_id", child));

        assertThat(person("admin").delete("/issues/" + parent + ".json").status())
                .isEqualTo(204);

        for (int issue : List.of(parent, child, grandchild)) {
            assertThat(bot().get("/issues/" + issue + ".json").status()).isEqualTo(404);
        }
    }

    @Test
    void a_subtask_that_is_deleted_leaves_its_parent() {
        int parent = created(Map.of());
        int child = created(Map.of("parent_issue_id", parent));

        person("admin").delete("/issues/" + child + ".json");

        assertThat(shown(parent).has("children")).isFalse();
        assertThat(shown(parent).at("/journals/1/details"))
                .singleElement()
                .hasToString(detail("child_id", child, null));
    }

    @Test
    void a_subtask_that_is_moved_elsewhere_leaves_its_parent() {
        int parent = created(Map.of());
        int child = created(Map.of("parent_issue_id", parent));

        move(child, "project_tracker_not_enabled");

        assertThat(parentOf(child)).isZero();
        assertThat(shown(child).at("/journals/0/details"))
                .extracting(JsonNode::toString)
                .contains(detail("parent_id", parent, null));
    }

    @Test
    void a_parent_that_is_moved_takes_its_subtasks_with_it() {
        int parent = created(Map.of());
        int child = created(Map.of("parent_issue_id", parent));

        move(parent, "project_tracker_not_enabled");

        assertThat(parentOf(child)).isEqualTo(parent);
        assertThat(shown(child).at("/project/id").asText()).isEqualTo(id("project_tracker_not_enabled"));
    }

    // --- relations

    @Test
    void a_subtask_is_not_related_to_its_parent_and_a_relation_ends_when_it_becomes_one() {
        int parent = created(Map.of());
        int child = created(Map.of("parent_issue_id", parent));
        int related = created(Map.of());
        assertThat(relate(parent, related).status()).isEqualTo(201);

        assertRefused(relate(parent, child), "An issue cannot be linked to one of its subtasks");
        assertRefused(relate(child, parent), "An issue cannot be linked to one of its subtasks");
        change(related, Map.of("parent_issue_id", parent));

        assertThat(shown(related).has("relations")).isFalse();
        assertThat(parentOf(related)).isEqualTo(parent);
    }

    // --- the words of these sentences

    private RedmineCaller bot() {
        return person("bot");
    }

    private RedmineCaller person(String who) {
        return new RedmineCaller(redmine().url(), id("key_" + who));
    }

    private String id(String name) {
        return redmine().id(name);
    }

    private int created(Map<String, ?> wishes) {
        Reply reply = answerToCreating(wishes);
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        return reply.json().at("/issue/id").asInt();
    }

    private int createdIn(String project) {
        Reply reply = bot().post("/projects/" + project + "/issues.json", Map.of("subject", mark));
        return reply.json().at("/issue/id").asInt();
    }

    private Reply answerToCreating(Map<String, ?> wishes) {
        Map<String, Object> issue = new HashMap<>(Map.of("subject", mark));
        issue.putAll(wishes);
        return bot().post("/projects/alert/issues.json", issue);
    }

    private void change(int issue, Map<String, ?> change) {
        Reply reply = answerToChanging(issue, change);
        assertThat(reply.status()).as(reply.text()).isEqualTo(204);
    }

    private Reply answerToChanging(int issue, Map<String, ?> change) {
        return bot().put("/issues/" + issue + ".json", change);
    }

    private void move(int issue, String project) {
        Reply reply = person("admin").put("/issues/" + issue + ".json", Map.of("project_id", id(project)));
        assertThat(reply.status()).as(reply.text()).isEqualTo(204);
    }

    private Reply relate(int issue, int other) {
        return bot().post(
                        "/issues/" + issue + "/relations.json",
                        "relation",
                        Map.of("issue_to_id", "" + other, "relation_type", "relates"));
    }

    private JsonNode shown(int issue) {
        return bot().get("/issues/" + issue + ".json?include=children,journals,relations,allowed_statuses")
                .json()
                .path("issue");
    }

    private int parentOf(int issue) {
        return shown(issue).at("/parent/id").asInt();
    }

    private boolean isClosed(int issue) {
        return shown(issue).at("/status/is_closed").asBoolean();
    }

    private String priority(int issue) {
        return shown(issue).at("/priority/name").asText();
    }

    private static String detail(String name, Integer before, Integer after) {
        return String.format(
                "{\"property\":\"attr\",\"name\":\"%s\",\"old_value\":%s,\"new_value\":%s}",
                name, quoted(before), quoted(after));
    }

    private static String quoted(Integer number) {
        return number == null ? "null" : "\"" + number + "\"";
    }

    private static void assertRefused(Reply reply, String error) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(422);
        assertThat(StreamSupport.stream(reply.json().path("errors").spliterator(), false))
                .extracting(JsonNode::asText)
                .containsExactly(error);
    }
}
