package dev.mackerelredmine.redmine;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * What people call something in Redmine, by name or number, and the list in which Redmine has it.
 *
 * @param kind a word such as {@code project} or {@code assignee}, for messages
 * @param list where the list is read
 * @param text the name or number as a person wrote it; null or blank is nothing at all
 * @param isTrusted whether a number is taken as it is, and not looked up
 */
public record RedmineName(String kind, String list, String text, boolean isTrusted) {

    private static final String PAGED = ".json?limit=100";

    private RedmineName(String kind, String list, String text) {
        this(kind, list, text, false);
    }

    /** The same; a number is taken as it is. */
    public RedmineName trusted() {
        return new RedmineName(kind, list, text, true);
    }

    /** By name, identifier or number. */
    public static RedmineName project(String text) {
        return new RedmineName("project", "/projects" + PAGED, text);
    }

    public static RedmineName tracker(String text) {
        return new RedmineName("tracker", "/trackers.json", text);
    }

    public static RedmineName status(String text) {
        return new RedmineName("status", "/issue_statuses.json", text);
    }

    public static RedmineName priority(String text) {
        return new RedmineName("priority", "/enumerations/issue_priorities.json", text);
    }

    /** A member of the project: a user or a group. */
    public static RedmineName assignee(String project, String text) {
        return new RedmineName("assignee", members(project), text);
    }

    public static RedmineName watcher(String project, String text) {
        return new RedmineName("watcher", members(project), text);
    }

    /** The list of categories itself is only for who manages them; the project shows them to all members. */
    public static RedmineName category(String project, String text) {
        return new RedmineName("category", inProject(project) + ".json?include=issue_categories", text);
    }

    private static String members(String project) {
        return inProject(project) + "/memberships" + PAGED;
    }

    private static String inProject(String project) {
        return "/projects/" + URLEncoder.encode(project, StandardCharsets.UTF_8);
    }

    boolean isBlank() {
        return text == null || text.isBlank();
    }

    boolean isTakenAsItIs() {
        return isTrusted && isNumber();
    }

    boolean isNumber() {
        return text.matches("\\d{1,18}");
    }
}
