package dev.mackerelredmine.fakeredmine;

import dev.mackerelredmine.fakeredmine.FakeRedmineData.Field;
import dev.mackerelredmine.fakeredmine.FakeRedmineData.Named;
import dev.mackerelredmine.fakeredmine.FakeRedmineData.Project;
import dev.mackerelredmine.fakeredmine.FakeRedmineData.Role;
import dev.mackerelredmine.fakeredmine.FakeRedmineData.Status;
import dev.mackerelredmine.fakeredmine.FakeRedmineData.User;
import dev.mackerelredmine.fakeredmine.StoredIssue.Attachment;
import dev.mackerelredmine.fakeredmine.StoredIssue.Journal;
import dev.mackerelredmine.fakeredmine.StoredIssue.Relation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The answers in Redmine's exact shape, the order of the names included. */
final class FakeRedmineJson {

    private static final String SEEDED_ON = "2026-01-01T00:00:00Z";
    private static final List<String> STANDARD_FIELDS = List.of(
            "assigned_to_id",
            "category_id",
            "fixed_version_id",
            "parent_issue_id",
            "start_date",
            "due_date",
            "estimated_hours",
            "done_ratio",
            "description");

    private final FakeRedmineData data;
    private final FakeFamily family;

    FakeRedmineJson(FakeRedmineData data, FakeFamily family) {
        this.data = data;
        this.family = family;
    }

    Map<String, Object> issue(StoredIssue issue, User user) {
        return object("issue", issueBody(issue, user));
    }

    Map<String, Object> issue(StoredIssue issue, FakeQueryString query, User user, Role role) {
        Map<String, Object> body = issueBody(issue, user);
        if (query.includes("children") && family.isParent(issue)) {
            body.put("children", children(issue));
        }
        if (query.includes("attachments")) {
            body.put(
                    "attachments",
                    issue.attachments.stream().map(this::attachment).toList());
        }
        if (query.includes("relations") && !issue.relations.isEmpty()) {
            body.put(
                    "relations",
                    issue.relations.stream().map(FakeRedmineJson::relationBody).toList());
        }
        if (query.includes("journals")) {
            body.put("journals", issue.journals.stream().map(this::journal).toList());
        }
        if (query.includes("allowed_statuses")) {
            body.put(
                    "allowed_statuses",
                    data.statuses.stream()
                            .filter(it -> isAllowed(it, issue, role))
                            .map(this::status)
                            .toList());
        }
        if (query.includes("watchers")) {
            body.put(
                    "watchers",
                    issue.watchers.stream()
                            .map(it -> named(it, principal(it).orElseThrow()))
                            .toList());
        }
        return object("issue", body);
    }

    private boolean isAllowed(Status status, StoredIssue issue, Role role) {
        int tracker = issue.number("tracker_id");
        return family.lets(issue, status.closed()) && hasTransition(status, issue, role, tracker);
    }

    private boolean hasTransition(Status status, StoredIssue issue, Role role, int tracker) {
        return data.setUp().allowsStatus(role, tracker, status.id())
                || issue.number("status_id") == status.id() && data.setUp().hasWorkflow(role, tracker);
    }

    private List<Map<String, Object>> children(StoredIssue issue) {
        return family.children(issue).stream()
                .map(it -> {
                    Map<String, Object> child = object(
                            "id",
                            it.id,
                            "tracker",
                            named(
                                    it.number("tracker_id"),
                                    data.tracker(it.number("tracker_id")).name()),
                            "subject",
                            it.attributes.get("subject"));
                    if (family.isParent(it)) {
                        child.put("children", children(it));
                    }
                    return child;
                })
                .toList();
    }

    Map<String, Object> page(List<StoredIssue> issues, int offset, int limit, User user) {
        List<Map<String, Object>> page = issues.stream()
                .skip(offset)
                .limit(limit)
                .map(it -> issueBody(it, user))
                .toList();
        return object("issues", page, "total_count", issues.size(), "offset", offset, "limit", limit);
    }

    Map<String, Object> user(User user, FakeQueryString query) {
        Map<String, Object> body = object(
                "id",
                user.id(),
                "login",
                user.login(),
                "admin",
                user.admin(),
                "firstname",
                user.login(),
                "lastname",
                "Test",
                "created_on",
                SEEDED_ON,
                "updated_on",
                SEEDED_ON,
                "last_login_on",
                null,
                "passwd_changed_on",
                SEEDED_ON,
                "twofa_scheme",
                null,
                "api_key",
                user.key());
        if (query.includes("memberships")) {
            body.put("memberships", memberships(user));
        }
        return object("user", body);
    }

