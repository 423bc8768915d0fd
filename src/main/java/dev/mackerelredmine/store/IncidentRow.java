package dev.mackerelredmine.store;

/**
 * A row of {@link IncidentSql#incident}.
 *
 * @param lastChanged since when it has its last status
 * @param issue Redmine's number of its ticket; null while none stands
 * @param isOpen whether its ticket is open
 * @param isWaiting whether something of it, apart from its list, is still to be delivered
 */
record IncidentRow(
        long alertId,
        long firstAt,
        long lastAt,
        long members,
        int highest,
        long listedAt,
        long stale,
        long changes,
        Long quietAt,
        String org,
        String lastStatus,
        long lastChanged,
        long told,
        Long issue,
        boolean isOpen,
        boolean isWaiting) {

    boolean isOver() {
        return lastStatus.equals("ok");
    }

    /** Whether an event waits which says so, and of which no write knows yet. */
    boolean isListDue() {
        return stale > told;
    }
}
