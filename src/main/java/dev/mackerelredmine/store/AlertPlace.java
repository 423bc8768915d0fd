package dev.mackerelredmine.store;

/** A row of {@link IncidentSql#place}: where an alert belongs. */
record AlertPlace(Long incident, String incidentRole, Long openedAt) {

    boolean isMember() {
        return "child".equals(incidentRole) || "line".equals(incidentRole);
    }

    boolean isMemberOf(long other) {
        return incident != null && incident == other && !"left".equals(incidentRole);
    }
}
