package dev.mackerelredmine.fakeredmine;

import dev.mackerelredmine.fakeredmine.FakeRedmineData.Field;
import dev.mackerelredmine.fakeredmine.FakeRedmineData.Project;
import dev.mackerelredmine.fakeredmine.FakeRedmineData.User;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The filters of GET /issues.json. A filter that Redmine does not offer is left out silently, and then everything matches. */
final class FakeIssueQuery {

    private record Filter(String field, String operator, List<String> values) {}

    /** In the order in which Redmine looks for them at the beginning of a value in the short form. */
    private static final List<String> TEXT_OPERATORS = List.of("~", "^", "=", "*", "$", "!~", "!*", "!");

    private static final List<String> LIST_OPERATORS = List.of("=", "*", "!*", "!");
    private static final List<String> STATUS_OPERATORS = List.of("o", "c", "=", "*", "!");
    private static final List<String> TIME_OPERATORS = List.of("><", ">=", "<=");
    private static final List<String> TIMES = List.of("created_on", "updated_on", "closed_on");
    private static final List<String> WITHOUT_VALUE = List.of("o", "c", "*", "!*");
    private static final Set<String> NOT_PLAYED =
            Set.of("project_id", "start_date", "due_date", "watcher_id", "query_id", "attachment", "relates");
    private static final Duration A_DAY = Duration.ofDays(1);
    private static final Pattern WORD = Pattern.compile("(?:\\s|^)\"[^\"]+\"(?:\\s|$)|\\S+");
    private static final Pattern KANJI = Pattern.compile(".*\\p{IsHan}.*", Pattern.DOTALL);

    private final FakeQueryString query;
    private final User user;
    private final FakeRedmineData data;
    private final List<Field> fields;
    private final Map<String, Filter> filters = new LinkedHashMap<>();
    private final Set<Integer> parents = new HashSet<>();

    /** In all projects. */
    FakeIssueQuery(FakeQueryString query, FakeRedmineData data, User user) {
        this(query, data, user, data.fields());
    }

    /** In one project, where what another has of its own is no filter. */
    FakeIssueQuery(FakeQueryString query, FakeRedmineData data, User user, Project project) {
        this(query, data, user, data.fieldsOf(project));
    }

    private FakeIssueQuery(FakeQueryString query, FakeRedmineData data, User user, List<Field> fields) {
        this.query = query;
        this.user = user;
        this.data = data;
        this.fields = fields.stream().filter(it -> data.setUp().shows(user, it)).toList();
        if (query.names().contains("f[]")) {
            query.all("f[]").forEach(this::addLongForm);
        } else {
            add("status_id", "o", List.of(""));
            query.names().forEach(this::addShortForm);
        }
    }

    List<String> errors() {
        return filters.values().stream()
                .filter(it -> !WITHOUT_VALUE.contains(it.operator()))
                .filter(it -> it.values().isEmpty() || it.values().get(0).isBlank())
                .map(it -> label(it.field()) + " cannot be blank")
                .toList();
    }

    List<StoredIssue> matching(List<StoredIssue> issues) {
        String sort = query.first("sort", "");
        Comparator<StoredIssue> oldestFirst = Comparator.comparing(it -> it.id);
        if (sort.startsWith("updated_on")) {
            oldestFirst = Comparator.<StoredIssue, Instant>comparing(it -> it.updatedOn)
                    .thenComparing(it -> it.id);
        } else if (sort.equals("closed_on")) {
            oldestFirst = Comparator.<StoredIssue, Instant>comparing(
                            it -> it.closedOn, Comparator.nullsFirst(Comparator.naturalOrder()))
                    .thenComparing(it -> it.id);
        }
        boolean ascending = List.of("id", "id:asc", "created_on", "created_on:asc", "updated_on", "closed_on")
                .contains(sort);
        issues.stream().map(it -> it.number("parent_id")).forEach(parents::add);
        return issues.stream()
                .filter(issue -> filters.values().stream().allMatch(it -> matches(it, issue)))
                .sorted(ascending ? oldestFirst : oldestFirst.reversed())
                .toList();
    }

    int limit() {
        int limit = Integer.parseInt(query.first("limit", "25"));
        return limit < 1 ? 25 : Math.min(limit, 100);
    }

    int offset() {
        return Integer.parseInt(query.first("offset", "0"));
    }

    private void addLongForm(String field) {
        List<String> values = query.all("v[" + field + "][]");
        add(field, query.first("op[" + field + "]", "="), values.isEmpty() ? List.of("") : values);
    }

    private void addShortForm(String field) {
        String value = query.first(field, "");
        String operator = operatorsOf(field).stream()
                .filter(value::startsWith)
                .findFirst()
                .orElse("");
        String rest = value.substring(operator.length());
        add(field, operator.isEmpty() ? "=" : operator, List.of(rest.split("\\|")));
    }

    private void add(String field, String operator, List<String> values) {
        if (NOT_PLAYED.contains(field)) {
            throw new UnsupportedOperationException("filter " + field);
        }
        if (available(field)) {
            filters.put(field, new Filter(field, operator, meant(field, values)));
        }
    }

