package dev.mackerelredmine.store;

import dev.mackerelredmine.mackerel.Notification;
import dev.mackerelredmine.mackerel.NotificationReader;
import dev.mackerelredmine.redmine.DeliveryException;
import dev.mackerelredmine.redmine.LookUpFirstException;
import dev.mackerelredmine.redmine.LookUpFirstException.Request;
import dev.mackerelredmine.redmine.ParkedException;
import dev.mackerelredmine.redmine.TryAgainException;
import dev.mackerelredmine.ticket.AlertHistory;
import dev.mackerelredmine.ticket.AlertKey;
import dev.mackerelredmine.ticket.Begun.Intent;
import dev.mackerelredmine.ticket.Begun.Marks;
import dev.mackerelredmine.ticket.Created;
import dev.mackerelredmine.ticket.Decision;
import dev.mackerelredmine.ticket.Graph;
import dev.mackerelredmine.ticket.Ticket;
import dev.mackerelredmine.ticket.TicketState;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps each event until it is delivered, and after. What is kept is on disk when the call returns; what cannot be kept throws.
 * A problem is delivered under a lease; what is done without a valid lease changes nothing.
 */
public final class Store implements AutoCloseable {

    private static final Duration UNTIL_NEXT_TRY_TO_OPEN = Duration.ofSeconds(5);
    private static final Duration CLOCK_MAY_GO_BACK = Duration.ofSeconds(10);
    private static final Duration CLOCKS_MAY_BE_APART = Duration.ofMinutes(1);
    private static final Logger LOG = LoggerFactory.getLogger(Store.class);

    private final String url;
    private final String user;
    private final String password;
    private final String stream;
    private final boolean notesHostEvents;
    private final Backoff backoff;
    private final Duration lease;
    private final Histories histories;
    private final Clock clock;
    private volatile long lastLook;
    private final Queue<FailedTry> notEnded = new ConcurrentLinkedQueue<>();

    private final LongAdder deliveries = new LongAdder();

    private Consumer<String> steps = action -> {};
    private Predicate<String> isFollowed = action -> false;
    private SqliteFile file;
    private Database database;

    /** A try of which the store could not be told that it failed. */
    private record FailedTry(Problem problem, String why) {}

    /**
     * @param stream keeps apart what is never to be delivered together: what was received to be delivered, and each run of preview
     * @param lease for how long whoever delivers a problem is believed to be at it, when nothing is heard of it
     */
    public Store(
            String url,
            String user,
            String password,
            String stream,
            boolean notesHostEvents,
            Backoff backoff,
            Duration lease,
            NotificationReader reader) {
        this(url, user, password, stream, notesHostEvents, backoff, lease, reader, Clock.systemUTC());
    }

    Store(
            String url,
            String user,
            String password,
            String stream,
            boolean notesHostEvents,
            Backoff backoff,
            Duration lease,
            NotificationReader reader,
            Clock clock) {
        this.url = url;
        this.user = user;
        this.password = password;
        this.stream = stream;
        this.notesHostEvents = notesHostEvents;
        this.backoff = backoff;
        this.lease = lease;
        this.histories = new Histories(reader);
        this.clock = clock;
    }

    /** Where more can be kept on this machine: beside SQLite's file; in the folder data where the store is in a PostgreSQL. */
    public static Path folder(String url) {
        return SqliteFile.isIn(url) ? SqliteFile.of(url).folder() : Path.of("data");
    }

    /** Tells of each step by its action, once it is on disk. */
    public void tellOfSteps(Consumer<String> listener) {
        steps = listener;
    }

    /** Queues an action after each step whose word this says. It is asked at each step. */
    public void queueActionsAfter(Predicate<String> words) {
        isFollowed = words;
    }

