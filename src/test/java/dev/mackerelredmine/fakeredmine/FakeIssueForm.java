package dev.mackerelredmine.fakeredmine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mackerelredmine.fakeredmine.FakeRedmineData.Field;
import dev.mackerelredmine.fakeredmine.FakeRedmineData.Named;
import dev.mackerelredmine.fakeredmine.FakeRedmineData.Project;
import dev.mackerelredmine.fakeredmine.FakeRedmineData.Role;
import dev.mackerelredmine.fakeredmine.FakeRedmineData.User;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes what was asked into an issue as Redmine does: some of it is refused with an error, much of it is silently left out. */
final class FakeIssueForm {

    private static final String NEW = "1";
    static final int NORMAL = 22;
    private static final Pattern PARENT = Pattern.compile("\\s*#?(\\d{1,9})\\s*");
    private static final Pattern LEADING_NUMBER = Pattern.compile("\\s*(\\d{1,9}).*", Pattern.DOTALL);
    private static final Set<String> NOT_PLAYED =
            Set.of("start_date", "fixed_version_id", "private_notes", "estimated_hours", "done_ratio");

    private static final Map<String, String> REQUIRABLE = Map.of(
            "assigned_to_id", "Assignee",
            "category_id", "Category",
            "description", "Description",
            "due_date", "Due date");

    private final FakeRedmineData data;
    private final FakeFamily family;
    private final StoredIssue issue;
    private final User user;
    private final Role role;
    private final List<String> errors = new ArrayList<>();

    FakeIssueForm(FakeRedmineData data, FakeFamily family, StoredIssue issue, User user, Role role) {
        this.data = data;
        this.family = family;
        this.issue = issue;
        this.user = user;
        this.role = role;
    }

    List<String> errors() {
        return errors;
    }

    void open(Project project, JsonNode asked) {
        issue.attributes.put("project_id", "" + project.id());
        issue.attributes.put("tracker_id", "" + trackersToAdd(project).get(0).id());
        issue.attributes.put("subject", null);
        issue.attributes.put("description", null);
        issue.attributes.put("status_id", NEW);
        issue.attributes.put("assigned_to_id", null);
        issue.attributes.put("priority_id", "" + NORMAL);
        write(asked);
        assignOtherwise();
        writeWatchers(asked.path("watcher_user_ids"));
        check(true);
    }

    /** Of a project's trackers those in which the user may make issues. */
    List<Named> trackersToAdd(Project project) {
        return project.trackers().stream()
                .filter(it -> data.setUp().allows(role, "add_issues", it.id()))
                .toList();
    }

    /** Whether the change is of a version that the issue never had; another one is not played. */
    static boolean isStale(JsonNode asked) {
        if (asked.has("lock_version") && asked.path("lock_version").asInt() >= 0) {
            throw new UnsupportedOperationException("lock_version");
        }
        return asked.has("lock_version");
    }

    /** Only an administrator moves issues here: nobody else needs to. */
    void change(JsonNode asked) {
        if (asked.has("watcher_user_ids")) {
            throw new UnsupportedOperationException("watcher_user_ids");
        }
        if (asked.has("project_id") && role == Role.ADMIN) {
            data.project(asked.path("project_id").asText()).ifPresent(this::moveTo);
        }
        if (asked.has("is_private") && user.admin()) {
            issue.attributes.put("is_private", asked.path("is_private").asBoolean() ? "1" : null);
        }
        write(asked);
        check(!asked.path("custom_fields").isEmpty());
    }

    /** Away from a parent that is elsewhere. */
    private void moveTo(Project project) {
        issue.attributes.put("project_id", "" + project.id());
        family.parent(issue)
                .filter(it -> it.number("project_id") != project.id())
                .ifPresent(it -> issue.attributes.put("parent_id", null));
    }

    /** A change of nothing, which the workflow's rules concern all the same. */
    void leave() {
        check(false);
    }

    private void write(JsonNode asked) {
        NOT_PLAYED.stream().filter(asked::has).findFirst().ifPresent(it -> {
            throw new UnsupportedOperationException(it);
        });
        writeTracker(asked);
        writeStatus(asked);
        writeText(asked, "subject", text(asked.get("subject")));
        writeText(asked, "description", withCrLf(text(asked.get("description"))));
        writeAssignee(asked);
        writePriority(asked);
        writeCategory(asked);
        writeDueDate(asked);
        writeParent(asked);
        writeCustomFields(asked.path("custom_fields"));
    }

