package dev.mackerelredmine.store;

import dev.mackerelredmine.mackerel.NotificationReader;
import dev.mackerelredmine.people.News;
import dev.mackerelredmine.people.PersonsStep;
import dev.mackerelredmine.people.WhoIsOnIt;
import dev.mackerelredmine.redmine.Issue;
import dev.mackerelredmine.redmine.Issue.Journal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Who is on which ticket, and what was read of Redmine to know it. Whatever is read twice, or by two at once, is written down once, in one
 * transaction with the actions that follow. It need not wait for the disk: should the machine fail, Redmine says the same again.
 */
public final class TicketPeople {

    private static final int MOST_ALERTS = 20;
    private static final long TWO_SECONDS = 2000;

    private final Database database;
    private final String stream;
    private final NotificationReader reader;
    private final Steps steps;
    private final Clock clock;
    private final PeopleSql sql;
    private final IncidentPeople incidents;
    private final OpeningSql openings;
    private Consumer<Duration> onAcknowledged = time -> {};

    TicketPeople(Database database, String stream, NotificationReader reader, Steps steps, Clock clock) {
        this.database = database;
        this.stream = stream;
        this.reader = reader;
        this.steps = steps;
        this.clock = clock;
        this.sql = database.sql(PeopleSql.class);
        this.incidents = new IncidentPeople(database, steps, clock);
        this.openings = database.sql(OpeningSql.class);
    }

    /** Calls with the time from an alert's opening to the first acknowledgement of its ticket, once that is on disk. */
    public void onAcknowledged(Consumer<Duration> listener) {
        onAcknowledged = listener;
    }

    // --- who asks

    /** At a start. @param leasedUpTo a poll that another takes for longer than that is left to it */
    void makeDue(long leasedUpTo) {
        sql.makeWatchDue(stream, clock.millis(), leasedUpTo);
    }

    /** A poll that is due, for so long the caller's alone; empty where none is due, or another service takes it. */
    public Optional<WatchTurn> claim(Duration lease) {
        long now = clock.millis();
        return database.inRepairableTransaction(() -> {
            sql.addWatch(stream);
            return sql.claimWatch(stream, UUID.randomUUID().toString(), now, now + lease.toMillis());
        });
    }

    /** @param since up to when all is known now; null where that is not known */
    public void end(WatchTurn turn, Instant since, Instant lastSweep, Instant next) {
        Long upTo = since == null ? null : (Long) since.toEpochMilli();
        database.inRepairableTransaction(() -> sql.endWatch(turn, upTo, lastSweep.toEpochMilli(), next.toEpochMilli()));
    }

    /** No ticket is open: what people do meanwhile is nobody's business. */
    public void rest() {
        if (database.read(() -> sql.watchedSince(stream)).isPresent()) {
            database.inRepairableTransaction(() -> sql.rest(stream, clock.millis()));
        }
    }

    // --- what is known

    public List<WatchedTicket> open() {
        return database.read(() -> sql.openTickets(stream));
    }

    /** The ticket of that number, where it is one of ours. */
    public Optional<WatchedTicket> ofIssue(long issue) {
        return database.read(() -> sql.watchedTicket(stream, issue));
    }

    public long unacknowledged() {
        return database.read(() -> sql.unacknowledged(stream));
    }

    public List<UnansweredTicket> unanswered() {
        return database.read(() -> sql.unanswered(stream));
    }

    /** Those that somebody has to answer, whether the operator was notified or not. */
    public List<UnansweredTicket> toBeAnswered() {
        return database.read(() -> sql.allUnanswered(stream));
    }

    /** How many of them nobody has answered in time. */
    public long unanswered(Instant now, Duration otherwise) {
        return toBeAnswered().stream()
                .flatMap(ticket -> ticket.due(otherwise).stream())
                .filter(due -> !due.isAfter(now))
                .count();
    }

    public void unansweredReported(List<UnansweredTicket> tickets) {
        database.inTransaction(() -> tickets.forEach(ticket -> sql.unansweredReported(ticket.id())));
    }

