package dev.mackerelredmine.fakeredmine;

import dev.mackerelredmine.redmine.RedmineVersion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What FakeRedmine is seeded with: the same names as in e2e/redmine/seed.rake, with other ids where one could be taken for another. */
final class FakeRedmineData {

    record Named(int id, String name) {}

    record Status(int id, String name, boolean closed) {}

    /** A list has values; zero is no bound, and no pattern fits everything. */
    record Field(
            int id,
            String key,
            String name,
            boolean filter,
            int minLength,
            int maxLength,
            String pattern,
            List<String> values,
            boolean multiple,
            boolean required) {

        Field minLength(int characters) {
            return new Field(id, key, name, filter, characters, maxLength, pattern, values, multiple, required);
        }

        Field maxLength(int characters) {
            return new Field(id, key, name, filter, minLength, characters, pattern, values, multiple, required);
        }

        Field pattern(String regexp) {
            return new Field(id, key, name, filter, minLength, maxLength, regexp, values, multiple, required);
        }

        Field values(List<String> choice) {
            return new Field(id, key, name, filter, minLength, maxLength, pattern, choice, multiple, required);
        }

        Field multiple(boolean takesMore) {
            return new Field(id, key, name, filter, minLength, maxLength, pattern, values, takesMore, required);
        }

        Field required(boolean wanted) {
            return new Field(id, key, name, filter, minLength, maxLength, pattern, values, multiple, wanted);
        }
    }

    /** @param tracking whether its module of issues is on */
    record Project(
            int id,
            String identifier,
            String name,
            int state,
            boolean members,
            List<Named> trackers,
            boolean tracking) {

        Project(int id, String identifier, String name, int state, boolean members, List<Named> trackers) {
            this(id, identifier, name, state, members, trackers, true);
        }

        static final int ACTIVE = 1;
        static final int CLOSED = 5;
        static final int ARCHIVED = 9;

        Optional<Named> tracker(int id) {
            return trackers.stream().filter(it -> it.id() == id).findFirst();
        }
    }

    record Role(
            int id,
            String name,
            boolean views,
            boolean adds,
            boolean edits,
            boolean notes,
            boolean workflow,
            boolean subtasks,
            boolean assignable) {
        /** What else who edits may do in our seed. */
        private static final List<String> APART_FROM_EDITING =
                List.of("edit_issues", "manage_issue_relations", "view_issue_watchers", "add_issue_watchers");

        static final Role NONE = new Role(0, "None", false, false, false, false, false, false, false);
        static final Role ADMIN = new Role(0, "Admin", true, true, true, true, true, true, false);

        boolean isBot() {
            return id == 6;
        }

        Role assignable(boolean takesIssues) {
            return new Role(id, name, views, adds, edits, notes, workflow, subtasks, takesIssues);
        }

        /** Of the roles there are, the same may do both. */
        boolean relates() {
            return edits;
        }

        List<String> permissions() {
            return Stream.of(
                            views ? List.of("view_issues") : List.<String>of(),
                            adds ? List.of("add_issues") : List.<String>of(),
                            notes ? List.of("add_issue_notes") : List.<String>of(),
                            edits ? APART_FROM_EDITING : List.<String>of(),
                            subtasks ? List.of("manage_subtasks") : List.<String>of())
                    .flatMap(List::stream)
                    .toList();
        }
    }

    record User(int id, String login, String name, String key, Role role, boolean locked) {
        static final User ANONYMOUS = new User(0, "anonymous", "Anonymous", "", Role.NONE, false);

        boolean anonymous() {
            return id == 0;
        }

        boolean admin() {
            return login.equals("admin");
        }

        User with(Role another, boolean isLocked) {
            return new User(id, login, name, key, another, isLocked);
        }

        Role roleIn(Project project) {
            return project.members() || admin() ? role : Role.NONE;
        }

        boolean sees(Project project) {
            return project.state() != Project.ARCHIVED && roleIn(project).views();
        }

        boolean seesIssues(Project project) {
            return project.tracking() && sees(project);
        }
    }

