package dev.mackerelredmine.ticket.policy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Whose ticket it is and where: what policy.camel.yaml decided for one alert, in names or numbers as a person writes them.
 * Null is what it did not decide, which is as the settings say; blank is left to Redmine, except the project, which has to be.
 *
 * @param assignee one that is {@link OnCall} is a rota in which nobody is on call; so are watchers
 * @param dueDate a date such as {@code 2026-12-24}, or days from today such as {@code 3d}
 * @param fields the values of custom fields, by their numbers: a text, or a list of texts where the field takes several
 * @param unansweredAfter how long the ticket may stand unacknowledged; null: as the settings say
 * @param skip why an alert that has no ticket yet is to have none; blank or {@code false}: it is to have one
 * @param incident the name of the incident that the alert belongs to where enough others have the same; null: to none
 * @param escalation the policy of escalation.yaml by which people are notified while nobody answers; never blank
 */
public record Policy(
        String project,
        String tracker,
        String status,
        String priority,
        String assignee,
        String category,
        List<String> watchers,
        String dueDate,
        Map<Long, Object> fields,
        String skip,
        Duration unansweredAfter,
        String escalation,
        String incident) {

    public Policy {
        watchers = watchers == null ? List.of() : List.copyOf(watchers);
        fields = fields == null ? Map.of() : Map.copyOf(fields);
        escalation = escalation == null || escalation.isBlank() ? null : escalation;
        incident = incident == null || incident.isBlank() ? null : incident;
    }

    /** What decided the project, and nothing else. */
    public static Policy of(String project) {
        return new Policy(project, null, null, null, null, null, null, null, null, null, null, null, null);
    }

    public boolean skips() {
        return skip != null && !skip.isBlank() && !skip.equals("false");
    }

    /** The rotas that it names in place of people, and in which nobody is on call. */
    public List<String> emptyRotas() {
        return Stream.concat(Stream.ofNullable(assignee), watchers.stream())
                .flatMap(name -> OnCall.rota(name).stream())
                .distinct()
                .toList();
    }

    /** The same, and as the settings say where it decided nothing, or named a rota in which nobody is on call. */
    public Policy or(Policy settings) {
        return new Policy(
                project == null || project.isBlank() ? settings.project : project,
                or(tracker, settings.tracker),
                or(status, settings.status),
                or(priority, settings.priority),
                or(OnCall.isMeant(assignee) ? null : assignee, settings.assignee),
                category,
                watchers.stream().filter(name -> !OnCall.isMeant(name)).toList(),
                dueDate,
                fields,
                skip,
                unansweredAfter,
                escalation,
                incident);
    }

    public Policy withStatus(String other) {
        return new Policy(
                project,
                tracker,
                other,
                priority,
                assignee,
                category,
                watchers,
                dueDate,
                fields,
                skip,
                unansweredAfter,
                escalation,
                incident);
    }

    private static String or(String decided, String setting) {
        return decided == null ? setting : decided;
    }
}
