package dev.mackerelredmine.store;

import dev.mackerelredmine.mackerel.NotificationReader;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps each event until it is delivered, and after. What is kept is on disk when a call returns; what cannot be kept throws. The parts are
 * there when the store is open.
 */
public final class Store implements AutoCloseable {

    private static final Duration UNTIL_NEXT_TRY_TO_OPEN = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(Store.class);

    private final StoreAddress address;
    private final StoreOptions settings;
    private final NotificationReader reader;
    private final Clock clock;
    private Consumer<String> onStep = action -> {};
    private final Map<Purpose, Predicate<String>> followed = new EnumMap<>(Purpose.class);
    private SqliteFile file;
    private Database database;
    private Histories histories;
    private GroupCommit posts;
    private Inbox inbox;
    private ParkedAlerts parked;
    private Deliveries deliveries;
    private Tickets tickets;
    private Steps steps;
    private Actions actions;
    private TicketPeople people;
    private Escalations escalations;
    private Pages pages;
    private Openings openings;
    private Consumer<Duration> onAcknowledged = time -> {};

    public Store(StoreOptions settings, NotificationReader reader) {
        this(settings, reader, Clock.systemUTC());
    }

    /** @param clock what is kept has its times by it */
    public Store(StoreOptions settings, NotificationReader reader, Clock clock) {
        this.address = settings.address();
        this.settings = settings;
        this.reader = reader;
        this.clock = clock;
    }

    /** Where more can be kept on this machine: beside SQLite's file; in the folder data where the store is in a PostgreSQL. */
    public static Path folder(String url) {
        return SqliteFile.isIn(url) ? SqliteFile.of(url).folder() : Path.of("data");
    }

    /** Calls with the word of each step, once it is on disk. */
    public void onStep(Consumer<String> listener) {
        onStep = listener;
    }

    /** Calls with the time from an alert's opening to the first acknowledgement of its ticket, once that is on disk. */
    public void onAcknowledged(Consumer<Duration> listener) {
        onAcknowledged = listener;
    }

    /** Queues an action after each step whose word this says. It is asked at each step. */
    public void queueAfter(Purpose purpose, Predicate<String> words) {
        followed.put(purpose, words);
    }

    private List<Purpose> followedBy(String action) {
        return followed.entrySet().stream()
                .filter(each -> each.getValue().test(action))
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * Opens the store: a file for this service alone, or a PostgreSQL that other services use, too. What waits, or was parked, is due at
     * once, because a start often follows a repair. What another service is delivering is left to it. If the server of PostgreSQL does not
     * answer, this waits for it: it is often started at the same time. Any other fault ends the start, and a person has to correct it.
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
            if (address.isFile()) {
                file = address.file();
                file.lock();
                file.check();
            }
            connect();
            database.migrate();
            long valid = address.isFile() ? Long.MAX_VALUE : clock.millis();
            database.tried(() -> {
                deliveries.makeAllDue(valid);
                actions.makeAllDue(valid);
                mackerelPolls().makeDue(valid);
                people.makeDue(valid);
                escalations.makeDue(valid);
                pages.makeDue(valid);
                return true;
            });
            return true;
        } catch (RuntimeException failure) {
            close();
            if (!StoreErrors.isAway(address, failure)) {
                throw notOpened(failure);
            }
            LOG.warn(
                    "{}. Until then, posts are refused",
                    StoreErrors.of(address, failure).getMessage());
            return false;
        }
    }

    private void connect() {
        database = new Database(address);
        String stream = settings.stream();
        steps = new Steps(database, stream, this::followedBy, action -> onStep.accept(action), clock);
        histories = new Histories(database, reader);
        posts = new GroupCommit(database, StoreKind.LONGEST_WAIT);
        inbox = new Inbox(database, posts, settings, histories, clock);
        parked = new ParkedAlerts(database, stream, steps, clock);
        deliveries = new Deliveries(database, settings, histories, parked, clock);
        tickets = new Tickets(database, settings.lease(), parked, steps, clock);
        actions = new Actions(database, settings, clock);
        people = new TicketPeople(database, stream, reader, steps, clock);
        pages = new Pages(database, stream, clock);
        escalations = new Escalations(database, stream, pages, clock);
        openings = new Openings(database, stream, reader, clock);
        people.onAcknowledged(time -> onAcknowledged.accept(time));
    }

    private StoreException notOpened(RuntimeException failure) {
        return failure instanceof StoreException known
                ? known
                : new StoreException(
                        "the store " + address + " cannot be opened: "
                                + StoreErrors.of(address, failure).getMessage(),
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
        if (address.isFile() && !address.file().exists()) {
            return false;
        }
        try {
            connect();
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
        if (posts != null) {
            posts.close();
        }
        if (database != null) {
            database.close();
        }
        if (file != null) {
            file.close();
        }
    }

    /** What comes in. */
    public Inbox inbox() {
        return inbox;
    }

    /** What is to be delivered. */
    public Deliveries deliveries() {
        return deliveries;
    }

    /** What Redmine would not take. */
    public ParkedAlerts parked() {
        return parked;
    }

    public Tickets tickets() {
        return tickets;
    }

    /** What is known of alerts, for whoever asks. */
    public Histories histories() {
        return histories;
    }

    /** What can be delivered anew. */
    public Replays replays() {
        return new Replays(database, settings.stream(), clock);
    }

    /** What Redmine would not take, for people. */
    public ParkedDeliveries parkedDeliveries() {
        return new ParkedDeliveries(database, settings.stream(), histories, replays(), clock);
    }

    /** What people held. */
    public Pauses pauses() {
        return new Pauses(database, settings.stream(), clock);
    }

    /** The notices to the operator. */
    public Notices notices() {
        return new Notices(database, settings.stream(), clock);
    }

    /** What is compared with what Mackerel has. */
    public MackerelPolls mackerelPolls() {
        return new MackerelPolls(database, settings.stream(), clock);
    }

    /** Who is on which ticket. */
    public TicketPeople people() {
        return people;
    }

    /** How all stands, for whoever looks. */
    public Overviews overviews() {
        return new Overviews(database, settings.stream(), clock);
    }

    /** Escalations and their pages. */
    public Escalations escalations() {
        return escalations;
    }

    /** Which alerts are an incident together. */
    public Incidents incidents(Incidents.Rules rules) {
        return new Incidents(database, rules, reader, steps, clock);
    }

    /** How many incidents are not over. */
    public long openIncidents() {
        return database.read(() -> database.sql(IncidentSql.class).open(settings.stream()));
    }

    public Pages pages() {
        return pages;
    }

    /** What figures are made of. */
    public Openings openings() {
        return openings;
    }

    /** What follows changes of tickets. */
    public Actions actions() {
        return actions;
    }

    /**
     * @param keep for how long what is over is kept
     * @param keepFigures for how long what figures are made of is kept
     */
    public Retention retention(Duration keep, Duration keepFigures) {
        return new Retention(database, keep, keepFigures, openings);
    }

    /** Begins anew: for a store that is to remember nothing from one event to the next. */
    public void forgetAll() {
        database.inTransaction(() -> database.sql(HousekeepingSql.class).forgetAll());
    }

    /** Writes something, on disk when it returns, and throws when that cannot be done. */
    public void tryToWrite() {
        database.tryToWrite(clock);
    }

    /** Copies the store, as it is at this moment, to a file that is not there yet; a copy that fails leaves none. */
    public void backUp(Path copy) {
        if (!address.isFile()) {
            throw new StoreException("the store is in a PostgreSQL: copy that with pg_dump", null);
        }
        new Backup(database).to(copy.toAbsolutePath());
    }
}
