package dev.mackerelredmine.redmine;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether Redmine is there as a whole. It counts probes alone, never an alert's own requests: one alert that Redmine cannot take is no
 * outage, and an outage is known by the first probe that fails. While it is open, the wait before the next probe doubles, and is never shorter than
 * Redmine's Retry-After.
 */
public final class RedmineBreaker {

    private static final Logger LOG = LoggerFactory.getLogger(RedmineBreaker.class);
    private static final double DOUBLED = 2;
    private static final double GIVE_OR_TAKE = 0.2;
    private static final float EVERY_ONE = 100;

    private final CircuitBreaker breaker;
    private volatile Outage outage;
    private volatile boolean hasAnswered;

    /** Since when Redmine is away, and why, as far as it is known. */
    public record Outage(Instant since, String why) {}

    /** @param first the wait before Redmine is asked again, doubled each time up to the longest */
    public RedmineBreaker(Duration first, Duration longest) {
        breaker = CircuitBreaker.of(
                "redmine",
                CircuitBreakerConfig.custom()
                        .slidingWindowType(SlidingWindowType.COUNT_BASED)
                        .slidingWindowSize(1)
                        .minimumNumberOfCalls(1)
                        .failureRateThreshold(EVERY_ONE)
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .waitIntervalFunctionInOpenState(IntervalFunction.ofExponentialRandomBackoff(
                                first.toMillis(), DOUBLED, GIVE_OR_TAKE, longest.toMillis()))
                        .build());
    }

    /** Whether Redmine is there, as far as it is known. */
    public boolean isClosed() {
        return breaker.getState() == CircuitBreaker.State.CLOSED;
    }

    /** Whether to probe now. A caller that gets true has to report the result. */
    public boolean allowsProbe() {
        return breaker.tryAcquirePermission();
    }

    /** The probe succeeded. */
    public synchronized void redmineAnswers() {
        breaker.onSuccess(0, TimeUnit.NANOSECONDS);
        hasAnswered = true;
        if (outage != null && isClosed()) {
            LOG.info(
                    "Redmine is back after {} s",
                    Duration.between(outage.since(), Instant.now()).toSeconds());
            outage = null;
        }
    }

    /** The probe failed. */
    public synchronized void redmineIsAway(Exception failure) {
        if (outage == null) {
            LOG.warn("Redmine is away: nothing is delivered until it is back. {}", failure.getMessage());
        }
        outage = new Outage(outage == null ? Instant.now() : outage.since(), failure.getMessage());
        breaker.onError(0, TimeUnit.NANOSECONDS, failure);
        if (failure instanceof DeliveryException known) {
            known.notBefore().filter(Instant.now()::isBefore).ifPresent(breaker::transitionToOpenStateUntil);
        }
    }

    /** Whether a probe has succeeded since the start. */
    public boolean hasAnswered() {
        return hasAnswered;
    }

    /** Requires a probe before anything more is delivered. The breaker can become half-open only from open, so it is opened first. */
    public synchronized void doubt() {
        if (isClosed()) {
            breaker.transitionToOpenState();
            breaker.transitionToHalfOpenState();
        }
    }

    /** Empty while Redmine is there. */
    public Optional<Outage> outage() {
        return Optional.ofNullable(outage);
    }
}
