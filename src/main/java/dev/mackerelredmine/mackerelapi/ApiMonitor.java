package dev.mackerelredmine.mackerelapi;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;

/**
 * A monitor, as far as an alert's text and its notifications depend on it. What its kind does not have is null. Of a check the API has its
 * id and name only.
 *
 * @param service of a service's metric, or of an external monitor that is linked to one
 * @param duration over how many minutes the value is an average
 */
public record ApiMonitor(
        String id,
        String type,
        String name,
        String memo,
        @JsonProperty("isMute") boolean isMute,
        String service,
        String metric,
        String operator,
        BigDecimal warning,
        BigDecimal critical,
        Long duration,
        BigDecimal responseTimeWarning,
        BigDecimal responseTimeCritical,
        Long responseTimeDuration) {

    /** The default name of what watches whether hosts are there: the name is optional. */
    private static final String CONNECTIVITY = "connectivity";

    public ApiMonitor {
        if (name == null && CONNECTIVITY.equals(type)) {
            name = CONNECTIVITY;
        }
    }

    public BigDecimal warningThreshold() {
        return warning == null ? responseTimeWarning : warning;
    }

    public BigDecimal criticalThreshold() {
        return critical == null ? responseTimeCritical : critical;
    }

    /** A response time is compared with what it may be at most. */
    public String comparison() {
        return operator == null && criticalThreshold() != null ? ">" : operator;
    }

    public Long minutes() {
        return duration == null ? responseTimeDuration : duration;
    }
}
