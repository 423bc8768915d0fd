package dev.mackerelredmine.operate;

import dev.mackerelredmine.operate.Running.UnreachableException;
import dev.mackerelredmine.settings.Settings;
import dev.mackerelredmine.store.Backlog;
import dev.mackerelredmine.store.LostWebhooks;
import dev.mackerelredmine.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Reads the state of the service from the store, and from the running service what only that knows. It changes nothing. */
public final class StatusReader {

    private static final Running UNKNOWN = new Running(null, null, null, null);

    private final Store store;
    private final Running.Source source;
    private final Rules rules;
    private final InstantSource clock;

    /**
     * What of the settings matters here.
     *
     * @param redmine its address; null during a preview
     * @param asksMackerel whether mackerel.apikey is set
     * @param stuckAfter how long something may wait
     * @param unansweredAfter how long a critical ticket may be unanswered where its routing policy does not say; zero is for ever
     */
    public record Rules(String redmine, boolean asksMackerel, Duration stuckAfter, Duration unansweredAfter) {

        public static Rules of(Settings settings) {
            return new Rules(
                    settings.isPreview() ? null : settings.address(),
                    settings.mackerel().isAsked(),
                    settings.delivery().stuckAfter(),
                    settings.ticket().unansweredAfter());
        }
    }

    /** @param source of what only the running service knows */
    public StatusReader(Store store, Running.Source source, Rules rules, InstantSource clock) {
        this.store = store;
        this.source = source;
        this.rules = rules;
        this.clock = clock;
    }

    public Status read() {
        Running running = UNKNOWN;
        String unreachable = null;
        try {
            running = source.ask();
        } catch (UnreachableException e) {
            unreachable = e.getMessage();
        }
        return read(running, unreachable);
    }

    private Status read(Running running, String unreachable) {
        Instant now = clock.instant();
        Backlog backlog = store.deliveries().backlog();
        Status.Parked parked = parked(backlog.parked());
        CurrentPause pause = store.pauses().now().map(CurrentPause::of).orElse(null);
        return new Status(
                state(
                        running,
                        unreachable,
                        pause,
                        backlog.ageInSeconds(now, store.pauses().heldUntil()),
                        parked),
                now,
                new Status.Waiting(backlog.waiting(), backlog.problems(), time(backlog.since())),
                parked,
                store.people().unanswered(now, rules.unansweredAfter()),
                store.people().unacknowledged(),
                new Status.Escalations(
                        store.escalations().running().size(),
                        store.escalations().pausedSince().orElse(null)),
                store.inbox().lastPost().orElse(null),
                rules.redmine() == null
                        ? null
                        : new Status.Redmine(
                                rules.redmine(), running.redmineAway(), running.latency(), running.slowest()),
                rules.asksMackerel() ? new Status.Mackerel(running.channelWorks(), lost()) : null,
                pause,
                unreachable);
    }

    private State state(Running running, String unreachable, CurrentPause pause, double age, Status.Parked parked) {
        if (unreachable != null) {
            return State.UNREACHABLE;
        }
        if (rules.redmine() == null) {
            return State.PREVIEW;
        }
        if (Boolean.TRUE.equals(running.redmineAway())) {
            return State.REDMINE_AWAY;
        }
        if (pause != null) {
            return State.PAUSED;
        }
        if (age > rules.stuckAfter().toSeconds()) {
            return State.STUCK;
        }
        if (Boolean.FALSE.equals(running.channelWorks())) {
            return State.CHANNEL_SUSPENDED;
        }
        return parked.alerts() + parked.actions() > 0 ? State.PARKED : State.OK;
    }

    private Status.Parked parked(long alerts) {
        return new Status.Parked(
                alerts,
                store.parkedDeliveries().actions(),
                store.parkedDeliveries().reasons().stream()
                        .map(reason -> new Status.Reason(reason.reason(), reason.alerts(), time(reason.since())))
                        .toList());
    }

    private long lost() {
        return store.mackerelPolls().unreportedLost().map(LostWebhooks::lost).orElse(0L);
    }

    private static Instant time(Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}
