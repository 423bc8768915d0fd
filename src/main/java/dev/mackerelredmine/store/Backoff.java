package dev.mackerelredmine.store;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before the next try: doubled each time up to the longest, give or take a fifth so that problems spread out. */
public record Backoff(Duration first, Duration longest) {

    private static final int MOST_DOUBLINGS = 30;

    Duration after(int tries, RandomGenerator random) {
        long doubled = first.toMillis() << Math.min(tries, MOST_DOUBLINGS);
        long wait = doubled <= 0 ? longest.toMillis() : Math.min(doubled, longest.toMillis());
        return Duration.ofMillis(Math.round(wait * random.nextDouble(0.8, 1.2)));
    }
}
