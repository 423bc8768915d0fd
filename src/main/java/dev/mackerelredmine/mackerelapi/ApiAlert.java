package dev.mackerelredmine.mackerelapi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mackerelredmine.mackerel.AlertStatus;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * An alert as the API shows it: ids where a webhook has names, and no label of a metric. What its kind of monitor does not have is null.
 *
 * @param type {@code host}, {@code service}, {@code check}, …
 * @param message of a check, or an external monitor
 * @param reason why it is closed, where somebody wrote that
 * @param openedAt in seconds since 1970, as {@code closedAt}
 * @param memo what people wrote of it; documented for writing only, and answered all the same
 */
public record ApiAlert(
        String id,
        AlertStatus status,
        String monitorId,
        String type,
        String hostId,
        JsonNode series,
        BigDecimal value,
        String message,
        String reason,
        long openedAt,
        Long closedAt,
        String memo) {

    public boolean isClosed() {
        return status == AlertStatus.OK;
    }

    public Instant opened() {
        return Instant.ofEpochSecond(openedAt);
    }
}
