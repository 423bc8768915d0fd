package dev.mackerelredmine.fakeredmine;

import dev.mackerelredmine.fakeredmine.FakeRedmineData.Field;
import dev.mackerelredmine.fakeredmine.FakeRedmineData.Named;
import dev.mackerelredmine.fakeredmine.FakeRedmineData.Project;
import dev.mackerelredmine.fakeredmine.FakeRedmineData.Role;
import dev.mackerelredmine.fakeredmine.FakeRedmineData.User;
import dev.mackerelredmine.redmine.RedmineSetUp;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** How FakeRedmine is set up otherwise than it was seeded. */
final class FakeSetUp implements RedmineSetUp {

    private static final String PROJECT = "alert";
    private static final String TRACKER = "Alert";

    private final FakeRedmineData data;
    private final Map<String, String> rules = new ConcurrentHashMap<>();
    private final Set<String> disabled = ConcurrentHashMap.newKeySet();
    private final Map<String, Field> fields = new ConcurrentHashMap<>();
    private final Set<String> notOfTracker = ConcurrentHashMap.newKeySet();
    private final Set<String> notOfProject = ConcurrentHashMap.newKeySet();
    private final Set<String> hidden = ConcurrentHashMap.newKeySet();
    private final Set<String> locked = ConcurrentHashMap.newKeySet();
    private final Set<String> notMembers = ConcurrentHashMap.newKeySet();
    private final Map<String, Boolean> assignable = new ConcurrentHashMap<>();
    private final Map<String, String> languages = new ConcurrentHashMap<>();
    private final Set<String> onlyForBugs = ConcurrentHashMap.newKeySet();
    private final Set<String> lacking = ConcurrentHashMap.newKeySet();
    private final Set<String> forbiddenStatuses = ConcurrentHashMap.newKeySet();
    private volatile Boolean assignsToGroups;
    private volatile String defaultAssignee;
    private volatile String categoryAssignee;
    private volatile boolean closed;
    private volatile boolean trackingOff;
    private volatile boolean noTrackers;
    private volatile boolean wiki;
    private volatile boolean wikiOff;
    private volatile boolean publicOnly;
    private volatile boolean noWorkflow;

    FakeSetUp(FakeRedmineData data) {
        this.data = data;
    }

    // --- what is asked of it

    /** `required`, `readonly` or nothing; a custom field is called by its number. */
    String rule(Role role, int tracker, int status, String field) {
        return concerns(role, tracker) ? rules.getOrDefault(status + " " + field, "") : "";
    }

    boolean isDisabled(int tracker, String coreField) {
        return isAlert(tracker) && disabled.contains(coreField);
    }

    Set<String> disabled(int tracker) {
        return isAlert(tracker) ? disabled : Set.of();
    }

    Field of(Field field) {
        return fields.getOrDefault(field.key(), field);
    }

    boolean isOf(int tracker, Field field) {
        return !isAlert(tracker) || !notOfTracker.contains(field.key());
    }

    boolean isForAll(Field field) {
        return !notOfProject.contains(field.key());
    }

    boolean shows(User user, Field field) {
        return user.admin() || !hidden.contains(field.key());
    }

    User of(User user) {
        return user.with(
                notMembers.contains(user.login()) ? Role.NONE : of(user.role()),
                user.locked() || locked.contains(user.login()));
    }

    Role of(Role role) {
        Boolean changed = assignable.get(role.name().toLowerCase(Locale.ROOT));
        return changed == null ? role : role.assignable(changed);
    }

    Project of(Project project) {
        if (!project.identifier().equals(PROJECT)) {
            return project;
        }
        return new Project(
                project.id(),
                project.identifier(),
                project.name(),
                closed ? Project.CLOSED : project.state(),
                project.members(),
                noTrackers ? List.of() : project.trackers(),
                !trackingOff);
    }

    boolean assignsToGroupsOr(boolean otherwise) {
        return assignsToGroups == null ? otherwise : assignsToGroups;
    }

    String language(User user) {
        return languages.getOrDefault(user.login(), "en");
    }

    /** Whether a permission that the role has is for this tracker, too. */
    boolean allows(Role role, String permission, int tracker) {
        return !lacks(role, permission)
                && (!role.isBot()
                        || !onlyForBugs.contains(permission)
                        || data.tracker(tracker).name().equals("Bug"));
    }

    boolean allowsSubtasks(Role role) {
        return role.subtasks() && !lacks(role, "manage_subtasks");
    }

    boolean lacks(Role role, String permission) {
        return role.isBot() && lacking.contains(permission);
    }

    /** Whether it has, or had, one. */
    boolean everHadWiki(Project project) {
        return wiki && project.identifier().equals(PROJECT);
    }

    boolean hasWiki(Project project) {
        return everHadWiki(project) && !wikiOff;
    }

    boolean seesPublicOnly(Role role) {
        return publicOnly && role.isBot();
    }

