package dev.mackerelredmine.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.stream.IntStream;

/** Counts requests by the key that they showed, so that it is seen when the old one is used no more. Of a key only its position shows. */
public final class KeyCounter {

    private final MeterRegistry meters;

    /** @param keys how many there are; each begins at 0, to be seen before it is used */
    public KeyCounter(MeterRegistry meters, int keys) {
        this.meters = meters;
        IntStream.rangeClosed(1, keys).forEach(this::counter);
    }

    /** @param position 1 is the first */
    public void count(int position) {
        counter(position).increment();
    }

    private Counter counter(int position) {
        return Counter.builder("mackerel.redmine.key.uses")
                .description("Requests that showed a key, by its position in gate.api-key")
                .tag("position", Integer.toString(position))
                .register(meters);
    }
}
