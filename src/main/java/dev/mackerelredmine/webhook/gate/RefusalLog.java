package dev.mackerelredmine.webhook.gate;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs what was refused: in each minute the first ten that differ, so that a flood of posts is no flood of lines. The first line of a later
 * minute says how many were left out. All refusals are counted, by the status of their answer.
 */
final class RefusalLog {

    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);
    private static final long A_MINUTE = Duration.ofMinutes(1).toNanos();
    private static final int MOST = 10;

    private final LongSupplier nanoTime;
    private final Set<String> said = new HashSet<>();
    private long begun;
    private long leftOut;

    /** @param nanoTime a clock that nobody sets */
    RefusalLog(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    synchronized void say(Refusal refusal) {
        if (said.isEmpty() || nanoTime.getAsLong() - begun >= A_MINUTE) {
            begin();
        }
        String line = (refusal.detail() + " " + refusal.advice()).strip();
        if (said.size() < MOST && said.add(refusal.status() + line)) {
            LOG.warn("Refused a post with {}: {}", refusal.status(), line);
        } else {
            leftOut++;
        }
    }

    private void begin() {
        if (leftOut > 0) {
            LOG.warn("Refused {} more posts, which are not logged one by one", leftOut);
        }
        said.clear();
        leftOut = 0;
        begun = nanoTime.getAsLong();
    }
}