    /**
     * Opens the store: a file for this service alone, a PostgreSQL beside others. What waits, or was parked, is due at once: a
     * start often follows a repair. Only what another service is delivering is left to it. A server that is away is waited
     * for, since it often starts beside us; all else that stands in the way is for a person to mend.
     */
    public void open() throws IOException {
        while (!isOpened()) {
            try {
                TimeUnit.MILLISECONDS.sleep(UNTIL_NEXT_TRY_TO_OPEN.toMillis());
            } catch (InterruptedException e) {
                throw new InterruptedIOException("stopped while it waited for the store");
            }
        }
    }

    private boolean isOpened() throws IOException {
        try {
            boolean isShared = StoreKind.of(url) != StoreKind.SQLITE;
            if (!isShared) {
                file = SqliteFile.of(url);
                file.lock();
                file.check();
            }
            database = new Database(url, user, password);
            database.migrate();
            long valid = isShared ? now() : Long.MAX_VALUE;
            database.tried(sql -> {
                endWhatIsAhead(sql);
                sql.makeActionsDue(stream, now(), valid);
                return sql.makeAllDue(stream, now(), valid);
            });
            return true;
        } catch (RuntimeException failure) {
            close();
            if (!Trouble.isAway(url, failure)) {
                throw notOpened(failure);
            }
            LOG.warn("{}. Until then no post is taken", Trouble.of(url, failure).getMessage());
            return false;
        }
    }

    private StoreException notOpened(RuntimeException failure) {
        return failure instanceof StoreException known
                ? known
                : new StoreException(
                        "the store " + url + " cannot be opened: "
                                + Trouble.of(url, failure).getMessage(),
                        failure);
    }

    /**
     * Opens the store beside a service that may be running, to look into it; false where there is none.
     *
     * @throws StoreException when it cannot be opened, or its tables are of another release
     */
    public boolean openBeside() {
        return openBeside(Database::requireCurrentSchema);
    }

    /**
     * Opens the store beside a service that may be running, to copy it, whatever release its tables are of; false where there
     * is none.
     *
     * @throws StoreException when it cannot be opened
     */
    public boolean openToCopy() {
        return openBeside(opened -> {});
    }

    private boolean openBeside(Consumer<Database> check) {
        if (SqliteFile.isIn(url) && !SqliteFile.of(url).exists()) {
            return false;
        }
        try {
            database = new Database(url, user, password);
            boolean isThere = database.hasTables();
            if (isThere) {
                check.accept(database);
            }
            return isThere;
        } catch (RuntimeException failure) {
            throw notOpened(failure);
        }
    }

    @Override
    public void close() throws IOException {
        if (database != null) {
            database.close();
        }
        if (file != null) {
            file.close();
        }
    }

    /** @param channel the path to which it was posted, as /mackerel; null where it came in on none, as a message of a queue does */
    public Receipt keep(Notification notification, String channel) {
        return inbox().keep(notification, channel);
    }

    /** Keeps a graph until it is attached to the alert's ticket. */
    public void keepGraph(Notification notification, String name, byte[] image) {
        inbox().keepGraph(notification, name, image);
    }

    private Inbox inbox() {
        return new Inbox(database, stream, notesHostEvents, clock);
    }

    /** What there would be to tell of an alert if this came in now; nothing is kept of it. */
    public AlertHistory ifItCameIn(Notification notification) {
        AlertKey key = AlertKey.of(notification);
        return database.rolledBack(sql -> {
            inbox().addAlertEvent(sql, key, notification, null);
            long alert = sql.alertsNamed(stream, key.id()).stream()
                    .filter(named -> named.org().equals(key.org()))
                    .findFirst()
                    .orElseThrow()
                    .id();
            return histories.history(sql, sql.problemOf(alert), alert);
        });
    }

    /**
     * What is known of the alerts that are meant, in whatever stream: one, unless two organizations have the same id, or a ticket has
     * several alerts.
     *
     * @param meant the alert's id, {@code org/id}, its address at Mackerel, or {@code #} and the number of its ticket
     */
    public List<AlertRecord> records(String meant) {
        AlertName name = AlertName.of(meant);
        return database.inTransaction(sql -> sql.alertsAnywhere(name.org(), name.id(), name.issue()).stream()
                .map(named -> histories.record(sql, named))
                .toList());
    }

