package dev.mackerelredmine.fakeredmine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mackerelredmine.fakeredmine.FakeRedmine.Request;
import dev.mackerelredmine.fakeredmine.FakeRedmineData.Project;
import dev.mackerelredmine.fakeredmine.FakeRedmineData.Role;
import dev.mackerelredmine.fakeredmine.FakeRedmineData.User;
import dev.mackerelredmine.fakeredmine.StoredIssue.Journal;
import dev.mackerelredmine.fakeredmine.StoredIssue.Relation;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Who may do what, and what it does. One request at a time, as in a Redmine with one thread. */
final class FakeRedmineApi {

    record Answer(int status, Map<String, String> headers, String body) {}

    private static final class Refusal extends RuntimeException {
        private final int status;

        Refusal(int status) {
            this.status = status;
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> PROJECT_ERRORS =
            List.of("Project cannot be blank", "Tracker cannot be blank", "Status cannot be blank");

    private final FakeRedmineData data;
    private final FakeRedmineJson json;
    private final NavigableMap<Integer, StoredIssue> issues = new TreeMap<>();
    private final FakeFamily family;
    private final FakeUploads uploads = new FakeUploads();
    private final FakeWiki wiki = new FakeWiki(uploads);
    private String language = "en";
    private Duration apart = Duration.ZERO;
    private int lastIssue;
    private int lastJournal;
    private int lastRelation;

    FakeRedmineApi(FakeRedmineData data) {
        this.data = data;
        this.family = new FakeFamily(data, issues);
        this.json = new FakeRedmineJson(data, family);
    }

    synchronized void clockApart(Duration ahead) {
        apart = ahead;
    }

    synchronized List<FakeIssue> issues() {
        return issues.values().stream().map(json::inWords).toList();
    }

    synchronized Answer answer(Request request) {
        String key = request.header("X-Redmine-API-Key");
        User user = key == null ? User.ANONYMOUS : data.holder(key);
        language = data.setUp().language(user);
        try {
            return route(request, user);
        } catch (Refusal refusal) {
            return answer(
                    refusal.status,
                    refusal.status == 401 ? Map.of("WWW-Authenticate", "Basic realm=\"Redmine API\"") : Map.of(),
                    "");
        }
    }

    private Answer route(Request request, User user) {
        String path = request.path().replaceFirst("\\.json$", "");
        if (path.matches("/projects/[^/]+/wiki/[^/]+")) {
            return wiki(request, user, path.split("/"));
        }
        String id = path.replaceFirst("^/(projects|issues|roles|journals)/([^/]+).*", "$2");
        FakeQueryString query = new FakeQueryString(request.query());
        return switch (request.method() + " "
                + path.replaceFirst("^/(projects|issues|roles|journals)/[^/]+", "/$1/ID")) {
            case "GET /users/current" -> ok(json.user(known(user), query));
            case "GET /roles/ID" -> ok(json.role(role(id)));
            case "GET /login" -> loginPage();
            case "GET /trackers" -> ok(json.trackers());
            case "GET /issue_statuses" -> ok(json.statuses());
            case "GET /enumerations/issue_priorities" -> ok(json.priorities());
            case "GET /custom_fields" -> throw denied(user);
            case "GET /projects" ->
                ok(json.projects(data.projects().stream().filter(user::sees).toList(), query));
            case "GET /projects/ID" -> ok(json.project(visible(id, user), query, user));
            case "GET /projects/ID/memberships" -> ok(json.memberships(visible(id, user), query));
            case "GET /projects/ID/issue_categories" -> ok(json.categories(withCategories(id, user)));
            case "GET /projects/ID/issues" ->
                list(new FakeIssueQuery(query, data, user, listed(id, user)), user, List.of(listed(id, user)));
            case "GET /issues" ->
                list(
                        new FakeIssueQuery(query, data, user),
                        user,
                        data.projects().stream().filter(user::seesIssues).toList());
            case "POST /projects/ID/issues" -> create(request, user, open(id, user));
            case "POST /issues" -> create(request, known(user));
            case "GET /issues/ID" ->
                ok(json.issue(visibleIssue(id, user), query, user, role(visibleIssue(id, user), user)));
            case "PUT /issues/ID" -> update(request, user, visibleIssue(id, user));
            case "POST /issues/ID/relations" -> relate(request, user, visibleIssue(id, user));
            case "POST /uploads" -> {
                known(user);
                yield upload(request);
            }
            case "PUT /journals/ID" -> edit(request, user, Integer.parseInt(id));
            case "DELETE /issues/ID" -> delete(user, visibleIssue(id, user));
            default -> throw new UnsupportedOperationException("no such call");
        };
    }

    private Answer loginPage() {
        if (!data.hasLoginPage()) {
            throw new Refusal(404);
        }
        return answer(200, Map.of("Content-Type", "text/html; charset=utf-8"), data.loginPage());
    }

    private static User known(User user) {
        if (user.anonymous()) {
            throw new Refusal(401);
        }
        return user;
    }

    private Project visible(String idOrIdentifier, User user) {
        Project project = data.project(idOrIdentifier).orElseThrow(() -> new Refusal(404));
        return seenBy(user, project);
    }

    /** Since 5.1 whether the key is good counts before whether there is such a project. */
    private Project listed(String idOrIdentifier, User user) {
        if (data.since("5.1") && data.project(idOrIdentifier).isEmpty()) {
            known(user);
        }
        return withIssues(idOrIdentifier, user);
    }

    /** For all who see issues since 6.1.4, before only for whom we do not play: who manages categories. */
    private Project withCategories(String idOrIdentifier, User user) {
        if (!data.since("6.1.4")) {
            throw denied(user);
        }
        return withIssues(idOrIdentifier, user);
    }

    private Project withIssues(String idOrIdentifier, User user) {
        Project project = visible(idOrIdentifier, user);
        if (!project.tracking() || data.setUp().lacks(user.roleIn(project), "view_issues")) {
            throw denied(user);
        }
        return project;
    }

    private static Project seenBy(User user, Project project) {
        if (project.state() == Project.ARCHIVED) {
            throw new Refusal(403);
        }
        if (!user.sees(project)) {
            throw denied(user);
        }
        return project;
    }

    /** The project, when the user may add issues to it. Whether the project takes any counts before whether the key is good. */
    private Project open(String idOrIdentifier, User user) {
        Project project = data.project(idOrIdentifier).orElseThrow(() -> new Refusal(user.anonymous() ? 401 : 404));
        if (project.state() != Project.ACTIVE) {
            throw new Refusal(403);
        }
        if (!mayAdd(user, project)) {
            throw denied(user);
        }
        return project;
    }

    private Answer wiki(Request request, User user, String[] path) {
        Project project = data.project(path[2]).orElseThrow(() -> new Refusal(404));
        String title = URLDecoder.decode(path[4], StandardCharsets.UTF_8);
        return switch (request.method()) {
            case "GET" -> {
                requireWiki(project, user, "view_wiki_pages");
                FakeWiki.Page page = wiki.page(title).orElseThrow(() -> new Refusal(404));
                yield ok(json.wikiPage(page, new FakeQueryString(request.query()).includes("attachments")));
            }
            case "PUT" -> {
                requireWiki(project, user, "edit_wiki_pages");
                boolean isNew = wiki.page(title).isEmpty();
                FakeWiki.Page page = wiki.write(title, asked(request, "wiki_page"), user, now())
                        .orElseThrow(() -> new Refusal(409));
                yield isNew ? answer(201, Map.of(), toText(json.wikiPage(page, false))) : answer(204, Map.of(), "");
            }
            default -> throw new UnsupportedOperationException("no such call");
        };
    }

    /** Of the roles there are, those that manage subtasks have the rights of the wiki, too. */
    private void requireWiki(Project project, User user, String permission) {
        if (!data.setUp().everHadWiki(project)) {
            throw new Refusal(404);
        }
        Role role = user.roleIn(project);
        boolean isOpen = project.state() == Project.ACTIVE && data.setUp().hasWiki(project);
        if (!isOpen || !role.subtasks() || data.setUp().lacks(role, permission)) {
            throw denied(user);
        }
    }

    private static Refusal denied(User user) {
        return new Refusal(user.anonymous() ? 401 : 403);
    }

    private static boolean mayAdd(User user, Project project) {
        return project.state() == Project.ACTIVE
                && project.tracking()
                && user.roleIn(project).adds();
    }

    private StoredIssue visibleIssue(String id, User user) {
        StoredIssue issue = id.matches("\\d+") ? issues.get(Integer.parseInt(id)) : null;
        if (issue == null) {
            throw new Refusal(404);
        }
        seenBy(user, projectOf(issue));
        if (!isVisible(issue, user)) {
            throw denied(user);
        }
        return issue;
    }

    private boolean isVisible(StoredIssue issue, User user) {
        Role role = role(issue, user);
        boolean isOwn = issue.author.id() == user.id() || issue.number("assigned_to_id") == user.id();
        return projectOf(issue).tracking()
                && data.setUp().allows(role, "view_issues", issue.number("tracker_id"))
                && (isOwn || issue.number("is_private") == 0 || !data.setUp().seesPublicOnly(role));
    }

    private Role role(String id) {
        return data.role(id).orElseThrow(() -> new Refusal(404));
    }

    private Answer list(FakeIssueQuery issueQuery, User user, List<Project> seen) {
        if (!issueQuery.errors().isEmpty()) {
            return errors(issueQuery.errors());
        }
        List<StoredIssue> visible = issues.values().stream()
                .filter(it -> seen.contains(projectOf(it)) && isVisible(it, user))
                .toList();
        return ok(json.page(issueQuery.matching(visible), issueQuery.offset(), issueQuery.limit(), user));
    }

    /** Redmine does not say here what is wrong with the project: unknown, closed, archived and forbidden all look the same. */
    private Answer create(Request request, User user) {
        String asked = asked(request).path("project_id").asText();
        return data.project(asked)
                .filter(it -> mayAdd(user, it))
                .map(it -> create(request, user, it))
                .orElseGet(() -> errors(PROJECT_ERRORS));
    }

    private Answer create(Request request, User user, Project project) {
        StoredIssue issue = new StoredIssue(lastIssue + 1, user, now());
        requireKnownWatchers(asked(request));
        FakeIssueForm form = new FakeIssueForm(data, family, issue, user, user.roleIn(project));
        requireTracker(form, project);
        JsonNode asked = asked(request);
        form.open(project, asked);
        return written(form, asked, () -> {
            lastIssue = issue.id;
            issue.attachments.addAll(uploads.take(asked, user, now()));
            closeOrOpen(issue, false);
            issues.put(issue.id, issue);
            tellFamily(issue, 0, user);
            Map<String, String> location =
                    Map.of("Location", "http://" + request.header("Host") + "/issues/" + issue.id);
            return answer(201, location, toText(json.issue(issue, user)));
        });
    }

    private static void requireTracker(FakeIssueForm form, Project project) {
        if (form.trackersToAdd(project).isEmpty()) {
            throw new Refusal(project.trackers().isEmpty() ? 500 : 403);
        }
    }

    private void requireKnownWatchers(JsonNode asked) {
        for (JsonNode watcher : asked.path("watcher_user_ids")) {
            if (data.user(watcher.asInt()).isEmpty()
                    && data.group(watcher.asInt()).isEmpty()) {
                throw new Refusal(404);
            }
        }
    }

    private Answer update(Request request, User user, StoredIssue before) {
        Role role = role(before, user);
        if (projectOf(before).state() != Project.ACTIVE || !role.edits() && !role.notes()) {
            throw denied(user);
        }
        StoredIssue issue = before.copy();
        JsonNode asked = asked(request);
        FakeIssueForm form = new FakeIssueForm(data, family, issue, user, role);
        boolean edits = role.edits() && data.setUp().allows(role, "edit_issues", before.number("tracker_id"));
        if (edits) {
            form.change(asked);
        } else {
            form.leave();
        }
        if (edits && form.errors().isEmpty() && FakeIssueForm.isStale(asked)) {
            return errors(List.of());
        }
        boolean notes = role.notes() && data.setUp().allows(role, "add_issue_notes", before.number("tracker_id"));
        return written(form, asked, () -> {
            issue.attachments.addAll(uploads.take(asked, user, now()));
            keep(before, issue, user, notes ? asked.path("notes").asText("") : "");
            return answer(204, Map.of(), "");
        });
    }

    private void keep(StoredIssue before, StoredIssue issue, User user, String notes) {
        List<Map<String, Object>> details = issue.changesSince(before);
        if (!notes.isEmpty() || !details.isEmpty()) {
            issue.updatedOn = now();
            issue.journals.add(new Journal(++lastJournal, user, notes, issue.updatedOn, details));
        }
        closeOrOpen(issue, data.status(before.number("status_id")).closed());
        issues.put(issue.id, issue);
        moveChildren(issue, before.number("project_id"));
        endRelationsWithin(issue);
        tellFamily(issue, before.number("parent_id"), user);
    }

    /** Those of the project that their parent left go with it. */
    private void moveChildren(StoredIssue issue, int from) {
        int to = issue.number("project_id");
        if (from != to) {
            family.children(issue).stream()
                    .filter(it -> it.number("project_id") == from)
                    .forEach(it -> {
                        it.attributes.put("project_id", "" + to);
                        moveChildren(it, from);
                    });
        }
    }

    /** A subtask is not related to its parent. */
    private void endRelationsWithin(StoredIssue issue) {
        for (StoredIssue above : issues.values()) {
            if (family.isWithin(issue, above)) {
                issue.relations.removeIf(it -> it.other(issue.id) == above.id);
                above.relations.removeIf(it -> it.other(above.id) == issue.id);
            }
        }
    }

    /** A journal of its parents tells that it came or went, and they take over what they have of it. */
    private void tellFamily(StoredIssue issue, int parentBefore, User user) {
        int parent = issue.number("parent_id");
        if (parent != parentBefore) {
            family.issue(parentBefore).ifPresent(it -> tellParent(it, "" + issue.id, null, user));
            family.issue(parent).ifPresent(it -> tellParent(it, null, "" + issue.id, user));
        }
        family.issue(parentBefore).ifPresent(it -> family.derive(it, now()));
        family.issue(parent).ifPresent(it -> family.derive(it, now()));
    }

    private void tellParent(StoredIssue parent, String before, String after, User user) {
        parent.updatedOn = now();
        parent.journals.add(new Journal(
                ++lastJournal,
                user,
                "",
                parent.updatedOn,
                List.of(StoredIssue.detail("attr", "child_id", before, after))));
    }

    /** The time of the last closing stays when an issue is opened again. */
    private void closeOrOpen(StoredIssue issue, boolean wasClosed) {
        if (data.status(issue.number("status_id")).closed() && !wasClosed) {
            issue.closedOn = issue.updatedOn;
        }
    }

    private Answer relate(Request request, User user, StoredIssue issue) {
        if (!role(issue, user).relates()) {
            throw denied(user);
        }
        JsonNode asked = asked(request, "relation");
        if (!asked.path("relation_type").asText().equals("relates")) {
            throw new UnsupportedOperationException("relation " + asked);
        }
        StoredIssue other = issues.get(asked.path("issue_to_id").asInt());
        String error = relationError(issue, other, user);
        return error == null ? related(issue, other, user) : errors(List.of(error));
    }

    private String relationError(StoredIssue issue, StoredIssue other, User user) {
        if (other == null || !user.sees(projectOf(other)) || !isVisible(other, user)) {
            return "Related issue cannot be blank";
        }
        if (other == issue) {
            return "Related issue is invalid";
        }
        if (other.number("project_id") != issue.number("project_id")) {
            return "Related issue doesn't belong to the same project";
        }
        if (family.isWithin(issue, other) || family.isWithin(other, issue)) {
            return "An issue cannot be linked to one of its subtasks";
        }
        return issue.relations.stream()
                .filter(it -> it.other(issue.id) == other.id)
                .map(it -> it.issue() == issue.id
                        ? "Related issue has already been taken"
                        : "This relation would create a circular dependency")
                .findFirst()
                .orElse(null);
    }

    private Answer related(StoredIssue issue, StoredIssue other, User user) {
        Relation relation = new Relation(++lastRelation, issue.id, other.id);
        for (StoredIssue end : List.of(issue, other)) {
            end.relations.add(relation);
            end.journals.add(new Journal(
                    ++lastJournal,
                    user,
                    "",
                    now(),
                    List.of(StoredIssue.detail("relation", "relates", null, "" + relation.other(end.id)))));
        }
        return answer(201, Map.of(), toText(json.relation(relation)));
    }

    /** Only what is called a stream of bytes is taken for a file. What is called JSON is read as such, and is none. */
    private Answer upload(Request request) {
        String type = request.header("Content-Type");
        if (!"application/octet-stream".equals(type)) {
            throw new Refusal("application/json".equals(type) ? 400 : 406);
        }
        if (request.body().length() > FakeUploads.LARGEST) {
            return errors(List.of("This file cannot be uploaded because it exceeds the maximum allowed file size ("
                    + FakeUploads.LARGEST + ")"));
        }
        return answer(201, Map.of(), toText(Map.of("upload", uploads.add(request.body()))));
    }

    /** A note of which nothing is left, in a journal of nothing else, takes the journal with it. */
    private Answer edit(Request request, User user, int number) {
        if (!user.admin()) {
            throw new Refusal(403);
        }
        String notes = asked(request, "journal").path("notes").asText("");
        for (StoredIssue issue : issues.values()) {
            issue.journals.removeIf(
                    it -> it.id() == number && notes.isEmpty() && it.details().isEmpty());
            issue.journals.replaceAll(it ->
                    it.id() == number ? new Journal(it.id(), it.user(), notes, it.createdOn(), it.details()) : it);
        }
        return answer(204, Map.of(), "");
    }

    private Answer delete(User user, StoredIssue issue) {
        if (!user.admin()) {
            throw new Refusal(403);
        }
        List<StoredIssue> gone = new ArrayList<>(family.descendants(issue));
        gone.add(issue);
        gone.forEach(this::remove);
        family.parent(issue).ifPresent(it -> {
            tellParent(it, "" + issue.id, null, user);
            family.derive(it, now());
        });
        return answer(204, Map.of(), "");
    }

    private void remove(StoredIssue issue) {
        issues.remove(issue.id);
        issues.values().forEach(it -> it.relations.removeIf(relation -> relation.other(it.id) == issue.id));
    }

    private Role role(StoredIssue issue, User user) {
        return user.roleIn(projectOf(issue));
    }

    private Project projectOf(StoredIssue issue) {
        return data.project(issue.number("project_id"));
    }

    /** Without the content type of JSON, Redmine does not look into the body at all. */
    private static JsonNode asked(Request request) {
        return asked(request, "issue");
    }

    private static JsonNode asked(Request request, String name) {
        String type = request.header("Content-Type");
        if (type == null || !type.startsWith("application/json")) {
            return JSON.createObjectNode();
        }
        try {
            return JSON.readTree(request.body()).path(name);
        } catch (JsonProcessingException e) {
            throw new Refusal(400);
        }
    }

    private Instant now() {
        return Instant.now().plus(apart).truncatedTo(ChronoUnit.SECONDS);
    }

    private Answer written(FakeIssueForm form, JsonNode asked, Supplier<Answer> keep) {
        List<String> errors = new ArrayList<>(uploads.errors(asked));
        errors.addAll(form.errors());
        return errors.isEmpty() ? keep.get() : errors(errors);
    }

    private static Answer ok(Map<String, ?> body) {
        return answer(200, Map.of(), toText(body));
    }

    private Answer errors(List<String> errors) {
        List<String> words =
                errors.stream().map(it -> FakeErrors.in(language, it)).toList();
        return answer(422, Map.of(), toText(Map.of("errors", words)));
    }

    private static Answer answer(int status, Map<String, String> headers, String body) {
        return new Answer(status, headers, body);
    }

    private static String toText(Map<String, ?> body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