    // --- what was read

    /** A ticket is in this project, and may be unanswered for so long; null is as the settings say. */
    public void placed(Issue issue, Duration unansweredAfter) {
        ofIssue(issue.id())
                .filter(ticket -> isOther(ticket, issue, unansweredAfter))
                .ifPresent(ticket -> database.inRepairableTransaction(() -> {
                    if (issue.project() != null) {
                        sql.inProject(ticket.id(), issue.project().id());
                    }
                    if (unansweredAfter != null) {
                        sql.unansweredAfter(ticket.id(), unansweredAfter.toMillis());
                    }
                }));
    }

    /** As it was made nobody has touched it; but somebody may in that very second, so it is to be read once. */
    public void madeNow(Issue issue, Duration unansweredAfter) {
        database.inRepairableTransaction(() -> sql.watchedTicket(stream, issue.id())
                .ifPresent(ticket -> {
                    if (unansweredAfter != null) {
                        sql.unansweredAfter(ticket.id(), unansweredAfter.toMillis());
                    }
                    if (ticket.seenUpdated() == null) {
                        saw(ticket, issue, 0, null);
                    }
                }));
    }

    private static boolean isOther(WatchedTicket ticket, Issue issue, Duration unansweredAfter) {
        boolean isInOther =
                issue.project() != null && !Long.valueOf(issue.project().id()).equals(ticket.project());
        return isInOther
                || unansweredAfter != null
                        && !Long.valueOf(unansweredAfter.toMillis()).equals(ticket.unansweredAfter());
    }

    /** A list showed it in another project than is known. */
    public void moved(WatchedTicket ticket, long project) {
        database.inRepairableTransaction(() -> sql.inProject(ticket.id(), project));
    }

    /** It cannot be seen any more: it was deleted, or is where we may not look. */
    public void notSeen(long issue) {
        database.inRepairableTransaction(() -> sql.notSeen(issue, clock.millis()));
    }

    /**
     * Redmine showed the ticket with its journals. What is older than what is known already changes nothing.
     *
     * @param askedAt when it was asked for; null where that is not known
     * @param ofPerson the number of its newest journal by a person, whatever that says; 0: there is none
     * @param rule who is on it now, of who was
     */
    public void read(Issue issue, Instant askedAt, long ofPerson, UnaryOperator<WhoIsOnIt> rule) {
        Optional<WatchedTicket> known = ofIssue(issue.id());
        known.ifPresent(ticket -> incidents.saw(ticket, issue));
        if (known.isPresent() && isNews(known.get(), issue, askedAt, rule)) {
            database.inRepairableTransaction(() -> sql.watchedTicket(stream, issue.id())
                    .ifPresent(ticket -> {
                        sql.acted(ticket.id(), ofPerson);
                        write(ticket, issue, askedAt, rule);
                    }));
        }
    }

    /** What people say of it; null: nothing. */
    public void verdict(long issue, String verdict) {
        Optional<WatchedTicket> known = ofIssue(issue);
        if (known.isPresent() && !Objects.equals(known.get().verdict(), verdict)) {
            database.inRepairableTransaction(() -> {
                sql.verdict(known.get().id(), verdict);
                openings.isToSumOfTicket(known.get().id());
            });
        }
    }

    private static boolean isNews(WatchedTicket ticket, Issue issue, Instant askedAt, UnaryOperator<WhoIsOnIt> rule) {
        WhoIsOnIt before = ticket.whoIsOnIt();
        return askedAt != null
                || ticket.isOpen() == issue.isClosed()
                || newestJournal(issue) > known(ticket.seenJournal())
                || !before.equals(rule.apply(before));
    }

