package dev.mackerelredmine.redmine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Changes the SQLite database of a real Redmine while it runs. All tables that it may change are kept beside it, and are put back. */
public final class RealRedmineSetUp implements RedmineSetUp {

    private static final List<String> TABLES = List.of(
            "workflows",
            "trackers",
            "custom_fields",
            "custom_fields_projects",
            "custom_fields_trackers",
            "custom_fields_roles",
            "users",
            "members",
            "member_roles",
            "roles",
            "projects",
            "projects_trackers",
            "enabled_modules",
            "wikis",
            "wiki_pages",
            "wiki_contents",
            "wiki_content_versions",
            "issue_categories",
            "settings");

    /** As the columns of trackers.fields_bits count them: a field whose bit is set is disabled. */
    private static final List<String> CORE_FIELDS = List.of(
            "assigned_to_id",
            "category_id",
            "fixed_version_id",
            "parent_issue_id",
            "start_date",
            "due_date",
            "estimated_hours",
            "done_ratio",
            "description");

    /** Redmine remembers its settings until one is newer than that, in whole seconds. */
    private static final String FORGET_SETTINGS = "UPDATE settings SET updated_on = datetime('now', '+2 seconds')";

    private final RealRedmine redmine;
    private final Path kept;
    private final List<String> restricted = new ArrayList<>();

    /** One JVM at a time sets it up. */
    private final FileChannel lock;

    private RealRedmineSetUp(RealRedmine redmine, Path kept, FileChannel lock) {
        this.redmine = redmine;
        this.kept = kept;
        this.lock = lock;
    }

