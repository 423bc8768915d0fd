package dev.mackerelredmine.notice;

import dev.mackerelredmine.store.Backlog;
import java.time.Duration;

/**
 * What waits to be delivered, and when it will be.
 *
 * @param left until all of it is delivered; zero where little waits, and where it is not known
 */
public record BacklogForecast(Backlog backlog, End end, Duration left) {

    /** What is known of when all of it will be delivered. */
    public enum End {
        /** Not estimated, because few alerts wait: they are delivered soon, or each has a problem of its own. */
        OF_LITTLE,
        /** Nothing is delivered until people resume deliveries. */
        AFTER_THE_PAUSE,
        /** Nothing is delivered until Redmine is back. */
        AFTER_REDMINE_IS_BACK,
        /** There is no limit of requests, and deliveries have not been counted for long enough. */
        NOT_MEASURED,
        /** Nothing of it was delivered between the last two samples. */
        NOT_IN_SIGHT,
        EXPECTED
    }

    /** Not a number where it is not known. */
    public double secondsLeft() {
        boolean isKnown = end == End.EXPECTED || end == End.OF_LITTLE;
        return isKnown ? left.toMillis() / 1000.0 : Double.NaN;
    }
}