    /** Custom fields are looked at when the issue is new, or when any of them was asked for. */
    private void check(boolean customFields) {
        checkSubject();
        if (customFields) {
            editableFields().forEach(this::checkField);
        }
        REQUIRABLE.forEach((attribute, name) -> {
            boolean answerable = !attribute.equals("category_id")
                    || !data.categories(project()).isEmpty();
            if (hasRule(attribute, "required")
                    && isBlank(issue.attributes.get(attribute))
                    && answerable
                    && !data.setUp().isDisabled(tracker(), attribute)) {
                errors.add(name + " cannot be blank");
            }
        });
        fields().stream()
                .filter(it -> hasRule("" + it.id(), "required") && isBlank(issue.customFields.get(it.id())))
                .forEach(it -> errors.add(it.name() + " cannot be blank"));
    }

    private boolean isAsked(JsonNode asked, String attribute) {
        return asked.has(attribute)
                && !hasRule(attribute, "readonly")
                && !data.setUp().isDisabled(tracker(), attribute);
    }

    private boolean hasRule(String field, String rule) {
        return data.setUp()
                .rule(role, tracker(), issue.number("status_id"), field)
                .equals(rule);
    }

    private int tracker() {
        return issue.number("tracker_id");
    }

    private static boolean isBlank(String value) {
        return value == null || value.isBlank();
    }

    private void writeTracker(JsonNode asked) {
        int tracker = number(asked.get("tracker_id"));
        trackersToAdd(project()).stream()
                .filter(it -> it.id() == tracker)
                .forEach(it -> issue.attributes.put("tracker_id", "" + it.id()));
    }

    private void writeStatus(JsonNode asked) {
        int status = number(asked.get("status_id"));
        if (data.statuses.stream().anyMatch(it -> it.id() == status)
                && data.setUp().allowsStatus(role, tracker(), status)
                && family.lets(issue, data.status(status).closed())) {
            issue.attributes.put("status_id", "" + status);
        }
    }

    private void writeText(JsonNode asked, String attribute, String value) {
        if (isAsked(asked, attribute)) {
            issue.attributes.put(attribute, value);
        }
    }

    private void writeAssignee(JsonNode asked) {
        if (!isAsked(asked, "assigned_to_id")) {
            return;
        }
        String value = text(asked.get("assigned_to_id"));
        if (value == null || value.isBlank()) {
            issue.attributes.put("assigned_to_id", null);
            return;
        }
        assign(number(asked.get("assigned_to_id")));
    }

    /** Who has the issue already keeps it, whatever became of them. */
    private void assign(int assignee) {
        if (assignee > 0 && assignee == issue.number("assigned_to_id")
                || data.user(assignee).filter(this::assignable).isPresent()
                || data.assignsToGroups() && data.group(assignee).isPresent()) {
            issue.attributes.put("assigned_to_id", "" + assignee);
        } else {
            errors.add("Assignee is invalid");
        }
    }

    /** To nobody since 6.1.5 where that person cannot have it; before, it is refused. */
    private void assignOtherwise() {
        String login = data.setUp().assigneeOtherwise(project(), issue.attributes.get("category_id") != null);
        if (login == null || issue.attributes.get("assigned_to_id") != null) {
            return;
        }
        User otherwise = data.user(login).orElseThrow();
        if (!data.since("6.1.5") || assignable(otherwise)) {
            assign(otherwise.id());
        }
    }

    private boolean assignable(User candidate) {
        return !candidate.locked()
                && (candidate.id() == issue.author.id()
                        || data.setUp().of(candidate.roleIn(project())).assignable());
    }

    private void writePriority(JsonNode asked) {
        boolean isDefault = data.since("5.1") && "".equals(text(asked.get("priority_id")));
        if (isAsked(asked, "priority_id") && !isDefault && !family.isParent(issue)) {
            data.priority(number(asked.get("priority_id")))
                    .ifPresentOrElse(
                            it -> issue.attributes.put("priority_id", "" + it.id()),
                            () -> errors.add("Priority cannot be blank"));
        }
    }

    private void writeCategory(JsonNode asked) {
        if (isAsked(asked, "category_id")) {
            data.categories(project()).stream()
                    .filter(it -> it.id() == number(asked.get("category_id")))
                    .findFirst()
                    .ifPresentOrElse(
                            it -> issue.attributes.put("category_id", "" + it.id()),
                            () -> errors.add("Category is not included in the list"));
        }
    }