    static RealRedmineSetUp begin(RealRedmine redmine) {
        try {
            FileChannel lock = FileChannel.open(
                    Path.of(redmine.id("database") + ".set-up-lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
            lock.lock();
            Path kept = Files.createTempFile("redmine-as-it-was", ".sqlite3");
            RealRedmineSetUp setUp = new RealRedmineSetUp(redmine, kept, lock);
            setUp.execute(TABLES.stream()
                    .map(table -> "CREATE TABLE kept." + table + " AS SELECT * FROM main." + table)
                    .toArray(String[]::new));
            return setUp;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void putBack() {
        execute(
                TABLES.stream()
                        .flatMap(table -> List.of(
                                "DELETE FROM main." + table,
                                "INSERT INTO main." + table + " SELECT * FROM kept." + table)
                                .stream())
                        .toArray(String[]::new));
        execute(FORGET_SETTINGS);
        try {
            Files.delete(kept);
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public RedmineSetUp requiredInStatus(String field, String status) {
        return rule(field, status, "required");
    }

    @Override
    public RedmineSetUp readOnlyInStatus(String field, String status) {
        return rule(field, status, "readonly");
    }

    private RedmineSetUp rule(String field, String status, String rule) {
        String name = CORE_FIELDS.contains(field) || field.equals("priority_id") ? field : id("field_" + field);
        return execute(
                "INSERT INTO workflows(tracker_id, old_status_id, new_status_id, role_id, assignee, author, type,"
                        + " field_name, rule) VALUES (" + tracker() + ", " + id("status_" + status) + ", 0, " + role()
                        + ", 0, 0, 'WorkflowPermission', '" + name + "', '" + rule + "')");
    }

    @Override
    public RedmineSetUp withoutCoreField(String field) {
        return execute("UPDATE trackers SET fields_bits = coalesce(fields_bits, 0) | "
                + (1 << CORE_FIELDS.indexOf(field)) + " WHERE id = " + tracker());
    }

    @Override
    public RedmineSetUp required(String customField) {
        return field(customField, "is_required = 1");
    }

    @Override
    public RedmineSetUp minLength(String customField, int characters) {
        return field(customField, "min_length = " + characters);
    }

    @Override
    public RedmineSetUp maxLength(String customField, int characters) {
        return field(customField, "max_length = " + characters);
    }

    @Override
    public RedmineSetUp pattern(String customField, String regexp) {
        return field(customField, "regexp = '" + regexp.replace("'", "''") + "'");
    }

    @Override
    public RedmineSetUp values(String customField, String... values) {
        return field(
                customField,
                "field_format = 'list', possible_values = '"
                        + Arrays.stream(values).collect(Collectors.joining("\n- ", "---\n- ", "\n")) + "'");
    }

    @Override
    public RedmineSetUp multiple(String customField) {
        return field(customField, "multiple = 1");
    }

    @Override
    public RedmineSetUp hidden(String customField) {
        return field(customField, "visible = 0");
    }

    @Override
    public RedmineSetUp notOfTracker(String customField) {
        return execute("DELETE FROM custom_fields_trackers WHERE custom_field_id = " + id("field_" + customField)
                + " AND tracker_id = " + tracker());
    }

    @Override
    public RedmineSetUp notOfProject(String customField) {
        return field(customField, "is_for_all = 0");
    }

    private RedmineSetUp field(String customField, String change) {
        return execute("UPDATE custom_fields SET " + change + " WHERE id = " + id("field_" + customField));
    }

    @Override
    public RedmineSetUp locked(String user) {
        return execute("UPDATE users SET status = 3 WHERE id = " + id("user_" + user));
    }

    @Override
    public RedmineSetUp notMember(String user) {
        return execute(
                "DELETE FROM member_roles WHERE member_id IN (SELECT id FROM members WHERE user_id = "
                        + id("user_" + user) + ")",
                "DELETE FROM members WHERE user_id = " + id("user_" + user));
    }

    @Override
    public RedmineSetUp assignable(String role, boolean assignable) {
        return execute("UPDATE roles SET assignable = " + (assignable ? 1 : 0) + " WHERE lower(name) = '" + role + "'");
    }

    @Override
    public RedmineSetUp assignsToGroups(boolean allowed) {
        return execute(
                "DELETE FROM settings WHERE name = 'issue_group_assignment'",
                "INSERT INTO settings(name, value) VALUES ('issue_group_assignment', '" + (allowed ? 1 : 0) + "')",
                FORGET_SETTINGS);
    }

    @Override
    public RedmineSetUp defaultAssignee(String user) {
        return project("default_assigned_to_id = " + id("user_" + user));
    }

    @Override
    public RedmineSetUp categoryAssignee(String user) {
        return execute("UPDATE issue_categories SET assigned_to_id = " + id("user_" + user) + " WHERE project_id = "
                + id("project_alert"));
    }

    @Override
    public RedmineSetUp onlyForBugs(String permission) {
        restricted.add(permission);
        String all = restricted.stream().map(it -> "\n  " + it + ": '0'").collect(Collectors.joining());
        String bugs = restricted.stream()
                .map(it -> "\n  " + it + ":\n  - '" + id("tracker_bug") + "'")
                .collect(Collectors.joining());
        String settings = "---\npermissions_all_trackers:" + all + "\npermissions_tracker_ids:" + bugs + "\n";
        return execute("UPDATE roles SET settings = '" + settings.replace("'", "''") + "' WHERE name = 'Alert bot'");
    }

    @Override
    public RedmineSetUp withoutPermission(String permission) {
        return execute("UPDATE roles SET permissions = replace(permissions, '- :" + permission
                + "' || char(10), '') WHERE name = 'Alert bot'");
    }

    @Override
    public RedmineSetUp projectClosed() {
        return project("status = 5");
    }

    private RedmineSetUp project(String change) {
        return execute("UPDATE projects SET " + change + " WHERE id = " + id("project_alert"));
    }

    @Override
    public RedmineSetUp issueTrackingOff() {
        return execute(
                "DELETE FROM enabled_modules WHERE name = 'issue_tracking' AND project_id = " + id("project_alert"));
    }

    @Override
    public RedmineSetUp noTrackers() {
        return execute("DELETE FROM projects_trackers WHERE project_id = " + id("project_alert"));
    }

    /** Numbers of pages come again, and with them what was attached to earlier ones. */
    @Override
    public RedmineSetUp wiki() {
        return execute(
                "DELETE FROM attachments WHERE container_type = 'WikiPage'",
                "INSERT INTO enabled_modules(name, project_id) VALUES ('wiki', " + id("project_alert") + ")",
                "INSERT INTO wikis(project_id, start_page, status) VALUES (" + id("project_alert") + ", 'Wiki', 1)",
                "UPDATE roles SET permissions = permissions || '- :view_wiki_pages' || char(10) || '- :edit_wiki_pages'"
                        + " || char(10) WHERE name = 'Alert bot'");
    }

    @Override
    public RedmineSetUp wikiOff() {
        return execute("DELETE FROM enabled_modules WHERE name = 'wiki' AND project_id = " + id("project_alert"));
    }

    @Override
    public RedmineSetUp seesPublicOnly() {
        return execute("UPDATE roles SET issues_visibility = 'default' WHERE id = " + role());
    }

    @Override
    public RedmineSetUp noWorkflow() {
        return execute("DELETE FROM workflows WHERE type = 'WorkflowTransition' AND tracker_id = " + tracker()
                + " AND role_id = " + role());
    }

    @Override
    public RedmineSetUp noTransitionTo(String status) {
        return execute("DELETE FROM workflows WHERE type = 'WorkflowTransition' AND tracker_id = " + tracker()
                + " AND role_id = " + role() + " AND new_status_id = " + id("status_" + status));
    }

    @Override
    public RedmineSetUp language(String user, String language) {
        return execute("UPDATE users SET language = '" + language + "' WHERE id = " + id("user_" + user));
    }

    private String id(String name) {
        return redmine.id(name);
    }

    private String tracker() {
        return id("tracker_alert");
    }

    private static String role() {
        return "(SELECT id FROM roles WHERE name = 'Alert bot')";
    }

    private RealRedmineSetUp execute(String... statements) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + redmine.id("database"));
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 10000");
            statement.execute("ATTACH '" + kept + "' AS kept");
            connection.setAutoCommit(false);
            for (String sql : statements) {
                statement.executeUpdate(sql);
            }
            connection.commit();
            return this;
        } catch (SQLException e) {
            throw new IllegalStateException(String.join("; ", statements), e);
        }
    }
}