    /** A problem whose delivery is due, now leased to the caller; null where there is none. */
    public Problem claim() {
        // Otherwise nothing would say that the store can be used again, until the next alert comes in.
        if (!database.isAvailable()) {
            tryToWrite();
        }
        tellOfFailedTries();
        lookAtClock();
        String lease = UUID.randomUUID().toString();
        return database.inTransaction(sql -> sql.claim(stream, lease, now(), leaseUntil()))
                .orElse(null);
    }

    /** Otherwise what waits would do so until the clock is again where it was. */
    private void lookAtClock() {
        Duration back = Duration.ofMillis(lastLook - now());
        if (back.compareTo(CLOCK_MAY_GO_BACK) > 0) {
            LOG.warn("The clock went back by {} s: all that waits for its next try is tried now", back.toSeconds());
            database.inTransaction(sql -> {
                endWhatIsAhead(sql);
                return sql.dueNow(stream, now());
            });
        }
        lastLook = now();
    }

    /** A lease, and the time to settle, are over as long after now as ever: what is under way must not be begun a second time. */
    private void endWhatIsAhead(StoreSql sql) {
        sql.endLeasesBy(stream, leaseUntil(), CLOCKS_MAY_BE_APART.toMillis());
        sql.begunNow(now(), CLOCKS_MAY_BE_APART.toMillis());
        ParkedAlerts.afterClockWentBack(sql, stream, now(), CLOCKS_MAY_BE_APART.toMillis());
    }

    /** The alerts, by the store's numbers, whose tickets were not told all yet, in the order in which they are to be told. */
    public List<Long> undelivered(Problem problem) {
        return database.inTransaction(sql -> sql.undelivered(problem));
    }

    /** What an alert's ticket was not told yet, as far as it had come in when the problem was claimed. */
    public AlertHistory history(Problem problem, long alert) {
        return database.inTransaction(sql -> histories.history(sql, problem, alert));
    }

    /** The graph that waits to be attached. */
    public byte[] graphImage(AlertHistory history) {
        return database.inTransaction(
                sql -> sql.graphImage(history.alert(), history.graph().seq()));
    }

    /** Writes down that the alert's ticket is about to be created, before Redmine is asked to. */
    public void beginCreation(Problem problem, AlertHistory history) throws TryAgainException {
        underLease(problem, sql -> {
            Ticket ticket = history.ticket();
            boolean isNew = ticket.id() == null || ticket.isGone() || ticket.issue() != null;
            long id = isNew ? sql.addTicket(history.alert(), insteadOf(ticket)) : ticket.id();
            sql.giveTicket(history.alert(), id);
            sql.begin(problem, id, history.alert(), TicketRow.write(Intent.ofCreation(history)), now());
        });
    }

    /** A ticket that stands, and gets another all the same, takes no note any more. */
    private static Long insteadOf(Ticket ticket) {
        return ticket.isGone() ? null : ticket.issue();
    }

    /** Whether another ticket stands for the alert's already, because that takes no note any more; then the alert belongs to it. */
    public boolean goesOnInstead(Problem problem, AlertHistory history) throws TryAgainException {
        Long issue = history.shownTicket().issue();
        Optional<Long> other = database.inTransaction(sql -> sql.ticketInstead(problem, issue));
        if (other.isPresent()) {
            underLease(problem, sql -> sql.giveTicket(history.alert(), other.get()));
        }
        return other.isPresent();
    }

    /** Writes down that a ticket is about to be changed, before Redmine is asked to. */
    public void beginUpdate(Problem problem, AlertHistory history, Intent intent) throws TryAgainException {
        long ticket = history.shownTicket().id();
        underLease(problem, sql -> sql.begin(problem, ticket, history.alert(), TicketRow.write(intent), now()));
    }

