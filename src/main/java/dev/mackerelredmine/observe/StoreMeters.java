package dev.mackerelredmine.observe;

import dev.mackerelredmine.store.Backlog;
import dev.mackerelredmine.store.Store;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** What waits in the store, read when somebody asks. What cannot be read is shown as NaN. */
public final class StoreMeters {

    private final MeterRegistry meters;
    private final Remembered<Backlog> backlog;
    private final StoreHealth health;
    private final List<Meter> registered = new ArrayList<>();

    public StoreMeters(MeterRegistry meters, Store store, StoreHealth health) {
        this.meters = meters;
        this.health = health;
        backlog = new Remembered<>(() -> backlogOf(store));
    }

    private static Backlog backlogOf(Store store) {
        try {
            return store.backlog();
        } catch (RuntimeException e) {
            return null;
        }
    }

    public void register() {
        gauge("pending.events", null, "Events that are not delivered yet", inBacklog(Backlog::waiting));
        gauge(
                "pending.oldest.age",
                "seconds",
                "How long the oldest event waits that is not delivered yet",
                inBacklog(waiting -> waiting.ageInSeconds(Instant.now())));
        gauge("parked.alerts", null, "Alerts that Redmine will not take as they are", inBacklog(Backlog::parked));
        gauge("store.writable", null, "1 when the store can be written to", () -> health.isWritable() ? 1 : 0);
    }

    public void unregister() {
        registered.forEach(meters::remove);
    }

    private void gauge(String name, String unit, String description, Supplier<Number> value) {
        registered.add(Gauge.builder("mackerel.redmine." + name, value)
                .baseUnit(unit)
                .description(description)
                .register(meters));
    }

    private Supplier<Number> inBacklog(ToDoubleFunction<Backlog> value) {
        return () -> {
            Backlog waiting = backlog.get();
            return waiting == null ? Double.NaN : value.applyAsDouble(waiting);
        };
    }
}
