package dev.mackerelredmine.observe;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** How long it took until somebody was on it: of those that were acknowledged alone, so that what recovered unseen makes nothing look quick. */
public final class PeopleMeters {

    private final Timer timer;

    public PeopleMeters(MeterRegistry meters) {
        timer = Timer.builder("mackerel.redmine.time.to.acknowledge")
                .description("From an alert's opening to the first acknowledgement of its ticket")
                .serviceLevelObjectives(
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(2),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(10),
                        Duration.ofMinutes(15),
                        Duration.ofMinutes(30),
                        Duration.ofHours(1),
                        Duration.ofHours(2),
                        Duration.ofHours(4),
                        Duration.ofHours(8),
                        Duration.ofDays(1))
                .register(meters);
    }

    public void acknowledged(Duration time) {
        timer.record(time);
    }
}