    private void write(WatchedTicket ticket, Issue issue, Instant askedAt, UnaryOperator<WhoIsOnIt> rule) {
        boolean isFromBefore = askedAt == null || askedAt.toEpochMilli() <= known(ticket.seenLast());
        if (ticket.isToBeRead() && isFromBefore) {
            return;
        }
        long journal = newestJournal(issue);
        // A note may have been deleted; or this answer is older than what is known.
        boolean isOlder = askedAt == null || askedAt.toEpochMilli() < known(ticket.seenLast());
        if (journal < known(ticket.seenJournal()) && isOlder) {
            return;
        }
        saw(ticket, issue, journal, askedAt);
        WhoIsOnIt before = ticket.whoIsOnIt();
        WhoIsOnIt after = rule.apply(before);
        if (after.equals(before)) {
            return;
        }
        Long at = after.hasSomebody() ? (Long) after.acknowledged().time().toEpochMilli() : null;
        String was = ticket.people() == null ? "" : ticket.people();
        if (sql.people(ticket.id(), was, TicketRow.write(after), at) > 0) {
            List<Long> alerts = sql.alertsOf(ticket.id(), MOST_ALERTS);
            News.between(before, after).forEach(news -> report(news, ticket, alerts));
            if (at != null && ticket.firstAcknowledgedAt() == null) {
                acknowledged(alerts, Instant.ofEpochMilli(at));
            }
        }
    }

    private void saw(WatchedTicket ticket, Issue issue, long journal, Instant askedAt) {
        long updated = issue.updatedAt().toEpochMilli();
        boolean isSame = ticket.seenUpdated() != null && ticket.seenUpdated() == updated;
        long first = isSame ? ticket.seenFirst() : clock.millis();
        boolean isSettled =
                isSame && (ticket.seenSettled() || askedAt != null && askedAt.toEpochMilli() >= first + TWO_SECONDS);
        // That we closed it meanwhile is known better than by an answer that is older.
        boolean isNewer = journal > known(ticket.seenJournal());
        boolean isOpen = !issue.isClosed() && (ticket.isOpen() || isNewer);
        Long project = issue.project() == null
                ? ticket.project()
                : (Long) issue.project().id();
        Long asked = askedAt == null ? null : (Long) askedAt.toEpochMilli();
        sql.saw(ticket.id(), project, isOpen, updated, journal, first, isSettled, asked, clock.millis());
    }

    private static long newestJournal(Issue issue) {
        return issue.journals().stream().mapToLong(Journal::id).max().orElse(0);
    }

    private static long known(Long number) {
        return number == null ? 0 : number;
    }

    /** Each alert of the ticket has the step; ticket-changed.camel.yaml gets it once. */
    private void report(News news, WatchedTicket ticket, List<Long> alerts) {
        String word = news.step().toString();
        for (int i = 0; i < alerts.size(); i++) {
            long alert = alerts.get(i);
            if (i == 0 || !sql.status(alert).equals("ok")) {
                long upTo = sql.told(alert);
                List<Purpose> purposes = steps.addOfPerson(alert, ticket.issue(), upTo, news);
                boolean isFirst = i == 0;
                purposes.stream()
                        .filter(purpose -> isFirst || purpose != Purpose.STEPS)
                        .forEach(purpose -> addAction(purpose, alert, ticket.issue(), word, upTo, news));
            }
        }
    }

    private void addAction(Purpose purpose, long alert, long issue, String word, long upTo, News news) {
        String to = news.step() == PersonsStep.HAND_OVER ? news.act().to().name() : null;
        sql.addAction(
                stream,
                purpose.toString(),
                alert,
                issue,
                word,
                upTo,
                clock.millis(),
                news.act().journal(),
                news.act().by().name(),
                to);
    }

    /** From the opening by Mackerel's clock, which is not Redmine's: never less than nothing. */
    private void acknowledged(List<Long> alerts, Instant at) {
        alerts.stream()
                .findFirst()
                .flatMap(sql::firstNotification)
                .map(text -> reader.readText(text).alert())
                .filter(alert -> alert != null && alert.openedAt() != null)
                .map(alert -> Duration.between(Instant.ofEpochSecond(alert.openedAt()), at))
                .map(time -> time.isNegative() ? Duration.ZERO : time)
                .ifPresent(time -> database.afterCommit(() -> onAcknowledged.accept(time)));
    }
}
