package dev.mackerelredmine.redmine;

import dev.mackerelredmine.redmine.NewIssue.CustomFieldValue;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** The names of an issue's optional fields: this program's own, and {@code cf_12} for a custom field, as in Redmine's queries. */
public final class IssueField {

    public static final String STATUS = "status";
    public static final String PRIORITY = "priority";
    public static final String ASSIGNEE = "assignee";
    public static final String CATEGORY = "category";
    public static final String DUE_DATE = "due-date";
    public static final String WATCHERS = "watcher";
    public static final String SUBJECT = "subject";
    public static final String GRAPH = "graph";
    public static final String PARENT = "parent";

    private static final String CUSTOM = "cf_";

    private IssueField() {}

    public static String custom(long number) {
        return CUSTOM + number;
    }

    /** The number of the custom field that has this name; empty for all that is no custom field. */
    public static OptionalLong numberOf(String field) {
        return field.startsWith(CUSTOM)
                ? OptionalLong.of(Long.parseLong(field.substring(CUSTOM.length())))
                : OptionalLong.empty();
    }

    static void put(Map<String, Object> fields, String name, Object value) {
        boolean isEmpty = value == null || value instanceof Collection<?> several && several.isEmpty();
        if (!isEmpty) {
            fields.put(name, value);
        }
    }

    static List<CustomFieldValue> without(List<CustomFieldValue> values, Set<String> fields) {
        return values.stream()
                .filter(field -> !fields.contains(custom(field.id())))
                .toList();
    }
}
