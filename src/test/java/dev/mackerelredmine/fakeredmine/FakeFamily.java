package dev.mackerelredmine.fakeredmine;

import dev.mackerelredmine.fakeredmine.FakeRedmineData.Named;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Which issue is a subtask of which, and what a parent has of its subtasks: its priority, its due date and how far it is done. */
final class FakeFamily {

    private static final String PARENT = "parent_id";

    private final FakeRedmineData data;
    private final Map<Integer, StoredIssue> issues;

    FakeFamily(FakeRedmineData data, Map<Integer, StoredIssue> issues) {
        this.data = data;
        this.issues = issues;
    }

    Optional<StoredIssue> issue(int number) {
        return Optional.ofNullable(issues.get(number));
    }

    Optional<StoredIssue> parent(StoredIssue issue) {
        return issue(issue.number(PARENT));
    }

    List<StoredIssue> children(StoredIssue issue) {
        return issues.values().stream()
                .filter(it -> it.number(PARENT) == issue.id)
                .toList();
    }

    boolean isParent(StoredIssue issue) {
        return !children(issue).isEmpty();
    }

    /** The children, and theirs. */
    List<StoredIssue> descendants(StoredIssue issue) {
        List<StoredIssue> all = new ArrayList<>();
        for (StoredIssue child : children(issue)) {
            all.add(child);
            all.addAll(descendants(child));
        }
        return all;
    }

    boolean isWithin(StoredIssue issue, StoredIssue ancestor) {
        return descendants(ancestor).stream().anyMatch(it -> it.id == issue.id);
    }

    /** Whether it may be closed, or opened, as far as its subtasks and its parents are concerned. */
    boolean lets(StoredIssue issue, boolean closed) {
        return closed
                ? descendants(issue).stream().allMatch(this::isClosed)
                : parent(issue).stream().noneMatch(it -> isClosed(it) || !lets(it, false));
    }

    boolean isClosed(StoredIssue issue) {
        return data.status(issue.number("status_id")).closed();
    }

    /** After a change of one of its subtasks; nobody's journal tells of it. */
    void derive(StoredIssue parent, Instant now) {
        List<StoredIssue> children = children(parent);
        if (children.isEmpty()) {
            return;
        }
        String dueDate = children.stream()
                .map(it -> it.attributes.get("due_date"))
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
        int done = children.stream()
                        .mapToInt(it -> isClosed(it) ? 100 : it.number("done_ratio"))
                        .sum()
                / children.size();
        boolean isChanged = put(parent, "priority_id", "" + highest(children))
                | put(parent, "due_date", dueDate)
                | put(parent, "done_ratio", "" + done);
        if (isChanged) {
            parent.updatedOn = now;
        }
        parent(parent).ifPresent(it -> derive(it, now));
    }

    /** Of the open ones; where none is open the default. */
    private int highest(Collection<StoredIssue> children) {
        List<Integer> order = data.priorities.stream().map(Named::id).toList();
        return children.stream()
                .filter(it -> !isClosed(it))
                .map(it -> it.number("priority_id"))
                .max(Comparator.comparing(order::indexOf))
                .orElse(FakeIssueForm.NORMAL);
    }

    private static boolean put(StoredIssue issue, String attribute, String value) {
        return !Objects.equals(issue.attributes.put(attribute, value), value);
    }
}
