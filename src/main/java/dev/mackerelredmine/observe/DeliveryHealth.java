package dev.mackerelredmine.observe;

import dev.mackerelredmine.redmine.RedmineBreaker;
import dev.mackerelredmine.store.Deliveries;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.apache.camel.spi.InflightRepository;
import org.apache.camel.spi.InflightRepository.InflightExchange;

/**
 * Whether deliveries move. They do not where one has been under way for longer than its lease, or where something has been due for minutes
 * while Redmine is there and nothing was delivered. A new start is what helps then, so it is part of liveness.
 */
public final class DeliveryHealth extends AbstractHealthCheck {

    /** The route that delivers. */
    private static final String ROUTE = "deliver";

    private static final Duration UNTOUCHED = Duration.ofMinutes(3);
    private static final int MOST_BROWSED = 100;

    private final Deliveries deliveries;
    private final RedmineBreaker breaker;
    private final Duration longestDelivery;
    private final Clock clock;
    private long delivered;
    private Instant deliveredAt;

    public DeliveryHealth(Deliveries deliveries, RedmineBreaker breaker, Duration longestDelivery) {
        this(deliveries, breaker, longestDelivery, Clock.systemUTC());
    }

    DeliveryHealth(Deliveries deliveries, RedmineBreaker breaker, Duration longestDelivery, Clock clock) {
        super("deliveries");
        this.deliveries = deliveries;
        this.breaker = breaker;
        this.longestDelivery = longestDelivery;
        this.clock = clock;
        this.deliveredAt = clock.instant();
    }

    @Override
    public boolean isReadiness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder result, Map<String, Object> options) {
        stuck().or(this::untouched).ifPresentOrElse(why -> result.down().message(why), result::up);
    }

    /** The same for the log; null where none does. */
    public String stuckDelivery() {
        return stuck().orElse(null);
    }

    /** A delivery that takes too long: its worker's step, since when, and of which alert. */
    private Optional<String> stuck() {
        InflightRepository inflight = getCamelContext().getInflightRepository();
        return inflight.browse(ROUTE, MOST_BROWSED, true).stream()
                .filter(worker -> worker.getDuration() > longestDelivery.toMillis())
                .findFirst()
                .map(this::said);
    }

    private String said(InflightExchange worker) {
        Object alert = worker.getExchange().getVariable("alertKey");
        return "a delivery has been under way since "
                + clock.instant().minusMillis(worker.getDuration()).truncatedTo(ChronoUnit.SECONDS)
                + (alert == null ? "" : " (alert " + alert + ")") + ", at the step " + worker.getNodeId()
                + " of the route "
                + worker.getAtRouteId() + ": start the service again if it does not end";
    }

    /** What was due is claimed at once while Redmine is there; whoever should have done so is gone. */
    private synchronized Optional<String> untouched() {
        Instant now = clock.instant();
        if (deliveries.count() != delivered || !breaker.isClosed()) {
            delivered = deliveries.count();
            deliveredAt = now;
        }
        Instant longAgo = now.minus(UNTOUCHED);
        return deliveredAt.isBefore(longAgo) && deliveries.hasOverdue(longAgo)
                ? Optional.of("nothing has been delivered since " + deliveredAt.truncatedTo(ChronoUnit.SECONDS)
                        + ", though Redmine is there and something is due: start the service again")
                : Optional.empty();
    }
}
