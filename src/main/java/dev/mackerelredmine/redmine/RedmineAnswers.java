package dev.mackerelredmine.redmine;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URLConnection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads what Redmine answers, and compares it with what was asked: Redmine says 201 to much that it did not do.
 * An answer that cannot be read counts as an unclear outcome, never as a failure.
 */
public final class RedmineAnswers {

    /** What Redmine calls a project that is neither closed nor archived. */
    private static final int ACTIVE = 1;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final RedmineOutcomes outcomes;

    public RedmineAnswers(RedmineOutcomes outcomes) {
        this.outcomes = outcomes;
    }

    /** The issue that Redmine made. */
    public Issue created(byte[] answer, String path) throws DeliveryException {
        return issue(answer, "POST", path);
    }

    /** The issue that Redmine shows. */
    public Issue shown(byte[] answer, String path) throws DeliveryException {
        return issue(answer, "GET", path);
    }

    private Issue issue(byte[] answer, String method, String path) throws DeliveryException {
        try {
            OneIssue created = JSON.readValue(answer, OneIssue.class);
            if (created == null || created.issue() == null || created.issue().id() == 0) {
                throw new IOException("no issue in the answer");
            }
            return created.issue();
        } catch (IOException | IllegalArgumentException e) {
            throw outcomes.ofUnreadableAnswer(method, path, new IOException(e));
        }
    }

    /** The file that Redmine took, and that can now be attached once. */
    public Upload uploaded(byte[] answer, String fileName) throws DeliveryException {
        try {
            String token = JSON.readTree(answer).at("/upload/token").asText();
            if (token.isEmpty()) {
                throw new IOException("no token in the answer");
            }
            return new Upload(token, fileName, URLConnection.guessContentTypeFromName(fileName));
        } catch (IOException | IllegalArgumentException e) {
            throw outcomes.ofUnreadableAnswer("POST", "/uploads.json", new IOException(e));
        }
    }

    /** The issues that a search found. */
    public List<Issue> found(byte[] answer, String path) throws DeliveryException {
        try {
            IssueList list = JSON.readValue(answer, IssueList.class);
            if (list == null || list.issues() == null) {
                throw new IOException("no issues in the answer");
            }
            return list.issues();
        } catch (IOException | IllegalArgumentException e) {
            throw outcomes.ofUnreadableAnswer("GET", path, new IOException(e));
        }
    }

    /** The number of the bot user; an answer without one is not Redmine's. */
    public long user(byte[] answer, String path) throws DeliveryException {
        try {
            JsonNode user = JSON.readTree(answer).path("user");
            if (!user.path("id").isIntegralNumber()) {
                throw new IOException("no user in the answer");
            }
            return user.path("id").asLong();
        } catch (IOException | IllegalArgumentException e) {
            throw outcomes.ofUnreadableAnswer("GET", path, new IOException(e));
        }
    }

    /**
     * Passes when tickets can be created in the project.
     *
     * @throws ParkedException where nobody can: a person has to correct the project, or to name another
     */
    public void takesIssues(byte[] answer, String path) throws DeliveryException {
        JsonNode project;
        try {
            project = JSON.readTree(answer).path("project");
            if (!project.path("id").isIntegralNumber()) {
                throw new IOException("no project in the answer");
            }
        } catch (IOException | IllegalArgumentException e) {
            throw outcomes.ofUnreadableAnswer("GET", path, new IOException(e));
        }
        String name = "Redmine's project " + project.path("identifier").asText();
        if (project.path("status").asInt(ACTIVE) != ACTIVE) {
            throw new ParkedException(name + " is closed or archived: open it again, or let tickets go to another");
        }
        if (project.has("enabled_modules") && !names(project, "enabled_modules").contains("issue_tracking")) {
            throw new ParkedException(
                    name + " has the module \"Issue tracking\" switched off: switch it on in its settings");
        }
        if (project.has("trackers") && project.path("trackers").isEmpty()) {
            throw new ParkedException(name + " has no tracker: choose some in its settings");
        }
    }