    /** Archived projects are left out. */
    private List<Map<String, Object>> memberships(User user) {
        return data.projects().stream()
                .filter(it -> !user.admin() && it.state() != Project.ARCHIVED && user.roleIn(it) != Role.NONE)
                .map(it -> object(
                        "id",
                        100 * it.id() + user.id(),
                        "project",
                        named(it.id(), it.name()),
                        "roles",
                        List.of(named(user.role().id(), user.role().name()))))
                .toList();
    }

    Map<String, Object> role(Role role) {
        return object(
                "role",
                object(
                        "id",
                        role.id(),
                        "name",
                        role.name(),
                        "assignable",
                        role.assignable(),
                        "issues_visibility",
                        data.setUp().seesPublicOnly(role) ? "default" : "all",
                        "time_entries_visibility",
                        "all",
                        "users_visibility",
                        "all",
                        "permissions",
                        role.permissions().stream()
                                .filter(it -> !data.setUp().lacks(role, it))
                                .toList()));
    }

    /** Only the active ones, by name. */
    Map<String, Object> projects(List<Project> projects, FakeQueryString query) {
        List<Map<String, Object>> all = projects.stream()
                .filter(it -> it.state() == Project.ACTIVE)
                .sorted(Comparator.comparing(Project::name))
                .map(it -> {
                    Map<String, Object> body = projectBody(it);
                    if (!data.since("5.1")) {
                        body.remove("homepage");
                    }
                    body.put("created_on", SEEDED_ON);
                    body.put("updated_on", SEEDED_ON);
                    return body;
                })
                .toList();
        return pageOf("projects", all, query);
    }

    /** Where the user may not view issues no tracker is shown, and since 6.1.4 no list of what is about issues. */
    Map<String, Object> project(Project project, FakeQueryString query, User user) {
        Map<String, Object> body = projectBody(project);
        boolean views = !data.setUp().lacks(user.roleIn(project), "view_issues");
        boolean ofIssues = views || !data.since("6.1.4");
        if (ofIssues && query.includes("trackers")) {
            body.put(
                    "trackers",
                    project.trackers().stream()
                            .filter(it -> views)
                            .map(it -> named(it.id(), it.name()))
                            .toList());
        }
        if (ofIssues && query.includes("issue_categories")) {
            body.put(
                    "issue_categories",
                    data.categories(project).stream()
                            .map(it -> named(it.id(), it.name()))
                            .toList());
        }
        if (query.includes("enabled_modules")) {
            body.put("enabled_modules", modules(project));
        }
        if (ofIssues && query.includes("issue_custom_fields")) {
            body.put("issue_custom_fields", customFields(project));
        }
        body.put("created_on", SEEDED_ON);
        body.put("updated_on", SEEDED_ON);
        return object("project", body);
    }

    private List<Map<String, Object>> modules(Project project) {
        return Stream.of(
                        project.tracking() ? named(1, "issue_tracking") : null,
                        named(2, "files"),
                        data.setUp().hasWiki(project) ? named(3, "wiki") : null)
                .filter(Objects::nonNull)
                .toList();
    }

    private static Map<String, Object> projectBody(Project project) {
        return object(
                "id",
                project.id(),
                "name",
                project.name(),
                "identifier",
                project.identifier(),
                "description",
                null,
                "homepage",
                "",
                "status",
                project.state(),
                "is_public",
                false,
                "inherit_members",
                false);
    }

    private static Map<String, Object> pageOf(String name, List<Map<String, Object>> all, FakeQueryString query) {
        int offset = Integer.parseInt(query.first("offset", "0"));
        int limit = Integer.parseInt(query.first("limit", "25"));
        List<Map<String, Object>> page = all.stream().skip(offset).limit(limit).toList();
        return object(name, page, "total_count", all.size(), "offset", offset, "limit", limit);
    }

    /** Before 5.1 Redmine leaves out here what is for all projects. */
    private List<Map<String, Object>> customFields(Project project) {
        return data.fieldsOf(project).stream()
                .filter(it -> data.since("5.1") || !data.fieldsOfAll().contains(it))
                .map(it -> named(it.id(), it.name()))
                .toList();
    }

