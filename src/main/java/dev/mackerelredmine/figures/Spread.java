package dev.mackerelredmine.figures;

import java.util.Arrays;

/**
 * Times, in seconds: how many there are, their median and their 90th percentile, by the nearest rank. Null where there is none.
 */
public record Spread(long count, Long median, Long p90) {

    private static final long MILLIS = 1000;

    /** Collects them in as little memory as they need. */
    static final class Times {
        private long[] times = new long[64];
        private int count;

        void add(long millis) {
            if (count == times.length) {
                times = Arrays.copyOf(times, count * 2);
            }
            times[count++] = Math.max(0, millis);
        }

        Spread spread() {
            Arrays.sort(times, 0, count);
            return new Spread(count, rank(0.5), rank(0.9));
        }

        private Long rank(double share) {
            return count == 0 ? null : (Long) (times[(int) Math.ceil(share * count) - 1] / MILLIS);
        }
    }
}
