package dev.mackerelredmine.observe;

import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Whether Redmine answers, as the last request found; it is not asked. It is a warning only: what comes in is taken and kept
 * while Redmine is away, so that is neither a reason to send posts elsewhere nor one to start the service again.
 */
public final class RedmineHealth extends AbstractHealthCheck {

    private final RedmineRequests requests;

    public RedmineHealth(RedmineRequests requests) {
        super("redmine");
        this.requests = requests;
    }

    @Override
    public boolean isReadiness() {
        return false;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder result, Map<String, Object> options) {
        RedmineRequests.Failure failure = requests.failure();
        if (failure == null) {
            result.up();
        } else {
            result.unknown()
                    .message("since " + failure.since().truncatedTo(ChronoUnit.SECONDS)
                            + " no request to Redmine succeeded (the last: " + failure.outcome()
                            + "). Alerts are kept, and delivered when it is back.");
        }
    }
}
