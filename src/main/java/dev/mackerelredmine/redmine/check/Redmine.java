package dev.mackerelredmine.redmine.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mackerelredmine.redmine.IssueSearch;
import dev.mackerelredmine.redmine.IssueSearch.Identity;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** What Redmine shows to the key's user. What depends on something that is wrong throws NotKnownException. */
final class Redmine {

    private static final int PAGE = 100;

    private final Wanted wanted;
    private final Questions questions;

    Redmine(Wanted wanted, Questions questions) {
        this.wanted = wanted;
        this.questions = questions;
    }

    Answer userAnswer() {
        return questions.ask("/users/current.json", "include=memberships");
    }

    JsonNode user() {
        JsonNode user = userAnswer().at("/user");
        if (!user.path("id").isIntegralNumber()) {
            throw new NotKnownException(Wanted.KEY);
        }
        return user;
    }

    boolean isAdministrator() {
        return user().path("admin").asBoolean();
    }

    Answer projectAnswer() {
        user();
        String project = URLEncoder.encode(wanted.value(Wanted.PROJECT).orElse(""), StandardCharsets.UTF_8);
        return questions.ask("/projects/" + project + ".json", "include=trackers,enabled_modules,issue_custom_fields");
    }

    JsonNode project() {
        JsonNode project = projectAnswer().at("/project");
        if (!project.path("id").isIntegralNumber()) {
            throw new NotKnownException(Wanted.PROJECT);
        }
        return project;
    }

    Listing trackers() {
        return list("/trackers.json", "trackers");
    }

    /** Where the user may not view issues Redmine shows none of them, and since 6.1.4 no list. */
    Listing trackersOfProject() {
        JsonNode trackers = project().path("trackers");
        if (trackers.isEmpty() && !viewsIssues()) {
            throw new NotKnownException(RoleLines.ROLE);
        }
        return Listing.of(trackers);
    }

    private boolean viewsIssues() {
        return isAdministrator()
                || roles().stream()
                        .flatMap(role ->
                                StreamSupport.stream(role.path("permissions").spliterator(), false))
                        .anyMatch(permission -> permission.asText().equals("view_issues"));
    }

    Listing statuses() {
        return list("/issue_statuses.json", "issue_statuses");
    }

    Listing priorities() {
        return list("/enumerations/issue_priorities.json", "issue_priorities");
    }

    /** The tracker that tickets get. */
    JsonNode tracker() {
        Listing ofProject = trackersOfProject();
        String asked = wanted.value(Wanted.TRACKER)
                .or(() -> ofProject.entries().stream()
                        .findFirst()
                        .map(first -> first.path("id").asText()))
                .orElseThrow(() -> new NotKnownException(Wanted.TRACKER));
        return trackers()
                .find(asked)
                .filter(ofProject::contains)
                .orElseThrow(() -> new NotKnownException(Wanted.TRACKER));
    }

    /** The status that a setting names, or else the tracker's own for a new ticket. */
    JsonNode statusOrTrackersOwn(String setting) {
        String asked = wanted.value(setting)
                .orElseGet(() -> tracker().path("default_status").path("id").asText());
        return statuses().find(asked).orElseThrow(() -> new NotKnownException(setting));
    }

    /** The roles that the user has in the project. */
    List<JsonNode> roles() {
        long project = project().path("id").asLong();
        return StreamSupport.stream(user().path("memberships").spliterator(), false)
                .filter(membership -> membership.at("/project/id").asLong() == project)
                .flatMap(membership ->
                        StreamSupport.stream(membership.path("roles").spliterator(), false))
                .map(role -> role(role.path("id").asLong()))
                .toList();
    }

    JsonNode role(long id) {
        return good(questions.ask("/roles/" + id + ".json")).at("/role");
    }