    private void underLease(Problem problem, Consumer<StoreSql> work) throws TryAgainException {
        boolean holdsLease = database.inTransaction(sql -> {
            if (sql.renewLease(problem, leaseUntil()) == 0) {
                return false;
            }
            work.accept(sql);
            return true;
        });
        if (!holdsLease) {
            throw new TryAgainException("the lease has run out, and another has taken over", null, null);
        }
    }

    /** Redmine has made the ticket. */
    public void created(AlertHistory history, Created created) {
        database.inTransaction(sql -> {
            long ticket = sql.alert(history.alert()).ticketId();
            if (sql.created(ticket, created.issue(), TicketRow.write(created.state())) > 0) {
                Optional<String> cause = sql.parkedCause(history.alert());
                told(sql, history.alert(), created.upTo(), Marks.of(created.told()));
                cause.ifPresent(mended -> releaseOthers(sql, mended));
                step(sql, history.alert(), created.issue(), created.upTo(), "create", created.why());
            }
            return null;
        });
    }

    /** Redmine has changed the ticket. */
    public void updated(AlertHistory history, Intent intent) {
        updated(history, intent, intent.state());
    }

    /** The same, where another state holds than was intended. */
    public void updated(AlertHistory history, Intent intent, TicketState state) {
        Ticket ticket = history.shownTicket();
        database.inTransaction(sql -> {
            if (sql.updated(ticket.id(), TicketRow.write(intent), TicketRow.write(state)) > 0) {
                sql.giveTicket(intent.alert(), ticket.id());
                Optional<String> cause = sql.parkedCause(intent.alert());
                told(sql, intent.alert(), intent.upTo(), intent.told());
                cause.ifPresent(mended -> releaseOthers(sql, mended));
                step(sql, intent.alert(), ticket.issue(), intent.upTo(), intent.action(), intent.why());
            }
            return null;
        });
    }

    /** Its second ticket, if there was one, is closed. */
    public void doublesFound(AlertHistory history) {
        database.inTransaction(sql -> {
            sql.doublesFound(history.ticket().id());
            return null;
        });
    }

    /** The note of an earlier try stands in Redmine after all. */
    public void noteFound(AlertHistory history) {
        updated(history, history.shownTicket().begun().intent());
    }

    /** A ticket of ours that the store did not know is the alert's. */
    public void adopted(Problem problem, AlertHistory history, long issue, TicketState state) throws TryAgainException {
        underLease(problem, sql -> {
            long ticket = sql.addTicket(history.alert(), null);
            sql.giveTicket(history.alert(), ticket);
            sql.created(ticket, issue, TicketRow.write(state));
            step(sql, history.alert(), issue, 0, "adopt", "found in Redmine by its marker or alert id");
        });
    }

    /** What there is to tell only counts: Redmine is not written to. */
    public void told(Problem problem, AlertHistory history, Decision decision) throws TryAgainException {
        if (history.last() > 0) {
            underLease(problem, sql -> {
                told(sql, history.alert(), history.last(), Marks.of(decision.told()));
                Long issue = history.ticket().issue();
                step(
                        sql,
                        history.alert(),
                        issue,
                        history.last(),
                        decision.action().toString(),
                        decision.why());
            });
        }
    }

    private void step(StoreSql sql, long alert, Long issue, long upTo, String action, String why) {
        sql.addStep(alert, now(), issue, upTo, action, why);
        if (isFollowed.test(action)) {
            sql.addAction(stream, alert, issue, action, upTo, now());
        }
        sql.getHandle().afterCommit(() -> steps.accept(action));
    }

    private static void told(StoreSql sql, long alert, long upTo, Marks marks) {
        sql.told(alert, upTo, marks);
        sql.forgetGraphs(alert, upTo);
    }

    /** Redmine does not have the ticket any more. */
    public void gone(AlertHistory history) {
        database.inTransaction(sql -> {
            sql.gone(history.shownTicket().id(), now());
            step(
                    sql,
                    history.alert(),
                    history.shownTicket().issue(),
                    0,
                    "gone",
                    "Redmine does not have the ticket any more");
            return null;
        });
    }

