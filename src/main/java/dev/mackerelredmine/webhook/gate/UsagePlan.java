package dev.mackerelredmine.webhook.gate;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.local.LocalBucketBuilder;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How much may be posted with each key: a burst, refilled at a rate, and a quota for each day, counted from the start of the service. More is
 * refused (429) with the time of the next try. It uses a clock that cannot be set.
 */
public final class UsagePlan implements Check {

    private static final long NANOS_IN_A_SECOND = Duration.ofSeconds(1).toNanos();

    private final ApiKeys keys;
    private final Limits limits;
    private final TimeMeter clock;
    private final Map<Integer, Bucket> buckets = new ConcurrentHashMap<>();

    public UsagePlan(ApiKeys keys, Limits limits) {
        this(keys, limits, TimeMeter.SYSTEM_NANOTIME);
    }

    UsagePlan(ApiKeys keys, Limits limits, TimeMeter clock) {
        this.keys = keys;
        this.limits = limits;
        this.clock = clock;
    }

    @Override
    public Optional<Refusal> refuses(HttpServerRequest request) {
        if (limits.areNone()) {
            return Optional.empty();
        }
        ConsumptionProbe probe =
                buckets.computeIfAbsent(keys.shownBy(request), key -> bucket()).tryConsumeAndReturnRemaining(1);
        return probe.isConsumed() ? Optional.empty() : Optional.of(refusal(probe.getNanosToWaitForRefill()));
    }

    private Bucket bucket() {
        LocalBucketBuilder bucket = Bucket.builder().withCustomTimePrecision(clock);
        if (limits.rate() > 0) {
            bucket.addLimit(limit -> limit.capacity(limits.burst()).refillGreedy(limits.rate(), Duration.ofSeconds(1)));
        }
        if (limits.quota() > 0) {
            bucket.addLimit(
                    limit -> limit.capacity(limits.quota()).refillIntervally(limits.quota(), Duration.ofDays(1)));
        }
        return bucket.build();
    }

    private static Refusal refusal(long nanos) {
        long seconds = Math.max(1, (nanos + NANOS_IN_A_SECOND - 1) / NANOS_IN_A_SECOND);
        return new Refusal(
                429,
                "Too many posts",
                "More than gate.rate, gate.burst and gate.quota let in. Post it again in " + seconds + " s.",
                Map.of("Retry-After", Long.toString(seconds)));
    }

    /**
     * Posts with one key.
     *
     * @param rate in a second, 0: as many as come
     * @param burst at once, beyond the rate
     * @param quota in a day, 0: as many as come
     */
    public record Limits(long rate, long burst, long quota) {

        boolean areNone() {
            return rate == 0 && quota == 0;
        }
    }
}