    /** Users and groups of the project, by their own numbers and names, with {@code kind} and {@code roles}. */
    Listing members() {
        List<JsonNode> all = new ArrayList<>();
        Answer page;
        do {
            page = good(questions.ask(path("/memberships.json"), "limit=" + PAGE + "&offset=" + all.size()));
            page.at("/memberships").forEach(membership -> all.add(member(membership)));
        } while (!page.at("/memberships").isEmpty()
                && all.size() < page.at("/total_count").asInt());
        return new Listing(all);
    }

    /** Redmine refuses a filter without value, and so tells what is a filter: what is none it ignores. */
    Answer askForFieldAsFilter(String field) {
        Answer answer = questions.ask(path("/issues.json"), "cf_" + field + "=&limit=1");
        return answer.status() == 422 ? answer : good(answer);
    }

    /** Asks with a creation that cannot succeed; the answer is that it did not. */
    Answer askForCreation(Map<String, Object> issue) {
        return questions.askForCreation(path("/issues.json"), issue);
    }

    /** Asks with a change that cannot succeed; see {@link WorkflowLines}. */
    Answer askForChange(long ticket) {
        return change(ticket, Map.of("subject", "", "lock_version", -1));
    }

    Answer create(Map<String, Object> issue) {
        return questions.send("POST", path("/issues.json"), issue);
    }

    Answer change(long ticket, Map<String, Object> issue) {
        return questions.send("PUT", "/issues/" + ticket + ".json", issue);
    }

    /** As it is now, with its journals and the statuses that it may be given. */
    JsonNode ticket(long id) {
        return good(questions.askAgain("/issues/" + id + ".json", "include=journals,allowed_statuses"))
                .at("/issue");
    }

    /** The tickets that a delivery would find by this id. */
    List<JsonNode> findTicket(String id) {
        Identity identity = new Identity(id, id, null);
        IssueSearch search = new IssueSearch(
                wanted.value(Wanted.ALERT_ID_FIELD).map(Long::valueOf).orElse(null));
        List<JsonNode> found = new ArrayList<>();
        good(questions.ask("/issues.json", search.byMarker(identity)))
                .at("/issues")
                .forEach(found::add);
        if (found.isEmpty() && search.hasAlertIdField()) {
            good(questions.ask("/issues.json", search.byAlertId(identity)))
                    .at("/issues")
                    .forEach(found::add);
        }
        return found;
    }

    /** What who is not logged in sees, or nothing where there is no such page. */
    String loginPage() {
        Answer page = questions.ask("/login");
        return page.text() == null || !page.isDone() ? "" : page.text();
    }

    /**
     * The newest ticket of project and tracker in a status, with the statuses that it may be given. Not one with a parent or subtasks, which
     * Redmine keeps from being closed or opened whatever the workflow says.
     */
    Optional<JsonNode> newestTicket(String status) {
        long tracker = tracker().path("id").asLong();
        String query = "tracker_id=" + tracker + "&status_id=" + status
                + "&subproject_id=!*&parent_id=!*&child_id=!*&limit=1&sort=id:desc";
        return Optional.of(good(questions.ask(path("/issues.json"), query)).at("/issues/0"))
                .filter(issue -> issue.at("/project/id").equals(project().path("id"))
                        && issue.at("/tracker/id").asLong() == tracker)
                .map(issue -> good(questions.ask(
                                "/issues/" + issue.path("id").asLong() + ".json", "include=allowed_statuses"))
                        .at("/issue"));
    }

    private Listing list(String path, String name) {
        user();
        return Listing.of(good(questions.ask(path)).at("/" + name));
    }

    private String path(String rest) {
        return "/projects/" + project().path("id").asLong() + rest;
    }

    private static JsonNode member(JsonNode membership) {
        String kind = membership.has("group") ? "group" : "user";
        ObjectNode member = JsonNodeFactory.instance.objectNode();
        member.set("id", membership.at("/" + kind + "/id"));
        member.set("name", membership.at("/" + kind + "/name"));
        member.put("kind", kind);
        member.set("roles", membership.path("roles"));
        return member;
    }

    private static Answer good(Answer answer) {
        if (!answer.isGood()) {
            throw new NotAnsweredException(answer);
        }
        return answer;
    }
}
