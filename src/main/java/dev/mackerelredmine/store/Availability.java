package dev.mackerelredmine.store;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log when the store cannot be used: at once, and once a minute while that lasts; and when it can be used again. */
final class Availability {

    private static final Logger LOG = LoggerFactory.getLogger(Availability.class);
    private static final Duration AGAIN_AFTER = Duration.ofMinutes(1);

    private long failingSince;
    private long saidAt;
    private String said;
    private boolean isSaid;
    private volatile boolean isFailing;
    private volatile long workedAt = System.nanoTime();

    /** @param begunAt when what failed began, by {@link System#nanoTime} */
    synchronized void failed(StoreException failure, long begunAt) {
        // Who waited for a connection while the store was away gets that answer at the end of the wait, when it may be
        // long
        // back.
        if (begunAt - workedAt < 0) {
            LOG.debug("Failed, while others could write: {}", failure.getMessage());
            return;
        }
        long now = System.nanoTime();
        if (!isFailing) {
            isFailing = true;
            failingSince = now;
        }
        if (said == null || !said.equals(failure.getMessage()) || now - saidAt > AGAIN_AFTER.toNanos()) {
            saidAt = now;
            said = failure.getMessage();
            isSaid = true;
            LOG.error("The store cannot be used, so posts are refused and nothing is delivered: {}.", said);
        }
    }

    /** Whether nothing failed since something was written. */
    boolean isKnownToWork() {
        return !isFailing;
    }

    /** Something was written. */
    void works() {
        workedAt = System.nanoTime();
        if (isFailing) {
            saysItWorks();
        }
    }

    private synchronized void saysItWorks() {
        if (isFailing) {
            isFailing = false;
            // Where one thing can be written, and another cannot, it would be said without end.
            if (!isSaid) {
                return;
            }
            isSaid = false;
            Duration away = Duration.ofNanos(System.nanoTime() - failingSince);
            LOG.info("The store can be used again, after {} s", away.toSeconds());
        }
    }
}
