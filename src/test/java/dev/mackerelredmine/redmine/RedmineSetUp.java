package dev.mackerelredmine.redmine;

/**
 * What an administrator may set otherwise in Redmine, and did where alerts got no ticket. Each change is on top of those before it, until
 * {@link TestRedmine#putBack()}. Silently on it a change is for the project {@code alert}, the tracker {@code Alert} and the role of
 * {@code bot}. A field is a core one by its attribute ({@code due_date}, {@code category_id}, {@code description},
 * {@code assigned_to_id}, {@code priority_id}) or a custom one by its name in the ids ({@code host}, {@code level}); a status, a role and
 * a user are called as in the ids, too.
 */
public interface RedmineSetUp {

    /** The workflow wants the field of tickets that are, or become, of this status. */
    RedmineSetUp requiredInStatus(String field, String status);

    /** The workflow takes no other value for the field of tickets that are, or become, of this status. */
    RedmineSetUp readOnlyInStatus(String field, String status);

    /** Without the core field in the tracker. */
    RedmineSetUp withoutCoreField(String field);

    /** The custom field is required wherever it is. */
    RedmineSetUp required(String customField);

    RedmineSetUp minLength(String customField, int characters);

    RedmineSetUp maxLength(String customField, int characters);

    /** A regular expression, which need only be found in the value. */
    RedmineSetUp pattern(String customField, String regexp);

    /** Of a list, what may be chosen. */
    RedmineSetUp values(String customField, String... values);

    /** More than one value of the list may be chosen. */
    RedmineSetUp multiple(String customField);

    /** Seen by administrators alone. */
    RedmineSetUp hidden(String customField);

    RedmineSetUp notOfTracker(String customField);

    RedmineSetUp notOfProject(String customField);

    RedmineSetUp locked(String user);

    /** In no project any more. */
    RedmineSetUp notMember(String user);

    /** Issues can be assigned to this role, or not. */
    RedmineSetUp assignable(String role, boolean assignable);

    RedmineSetUp assignsToGroups(boolean allowed);

    /** Who gets the project's tickets that name nobody. */
    RedmineSetUp defaultAssignee(String user);

    /** Who gets the tickets of the project's category that name nobody. */
    RedmineSetUp categoryAssignee(String user);

    /** The permission is for tickets of the tracker Bug alone: {@code view_issues}, {@code add_issues}, {@code edit_issues}, {@code add_issue_notes}. */
    RedmineSetUp onlyForBugs(String permission);

    /** The role lacks this permission. */
    RedmineSetUp withoutPermission(String permission);

    RedmineSetUp projectClosed();

    RedmineSetUp issueTrackingOff();

    RedmineSetUp noTrackers();

    /** The project has a wiki, without a page, which the role may read and write. */
    RedmineSetUp wiki();

    /** The wiki that the project has is switched off. */
    RedmineSetUp wikiOff();

    /** The role sees no ticket that is private. */
    RedmineSetUp seesPublicOnly();

    /** The role may not bring a ticket into any other status. */
    RedmineSetUp noWorkflow();

    /** The role may not bring a ticket into this status. */
    RedmineSetUp noTransitionTo(String status);

    /** In which the user reads Redmine, and its errors: {@code en} or {@code ja}. */
    RedmineSetUp language(String user, String language);
}
