package dev.mackerelredmine.store;

import java.time.Instant;

/**
 * How many changes of alerts were found for which no webhook had come, and of which the operator does not know.
 *
 * @param since when the first of them happened, in milliseconds since 1970
 */
public record LostWebhooks(long lost, long since) {

    public Instant first() {
        return Instant.ofEpochMilli(since);
    }
}
