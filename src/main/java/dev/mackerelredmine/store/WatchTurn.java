package dev.mackerelredmine.store;

import java.time.Instant;

/**
 * A poll of what people did in Redmine, held by one of several services.
 *
 * @param since up to when, by Redmine's clock, all is known, in milliseconds since 1970; null where that is not known
 * @param sweptAt when all tickets that nobody has were looked at last, in milliseconds since 1970; null before that
 */
public record WatchTurn(String stream, String lease, Long since, Long sweptAt) {

    public Instant knownUpTo() {
        return since == null ? null : Instant.ofEpochMilli(since);
    }

    public Instant lastSweep() {
        return sweptAt == null ? Instant.EPOCH : Instant.ofEpochMilli(sweptAt);
    }
}
