package dev.mackerelredmine.store;

/** A row of alertsNamed.sql or alertsAnywhere.sql: an alert, why it is parked, when the next one that is parked for the same reason is tried, and what went wrong last with its problem, or null. */
record NamedAlert(long id, String org, String parked, Long parkedUntil, String failure, String stream) {

    boolean isFromPreview() {
        return !stream.equals("redmine");
    }
}