    private void writeDueDate(JsonNode asked) {
        if (!isAsked(asked, "due_date") || family.isParent(issue)) {
            return;
        }
        try {
            LocalDate date = LocalDate.parse(asked.get("due_date").asText());
            issue.attributes.put("due_date", date.toString());
            if (date.isBefore(LocalDate.ofInstant(issue.createdOn, ZoneOffset.UTC))) {
                errors.add("Due date must be greater than start date");
            }
        } catch (DateTimeParseException e) {
            errors.add("Due date is not a valid date");
        }
    }

    /** Dropped silently where the role may not manage subtasks. */
    private void writeParent(JsonNode asked) {
        if (!isAsked(asked, "parent_issue_id") || !data.setUp().allowsSubtasks(role)) {
            return;
        }
        String value = text(asked.get("parent_issue_id"));
        if (isBlank(value)) {
            issue.attributes.put("parent_id", null);
            return;
        }
        Matcher number = PARENT.matcher(value);
        Optional<StoredIssue> parent =
                number.matches() ? family.issue(Integer.parseInt(number.group(1))) : Optional.empty();
        if (parent.filter(this::canBeParent).isEmpty()) {
            errors.add("Parent task is invalid");
        } else if (family.isClosed(parent.get()) && !family.isClosed(issue)) {
            errors.add("An open issue cannot be attached to a closed parent task");
        } else {
            issue.attributes.put("parent_id", "" + parent.get().id);
        }
    }

    /** One of the same project, because none of ours is within another. */
    private boolean canBeParent(StoredIssue parent) {
        return parent.number("project_id") == issue.number("project_id")
                && parent.id != issue.id
                && !family.isWithin(parent, issue);
    }

    /** Whoever it is: members or not; since 5.1 the author, too. */
    private void writeWatchers(JsonNode asked) {
        if (data.since("5.1")) {
            issue.watchers.add(user.id());
        }
        for (JsonNode watcher : asked) {
            if (data.user(watcher.asInt()).filter(User::locked).isPresent()) {
                errors.add("Watchers is invalid");
            } else if (!issue.watchers.contains(watcher.asInt())) {
                issue.watchers.add(watcher.asInt());
            }
        }
    }

    private void writeCustomFields(JsonNode values) {
        for (JsonNode value : values) {
            editableFields().stream()
                    .filter(it -> it.id() == number(value.get("id")))
                    .forEach(it -> issue.customFields.put(it.id(), values(value.get("value"))));
        }
    }

    /** What stands in a list of values is kept one a line. */
    private static String values(JsonNode value) {
        if (value == null || !value.isArray()) {
            return text(value);
        }
        List<String> values = new ArrayList<>();
        value.forEach(it -> values.add(it.asText()));
        return String.join("\n", values);
    }

    private List<Field> editableFields() {
        return fields().stream()
                .filter(it -> !hasRule("" + it.id(), "readonly"))
                .toList();
    }

    private List<Field> fields() {
        return data.fieldsOf(project(), tracker(), user);
    }

    private void checkSubject() {
        String subject = issue.attributes.get("subject");
        if (subject == null || subject.isBlank()) {
            errors.add("Subject cannot be blank");
        } else if (length(subject) > 255) {
            errors.add("Subject is too long (maximum is 255 characters)");
        }
    }

    private void checkField(Field field) {
        String value = issue.customFields.get(field.id());
        if (isBlank(value)) {
            if (field.required()) {
                errors.add(field.name() + " cannot be blank");
            }
        } else if (!field.values().isEmpty()) {
            if (!field.values().containsAll(value.lines().toList())) {
                errors.add(field.name() + " is not included in the list");
            }
        } else {
            checkText(field, value);
        }
    }

    private void checkText(Field field, String value) {
        if (!field.pattern().isEmpty()
                && !Pattern.compile(field.pattern()).matcher(value).find()) {
            errors.add(field.name() + " is invalid");
        }
        if (length(value) < field.minLength()) {
            errors.add(field.name() + " is too short (minimum is " + field.minLength() + " characters)");
        }
        if (field.maxLength() > 0 && length(value) > field.maxLength()) {
            errors.add(field.name() + " is too long (maximum is " + field.maxLength() + " characters)");
        }
    }

    private Project project() {
        return data.project(issue.number("project_id"));
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** The number that the value begins with, as ruby reads it: a name is 0, which is nobody's id. */
    private static int number(JsonNode value) {
        Matcher digits = LEADING_NUMBER.matcher(value == null ? "" : value.asText());
        return digits.matches() ? Integer.parseInt(digits.group(1)) : 0;
    }

    private static String text(JsonNode value) {
        return value == null || value.isNull() ? null : value.asText();
    }

    private static String withCrLf(String text) {
        return text == null ? null : text.replaceAll("\\r\\n?|\\n", "\r\n");
    }
}
