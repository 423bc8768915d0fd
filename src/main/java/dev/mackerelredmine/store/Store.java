package dev.mackerelredmine.store;

import dev.mackerelredmine.mackerel.Notification;
import dev.mackerelredmine.mackerel.NotificationReader;
import dev.mackerelredmine.redmine.DeliveryException;
import dev.mackerelredmine.redmine.LookUpFirstException;
import dev.mackerelredmine.redmine.ParkedException;
import dev.mackerelredmine.redmine.TryAgainException;
import dev.mackerelredmine.ticket.AlertHistory;
import dev.mackerelredmine.ticket.AlertKey;
import dev.mackerelredmine.ticket.ProblemKey;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/**
 * Keeps each event until it is delivered, and after. What is kept is on disk when the call returns; what cannot be kept throws.
 * A problem is delivered under a lease; what is done without a valid lease changes nothing.
 */
public final class Store implements AutoCloseable {

    private static final Duration LEASE = Duration.ofMinutes(5);

    private final String url;
    private final String user;
    private final String password;
    private final String stream;
    private final Backoff backoff;
    private final NotificationReader reader;
    private final Clock clock = Clock.systemUTC();

    private SqliteFile file;
    private Database database;

    /** The stream keeps apart what is never to be delivered together: what was received to be delivered, and each run of preview. */
    public Store(String url, String user, String password, String stream, Backoff backoff, NotificationReader reader) {
        this.url = url;
        this.user = user;
        this.password = password;
        this.stream = stream;
        this.backoff = backoff;
        this.reader = reader;
    }

    /** Opens the store for this service alone. What waits, or was parked, is due at once: a start often follows a repair. */
    public void open() throws IOException {
        try {
            file = SqliteFile.of(url);
            file.lock();
            database = new Database(url, user, password);
            database.migrate();
            database.inTransaction(sql -> sql.makeAllDue(stream, now()));
        } catch (RuntimeException failure) {
            close();
            throw failure instanceof StoreException
                    ? failure
                    : new StoreException("the store " + url + " cannot be opened: " + failure.getMessage(), failure);
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

    public Receipt keep(Notification notification) {
        return notification.alert() == null ? keepOther(notification) : keepAlert(notification);
    }

    private Receipt keepOther(Notification notification) {
        database.inTransaction(sql -> {
            sql.addOtherEvent(now(), notification.event(), notification.json());
            return null;
        });
        return new Receipt(notification.event(), null);
    }

    private Receipt keepAlert(Notification notification) {
        AlertKey key = AlertKey.of(notification);
        String problem = ProblemKey.of(notification).text();
        database.inTransaction(sql -> {
            sql.addProblem(stream, problem);
            sql.addAlert(stream, problem, key.org(), key.id());
            sql.receiveOne(stream, key.org(), key.id(), now());
            sql.addAlertEvent(stream, key.org(), key.id(), now(), notification.event(), notification.json());
            return null;
        });
        return new Receipt(notification.event(), key.id());
    }

    /** A problem whose delivery is due, now leased to the caller; null where there is none. */
    public Problem claim() {
        String lease = UUID.randomUUID().toString();
        return database.inTransaction(sql -> sql.claim(stream, lease, now(), leaseUntil()))
                .orElse(null);
    }

    /** What the problem's tickets do not show yet, one history for each alert, in the order of their first events. */
    public List<AlertHistory> undelivered(Problem problem) {
        Map<Long, List<Undelivered>> byAlert = database.inTransaction(sql -> sql.undelivered(problem)).stream()
                .collect(Collectors.groupingBy(Undelivered::alertId, LinkedHashMap::new, Collectors.toList()));
        return byAlert.values().stream().map(this::history).toList();
    }

    private AlertHistory history(List<Undelivered> events) {
        Undelivered any = events.get(0);
        List<Notification> changes = events.stream()
                .map(event -> reader.readText(event.notification()))
                .toList();
        return new AlertHistory(any.alertId(), any.key(), any.ticket(), changes);
    }

    /** Writes down that the alert's ticket is about to be created, before Redmine is asked to. */
    public void begin(Problem problem, AlertHistory history) throws TryAgainException {
        boolean holdsLease = database.inTransaction(sql -> {
            if (sql.renewLease(problem, leaseUntil()) == 0) {
                return false;
            }
            sql.addTicket(history.alert()).ifPresent(ticket -> sql.giveAlertItsTicket(history.alert(), ticket));
            sql.beginTicket(problem, history.alert(), now());
            return true;
        });
        if (!holdsLease) {
            throw new TryAgainException("the lease has run out, and another has taken over", null, null);
        }
    }

    public void created(AlertHistory history, long issue) {
        database.inTransaction(sql -> {
            sql.ticketCreated(history.alert(), issue);
            sql.unpark(history.alert());
            return null;
        });
    }

    public void delivered(Problem problem) {
        database.inTransaction(sql -> sql.delivered(problem, now()));
    }

    /** Redmine certainly did nothing. */
    public Instant tryAgain(Problem problem, DeliveryException failure) {
        Instant dueAt = nextTry(problem, failure);
        database.inTransaction(sql -> {
            sql.ticketsNotCreated(problem);
            return sql.tryAgainAt(problem, dueAt.toEpochMilli(), failure.getMessage());
        });
        return dueAt;
    }

    /** Redmine may have done it. */
    public Instant lookUpFirst(Problem problem, LookUpFirstException failure) {
        Instant dueAt = nextTry(problem, failure);
        database.inTransaction(sql -> {
            if (failure.answered()) {
                sql.ticketsSettled(problem);
            }
            return sql.tryAgainAt(problem, dueAt.toEpochMilli(), failure.getMessage());
        });
        return dueAt;
    }

    /** Something that nobody foresaw: what Redmine did is not known. */
    public Instant tryLater(Problem problem, Exception failure) {
        Instant dueAt = clock.instant().plus(backoff.after(problem.tries(), ThreadLocalRandom.current()));
        database.inTransaction(sql -> sql.tryAgainAt(problem, dueAt.toEpochMilli(), failure.toString()));
        return dueAt;
    }

    /** The alert is put aside until another event of its problem comes in, or the service is started again. */
    public void park(Problem problem, AlertHistory history, ParkedException reason) {
        database.inTransaction(sql -> {
            sql.ticketsNotCreated(problem);
            sql.park(problem, history.alert(), reason.getMessage());
            return null;
        });
    }

    /** How many alerts are put aside. */
    public long parked() {
        return database.inTransaction(sql -> sql.parked(stream));
    }

    /** How many events are not delivered yet. */
    public long waiting() {
        return database.inTransaction(sql -> sql.waiting(stream));
    }

    private Instant nextTry(Problem problem, DeliveryException failure) {
        Instant byBackoff = clock.instant().plus(backoff.after(problem.tries(), ThreadLocalRandom.current()));
        return failure.notBefore().filter(byBackoff::isBefore).orElse(byBackoff);
    }

    private long now() {
        return clock.millis();
    }

    private long leaseUntil() {
        return clock.instant().plus(LEASE).toEpochMilli();
    }
}