    Map<String, Object> categories(Project project) {
        List<Map<String, Object>> categories = data.categories(project).stream()
                .map(it -> object("id", it.id(), "project", named(project.id(), project.name()), "name", it.name()))
                .toList();
        return object("issue_categories", categories, "total_count", categories.size());
    }

    Map<String, Object> trackers() {
        return object(
                "trackers",
                data.trackers.stream()
                        .map(it -> object(
                                "id",
                                it.id(),
                                "name",
                                it.name(),
                                "default_status",
                                named(1, "New"),
                                "description",
                                null,
                                "enabled_standard_fields",
                                standardFields()
                                        .filter(field -> !data.setUp().isDisabled(it.id(), field))
                                        .toList()))
                        .toList());
    }

    /** Since 5.1 a tracker can be without a priority, too. */
    private Stream<String> standardFields() {
        return Stream.concat(STANDARD_FIELDS.stream(), data.since("5.1") ? Stream.of("priority_id") : Stream.empty());
    }

    Map<String, Object> statuses() {
        return object("issue_statuses", data.statuses.stream().map(this::status).toList());
    }

    Map<String, Object> priorities() {
        return object(
                "issue_priorities",
                data.priorities.stream()
                        .map(it -> object(
                                "id",
                                it.id(),
                                "name",
                                it.name(),
                                "is_default",
                                it.name().equals("Normal"),
                                "active",
                                true))
                        .toList());
    }

    Map<String, Object> memberships(Project project, FakeQueryString query) {
        List<Map<String, Object>> members = new ArrayList<>();
        data.users().stream()
                .filter(it -> !it.admin() && it.roleIn(project) != Role.NONE)
                .forEach(it -> members.add(membership(project, it.id(), "user", named(it.id(), it.name()), it.role())));
        data.groups.forEach(it -> members.add(
                membership(project, it.id(), "group", named(it.id(), it.name()), FakeRedmineData.DEVELOPER)));
        return pageOf("memberships", members, query);
    }

    FakeIssue inWords(StoredIssue issue) {
        Status status = data.status(issue.number("status_id"));
        Map<String, String> customFields = new LinkedHashMap<>();
        data.fields().stream()
                .filter(it -> issue.customFields.get(it.id()) != null)
                .forEach(it -> customFields.put(it.name(), issue.customFields.get(it.id())));
        List<String> notes = issue.journals.stream()
                .map(Journal::notes)
                .filter(it -> !it.isEmpty())
                .toList();
        return new FakeIssue(
                issue.id,
                data.project(issue.number("project_id")).identifier(),
                data.tracker(issue.number("tracker_id")).name(),
                status.name(),
                status.closed(),
                data.priority(issue.number("priority_id")).orElseThrow().name(),
                issue.author.login(),
                login(issue.number("assigned_to_id")),
                category(issue).map(Named::name).orElse(null),
                issue.attributes.get("due_date"),
                issue.watchers.stream().map(this::login).toList(),
                issue.attributes.get("subject"),
                issue.attributes.get("description"),
                customFields,
                notes,
                issue.number("parent_id") == 0 ? null : issue.number("parent_id"),
                issue.relations.stream().map(it -> it.other(issue.id)).toList(),
                issue.attachments.stream()
                        .map(it -> new FakeIssue.Attachment(it.filename(), it.contentType(), it.size()))
                        .toList());
    }

    /** A group has no login: it is called by its name. */
    private String login(int id) {
        return data.user(id)
                .map(User::login)
                .or(() -> data.group(id).map(Named::name))
                .orElse(null);
    }

    private Optional<String> principal(int id) {
        return data.user(id).map(User::name).or(() -> data.group(id).map(Named::name));
    }

    private Optional<Named> category(StoredIssue issue) {
        return data.categories(data.project(issue.number("project_id"))).stream()
                .filter(it -> it.id() == issue.number("category_id"))
                .findFirst();
    }

