package dev.mackerelredmine.redmine;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An issue as Redmine shows it. What Redmine leaves out is null; lists are never null, but for the one below.
 *
 * @param parent the issue that it is a subtask of; null where it is none
 * @param author who made it; whose key that is
 * @param createdOn when it was made, by Redmine's clock, such as {@code 2026-11-29T09:00:00Z}: whole seconds
 * @param updatedOn when it was changed last, in the same way
 * @param allowedStatuses the statuses that the workflow lets us give it now; null where Redmine was not asked, or is older than 5.0
 * @param journals its changes and notes so far; empty where Redmine was not asked
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Issue(
        long id,
        Named project,
        Named tracker,
        Status status,
        Named priority,
        Named assignedTo,
        Named category,
        String dueDate,
        String subject,
        String description,
        List<CustomField> customFields,
        List<Status> allowedStatuses,
        List<Journal> journals,
        Named author,
        Parent parent,
        String createdOn,
        String updatedOn) {

    /** Of which nobody asks when it was made. */
    public Issue(
            long id,
            Named project,
            Named tracker,
            Status status,
            Named priority,
            Named assignedTo,
            Named category,
            String dueDate,
            String subject,
            String description,
            List<CustomField> customFields,
            List<Status> allowedStatuses,
            List<Journal> journals,
            Named author,
            String updatedOn) {
        this(
                id,
                project,
                tracker,
                status,
                priority,
                assignedTo,
                category,
                dueDate,
                subject,
                description,
                customFields,
                allowedStatuses,
                journals,
                author,
                null,
                null,
                updatedOn);
    }

    public Issue {
        allowedStatuses = allowedStatuses == null ? null : List.copyOf(allowedStatuses);
        journals = journals == null ? List.of() : List.copyOf(journals);
        customFields = customFields == null ? List.of() : List.copyOf(customFields);
    }

    /** Whether it may have been changed since it was made: Redmine's times are whole seconds. */
    @JsonIgnore
    public boolean isChanged() {
        return createdOn == null || !createdOn.equals(updatedOn);
    }

    @JsonIgnore
    public boolean isClosed() {
        return status != null && Boolean.TRUE.equals(status.isClosed());
    }

    /** Whether it is a subtask of this issue. */
    public boolean isUnder(long issue) {
        return parent != null && parent.id() == issue;
    }

    /**
     * The status of this name or number among those that the workflow lets us give it now, by its number.
     *
     * @param nameOrNumber null is the first one
     * @param closed whether it is one of the closed ones, or of the others
     */
    public Optional<Long> allowedStatus(String nameOrNumber, boolean closed) {
        List<Status> statuses = allowedStatuses == null ? List.of() : allowedStatuses;
        return statuses.stream()
                .filter(status -> Boolean.valueOf(closed).equals(status.isClosed()))
                .filter(status -> nameOrNumber == null
                        || nameOrNumber.equals(status.name())
                        || nameOrNumber.equals(String.valueOf(status.id())))
                .map(Status::id)
                .findFirst();
    }

    /**
     * What one of its fields is as its author left it, where another has changed it since; as its journals say.
     *
     * @param property as {@link Detail} has it
     * @param now what it is
     */
    public String asItsAuthorLeftIt(String property, String name, String now) {
        String left = now;
        boolean isFirst = true;
        for (Journal journal : inOrder()) {
            Optional<Detail> change = journal.change(property, name);
            if (change.isPresent()) {
                left = isFirst ? text(change.get().oldValue()) : left;
                left = author != null && author.equals(journal.user())
                        ? text(change.get().newValue())
                        : left;
                isFirst = false;
            }
        }
        return left;
    }

    private List<Journal> inOrder() {
        return journals.stream().sorted(Comparator.comparingLong(Journal::id)).toList();
    }

    private static String text(Object value) {
        return value == null || value.equals("") ? null : value.toString();
    }

    /** Whether one of its notes holds this text. */
    public boolean hasNote(String text) {
        return journals.stream().map(Journal::notes).anyMatch(notes -> notes != null && notes.contains(text));
    }

    /** Whether the issue has this custom field, and nothing in it. */
    public boolean isEmpty(long field) {
        return customFields.stream()
                .filter(each -> each.id() == field)
                .anyMatch(each -> each.value() == null
                        || each.value().equals("")
                        || each.value() instanceof List<?> values && values.isEmpty());
    }

    /** Whatever Redmine gives by number and name: a project, a tracker, a priority, a user, a group, a category. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Named(long id, String name) {
        @Override
        public String toString() {
            return id + " (" + name + ")";
        }
    }

    /** An issue that another is a subtask of; Redmine shows its number alone. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Parent(long id) {
        @Override
        public String toString() {
            return "#" + id;
        }
    }

    /** A status; whether it is a closed one is null in Redmines older than 5.0. */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Status(long id, String name, Boolean isClosed) {
        @Override
        public String toString() {
            return id + " (" + name + ")";
        }
    }

    /** When it was changed last, by Redmine's clock; the beginning of time where that is not shown. */
    public Instant updatedAt() {
        return updatedOn == null ? Instant.EPOCH : Instant.parse(updatedOn);
    }

    /**
     * One entry of the issue's history. Notes are empty or null where only fields were changed.
     *
     * @param user who did it; null where that is not shown
     * @param createdOn by Redmine's clock, in whole seconds
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Journal(long id, String notes, List<Detail> details, Named user, String createdOn) {

        /** Of which nobody asks whose it is. */
        public Journal(long id, String notes, List<Detail> details) {
            this(id, notes, details, null, null);
        }

        public Journal {
            details = details == null ? List.of() : List.copyOf(details);
        }

        public boolean hasNotes() {
            return notes != null && !notes.isBlank();
        }

        /** How this attribute of Redmine's own, such as {@code status_id}, was changed with it. */
        public Optional<Detail> change(String attribute) {
            return change("attr", attribute);
        }

        private Optional<Detail> change(String property, String name) {
            return details.stream()
                    .filter(detail -> property.equals(detail.property()) && name.equals(detail.name()))
                    .findFirst();
        }

        /** Whether the field of this name of {@link IssueField} was changed with it. */
        boolean changes(String field) {
            return details.stream().anyMatch(detail -> field.equals(detail.field()));
        }
    }

    /**
     * A field that was changed: property is attr for Redmine's own, and cf for a custom one, whose number is then the name. Values are texts, also
     * where they are numbers; null or empty is none. Of some custom fields they are lists.
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Detail(String property, String name, Object oldValue, Object newValue) {

        /** Of which nobody asks for the values. */
        public Detail(String property, String name) {
            this(property, name, null, null);
        }

        /** The number that it was before, or null. */
        public Long before() {
            return number(oldValue);
        }

        /** The number that it is since, or null. */
        public Long after() {
            return number(newValue);
        }

        private static Long number(Object value) {
            String text = value == null ? "" : value.toString();
            return text.matches("\\d{1,18}") ? Long.valueOf(text) : null;
        }

        String field() {
            if ("cf".equals(property)) {
                return "cf_" + name;
            }
            return switch (name) {
                case "status_id" -> IssueField.STATUS;
                case "priority_id" -> IssueField.PRIORITY;
                case "assigned_to_id" -> IssueField.ASSIGNEE;
                case "category_id" -> IssueField.CATEGORY;
                case "due_date" -> IssueField.DUE_DATE;
                case "parent_id" -> IssueField.PARENT;
                default -> name;
            };
        }
    }

    /** A custom field with its value: a text, or a list of texts where the field takes several. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record CustomField(long id, String name, Object value) {}

    /** The value of a custom field, or null where the issue does not have it. */
    public Object customField(long id) {
        return customFields.stream()
                .filter(field -> field.id() == id)
                .map(CustomField::value)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
