package dev.mackerelredmine.observe;

import dev.mackerelredmine.store.Store;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** How many tickets of alerts that fire nobody is on, read when somebody asks; NaN while it cannot be read. */
public final class UnacknowledgedGauge {

    private final MeterRegistry meters;
    private final Store store;
    private Gauge gauge;

    public UnacknowledgedGauge(MeterRegistry meters, Store store) {
        this.meters = meters;
        this.store = store;
    }

    public void register() {
        gauge = Gauge.builder("mackerel.redmine.unacknowledged.tickets", this::tickets)
                .description("Open tickets of alerts that fire that nobody has acknowledged")
                .register(meters);
    }

    public void unregister() {
        meters.remove(gauge);
    }

    private double tickets() {
        try {
            return store.people().unacknowledged();
        } catch (RuntimeException e) {
            return Double.NaN;
        }
    }
}
