package dev.mackerelredmine.store;

import java.util.Optional;

/**
 * An escalation, for whoever looks back.
 *
 * @param startsAt in milliseconds since 1970
 * @param endedFor null: it runs
 * @param steps how many were taken, in all rounds
 * @param pages how many people got
 */
public record PastEscalation(Long issue, String policyName, long startsAt, String endedFor, long steps, long pages) {

    /** Who ended it by acknowledging; empty: something else did. */
    public Optional<String> acknowledgedBy() {
        return Optional.ofNullable(endedFor).flatMap(EscalationStanding::whoAcknowledged);
    }
}
