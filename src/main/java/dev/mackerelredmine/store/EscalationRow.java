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
        String endedFor) {}
