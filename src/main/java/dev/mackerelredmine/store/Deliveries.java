package dev.mackerelredmine.store;

import dev.mackerelredmine.redmine.DeliveryException;
import dev.mackerelredmine.redmine.LookUpFirstException;
import dev.mackerelredmine.redmine.LookUpFirstException.Request;
import dev.mackerelredmine.redmine.NotYetException;
import dev.mackerelredmine.ticket.AlertHistory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands out problems to be delivered, each under a lease, and writes down how each delivery ended. What is done without a valid lease
 * changes nothing.
 */
public final class Deliveries {

    private static final Duration CLOCK_MAY_GO_BACK = Duration.ofSeconds(10);
    private static final Duration CLOCKS_MAY_BE_APART = Duration.ofMinutes(1);
    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

    private final Database database;
    private final StoreOptions settings;
    private final Histories histories;
    private final ParkedAlerts parked;
    private final Clock clock;
    private final String stream;
    private final DeliverySql sql;
    private final TicketSql tickets;
    private final OperateSql operate;
    private final Queue<FailedTry> notEnded = new ConcurrentLinkedQueue<>();
    private final LongAdder delivered = new LongAdder();
    private volatile long lastReading;

    /** A try of which the store could not record that it failed. */
    private record FailedTry(Problem problem, String why) {}

    Deliveries(Database database, StoreOptions settings, Histories histories, ParkedAlerts parked, Clock clock) {
        this.database = database;
        this.settings = settings;
        this.histories = histories;
        this.parked = parked;
        this.clock = clock;
        this.stream = settings.stream();
        this.sql = database.sql(DeliverySql.class);
        this.tickets = database.sql(TicketSql.class);
        this.operate = database.sql(OperateSql.class);
    }

    /** At a start. @param leasedUpTo what another delivers for longer than that is left to it */
    void makeAllDue(long leasedUpTo) {
        endWhatIsAhead();
        sql.makeAllDue(stream, now(), leasedUpTo);
    }

    /** A problem whose delivery is due, now leased to the caller; null where there is none, or deliveries are paused. */
    public Problem claim() {
        // Otherwise nothing would say that the store can be used again, until the next alert comes in.
        if (!database.isAvailable()) {
            database.tryToWrite(clock);
        }
        endFailedTries();
        readClock();
        String lease = UUID.randomUUID().toString();
        return database.inRepairableTransaction(() -> sql.claim(stream, lease, now(), leaseUntil()))
                .orElse(null);
    }

    /** Otherwise what waits would do so until the clock is again where it was. */
    private void readClock() {
        Duration back = Duration.ofMillis(lastReading - now());
        if (back.compareTo(CLOCK_MAY_GO_BACK) > 0) {
            LOG.warn("The clock went back by {} s: everything that waits for a retry is tried now", back.toSeconds());
            database.inTransaction(() -> {
                endWhatIsAhead();
                sql.dueNow(stream, now());
            });
        }
        lastReading = now();
    }

    /** A lease, and the time to settle, are over as long after now as ever: what is under way must not be begun a second time. */
    private void endWhatIsAhead() {
        long apart = CLOCKS_MAY_BE_APART.toMillis();
        sql.endLeasesBy(stream, leaseUntil(), apart);
        sql.begunNow(now(), apart);
        parked.afterClockWentBack(apart);
    }

    /** The alerts, by the store's numbers, whose tickets do not show everything yet, in the order of delivery. */
    public List<Long> undelivered(Problem problem) {
        return database.read(() -> sql.undelivered(problem));
    }

    /** What an alert's ticket does not report yet, as far as it had come in when the problem was claimed. */
    public AlertHistory history(Problem problem, long alert) {
        return database.read(() -> histories.history(problem, alert));
    }

    /** @param problem null where there was none */
    public void delivered(Problem problem) {
        if (problem == null) {
            return;
        }
        database.inRepairableTransaction(() -> sql.delivered(problem, now()));
        delivered.increment();
    }

    public boolean isPaused() {
        return database.read(() -> operate.standing(stream)).isPresent();
    }

    /** How many problems were delivered since the start. */
    public long count() {
        return delivered.sum();
    }

