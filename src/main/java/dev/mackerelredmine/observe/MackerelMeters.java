package dev.mackerelredmine.observe;

import dev.mackerelredmine.mackerelapi.RequestObserver;
import dev.mackerelredmine.reconcile.Audience;
import dev.mackerelredmine.reconcile.PollReport;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What Mackerel was asked, and what that has shown. */
public final class MackerelMeters implements RequestObserver {

    private final Supplier<MeterRegistry> meters;
    private final PollReport report;
    private final List<Meter> registered = new ArrayList<>();

    /** The meters are asked for with each request, because Camel makes them after the first of its beans. */
    public MackerelMeters(Supplier<MeterRegistry> meters, PollReport report) {
        this.meters = meters;
        this.report = report;
    }

    public void register() {
        registered.add(FunctionCounter.builder("mackerel.redmine.webhooks.lost", report, PollReport::lost)
                .description("Changes of alerts of which no webhook came, and that were found by asking Mackerel")
                .register(meters.get()));
        registered.add(Gauge.builder("mackerel.redmine.channel.suspended", report, MackerelMeters::suspended)
                .description(
                        "1 while our channel at Mackerel is missing, suspended, or does not get all alerts; NaN while not known")
                .register(meters.get()));
    }

    public void unregister() {
        registered.forEach(meters.get()::remove);
    }

    private static double suspended(PollReport report) {
        return report.channel()
                .map(state -> state == Audience.State.WORKS ? 0.0 : 1.0)
                .orElse(Double.NaN);
    }

    @Override
    public void asked(String method, String path, String outcome, Duration time) {
        Timer.builder("mackerel.redmine.mackerel.requests")
                .description("Requests to Mackerel's API")
                .tags("method", method, "path", template(path), "outcome", outcome)
                .register(meters.get())
                .record(time);
    }

    /** Without what makes each one different. */
    private static String template(String path) {
        return path.replaceFirst("\\?.*", "")
                .replaceFirst("^/api/v0", "")
                .replaceFirst("^(/alerts|/hosts|/monitors|/monitoring/checks|/services)/[^/]+", "$1/{id}");
    }
}
