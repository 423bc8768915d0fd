package dev.mackerelredmine.redmine.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** What the key's user may do in the project. What it may not do, Redmine often leaves out without a word. */
final class RoleLines {

    static final String ROLE = "role";
    private static final String VISIBILITY = "issues visibility";
    private static final String RELATIONS = "issue relations";
    private static final String SUBTASKS = "subtasks";

    private static final Map<String, String> NEEDED = new LinkedHashMap<>();

    static {
        NEEDED.put("view_issues", "View issues");
        NEEDED.put("add_issues", "Add issues");
        NEEDED.put("edit_issues", "Edit issues");
        NEEDED.put("add_issue_notes", "Add notes");
    }

    private final Redmine redmine;
    private final boolean makesIncidents;

    /** @param makesIncidents whether alerts may become an incident, whose ticket is the parent of theirs */
    RoleLines(Redmine redmine, boolean makesIncidents) {
        this.redmine = redmine;
        this.makesIncidents = makesIncidents;
    }

    List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        lines.add(new Line(ROLE, this::permissions));
        lines.add(new Line(VISIBILITY, this::visibility));
        lines.add(new Line(RELATIONS, this::relations));
        if (makesIncidents) {
            lines.add(new Line(SUBTASKS, this::subtasks));
        }
        return lines;
    }

    private Finding permissions() {
        if (redmine.project().isObject() && redmine.isAdministrator()) {
            return Finding.ok(ROLE, "an administrator may do everything");
        }
        if (redmine.roles().isEmpty()) {
            return Finding.wrong(
                    ROLE,
                    "the bot user is no member of the project",
                    "Add it to the project's members (the project's Settings, Members), with a role that has the permissions "
                            + String.join(", ", NEEDED.values()));
        }
        List<String> missing = NEEDED.keySet().stream()
                .filter(permission -> !has(permission))
                .map(NEEDED::get)
                .toList();
        return missing.isEmpty()
                ? Finding.ok(ROLE, names() + " may do all that is needed")
                : Finding.wrong(
                        ROLE,
                        names() + " lacks: " + String.join(", ", missing),
                        "Give the role these permissions (Administration, Roles and permissions)");
    }

    private Finding visibility() {
        boolean seesOthers = redmine.isAdministrator()
                || roles().stream()
                        .anyMatch(role ->
                                !"own".equals(role.path("issues_visibility").asText()));
        return seesOthers
                ? Finding.ok(VISIBILITY, "tickets of others are seen, too")
                : Finding.wrong(
                        VISIBILITY,
                        names()
                                + " shows only the user's own tickets, and so loses one that a person moves or takes over",
                        "Set it to \"All issues\" or \"All non private issues\" (Administration, Roles and permissions)");
    }

    private Finding relations() {
        return redmine.isAdministrator() || rolesAllow("manage_issue_relations")
                ? Finding.ok(RELATIONS, "a ticket can be related to an earlier one")
                : Finding.note(
                        RELATIONS,
                        names()
                                + " may not relate a ticket to an earlier one of the same problem (Manage issue relations)");
    }

    /** Redmine drops the parent without a word. */
    private Finding subtasks() {
        return redmine.isAdministrator() || rolesAllow("manage_subtasks")
                ? Finding.ok(SUBTASKS, "a ticket can be a subtask of its incident's")
                : Finding.wrong(
                        SUBTASKS,
                        names()
                                + " may not make a ticket a subtask, so the tickets of an incident's alerts are only related to its ticket",
                        "Give the role the permission Manage subtasks (Administration, Roles and permissions)");
    }

    private boolean rolesAllow(String permission) {
        return !roles().isEmpty() && has(permission);
    }

    /** Where there is none, the first line says so. */
    private List<JsonNode> roles() {
        List<JsonNode> roles = redmine.roles();
        if (roles.isEmpty()) {
            throw new NotKnownException(ROLE);
        }
        return roles;
    }

    private boolean has(String permission) {
        return redmine.roles().stream()
                .flatMap(role -> StreamSupport.stream(role.path("permissions").spliterator(), false))
                .anyMatch(it -> permission.equals(it.asText()));
    }

    private String names() {
        return redmine.roles().stream()
                .map(role -> '"' + role.path("name").asText() + '"')
                .distinct()
                .collect(Collectors.joining(", "));
    }
}