    private static final Role BOT = new Role(6, "Alert bot", true, true, true, true, true, true, false);
    private static final Role NO_WORKFLOW =
            new Role(7, "Alert bot without workflow", true, true, true, true, false, false, false);
    private static final Role NOTES_ONLY =
            new Role(8, "Alert bot with notes only", true, false, false, true, false, false, false);
    static final Role DEVELOPER = new Role(4, "Developer", true, true, true, true, true, true, true);

    private static final Named BUG = new Named(1, "Bug");
    private static final Named ALERT = new Named(7, "Alert");

    final List<Named> trackers = List.of(BUG, new Named(2, "Feature"), new Named(3, "Support"), ALERT);
    final List<Status> statuses = List.of(
            new Status(1, "New", false),
            new Status(2, "In Progress", false),
            new Status(3, "Resolved", false),
            new Status(4, "Feedback", false),
            new Status(5, "Closed", true),
            new Status(6, "Rejected", true));
    final List<Named> priorities = List.of(
            new Named(21, "Low"),
            new Named(22, "Normal"),
            new Named(23, "High"),
            new Named(24, "Urgent"),
            new Named(25, "Immediate"));
    final List<Field> fields = List.of(
            text(11, "monitor", "モニター名"),
            text(12, "level", "アラートレベル").values(List.of("ok", "warning", "critical", "unknown")),
            text(13, "host", "アラート対象ホスト名"),
            text(14, "alert_id", "Mackerel alert id"),
            new Field(15, "no_filter", "Not a filter", false, 0, 0, "", List.of(), false, false),
            text(16, "short", "Short").maxLength(10),
            text(17, "required", "Required").required(true));
    private final List<Project> projects = new ArrayList<>(List.of(
            new Project(31, "alert", "Alerts", Project.ACTIVE, true, List.of(BUG, ALERT)),
            new Project(32, "closed", "Closed", Project.CLOSED, true, List.of(BUG, ALERT)),
            new Project(33, "archived", "Archived", Project.ARCHIVED, true, List.of(BUG, ALERT)),
            new Project(34, "not-a-member", "Not a member", Project.ACTIVE, false, List.of(BUG, ALERT)),
            new Project(35, "tracker-not-enabled", "Tracker not enabled", Project.ACTIVE, true, List.of(BUG)),
            new Project(36, "required-field", "Required field", Project.ACTIVE, true, List.of(BUG, ALERT))));
    private final List<User> users = new ArrayList<>(List.of(
            user(41, "admin", "a", Role.ADMIN),
            user(42, "bot", "b", BOT),
            user(43, "bot-without-workflow", "c", NO_WORKFLOW),
            user(44, "bot-with-notes-only", "d", NOTES_ONLY),
            user(45, "outsider", "e", Role.NONE),
            new User(46, "locked", "locked Test", "f".repeat(40), Role.NONE, true),
            user(47, "dev", "1", DEVELOPER)));
    final List<Named> groups = new ArrayList<>(List.of(new Named(48, "Ops")));
    private boolean assignsToGroups;
    private FakeSetUp setUp = new FakeSetUp(this);
    private String textFormat;
    private boolean withoutLoginPage;

    private final Map<String, String> ids = new LinkedHashMap<>();

    private final RedmineVersion version;

    FakeRedmineData(RedmineVersion version) {
        this.version = version;
        textFormat = version.isSince("6.0") ? "common_mark" : null;
        trackers.forEach(it -> ids.put(key("tracker", it.name()), "" + it.id()));
        statuses.forEach(it -> ids.put(key("status", it.name()), "" + it.id()));
        priorities.forEach(it -> ids.put(key("priority", it.name()), "" + it.id()));
        fields.forEach(it -> ids.put(key("field", it.key()), "" + it.id()));
        projects.forEach(it -> ids.put(key("project", it.identifier()), "" + it.id()));
        users.forEach(it -> ids.put(key("user", it.login()), "" + it.id()));
        users.forEach(it -> ids.put(key("key", it.login()), it.key()));
    }

    boolean since(String other) {
        return version.isSince(other);
    }

    String id(String name) {
        return Optional.ofNullable(ids.get(name))
                .orElseThrow(() -> new IllegalArgumentException(name + " is none of " + ids.keySet()));
    }

    FakeSetUp setUp() {
        return setUp;
    }

    void putBack() {
        setUp = new FakeSetUp(this);
    }

    List<Project> projects() {
        return projects.stream().map(setUp::of).toList();
    }

