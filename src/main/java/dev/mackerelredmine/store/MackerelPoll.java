package dev.mackerelredmine.store;

import java.time.Instant;

/**
 * A poll of Mackerel, held by one of several services.
 *
 * @param firstAt when the first poll of all began, in milliseconds since 1970
 * @param polledAt when the last one began that saw all there was; null before there is one
 */
public record MackerelPoll(String stream, String lease, long firstAt, Long polledAt) {

    public Instant first() {
        return Instant.ofEpochMilli(firstAt);
    }

    public Instant lastWhole() {
        return polledAt == null ? null : Instant.ofEpochMilli(polledAt);
    }
}
