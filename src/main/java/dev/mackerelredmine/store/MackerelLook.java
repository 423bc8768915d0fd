package dev.mackerelredmine.store;

import java.time.Instant;

/**
 * A look at what Mackerel has, by the one that may take it.
 *
 * @param firstAt when the first look of all began, in milliseconds since 1970
 * @param lookedAt when the last one began that saw all there was; null before there is one
 */
public record MackerelLook(String stream, String lease, long firstAt, Long lookedAt) {

    public Instant first() {
        return Instant.ofEpochMilli(firstAt);
    }

    public Instant lastWhole() {
        return lookedAt == null ? null : Instant.ofEpochMilli(lookedAt);
    }
}
