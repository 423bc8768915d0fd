package dev.mackerelredmine.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts what was done for alerts. */
public final class StepCounter {

    private final MeterRegistry meters;

    public StepCounter(MeterRegistry meters) {
        this.meters = meters;
    }

    public void count(String action) {
        Counter.builder("mackerel.redmine.steps")
                .description("What was done for alerts, by action")
                .tag("action", action)
                .register(meters)
                .increment();
    }
}
