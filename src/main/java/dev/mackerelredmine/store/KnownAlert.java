package dev.mackerelredmine.store;

import dev.mackerelredmine.mackerel.AlertStatus;
import dev.mackerelredmine.ticket.AlertKey;
import java.time.Instant;

/**
 * The last that came in of an alert, delivered or not.
 *
 * @param lastStatus null for a group of alerts, and where it is not known
 * @param hasFired whether anything came in that says that it fires
 * @param lastAt since when it has that, in milliseconds since 1970
 */
public record KnownAlert(String org, String alertKey, String lastStatus, Long lastAt, boolean hasFired) {

    public AlertKey key() {
        return new AlertKey(org, alertKey);
    }

    /** Null where it is not known. */
    public AlertStatus status() {
        return lastStatus == null ? null : AlertStatus.of(lastStatus);
    }

    public Instant since() {
        return lastAt == null ? Instant.EPOCH : Instant.ofEpochMilli(lastAt);
    }
}
