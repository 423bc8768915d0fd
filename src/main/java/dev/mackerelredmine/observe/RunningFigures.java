package dev.mackerelredmine.observe;

import dev.mackerelredmine.operate.Running;
import dev.mackerelredmine.reconcile.Audience;
import dev.mackerelredmine.reconcile.PollReport;
import dev.mackerelredmine.redmine.RedmineBreaker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What only the running service knows, read in that service itself. */
public final class RunningFigures implements Running.Source {

    private final Supplier<MeterRegistry> meters;
    private final RedmineBreaker breaker;
    private final Supplier<Optional<PollReport>> polls;

    /** @param looks empty where Mackerel is not asked */
    public RunningFigures(
            Supplier<MeterRegistry> meters, RedmineBreaker breaker, Supplier<Optional<PollReport>> polls) {
        this.meters = meters;
        this.breaker = breaker;
        this.polls = polls;
    }

    @Override
    public Running ask() {
        Collection<Timer> answers = meters.get().find(RedmineRequests.METER).timers();
        long count = answers.stream().mapToLong(Timer::count).sum();
        double seconds = answers.stream()
                .mapToDouble(timer -> timer.totalTime(TimeUnit.SECONDS))
                .sum();
        double slowest = answers.stream()
                .mapToDouble(timer -> timer.max(TimeUnit.SECONDS))
                .max()
                .orElse(0);
        return new Running(
                !breaker.isClosed(),
                count == 0 ? null : Running.seconds(seconds / count),
                slowest == 0 ? null : Running.seconds(slowest),
                polls.get()
                        .flatMap(PollReport::channel)
                        .map(Audience.State.WORKS::equals)
                        .orElse(null));
    }
}
