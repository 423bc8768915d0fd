package dev.mackerelredmine.mackerelapi;

import dev.mackerelredmine.mackerel.AlertStatus;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * One change of an alert's status.
 *
 * @param trigger in the API's words, which are not those of webhooks: {@code monitoring}, {@code manual}, {@code monitorDelete}, …
 * @param targetValue of a metric, or null
 * @param statusDetail of a check, or null
 * @param createdAt in seconds since 1970
 */
public record ApiLog(
        String id,
        AlertStatus status,
        String trigger,
        BigDecimal targetValue,
        StatusDetail statusDetail,
        long createdAt) {

    /** Of a check. */
    public record StatusDetail(String type, Detail detail) {}

    /** What the check said. */
    public record Detail(String message, String memo) {}

    public Instant at() {
        return Instant.ofEpochSecond(createdAt);
    }

    /** What a check said, or null. */
    public String message() {
        return statusDetail == null || statusDetail.detail() == null
                ? null
                : statusDetail.detail().message();
    }
}
