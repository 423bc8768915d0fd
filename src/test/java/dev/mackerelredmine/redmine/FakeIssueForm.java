package dev.mackerelredmine.redmine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mackerelredmine.redmine.FakeRedmineData.Field;
import dev.mackerelredmine.redmine.FakeRedmineData.Project;
import dev.mackerelredmine.redmine.FakeRedmineData.Role;
import dev.mackerelredmine.redmine.FakeRedmineData.User;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes what was asked into an issue as Redmine does: some of it is refused with an error, much of it is silently left out. */
final class FakeIssueForm {

    private static final String NEW = "1";
    private static final String NORMAL = "22";
    private static final Pattern LEADING_NUMBER = Pattern.compile("\\s*(\\d{1,9}).*", Pattern.DOTALL);
    private static final Set<String> NOT_PLAYED = Set.of(
            "start_date",
            "parent_issue_id",
            "fixed_version_id",
            "is_private",
            "private_notes",
            "estimated_hours",
            "done_ratio",
            "lock_version");

    private final FakeRedmineData data;
    private final StoredIssue issue;
    private final Role role;
    private final List<String> errors = new ArrayList<>();

    FakeIssueForm(FakeRedmineData data, StoredIssue issue, Role role) {
        this.data = data;
        this.issue = issue;
        this.role = role;
    }

    List<String> errors() {
        return errors;
    }

    void open(Project project, JsonNode asked) {
        issue.attributes.put("project_id", "" + project.id());
        issue.attributes.put("tracker_id", "" + project.trackers().get(0).id());
        issue.attributes.put("subject", null);
        issue.attributes.put("description", null);
        issue.attributes.put("status_id", NEW);
        issue.attributes.put("assigned_to_id", null);
        issue.attributes.put("priority_id", NORMAL);
        write(asked);
        writeWatchers(asked.path("watcher_user_ids"));
    }

    /** Only an administrator moves issues here: nobody else needs to. */
    void change(JsonNode asked) {
        if (asked.has("watcher_user_ids")) {
            throw new UnsupportedOperationException("watcher_user_ids");
        }
        if (asked.has("project_id") && role == Role.ADMIN) {
            data.project(asked.path("project_id").asText())
                    .ifPresent(it -> issue.attributes.put("project_id", "" + it.id()));
        }
        write(asked);
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
        writeCustomFields(asked.path("custom_fields"));
        checkSubject();
        data.fieldsOf(project()).forEach(this::checkField);
    }

    private void writeTracker(JsonNode asked) {
        project()
                .tracker(number(asked.get("tracker_id")))
                .ifPresent(it -> issue.attributes.put("tracker_id", "" + it.id()));
    }

    private void writeStatus(JsonNode asked) {
        int status = number(asked.get("status_id"));
        if (role.workflow() && data.statuses.stream().anyMatch(it -> it.id() == status)) {
            issue.attributes.put("status_id", "" + status);
        }
    }

    private void writeText(JsonNode asked, String attribute, String value) {
        if (asked.has(attribute)) {
            issue.attributes.put(attribute, value);
        }
    }

    private void writeAssignee(JsonNode asked) {
        if (!asked.has("assigned_to_id")) {
            return;
        }
        String value = text(asked.get("assigned_to_id"));
        if (value == null || value.isBlank()) {
            issue.attributes.put("assigned_to_id", null);
            return;
        }
        int assignee = number(asked.get("assigned_to_id"));
        if (data.user(assignee).filter(this::assignable).isPresent()
                || data.assignsToGroups && data.group(assignee).isPresent()) {
            issue.attributes.put("assigned_to_id", "" + assignee);
        } else {
            errors.add("Assignee is invalid");
        }
    }

    private boolean assignable(User user) {
        return user == issue.author || user.roleIn(project()).assignable();
    }

    private void writePriority(JsonNode asked) {
        if (asked.has("priority_id")) {
            data.priority(number(asked.get("priority_id")))
                    .ifPresentOrElse(
                            it -> issue.attributes.put("priority_id", "" + it.id()),
                            () -> errors.add("Priority cannot be blank"));
        }
    }

    private void writeCategory(JsonNode asked) {
        if (asked.has("category_id")) {
            data.categories(project()).stream()
                    .filter(it -> it.id() == number(asked.get("category_id")))
                    .findFirst()
                    .ifPresentOrElse(
                            it -> issue.attributes.put("category_id", "" + it.id()),
                            () -> errors.add("Category is not included in the list"));
        }
    }

    private void writeDueDate(JsonNode asked) {
        if (!asked.has("due_date")) {
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

    /** Whoever it is: members or not. */
    private void writeWatchers(JsonNode asked) {
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
            field(number(value.get("id"))).ifPresent(it -> issue.customFields.put(it.id(), text(value.get("value"))));
        }
    }

    private Optional<Field> field(int id) {
        return data.fieldsOf(project()).stream().filter(it -> it.id() == id).findFirst();
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
        if (value == null || value.isBlank()) {
            if (field.required()) {
                errors.add(field.name() + " cannot be blank");
            }
        } else if (!field.values().isEmpty() && !field.values().contains(value)) {
            errors.add(field.name() + " is not included in the list");
        } else if (field.maxLength() > 0 && length(value) > field.maxLength()) {
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