    boolean allowsStatus(Role role, int tracker, int status) {
        return role.workflow() && !(concerns(role, tracker) && (noWorkflow || forbiddenStatuses.contains("" + status)));
    }

    boolean hasWorkflow(Role role, int tracker) {
        return role.workflow() && !(concerns(role, tracker) && noWorkflow);
    }

    /** The login of who gets a ticket that names nobody, or null. */
    String assigneeOtherwise(Project project, boolean hasCategory) {
        if (!project.identifier().equals(PROJECT)) {
            return null;
        }
        return hasCategory && categoryAssignee != null ? categoryAssignee : defaultAssignee;
    }

    private boolean concerns(Role role, int tracker) {
        return role.isBot() && isAlert(tracker);
    }

    private boolean isAlert(int tracker) {
        return data.trackers.stream()
                .filter(it -> it.id() == tracker)
                .map(Named::name)
                .anyMatch(TRACKER::equals);
    }

    // --- setting up

    @Override
    public RedmineSetUp requiredInStatus(String field, String status) {
        return rule(field, status, "required");
    }

    @Override
    public RedmineSetUp readOnlyInStatus(String field, String status) {
        return rule(field, status, "readonly");
    }

    private RedmineSetUp rule(String field, String status, String rule) {
        boolean custom = data.fields.stream().anyMatch(it -> it.key().equals(field));
        rules.put(data.id("status_" + status) + " " + (custom ? data.id("field_" + field) : field), rule);
        return this;
    }

    @Override
    public RedmineSetUp withoutCoreField(String field) {
        disabled.add(field);
        return this;
    }

    @Override
    public RedmineSetUp required(String customField) {
        return change(customField, it -> it.required(true));
    }

    @Override
    public RedmineSetUp minLength(String customField, int characters) {
        return change(customField, it -> it.minLength(characters));
    }

    @Override
    public RedmineSetUp maxLength(String customField, int characters) {
        return change(customField, it -> it.maxLength(characters));
    }

    @Override
    public RedmineSetUp pattern(String customField, String regexp) {
        return change(customField, it -> it.pattern(regexp));
    }

    @Override
    public RedmineSetUp values(String customField, String... values) {
        return change(customField, it -> it.values(List.of(values)));
    }

    @Override
    public RedmineSetUp multiple(String customField) {
        return change(customField, it -> it.multiple(true));
    }

    private RedmineSetUp change(String customField, UnaryOperator<Field> change) {
        Field field = data.fields.stream()
                .filter(it -> it.key().equals(customField))
                .findFirst()
                .orElseThrow();
        fields.merge(customField, change.apply(of(field)), (before, after) -> after);
        return this;
    }

    @Override
    public RedmineSetUp hidden(String customField) {
        hidden.add(customField);
        return this;
    }

    @Override
    public RedmineSetUp notOfTracker(String customField) {
        notOfTracker.add(customField);
        return this;
    }

    @Override
    public RedmineSetUp notOfProject(String customField) {
        notOfProject.add(customField);
        return this;
    }

    @Override
    public RedmineSetUp locked(String user) {
        locked.add(login(user));
        return this;
    }

    @Override
    public RedmineSetUp notMember(String user) {
        notMembers.add(login(user));
        return this;
    }

    @Override
    public RedmineSetUp assignable(String role, boolean may) {
        assignable.put(role, may);
        return this;
    }

    @Override
    public RedmineSetUp assignsToGroups(boolean allowed) {
        assignsToGroups = allowed;
        return this;
    }

    @Override
    public RedmineSetUp defaultAssignee(String user) {
        defaultAssignee = login(user);
        return this;
    }

    @Override
    public RedmineSetUp categoryAssignee(String user) {
        categoryAssignee = login(user);
        return this;
    }

    @Override
    public RedmineSetUp onlyForBugs(String permission) {
        onlyForBugs.add(permission);
        return this;
    }

    @Override
    public RedmineSetUp withoutPermission(String permission) {
        lacking.add(permission);
        return this;
    }

    @Override
    public RedmineSetUp projectClosed() {
        closed = true;
        return this;
    }

    @Override
    public RedmineSetUp issueTrackingOff() {
        trackingOff = true;
        return this;
    }

    @Override
    public RedmineSetUp noTrackers() {
        noTrackers = true;
        return this;
    }

    @Override
    public RedmineSetUp wiki() {
        wiki = true;
        return this;
    }

    @Override
    public RedmineSetUp wikiOff() {
        wikiOff = true;
        return this;
    }

    @Override
    public RedmineSetUp seesPublicOnly() {
        publicOnly = true;
        return this;
    }

    @Override
    public RedmineSetUp noWorkflow() {
        noWorkflow = true;
        return this;
    }

    @Override
    public RedmineSetUp noTransitionTo(String status) {
        forbiddenStatuses.add(data.id("status_" + status));
        return this;
    }

    @Override
    public RedmineSetUp language(String user, String language) {
        languages.put(login(user), language);
        return this;
    }

    private static String login(String user) {
        return user.replace('_', '-');
    }
}