    /** Whether something was due before then, and nobody took it. */
    public boolean hasOverdue(Instant before) {
        return database.read(() -> sql.hasOverdue(stream, before.toEpochMilli()));
    }

    /** What is not delivered; costs little, however much that is. */
    public Backlog backlog() {
        return database.read(() -> sql.backlog(stream));
    }

    /** The problem waits for its next try. What Redmine certainly did not do, or is done with, is kept as that. */
    public Instant retryAfterFailure(Problem problem, DeliveryException failure) {
        Instant dueAt = nextTry(problem, failure);
        endTry(problem, failure.getMessage(), () -> {
            outcome(problem, failure);
            if (failure instanceof LookUpFirstException unclear && unclear.request() == Request.FAILED) {
                tickets.failed(problem);
            } else if (failure instanceof LookUpFirstException refused && refused.request() == Request.REFUSED) {
                tickets.refused(problem);
            }
            sql.tryAgainAt(problem, dueAt.toEpochMilli(), failure.getMessage());
        });
        return dueAt;
    }

    /** The same when Redmine is away: no try counts, and the problem is due as soon as Redmine is back. */
    public void waitForRedmine(Problem problem, DeliveryException failure) {
        Instant dueAt = failure.notBefore().filter(clock.instant()::isBefore).orElse(clock.instant());
        endTry(problem, failure.getMessage(), () -> {
            outcome(problem, failure);
            sql.waitForRedmine(problem, dueAt.toEpochMilli(), failure.getMessage());
        });
    }

    /** The same where it is not time yet: nothing was asked of Redmine, and nothing counts as waiting. */
    public void waitUntil(Problem problem, NotYetException wait) {
        long dueAt = wait.notBefore().orElse(clock.instant()).toEpochMilli();
        endTry(problem, wait.getMessage(), () -> sql.waitUntil(problem, dueAt, wait.getMessage()));
    }

    private void outcome(Problem problem, DeliveryException failure) {
        if (!(failure instanceof LookUpFirstException unclear)) {
            tickets.notDone(problem);
        } else if (unclear.request() == Request.IS_OVER || unclear.request() == Request.FAILED) {
            tickets.settled(problem);
        }
    }

    /** The same after a mistake in a policy, or an exception that nobody foresaw: what Redmine did is not known. */
    public Instant retryAfterError(Problem problem, Exception failure) {
        Instant dueAt = byBackoff(problem);
        endTry(problem, failure.toString(), () -> sql.tryAgainAt(problem, dueAt.toEpochMilli(), failure.toString()));
        return dueAt;
    }

    private void endTry(Problem problem, String why, Runnable work) {
        try {
            database.inTransaction(work);
        } catch (StoreException e) {
            notEnded(problem, why);
        }
    }

    private void notEnded(Problem problem, String why) {
        LOG.warn(
                "The result of a delivery could not be stored ({}): it is tried again when the store can be used",
                problem);
        notEnded.add(new FailedTry(problem, why));
    }

    /** The store itself failed: what was claimed, if anything, is tried again when the store can be written to. */
    public void retryWhenStoreIsBack(Problem problem, StoreException failure) {
        if (problem != null) {
            notEnded(problem, failure.getMessage());
        }
    }

    /** Otherwise a lease would hold up its problem until it runs out. What Redmine did is not known, so that is looked up. */
    private void endFailedTries() {
        for (FailedTry next = notEnded.peek(); next != null; next = notEnded.peek()) {
            FailedTry failed = next;
            long dueAt = byBackoff(failed.problem()).toEpochMilli();
            database.inTransaction(() -> sql.tryAgainAt(failed.problem(), dueAt, failed.why()));
            notEnded.remove(failed);
        }
    }

    private Instant nextTry(Problem problem, DeliveryException failure) {
        Instant byBackoff = byBackoff(problem);
        return failure.notBefore().filter(byBackoff::isBefore).orElse(byBackoff);
    }

    private Instant byBackoff(Problem problem) {
        return clock.instant().plus(settings.backoff().after(problem.tries(), ThreadLocalRandom.current()));
    }

    private long now() {
        return clock.millis();
    }

    private long leaseUntil() {
        return clock.instant().plus(settings.lease()).toEpochMilli();
    }
}