    List<User> users() {
        return users.stream().map(setUp::of).toList();
    }

    List<Field> fields() {
        return fields.stream().map(setUp::of).toList();
    }

    boolean assignsToGroups() {
        return setUp.assignsToGroupsOr(assignsToGroups);
    }

    Optional<Project> project(String idOrIdentifier) {
        return projects().stream()
                .filter(it -> it.identifier().equals(idOrIdentifier) || ("" + it.id()).equals(idOrIdentifier))
                .findFirst();
    }

    Project project(int id) {
        return project("" + id).orElseThrow();
    }

    Named tracker(int id) {
        return trackers.stream().filter(it -> it.id() == id).findFirst().orElseThrow();
    }

    Status status(int id) {
        return statuses.stream().filter(it -> it.id() == id).findFirst().orElseThrow();
    }

    Optional<Named> priority(int id) {
        return priorities.stream().filter(it -> it.id() == id).findFirst();
    }

    Optional<User> user(int id) {
        return users().stream().filter(it -> it.id() == id).findFirst();
    }

    void showTextFormat(String format) {
        textFormat = format;
    }

    void hideLoginPage() {
        withoutLoginPage = true;
    }

    boolean hasLoginPage() {
        return !withoutLoginPage;
    }

    /** Redmine shows its text format in it from 6.0 on, and since 6.1 the map by which scripts are imported. */
    String loginPage() {
        String shown = textFormat == null ? "" : " data-text-formatting=\"" + textFormat + "\"";
        String scripts = since("6.1") ? "<script type=\"importmap\">{}</script>" : "";
        return "<!DOCTYPE html><html lang=\"en\"><head><title>Redmine</title>" + scripts + "</head><body" + shown
                + "></body></html>";
    }

    Optional<User> user(String login) {
        return users().stream().filter(it -> it.login().equals(login)).findFirst();
    }

    Optional<Named> group(int id) {
        return groups.stream().filter(it -> it.id() == id).findFirst();
    }

    List<Named> categories(Project project) {
        return switch (project.identifier()) {
            case "alert" -> List.of(new Named(51, "Servers"));
            case "required-field" -> List.of(new Named(52, "Elsewhere"));
            default -> List.of();
        };
    }

    void addProject(String identifier, String name) {
        projects.add(new Project(60 + projects.size(), identifier, name, Project.ACTIVE, true, List.of(BUG, ALERT)));
    }

    void addMember(String name) {
        users.add(new User(80 + users.size(), name, name, "", DEVELOPER, false));
    }

    void addGroup(String name) {
        groups.add(new Named(110 + groups.size(), name));
        assignsToGroups = true;
    }

    User holder(String key) {
        return users().stream()
                .filter(it -> it.key().equals(key) && !it.locked())
                .findFirst()
                .orElse(User.ANONYMOUS);
    }

    Optional<Role> role(String id) {
        return Stream.of(DEVELOPER, BOT, NO_WORKFLOW, NOTES_ONLY)
                .filter(it -> ("" + it.id()).equals(id))
                .findFirst()
                .map(setUp::of);
    }

    /** One field belongs to one project alone, the others to all. */
    List<Field> fieldsOf(Project project) {
        return project.identifier().equals("required-field")
                ? fields().stream()
                        .filter(it -> it.key().equals("required") || setUp.isForAll(it))
                        .toList()
                : fieldsOfAll();
    }

    List<Field> fieldsOfAll() {
        return fields().stream()
                .filter(it -> !it.key().equals("required") && setUp.isForAll(it))
                .toList();
    }

    /** Those of an issue of this project and tracker that the user sees. */
    List<Field> fieldsOf(Project project, int tracker, User user) {
        return fieldsOf(project).stream()
                .filter(it -> setUp.isOf(tracker, it) && setUp.shows(user, it))
                .toList();
    }

    private static Field text(int id, String key, String name) {
        return new Field(id, key, name, true, 0, 0, "", List.of(), false, false);
    }

    private static User user(int id, String login, String digit, Role role) {
        return new User(id, login, login + " Test", digit.repeat(40), role, false);
    }

    private static String key(String kind, String name) {
        return kind + "_" + name.toLowerCase().replace(' ', '_').replace('-', '_');
    }
}
