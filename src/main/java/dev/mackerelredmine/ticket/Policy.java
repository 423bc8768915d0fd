package dev.mackerelredmine.ticket;

/**
 * Whose ticket it is and where: what policy.camel.yaml decided for one alert.
 * Names or numbers as a person writes them; null or blank is left to Redmine, except the project, which has to be.
 */
public record Policy(String project, String tracker, String status, String priority, String assignee, String skip) {

    /** Whether an alert that has no ticket yet is to have none. */
    public boolean skips() {
        return skip != null && !skip.isBlank() && !skip.equals("false");
    }

    public Policy {
        if (project == null || project.isBlank()) {
            throw new IllegalArgumentException("policy.camel.yaml sets no ticket.project");
        }
    }
}
