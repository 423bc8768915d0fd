package dev.mackerelredmine.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/** What polls of Mackerel found that the operator may want to know. This is kept in memory only; the alerts themselves are in the store. */
public final class PollReport {

    /** Whoever has not looked for so long does not know any more how the channel stands. */
    private static final Duration VALID = Duration.ofMinutes(25);

    private final InstantSource clock;
    private final Set<String> warned = new HashSet<>();
    private final LongAdder lost = new LongAdder();
    private Older older;
    private int waiting;
    private Audience channel;
    private Instant channelAt;

    public PollReport(InstantSource clock) {
        this.clock = clock;
    }

    /** Open alerts that get no tickets. */
    public record Older(int alerts, String named) {}

    synchronized void older(int alerts, String named) {
        older = new Older(alerts, named);
    }

    /** Those of the first poll, until that is reported. */
    public synchronized Optional<Older> unreportedOlder() {
        return Optional.ofNullable(older);
    }

    public synchronized void olderReported() {
        older = null;
    }

    void lost(int webhooks) {
        lost.add(webhooks);
    }

    /** How many changes of alerts were found since the start for which a webhook should have come. */
    public long lost() {
        return lost.sum();
    }

    synchronized void waiting(int alerts) {
        waiting = alerts;
    }

    /** How many new alerts wait for the next polls. */
    public synchronized int waiting() {
        return waiting;
    }

    synchronized void channel(Audience audience) {
        channel = audience;
        channelAt = clock.instant();
    }

    /** How our channel stands; empty where that is not known. */
    public synchronized Optional<Audience.State> channel() {
        boolean isValid = channel != null && clock.instant().isBefore(channelAt.plus(VALID));
        return isValid ? Optional.of(channel.state()) : Optional.empty();
    }

    synchronized boolean isNewWarning(String subject) {
        return warned.add(subject);
    }
}
