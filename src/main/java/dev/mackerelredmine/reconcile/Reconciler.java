package dev.mackerelredmine.reconcile;

import dev.mackerelredmine.mackerel.NotificationReader;
import dev.mackerelredmine.mackerelapi.ApiAlert;
import dev.mackerelredmine.mackerelapi.MackerelApi;
import dev.mackerelredmine.mackerelapi.MackerelException;
import dev.mackerelredmine.mackerelapi.MackerelException.Kind;
import dev.mackerelredmine.mackerelapi.RequestBudget;
import dev.mackerelredmine.store.MackerelPoll;
import dev.mackerelredmine.store.MackerelPolls;
import dev.mackerelredmine.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls Mackerel's API from time to time, and compares its alerts with what came in: one poll at a time among all services. What Mackerel does not answer is asked
 * again later, and said once.
 */
public final class Reconciler {

    private static final Duration LONGEST_POLL = Duration.ofMinutes(2);

    /** A service that is killed in its poll keeps the others from theirs for so long. */
    private static final Duration LEASE = LONGEST_POLL.plusMinutes(1);

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);
    private static final Duration WHEN_TOO_MANY = Duration.ofMinutes(5);

    /** A timer's next time is a little before that, rather than after it. */
    private static final Duration EARLY = Duration.ofSeconds(1);

    private static final int MOST_NAMED = 20;

    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);

    private final Poll.Parts parts;
    private final Limits limits;
    private final InstantSource clock;
    private int failures;
    private String failure;

    /**
     * What is asked.
     *
     * @param ours which channels are ours; asked for when it is needed, because routes begin after beans
     * @param site where people see the organization, such as {@code https://mackerel.io}
     */
    public record Mackerel(MackerelApi api, RequestBudget budget, Supplier<OurChannel> ours, String site) {}

    /** What the answers are compared with, and where what was found is reported. */
    public record Ours(Store store, NotificationReader reader, PollReport report) {}

    public static Reconciler of(Mackerel mackerel, Ours ours, Limits limits, InstantSource clock) {
        Poll.Parts parts = new Poll.Parts(
                mackerel.api(),
                mackerel.budget(),
                new Organization(mackerel.api(), mackerel.ours(), clock),
                mackerel.site(),
                ours.reader(),
                ours.store().inbox(),
                ours.store().mackerelPolls(),
                ours.report());
        return new Reconciler(parts, limits, clock);
    }

    private Reconciler(Poll.Parts parts, Limits limits, InstantSource clock) {
        this.parts = parts;
        this.limits = limits;
        this.clock = clock;
    }

    /** Takes a poll, where one is due and no other service takes it. */
    public Reconciled poll() {
        return pollUntil(() -> false);
    }

    /** The same under another name: two of one would confuse Camel. @param stop whether to begin nothing more */
    public synchronized Reconciled pollUntil(BooleanSupplier stop) {
        MackerelPolls polls = parts.polls();
        Optional<MackerelPoll> claimed = polls.claim(LEASE);
        if (claimed.isEmpty()) {
            return Reconciled.NOTHING;
        }
        Instant begun = clock.instant();
        Instant end = begun.plus(LONGEST_POLL);
        Poll poll = new Poll(
                parts,
                limits,
                claimed.get(),
                begun,
                () -> stop.getAsBoolean() || clock.instant().isAfter(end));
        Instant next = begun.plus(limits.interval());
        Instant seenAllOf = null;
        try {
            Reconciled done = poll.take();
            seenAllOf = done.isWhole() ? begun : null;
            succeeded(poll, done);
            return done;
        } catch (MackerelException e) {
            next = clock.instant().plus(failed(e));
            return Reconciled.NOTHING;
        } finally {
            polls.end(claimed.get(), seenAllOf, next.minus(EARLY));
        }
    }

    private void succeeded(Poll poll, Reconciled done) {
        if (failure != null) {
            LOG.info("Mackerel answers again");
        }
        failures = 0;
        failure = null;
        if (!poll.older().isEmpty()) {
            List<ApiAlert> older = poll.older();
            LOG.info(
                    "{} alerts are open at Mackerel since before the first poll, and get no tickets: {}",
                    older.size(),
                    Poll.named(older, MOST_NAMED));
            parts.report().older(older.size(), Poll.named(older, MOST_NAMED));
        }
        if (!poll.unsure().isEmpty()) {
            LOG.warn(
                    "These alerts are open at Mackerel, and get no tickets until the channel's alerts are determined: {}",
                    Poll.named(poll.unsure(), MOST_NAMED));
        }
        parts.report().waiting(done.waiting());
        watchChannel();
        warnOfOtherOrganization();
    }

    /** What is known of it is asked for again each ten minutes. */
    private void watchChannel() {
        try {
            parts.report().channel(parts.organization().audience());
        } catch (MackerelException e) {
            if (e.kind() != Kind.OVER_BUDGET) {
                LOG.warn("This service's channel at Mackerel could not be read: {}", e.getMessage());
            }
        }
    }

    private void warnOfOtherOrganization() {
        try {
            String org = parts.organization().name();
            parts.polls()
                    .otherOrganization(org)
                    .filter(other -> parts.report().isNewWarning(other))
                    .ifPresent(other -> LOG.warn(
                            "Posts come from the organization {}, but mackerel.apikey is a key of {}: lost webhooks of {} are not found",
                            other,
                            org,
                            other));
        } catch (MackerelException e) {
            LOG.debug("The organization's name is not known: {}", e.getMessage());
        }
    }

    private Duration failed(MackerelException e) {
        if (e.kind() == Kind.OVER_BUDGET) {
            LOG.info("This poll of Mackerel is left out: {}", e.getMessage());
            return limits.interval();
        }
        failures++;
        if (!e.getMessage().equals(failure)) {
            LOG.warn(
                    "Mackerel's alerts could not be read completely, and are read again. No ticket is changed by that: {}",
                    e.getMessage());
        }
        failure = e.getMessage();
        Duration byKind = switch (e.kind()) {
            case REFUSED -> LONGEST_WAIT;
            case TOO_MANY -> WHEN_TOO_MANY;
            default -> shorter(limits.interval().multipliedBy(1L << Math.min(failures - 1, 10)), LONGEST_WAIT);
        };
        return e.retryAfter().filter(wanted -> wanted.compareTo(byKind) > 0).orElse(byKind);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
