package dev.mackerelredmine.mackerel;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;

/**
 * One alert of Mackerel. What its kind of monitor does not have, or what its year did not send yet, is null: the
 * metric of a check, {@code openedAt} before 2019, {@code id} before 2020, {@code statusChangedAt} before 2025.
 *
 * @param isOpen never null: where it is absent, every status but ok counts as open
 * @param trigger free text; {@code monitor} and {@code monitoring} mean the same
 * @param url ends in the alert's id, but can be a placeholder such as {@code [alert url]}
 * @param openedAt in seconds since 1970, as {@code closedAt} and {@code statusChangedAt}
 * @param createdAt in milliseconds since 1970
 * @param series what a query monitor watched, as in {@link Notification}
 */
public record Alert(
        String id,
        AlertStatus status,
        @JsonProperty("isOpen") Boolean isOpen,
        String trigger,
        String url,
        Long openedAt,
        Long closedAt,
        Long statusChangedAt,
        Long createdAt,
        String monitorName,
        String metricLabel,
        BigDecimal metricValue,
        BigDecimal criticalThreshold,
        BigDecimal warningThreshold,
        String monitorOperator,
        Long duration,
        JsonNode series) {

    public Alert {
        if (isOpen == null) {
            isOpen = status != AlertStatus.OK;
        }
    }
}
