package dev.mackerelredmine.observe;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * An answer that is looked for anew when it is older than a moment: who asks more often gets the last one. So many who ask a
 * store that hangs wait for one try, not for one each.
 */
final class Remembered<T> {

    private static final long MOMENT = Duration.ofSeconds(1).toNanos();

    private final Supplier<T> source;
    private T answer;
    private long found = System.nanoTime() - 2 * MOMENT;

    Remembered(Supplier<T> source) {
        this.source = source;
    }

    synchronized T get() {
        if (System.nanoTime() - found > MOMENT) {
            answer = source.get();
            found = System.nanoTime();
        }
        return answer;
    }
}
