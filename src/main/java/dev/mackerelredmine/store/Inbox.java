package dev.mackerelredmine.store;

import dev.mackerelredmine.mackerel.Notification;
import dev.mackerelredmine.ticket.AlertHistory;
import dev.mackerelredmine.ticket.AlertKey;
import dev.mackerelredmine.ticket.Change;
import dev.mackerelredmine.ticket.ProblemKey;
import dev.mackerelredmine.ticket.TicketState;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What comes in: each post becomes an event of its alert, and the alert's problem is due. */
public final class Inbox {

    private static final int LONGEST_HOST_ID = 300;

    private final Database database;
    private final GroupCommit posts;
    private final String stream;
    private final boolean notesHostEvents;
    private final Histories histories;
    private final Clock clock;
    private final InboxSql sql;
    private final ReplaySql alerts;
    private final TicketSql tickets;
    private final ReconcileSql reconcile;
    private final OperateSql operate;

    Inbox(Database database, GroupCommit posts, StoreOptions settings, Histories histories, Clock clock) {
        this.database = database;
        this.posts = posts;
        this.stream = settings.stream();
        this.notesHostEvents = settings.notesHostEvents();
        this.histories = histories;
        this.clock = clock;
        this.sql = database.sql(InboxSql.class);
        this.alerts = database.sql(ReplaySql.class);
        this.tickets = database.sql(TicketSql.class);
        this.reconcile = database.sql(ReconcileSql.class);
        this.operate = database.sql(OperateSql.class);
    }

    /**
     * Keeps a post; it is on disk when this returns.
     *
     * @param channel the path to which it was posted, as /mackerel; null where it came in on none, as a message of a queue does
     * @throws StoreException when it cannot be kept
     */
    public Receipt keep(Notification notification, String channel) {
        return notification.alert() == null ? keepOther(notification, channel) : keepAlert(notification, channel);
    }

    private Receipt keepOther(Notification notification, String channel) {
        List<AlertKey> concerned = openOnHost(notification);
        return posts.write(size(notification), () -> {
            if (concerned.isEmpty()) {
                sql.addOtherEvent(clock.millis(), notification.event(), channel, notification.json());
            }
            concerned.forEach(alert -> addEvent(alert, notification, channel));
            return new Receipt(notification.event(), null, false);
        });
    }

    /** The alerts whose tickets get a note of what happened to their host: those that are open, as far as we know. */
    private List<AlertKey> openOnHost(Notification notification) {
        if (!notesHostEvents
                || notification.host() == null
                || notification.host().id() == null) {
            return List.of();
        }
        String org = Objects.toString(notification.orgName(), "");
        return database
                .read(() -> sql.alertsOfHost(stream, org, notification.host().id()))
                .stream()
                .filter(alert ->
                        TicketRow.read(alert.state(), TicketState.class).closedAt() == null)
                .map(alert -> new AlertKey(org, alert.alertKey()))
                .toList();
    }

    private Receipt keepAlert(Notification notification, String channel) {
        AlertKey key = AlertKey.of(notification);
        return posts.write(size(notification), () -> {
            boolean isNew = addAlertEvent(key, notification, channel);
            return new Receipt(notification.event(), key.id(), isNew);
        });
    }

    private static long size(Notification notification) {
        return notification.json().length();
    }

    private boolean addAlertEvent(AlertKey key, Notification notification, String channel) {
        String problem = ProblemKey.of(notification).text();
        sql.addProblem(stream, problem);
        boolean isNew = sql.addAlert(stream, problem, key.org(), key.id(), host(notification)) > 0;
        addEvent(key, notification, channel);
        return isNew;
    }

    /** An id that no index takes is none of Mackerel's: such an alert gets no note of its host's events. */
    private static String host(Notification notification) {
        String id = notification.host() == null ? null : notification.host().id();
        return id == null || id.length() > LONGEST_HOST_ID ? null : id;
    }

    private void addEvent(AlertKey alert, Notification notification, String channel) {
        if (sql.receiveOne(stream, alert.org(), alert.id(), Urgency.of(notification), clock.millis()) == 0) {
            throw new StoreException(
                    "alert " + alert + " was deleted at this moment, as older than store.retention", null);
        }
        sql.addAlertEvent(
                stream, alert.org(), alert.id(), clock.millis(), notification.event(), channel, notification.json());
        if (notification.alert() == null || notification.alertGroup() != null) {
            sql.cameIn(stream, alert.org(), alert.id());
        } else {
            Change change = new Change(0, clock.instant(), notification);
            String status = notification.alert().status().toString();
            sql.cameIn(stream, alert.org(), alert.id(), status, change.at().toEpochMilli());
        }
    }

    /**
     * Keeps what was found of an alert by asking Mackerel, all or nothing.
     *
     * @param events what happened, the oldest first
     * @param known what was known of the alert when it was asked for; null where nothing was
     * @param lost for how many of them a webhook should have come
     * @return false where something came in of it meanwhile: then that is believed, and nothing is kept
     * @throws StoreException when it cannot be kept
     */
    public boolean keepFound(List<Notification> events, KnownAlert known, int lost) {
        AlertKey key = AlertKey.of(events.get(0));
        return database.written(() -> {
            if (!reconcile.known(stream, key.org(), key.id()).equals(Optional.ofNullable(known))) {
                return false;
            }
            events.forEach(event -> addAlertEvent(key, event, null));
            if (lost > 0) {
                long first = new Change(0, clock.instant(), events.get(0)).at().toEpochMilli();
                reconcile.addLost(stream, lost, first);
            }
            return true;
        });
    }

    /** Keeps a graph until it is attached to the alert's ticket. */
    public void keepGraph(Notification notification, String name, byte[] image) {
        AlertKey key = AlertKey.of(notification);
        database.inTransaction(() -> {
            sql.receiveOne(stream, key.org(), key.id(), Urgency.OTHER, clock.millis());
            sql.addGraph(stream, key.org(), key.id(), name, image);
            sql.cameIn(stream, key.org(), key.id());
        });
    }

    /** When the last post was kept, if any was. */
    public Optional<Instant> lastPost() {
        return database.read(operate::lastPost).map(Instant::ofEpochMilli);
    }

    /** What there would be to report of an alert if this came in now; nothing is kept of it. */
    public AlertHistory dryRun(Notification notification) {
        AlertKey key = AlertKey.of(notification);
        return database.rolledBack(() -> {
            addAlertEvent(key, notification, null);
            long alert = alerts.alertNamed(stream, key.org(), key.id()).id();
            return histories.history(tickets.problemOf(alert), alert);
        });
    }
}
