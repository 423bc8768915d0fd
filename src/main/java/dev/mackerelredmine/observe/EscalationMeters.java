package dev.mackerelredmine.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** How many escalations run and are stuck, read when somebody asks, and what became of pages. What is not known is shown as NaN. */
public final class EscalationMeters {

    private final MeterRegistry meters;
    private final LongSupplier running;
    private final LongSupplier stuck;
    private final List<Meter> registered = new ArrayList<>();

    /** Each throws where it is not known. */
    public EscalationMeters(MeterRegistry meters, LongSupplier running, LongSupplier stuck) {
        this.meters = meters;
        this.running = running;
        this.stuck = stuck;
    }

    public void register() {
        gauge("running", "Escalations that run", running);
        gauge("stuck", "Tickets whose escalation is stuck", stuck);
    }

    public void unregister() {
        registered.forEach(meters::remove);
    }

    private void gauge(String name, String description, LongSupplier value) {
        Remembered<Double> remembered = new Remembered<>(() -> orNaN(value));
        registered.add(Gauge.builder("mackerel.redmine.escalations." + name, remembered::get)
                .description(description)
                .register(meters));
    }

    private static Double orNaN(LongSupplier value) {
        try {
            return (double) value.getAsLong();
        } catch (RuntimeException e) {
            return Double.NaN;
        }
    }

    /** One page more of these means had this outcome. */
    public static void page(MeterRegistry meters, String means, String outcome) {
        Counter.builder("mackerel.redmine.pages")
                .description("What became of pages, by means")
                .tag("means", means)
                .tag("outcome", outcome)
                .register(meters)
                .increment();
    }
}
