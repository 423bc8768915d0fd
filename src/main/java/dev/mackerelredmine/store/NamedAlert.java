package dev.mackerelredmine.store;

/** A row of alertsNamed.sql or alertsAnywhere.sql: an alert, why it is parked, and what went wrong last with its problem, or null. */
record NamedAlert(long id, String org, String parked, String failure, String stream) {

    boolean isFromPreview() {
        return !stream.equals("redmine");
    }
}
