package dev.mackerelredmine.operate;

import java.time.Duration;

/**
 * What only the running service knows. What is null is not known.
 *
 * @param redmineAway whether Redmine is taken for away
 * @param latency of Redmine's answers since the start, on average
 * @param slowest the slowest of the last minutes
 * @param channelWorks whether Mackerel posts all alerts to us
 */
public record Running(Boolean redmineAway, Duration latency, Duration slowest, Boolean channelWorks) {

    /** To the millisecond. */
    public static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }

    /** That it could not be asked; the message says why. */
    public static final class UnreachableException extends Exception {

        private static final long serialVersionUID = 1;

        public UnreachableException(String message) {
            super(message);
        }
    }

    /** Asks the running service. */
    @FunctionalInterface
    public interface Source {
        Running ask() throws UnreachableException;
    }
}