    private Map<String, Object> issueBody(StoredIssue issue, User user) {
        Project project = data.project(issue.number("project_id"));
        Map<String, Object> body = object(
                "id",
                issue.id,
                "project",
                named(project.id(), project.name()),
                "tracker",
                named(
                        issue.number("tracker_id"),
                        data.tracker(issue.number("tracker_id")).name()),
                "status",
                status(data.status(issue.number("status_id"))),
                "priority",
                named(
                        issue.number("priority_id"),
                        data.priority(issue.number("priority_id")).orElseThrow().name()),
                "author",
                named(issue.author.id(), issue.author.name()));
        principal(issue.number("assigned_to_id"))
                .ifPresent(it -> body.put("assigned_to", named(issue.number("assigned_to_id"), it)));
        category(issue).ifPresent(it -> body.put("category", named(it.id(), it.name())));
        family.parent(issue).ifPresent(it -> body.put("parent", Map.of("id", it.id)));
        body.putAll(object(
                "subject",
                issue.attributes.get("subject"),
                "description",
                issue.attributes.get("description"),
                "start_date",
                issue.createdOn.toString().substring(0, 10),
                "due_date",
                issue.attributes.get("due_date"),
                "done_ratio",
                issue.number("done_ratio"),
                "is_private",
                issue.number("is_private") == 1,
                "estimated_hours",
                null,
                "total_estimated_hours",
                null,
                "custom_fields",
                data.fieldsOf(project, issue.number("tracker_id"), user).stream()
                        .map(it -> customField(it, issue))
                        .toList(),
                "created_on",
                time(issue.createdOn),
                "updated_on",
                time(issue.updatedOn),
                "closed_on",
                time(issue.closedOn)));
        return body;
    }

    Map<String, Object> relation(Relation relation) {
        return object("relation", relationBody(relation));
    }

    private static Map<String, Object> relationBody(Relation relation) {
        return object(
                "id",
                relation.id(),
                "issue_id",
                relation.issue(),
                "issue_to_id",
                relation.issueTo(),
                "relation_type",
                "relates",
                "delay",
                null);
    }

    Map<String, Object> wikiPage(FakeWiki.Page page, boolean withAttachments) {
        Map<String, Object> body = object(
                "title",
                page.title(),
                "text",
                page.text(),
                "version",
                page.version(),
                "author",
                named(page.author().id(), page.author().name()),
                "comments",
                page.comments(),
                "created_on",
                time(page.createdOn()),
                "updated_on",
                time(page.updatedOn()));
        if (withAttachments) {
            body.put(
                    "attachments",
                    page.attachments().stream().map(this::attachment).toList());
        }
        return object("wiki_page", body);
    }

    /** Without its address and that of its small picture: nobody of us follows them. */
    private Map<String, Object> attachment(Attachment attachment) {
        return object(
                "id",
                attachment.id(),
                "filename",
                attachment.filename(),
                "filesize",
                attachment.size(),
                "content_type",
                attachment.contentType(),
                "description",
                "",
                "author",
                named(attachment.author().id(), attachment.author().name()),
                "created_on",
                time(attachment.createdOn()));
    }

    private Map<String, Object> journal(Journal journal) {
        Map<String, Object> body = object(
                "id",
                journal.id(),
                "user",
                named(journal.user().id(), journal.user().name()),
                "notes",
                journal.notes(),
                "created_on",
                time(journal.createdOn()));
        if (data.since("6.0")) {
            body.put("updated_on", time(journal.createdOn()));
        }
        body.putAll(object("private_notes", false, "details", journal.details()));
        return body;
    }

    private Map<String, Object> status(Status status) {
        return object("id", status.id(), "name", status.name(), "is_closed", status.closed());
    }

    private static Map<String, Object> customField(Field field, StoredIssue issue) {
        String value = issue.customFields.get(field.id());
        return field.multiple()
                ? object(
                        "id",
                        field.id(),
                        "name",
                        field.name(),
                        "multiple",
                        true,
                        "value",
                        value == null ? List.of() : value.lines().toList())
                : object("id", field.id(), "name", field.name(), "value", value);
    }

    private static Map<String, Object> membership(
            Project project, int id, String kind, Map<String, Object> principal, Role role) {
        return object(
                "id",
                id,
                "project",
                named(project.id(), project.name()),
                kind,
                principal,
                "roles",
                List.of(named(role.id(), role.name())));
    }

    private static Map<String, Object> named(int id, String name) {
        return object("id", id, "name", name);
    }

    private static String time(Instant time) {
        return time == null ? null : time.toString();
    }

    private static Map<String, Object> object(Object... namesAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return object;
    }
}
