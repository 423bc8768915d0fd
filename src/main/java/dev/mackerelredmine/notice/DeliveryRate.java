package dev.mackerelredmine.notice;

import dev.mackerelredmine.notice.BacklogForecast.End;
import dev.mackerelredmine.redmine.RedmineBreaker;
import dev.mackerelredmine.store.Backlog;
import dev.mackerelredmine.store.Deliveries;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How many problems are delivered in a second, and so when all that waits will be: by what was delivered between the last two samples at it,
 * and before there are two, by the limit of requests. While Redmine is away the rate is unknown, and afterwards it is measured anew.
 */
public final class DeliveryRate {

    /** Ten seconds' work by redmine.max-requests-per-second as it is shipped. */
    private static final long MUCH = 50;

    private static final double SECOND = Duration.ofSeconds(1).toNanos();

    private final Deliveries deliveries;
    private final RedmineBreaker breaker;
    private final double limit;
    private final LongSupplier nanoTime;
    private Sample last;
    private volatile double perSecond;

    private record Sample(long nanoTime, long problems, long deliveries) {}

    /** @param requestsPerSecond at most; 0 where there is no limit */
    public DeliveryRate(Deliveries deliveries, RedmineBreaker breaker, long requestsPerSecond) {
        this(deliveries, breaker, requestsPerSecond, System::nanoTime);
    }

    DeliveryRate(Deliveries deliveries, RedmineBreaker breaker, long requestsPerSecond, LongSupplier nanoTime) {
        this.deliveries = deliveries;
        this.breaker = breaker;
        this.limit = requestsPerSecond > 0 ? requestsPerSecond : Double.NaN;
        this.nanoTime = nanoTime;
        this.perSecond = limit;
    }

    /** Called about once a minute. */
    public synchronized void sample() {
        Sample now = new Sample(nanoTime.getAsLong(), deliveries.backlog().problems(), deliveries.count());
        boolean drains = breaker.isClosed() && now.problems() >= MUCH;
        perSecond = drains && last != null ? between(last, now) : limit;
        last = drains ? now : null;
    }

    /** What waits shrinks by less than this service delivers while alerts come in, and by more where other services deliver, too. */
    private static double between(Sample last, Sample now) {
        long delivered = Math.max(now.deliveries() - last.deliveries(), last.problems() - now.problems());
        return delivered * SECOND / (now.nanoTime() - last.nanoTime());
    }

    public BacklogForecast forecast() {
        return forecast(breaker.isClosed());
    }

    /** The same, with the caller's knowledge of whether Redmine is away: a moment later it may be otherwise. */
    BacklogForecast forecast(boolean isRedmineThere) {
        Backlog backlog = deliveries.backlog();
        double rate = perSecond;
        End end = deliveries.isPaused() ? afterThePause(backlog) : end(backlog, rate, isRedmineThere);
        double left = end == End.EXPECTED ? backlog.problems() / rate : 0;
        return new BacklogForecast(backlog, end, Duration.ofSeconds(Math.round(left)));
    }

    private static End afterThePause(Backlog backlog) {
        return backlog.problems() == 0 ? End.OF_LITTLE : End.AFTER_THE_PAUSE;
    }

    private static End end(Backlog backlog, double rate, boolean isRedmineThere) {
        if (backlog.problems() < MUCH) {
            return End.OF_LITTLE;
        }
        if (!isRedmineThere) {
            return End.AFTER_REDMINE_IS_BACK;
        }
        if (Double.isNaN(rate)) {
            return End.NOT_MEASURED;
        }
        return rate > 0 ? End.EXPECTED : End.NOT_IN_SIGHT;
    }
}