    private static List<String> names(JsonNode project, String list) {
        return project.path(list).findValuesAsText("name");
    }

    /** In which fields the created issue differs from the request, although Redmine answered 201, in a sentence; null: in none. */
    public String differences(NewIssue asked, Issue issue) {
        List<Difference> differences = compare(asked, issue);
        return differences.isEmpty()
                ? null
                : "ticket #" + issue.id() + " is not as asked: "
                        + differences.stream().map(Difference::toString).collect(Collectors.joining("; "));
    }

    private static List<Difference> compare(NewIssue asked, Issue issue) {
        List<Difference> all = new ArrayList<>();
        named(
                all,
                "tracker-replaced",
                asked.trackerId(),
                issue.tracker(),
                "is it enabled in the project, for this user's role?");
        named(
                all,
                "status-replaced",
                asked.statusId(),
                issue.status() == null
                        ? null
                        : new Issue.Named(issue.status().id(), issue.status().name()),
                "does the workflow allow it for a new issue?");
        named(
                all,
                "priority-replaced",
                asked.priorityId(),
                issue.priority(),
                "is there such a priority, and may it be set?");
        named(
                all,
                "assignee-dropped",
                asked.assignedToId(),
                issue.assignedTo(),
                "is this a member of the project who can be assigned?");
        named(
                all,
                "category-dropped",
                asked.categoryId(),
                issue.category(),
                "is the field enabled for the tracker, and not read-only?");
        dueDate(all, asked.dueDate(), issue.dueDate());
        parent(all, asked.parentIssueId(), issue);
        text(all, "subject-changed", asked.subject(), issue.subject());
        text(all, "description-changed", asked.description(), issue.description());
        asked.customFields().forEach(field -> customField(all, field, issue));
        return all;
    }

    private static void named(List<Difference> all, String name, Long asked, Issue.Named shown, String advice) {
        if (asked != null && (shown == null || shown.id() != asked)) {
            all.add(new Difference(name, asked, shown, advice));
        }
    }

    private static void dueDate(List<Difference> all, String asked, String shown) {
        if (asked != null && !asked.equals(shown)) {
            all.add(new Difference(
                    "due-date-dropped", asked, shown, "is the field enabled for the tracker, and not read-only?"));
        }
    }

    private static void parent(List<Difference> all, Long asked, Issue issue) {
        if (asked != null && !issue.isUnder(asked)) {
            all.add(new Difference(
                    "parent-dropped", asked, issue.parent(), "may the role of this user manage subtasks?"));
        }
    }

    private static void text(List<Difference> all, String name, String asked, String shown) {
        if (!normal(asked).equals(normal(shown))) {
            all.add(new Difference(
                    name,
                    normal(asked).length() + " characters",
                    normal(shown).length() + " characters",
                    "is the field enabled for the tracker, and not read-only?"));
        }
    }

    /** Redmine stores line ends as CRLF, and drops blanks at the end of a subject. */
    private static String normal(String text) {
        return text == null ? "" : text.replace("\r\n", "\n").strip();
    }

    private static void customField(List<Difference> all, NewIssue.CustomFieldValue asked, Issue issue) {
        Object shown = issue.customField(asked.id());
        if (!shows(shown, asked.value())) {
            all.add(new Difference(
                    "custom-field-" + asked.id() + "-dropped",
                    "\"" + asked.value() + "\"",
                    shown,
                    "is there such a field, enabled for the project and the tracker?"));
        }
    }

    /** A field that takes several values shows a list. */
    private static boolean shows(Object shown, Object asked) {
        return values(shown).equals(values(asked));
    }

    /** In any order; nothing is no value. */
    private static Set<Object> values(Object value) {
        Collection<?> all = value instanceof Collection<?> several ? several : value == null ? Set.of() : Set.of(value);
        return all.stream().filter(one -> !"".equals(one)).collect(Collectors.toSet());
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record OneIssue(Issue issue) {}
}
