package dev.mackerelredmine.store;

/**
 * A row of {@link ReplaySql#alertNamed} or {@link ReplaySql#alertsAnywhere}.
 *
 * @param parked why it is parked, or null
 * @param parkedUntil when the next of those that are parked for the same reason is tried, or null
 * @param failure what went wrong last with its problem, or null
 */
record NamedAlert(long id, String org, String parked, Long parkedUntil, String failure, String stream) {

    boolean isFromPreview() {
        return !stream.equals("redmine");
    }
}