    /** Several issues have commas between, and whoever asks may call himself me. */
    private List<String> meant(String field, List<String> values) {
        if (field.equals("issue_id")) {
            return values.stream().flatMap(it -> Stream.of(it.split(","))).toList();
        }
        return field.equals("author_id") || field.equals("last_updated_by")
                ? values.stream()
                        .map(it -> it.equals("me") ? "" + user.id() : it)
                        .toList()
                : values;
    }

    private boolean available(String field) {
        return attributeOrNull(field) != null
                || fields.stream().anyMatch(it -> it.filter() && field.equals("cf_" + it.id()));
    }

    private String label(String field) {
        String attribute = attributeOrNull(field);
        return attribute != null
                ? attribute
                : data.fields().stream()
                        .filter(it -> field.equals("cf_" + it.id()))
                        .findFirst()
                        .orElseThrow()
                        .name();
    }

    private static String attributeOrNull(String field) {
        return switch (field) {
            case "status_id" -> "Status";
            case "tracker_id" -> "Tracker";
            case "priority_id" -> "Priority";
            case "assigned_to_id" -> "Assignee";
            case "subject" -> "Subject";
            case "description" -> "Description";
            case "author_id" -> "Author";
            case "last_updated_by" -> "Last updated by";
            case "updated_on" -> "Updated";
            case "created_on" -> "Created";
            case "closed_on" -> "Closed";
            case "category_id" -> "Category";
            case "issue_id" -> "Issue";
            case "parent_id" -> "Parent task";
            case "child_id" -> "Subtasks";
            default -> null;
        };
    }

    private List<String> operatorsOf(String field) {
        if (field.equals("status_id")) {
            return STATUS_OPERATORS;
        }
        if (TIMES.contains(field)) {
            return TIME_OPERATORS;
        }
        boolean list = field.endsWith("_id")
                || field.equals("last_updated_by")
                || data.fields().stream()
                        .anyMatch(it ->
                                field.equals("cf_" + it.id()) && !it.values().isEmpty());
        return list ? LIST_OPERATORS : TEXT_OPERATORS;
    }

    private boolean matches(Filter filter, StoredIssue issue) {
        String field = filter.field();
        if (TIMES.contains(field)) {
            return matches(filter, time(field, issue));
        }
        String value = value(field, issue);
        String actual = value == null ? "" : value;
        String asked = filter.values().get(0);
        return switch (filter.operator()) {
            case "=" -> filter.values().contains(actual) || actual.lines().anyMatch(filter.values()::contains);
            case "!" -> !filter.values().contains(actual);
            case "~" -> words(asked).allMatch(it -> lower(actual).contains(lower(it)));
            case "!~" -> words(asked).noneMatch(it -> lower(actual).contains(lower(it)));
            case "^" -> lower(actual).startsWith(lower(asked));
            case "$" -> lower(actual).endsWith(lower(asked));
            case "*" -> field.equals("status_id") || !actual.isEmpty();
            case "!*" -> actual.isEmpty();
            case "o" -> !data.status(issue.number("status_id")).closed();
            case "c" -> data.status(issue.number("status_id")).closed();
            default -> throw new UnsupportedOperationException("operator " + filter.operator());
        };
    }

    private static Instant time(String field, StoredIssue issue) {
        return switch (field) {
            case "created_on" -> issue.createdOn;
            case "closed_on" -> issue.closedOn;
            default -> issue.updatedOn;
        };
    }

    private static boolean matches(Filter filter, Instant actual) {
        Instant first = begin(filter.values().get(0));
        return switch (filter.operator()) {
            case ">=" -> actual != null && !actual.isBefore(first);
            case "<=" -> actual != null && actual.isBefore(first.plus(A_DAY));
            case "><" ->
                actual != null
                        && !actual.isBefore(first)
                        && actual.isBefore(begin(filter.values().get(1)).plus(A_DAY));
            default -> throw new UnsupportedOperationException("operator " + filter.operator());
        };
    }

    /** A time, or a day. */
    private static Instant begin(String asked) {
        return asked.contains("T")
                ? Instant.parse(asked)
                : LocalDate.parse(asked).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private String value(String field, StoredIssue issue) {
        return switch (field) {
            case "author_id" -> "" + issue.author.id();
            case "issue_id" -> "" + issue.id;
            case "parent_id" -> issue.number("parent_id") == 0 ? null : "" + issue.number("parent_id");
            case "child_id" -> parents.contains(issue.id) ? "some" : null;
            case "last_updated_by" ->
                issue.journals.isEmpty()
                        ? null
                        : ""
                                + issue.journals
                                        .get(issue.journals.size() - 1)
                                        .user()
                                        .id();
            default ->
                field.startsWith("cf_")
                        ? issue.customFields.get(Integer.valueOf(field.substring(3)))
                        : issue.attributes.get(field);
        };
    }

    /** `~` looks for words, not for the text: at most five, none of a single letter, a phrase only in double quotes. */
    private static Stream<String> words(String asked) {
        List<String> words = WORD.matcher(asked)
                .results()
                .map(it -> it.group().replaceAll("^\\s*\"\\s*|\\s*\"\\s*$", ""))
                .distinct()
                .filter(it -> it.length() > 1 || KANJI.matcher(it).matches())
                .limit(5)
                .toList();
        return words.isEmpty() ? Stream.of(asked) : words.stream();
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
