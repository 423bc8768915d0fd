package dev.mackerelredmine.store;

/**
 * For whoever looks: an escalation, running or ended. Times are milliseconds since 1970.
 *
 * @param alertAge how old its alert was when its ticket came, where nobody is notified because that was too old; else null
 * @param endedFor {@code acknowledged by NAME}, {@code recovered}, {@code closed}, {@code gone}; null while it runs
 */
public record EscalationRow(
        long id,
        long issue,
        String state,
        String policyName,
        long startsAt,
        int round,
        int step,
        Long dueAt,
        String stoppedBy,
        Long alertAge,
        Long endedAt,
        String endedFor) {

    public EscalationState standing() {
        return EscalationState.of(endedFor, stoppedBy, alertAge, dueAt);
    }

    /** Who acknowledged it, and so ended it; null where nobody did. */
    public String acknowledgedBy() {
        return endedFor == null
                ? null
                : EscalationStanding.whoAcknowledged(endedFor).orElse(null);
    }
}