    public void delivered(Problem problem) {
        database.written(sql -> sql.delivered(problem, now()));
        deliveries.increment();
    }

    /** Whether something was due before then, and nobody took it. */
    public boolean hasOverdue(Instant before) {
        return database.inTransaction(sql -> sql.hasOverdue(stream, before.toEpochMilli()));
    }

    /** How many problems were delivered since the start. */
    public long deliveries() {
        return deliveries.sum();
    }

    /** The problem waits for its next try. What Redmine certainly did not do, or is done with, is written down as that. */
    public Instant tryAgain(Problem problem, DeliveryException failure) {
        Instant dueAt = nextTry(problem, failure);
        endTry(problem, failure.getMessage(), sql -> {
            outcome(sql, problem, failure);
            if (failure instanceof LookUpFirstException unclear && unclear.request() == Request.FAILED) {
                sql.failed(problem);
            } else if (failure instanceof LookUpFirstException refused && refused.request() == Request.REFUSED) {
                sql.refused(problem);
            }
            sql.tryAgainAt(problem, dueAt.toEpochMilli(), failure.getMessage());
        });
        return dueAt;
    }

    /** The same when Redmine is away: no try counts, and the problem is due as soon as Redmine is back. */
    public void waitForRedmine(Problem problem, DeliveryException failure) {
        Instant dueAt = failure.notBefore().filter(clock.instant()::isBefore).orElse(clock.instant());
        endTry(problem, failure.getMessage(), sql -> {
            outcome(sql, problem, failure);
            sql.waitForRedmine(problem, dueAt.toEpochMilli(), failure.getMessage());
        });
    }

    private static void outcome(StoreSql sql, Problem problem, DeliveryException failure) {
        if (!(failure instanceof LookUpFirstException unclear)) {
            sql.notDone(problem);
        } else if (unclear.request() == Request.IS_OVER || unclear.request() == Request.FAILED) {
            sql.settled(problem);
        }
    }

    /** Something that nobody foresaw: what Redmine did is not known. */
    public Instant tryLater(Problem problem, Exception failure) {
        Instant dueAt = byBackoff(problem);
        endTry(problem, failure.toString(), sql -> sql.tryAgainAt(problem, dueAt.toEpochMilli(), failure.toString()));
        return dueAt;
    }

    private void endTry(Problem problem, String why, Consumer<StoreSql> work) {
        try {
            database.inTransaction(sql -> {
                work.accept(sql);
                return null;
            });
        } catch (StoreException e) {
            notEnded(problem, why);
        }
    }

    private void notEnded(Problem problem, String why) {
        LOG.warn("How a delivery ended could not be kept ({}): it is tried again when the store can be used", problem);
        notEnded.add(new FailedTry(problem, why));
    }

    /** The store itself failed: what was claimed, if anything, is tried again when the store can be written to. */
    public void storeFailed(Problem problem, StoreException failure) {
        if (problem != null) {
            notEnded(problem, failure.getMessage());
        }
    }

    /** Otherwise a lease would hold up its problem until it runs out. What Redmine did is not known, so that is looked up. */
    private void tellOfFailedTries() {
        for (FailedTry next = notEnded.peek(); next != null; next = notEnded.peek()) {
            FailedTry failed = next;
            long dueAt = byBackoff(failed.problem()).toEpochMilli();
            database.inTransaction(sql -> sql.tryAgainAt(failed.problem(), dueAt, failed.why()));
            notEnded.remove(failed);
        }
    }

