package dev.mackerelredmine.store;

import java.time.Instant;

/**
 * What is not delivered.
 *
 * @param waiting how many events are to be delivered yet
 * @param problems of how many problems they are
 * @param since when the oldest of them came in, in milliseconds since 1970; null where none waits
 * @param parked how many alerts are put aside
 */
public record Backlog(long waiting, long problems, Long since, long parked) {

    /** How long the oldest waits, in seconds; zero where none does. Clocks of services that share a store may differ. */
    public double ageInSeconds(Instant now) {
        return since == null ? 0 : Math.max(0, now.toEpochMilli() - since) / 1000.0;
    }

    /** How long the oldest waits in vain, in seconds: nothing was to be delivered until {@code heldUntil}. */
    public double ageInSeconds(Instant now, Instant heldUntil) {
        return Math.min(ageInSeconds(now), Math.max(0, now.toEpochMilli() - heldUntil.toEpochMilli()) / 1000.0);
    }
}
