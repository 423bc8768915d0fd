package dev.mackerelredmine.observe;

import dev.mackerelredmine.notice.BacklogForecast;
import dev.mackerelredmine.notice.DeliveryRate;
import dev.mackerelredmine.redmine.RedmineBreaker;
import dev.mackerelredmine.store.Store;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * What waits in the store, what nobody is on, and whether Redmine is taken for away, read when somebody asks. What cannot be read is shown as NaN,
 * and {@code store.writable} as 0.
 */
public final class StoreMeters {

    private final MeterRegistry meters;
    private final Remembered<BacklogForecast> forecast;
    private final Remembered<Boolean> paused;
    private final Remembered<Long> unacknowledged;
    private final Remembered<Long> incidents;
    private final StoreHealth health;
    private final RedmineBreaker breaker;
    private final List<Meter> registered = new ArrayList<>();

    public StoreMeters(
            MeterRegistry meters, DeliveryRate rate, Store store, StoreHealth health, RedmineBreaker breaker) {
        this.meters = meters;
        this.health = health;
        this.breaker = breaker;
        forecast = new Remembered<>(() -> readOrNull(rate::forecast));
        paused = new Remembered<>(() -> readOrNull(() -> store.deliveries().isPaused()));
        unacknowledged = new Remembered<>(() -> readOrNull(() -> store.people().unacknowledged()));
        incidents = new Remembered<>(() -> readOrNull(store::openIncidents));
    }

    private static <T> T readOrNull(Supplier<T> source) {
        try {
            return source.get();
        } catch (RuntimeException e) {
            return null;
        }
    }

    public void register() {
        gauge(
                "pending.events",
                null,
                "Events that are not delivered yet",
                shown(forecast, waits -> waits.backlog().waiting()));
        gauge(
                "pending.oldest.age",
                "seconds",
                "How long the oldest event waits that is not delivered yet",
                shown(forecast, waits -> waits.backlog().ageInSeconds(Instant.now())));
        gauge(
                "pending.expected",
                "seconds",
                "How long until all of it is delivered, at the pace of the last minute",
                shown(forecast, BacklogForecast::secondsLeft));
        gauge(
                "parked.alerts",
                null,
                "Alerts that Redmine will not take as they are",
                shown(forecast, waits -> waits.backlog().parked()));
        gauge(
                "unacknowledged.tickets",
                null,
                "Open tickets of alerts that fire that nobody has acknowledged",
                shown(unacknowledged, Long::doubleValue));
        gauge("open.incidents", null, "Incidents that are not over", shown(incidents, Long::doubleValue));
        gauge(
                "breaker.open",
                null,
                "1 while Redmine is away and nothing is delivered",
                () -> breaker.isClosed() ? 0 : 1);
        gauge("deliveries.paused", null, "1 while people hold deliveries", shown(paused, held -> held ? 1 : 0));
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

    private static <T> Supplier<Number> shown(Remembered<T> source, ToDoubleFunction<T> value) {
        return () -> {
            T read = source.get();
            return read == null ? Double.NaN : value.applyAsDouble(read);
        };
    }
}