    /**
     * The alert is parked until another event of its problem comes in, its turn comes among those that are parked for the same reason, or
     * the service is started again; whether that is news, because it was not parked, or for another reason.
     */
    public boolean park(Problem problem, AlertHistory history, ParkedException reason) {
        String cause = ParkedAlerts.cause(reason.getMessage());
        return database.inTransaction(sql -> {
            sql.notDone(problem);
            sql.forgetFailures(history.alert());
            boolean isNews = !sql.parkedCause(history.alert()).equals(Optional.of(cause));
            if (sql.park(problem, history.alert(), reason.getMessage(), cause, history.isUrgent()) == 0) {
                return false;
            }
            ParkedAlerts.parked(sql, stream, cause, now());
            if (isNews) {
                step(sql, history.alert(), history.ticket().issue(), history.last(), "park", reason.getMessage());
            }
            return isNews;
        });
    }

    /** What one alert was parked for is mended: those that are parked for the same are delivered, too. */
    private void releaseOthers(StoreSql sql, String cause) {
        int others = ParkedAlerts.mended(sql, stream, cause, now());
        sql.getHandle()
                .afterCommit(() -> LOG.info(
                        "An alert that was parked is delivered, and so are {} more that were parked for the same reason: {}",
                        others,
                        cause));
    }

    /** Has parked alerts tried again. */
    public ParkedAlerts parked() {
        return new ParkedAlerts(database, stream, clock);
    }

    /**
     * Redmine, which was there, did not take the graph. The first time the delivery is tried again; then the ticket goes on without.
     *
     * @throws TryAgainException the first time
     */
    public void graphFailed(AlertHistory history, DeliveryException failure) throws TryAgainException {
        int failures = database.inTransaction(
                        sql -> sql.graphFailed(history.alert(), history.graph().seq()))
                .orElse(Graph.MOST_FAILURES);
        if (failures < Graph.MOST_FAILURES) {
            throw new TryAgainException(
                    failure.getMessage(), failure, failure.notBefore().orElse(null));
        }
    }

    /** Begins anew: for a store that is to remember nothing from one event to the next. */
    public void forgetAll() {
        database.inTransaction(sql -> {
            sql.forgetAll();
            return null;
        });
    }

    /** What is not delivered; costs little, however much that is. */
    public Backlog backlog() {
        return database.inTransaction(sql -> sql.backlog(stream));
    }

    /** Writes something, on disk when it returns, and throws when that cannot be done. */
    public void tryToWrite() {
        database.written(sql -> {
            sql.tryToWrite(now());
            return null;
        });
    }

    /** What the operator was told, and is to be told. */
    public NoticeBoard notices() {
        return new NoticeBoard(database, stream, clock);
    }

    /** What is to be done besides. */
    public Actions actions() {
        return new Actions(database, stream, backoff, lease, clock);
    }

    /** What can be delivered anew. */
    public Replays replays() {
        return new Replays(database, stream, clock);
    }

    /** Copies the store, as it is at this moment, to a file that is not there yet; a copy that fails leaves none. */
    public void backUp(Path copy) {
        if (!SqliteFile.isIn(url)) {
            throw new StoreException("the store is in a PostgreSQL: copy that with pg_dump", null);
        }
        new Backup(database).to(copy.toAbsolutePath());
    }

    /** Looks at the next few alerts after this one, and deletes those that are over since before then; empty when there are no more. */
    OptionalLong purgeAlerts(Instant before, long after) {
        return database.inTransaction(sql -> new Purge(sql, before).alertsAfter(after));
    }

    /** Deletes the next few of what is no alert and came in before then; zero when there are no more. */
    int purgeOthers(Instant before) {
        return database.inTransaction(sql -> new Purge(sql, before).others());
    }

    private Instant nextTry(Problem problem, DeliveryException failure) {
        Instant byBackoff = byBackoff(problem);
        return failure.notBefore().filter(byBackoff::isBefore).orElse(byBackoff);
    }

    private Instant byBackoff(Problem problem) {
        return clock.instant().plus(backoff.after(problem.tries(), ThreadLocalRandom.current()));
    }

    private long now() {
        return clock.millis();
    }

    private long leaseUntil() {
        return clock.instant().plus(lease).toEpochMilli();
    }
}
