package dev.mackerelredmine.store;

import dev.mackerelredmine.escalation.Schedule.Place;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Escalations and their pages. Nothing of an escalation is in memory: each step and each page is a row, claimed under a lease. The state of
 * the ticket is read in the transaction that claims, so that nothing is sent after an acknowledgement, a recovery or a closing was stored.
 */
public final class Escalations {

    /** For how long a step or a page is left to whoever claimed it, and was not heard of since. */
    public static final Duration LEASE = Duration.ofMinutes(2);

    /** How often a page is tried. */
    public static final int MOST_TRIES = 5;

    private static final Duration FIRST_RETRY = Duration.ofSeconds(10);

    /** Most pages of the last step have been taken by then, or have failed. */
    private static final Duration ROUND_NOTE_AFTER = Duration.ofMinutes(1);

    private static final int LONGEST_WHY = 500;

    private static final Place FIRST = new Place(1, 0);

    private final Database database;
    private final String stream;
    private final Clock clock;
    private final EscalationSql sql;

    Escalations(Database database, String stream, Clock clock) {
        this.database = database;
        this.stream = stream;
        this.clock = clock;
        this.sql = database.sql(EscalationSql.class);
    }

    /** At a start. @param leasedUpTo what another has claimed for longer than that is left to it */
    void makeAllDue(long leasedUpTo) {
        sql.freeSteps(stream, leasedUpTo);
        sql.makePagesDue(stream, now(), leasedUpTo);
    }

    // --- beginning and end

    /**
     * Open tickets with a policy, of which an alert fires, and that have no running escalation: those that nobody has acknowledged, and those
     * about which whoever has them is to be asked anew.
     */
    public List<EscalatableTicket> toBegin() {
        return database.read(() -> sql.toBegin(stream));
    }

    /**
     * Does nothing where the ticket has a running escalation by now, or needs none any more.
     *
     * @param policy the snapshot
     * @param startsAt from when the steps count
     * @param firstDueAt when the first step is due
     */
    public void begin(EscalatableTicket ticket, String policy, Instant startsAt, Instant firstDueAt) {
        begin(ticket, policy, startsAt, FIRST, firstDueAt);
    }

    /** The same, which goes on with a step that others have reached. */
    public void begin(EscalatableTicket ticket, String policy, Instant startsAt, Place next, Instant dueAt) {
        database.inTransaction(
                () -> sql.begin(stream, ticket, policy, startsAt.toEpochMilli(), next, dueAt.toEpochMilli(), null));
    }

    /** How far the escalations of an incident's members have come, that ended in its favour. */
    public Optional<ReachedStep> reachedByMembers(EscalatableTicket ticket) {
        return database.read(() -> sql.reachedByMembers(ticket));
    }

    /**
     * One that notifies nobody, because the alert is too old. It stands for the ticket until that is acknowledged, closed or over.
     *
     * @param age of the alert, when its ticket came
     * @param why for whoever asks
     */
    public void beginTooOld(EscalatableTicket ticket, String policy, Duration age, String why) {
        database.inTransaction(() -> {
            if (sql.begin(stream, ticket, policy, now(), FIRST, null, age.toMillis()) > 0) {
                sql.addStepOf(ticket.ticketId(), now(), cut(why));
            }
        });
    }

    /** The alerts of a ticket that fire. */
    public List<FiringAlert> firing(EscalatableTicket ticket) {
        return database.read(() -> sql.firing(ticket.ticketId()));
    }

    /**
     * Ends those whose ticket is acknowledged, or changed by a person where that was asked for, closed, gone, or of which no alert fires any
     * more. Pages that were not sent are dropped. Where the alert recovered, each person and means that took a page gets one of the kind {@code over}.
     */
    public void endSettled() {
        if (!database.read(() -> sql.settled(stream)).isEmpty()) {
            database.inTransaction(() -> sql.settled(stream).forEach(this::end));
        }
    }

    private void end(EscalationStanding escalation) {
        String why = escalation.settledFor();
        Long againAt = EscalationStanding.whoAcknowledged(why).isPresent() ? now() : null;
        if (sql.end(escalation.id(), now(), why, againAt) > 0) {
            sql.dropPages(escalation.id(), why, now());
            ended(escalation.id(), why);
        }
    }

    /** To those whom the means reached. */
    private void ended(long escalation, String why) {
        if (why.equals(EscalationStanding.RECOVERED)) {
            sql.addOvers(escalation, now());
        }
        EscalationStanding.whoAcknowledged(why).ifPresent(person -> sql.answered(escalation, person));
    }

    // --- once more

    /** Those that an acknowledgement ended, and that are to be looked at again. None while paused. */
    public List<QuietEscalation> quiet() {
        return database.read(
                () -> sql.allQuiet(stream, now()).stream().map(sql::quiet).toList());
    }

    /** Nothing comes of it where another looked first. @param next when it is looked at again; null: never */
    public void lookLater(QuietEscalation escalation, Instant next) {
        Long nextAt = next == null ? null : (Long) next.toEpochMilli();
        database.inTransaction(() -> sql.againLater(escalation.id(), escalation.againAt(), nextAt));
    }

    /** There was no word: another escalation has to begin, which asks whoever has the ticket. Nothing comes of it where another looked first. */
    public void askAgain(QuietEscalation escalation) {
        database.inTransaction(() -> {
            if (sql.againLater(escalation.id(), escalation.againAt(), null) > 0) {
                sql.askAgain(escalation.ticketId(), now());
            }
        });
    }

    // --- what people do meanwhile

    /** Running ones to whose ticket a person did something that did not end them. None while paused. */
    public List<TouchedEscalation> touched() {
        return database.read(() -> sql.touched(stream));
    }

    /** It is taken in, by one of those that look at once. @param pages to be sent at once */
    public void takenIn(TouchedEscalation escalation, List<NewPage> pages) {
        database.inTransaction(() -> {
            if (sql.takenIn(escalation) > 0) {
                pages.forEach(page -> {
                    int turn = sql.nextTurn(escalation.id(), page.kind());
                    add(escalation.id(), page.asTurn(turn));
                });
            }
        });
    }

    // --- steps

    /** A running one whose step is due, now the caller's. Empty while paused. */
    public Optional<RunningEscalation> claimStep() {
        return database.inRepairableTransaction(
                () -> sql.claimStep(stream, now(), leaseUntil()).map(sql::running));
    }

    /**
     * Ends the claim of a step. Nothing comes of it where the escalation was stopped or has ended meanwhile, or another took the step.
     *
     * @param pages to be sent at once, but for what is said of a round; none: the step was skipped
     * @param why for whoever asks: who is notified, or why it was skipped
     * @param nextRound of the step that comes next
     * @param nextDueAt null: there is none
     */
    public void stepDone(
            RunningEscalation escalation,
            List<NewPage> pages,
            String why,
            int nextRound,
            int nextStep,
            Instant nextDueAt) {
        Long dueAt = nextDueAt == null ? null : (Long) nextDueAt.toEpochMilli();
        database.inTransaction(() -> {
            if (sql.stepDone(escalation, nextRound, nextStep, dueAt) > 0) {
                sql.addStep(escalation, now(), cut(why));
                pages.forEach(page -> add(escalation.id(), page));
            }
        });
    }

    /** Ends the claim of a step, which is due later by so much, as are those after it. */
    public void stepWaits(RunningEscalation escalation, Duration by) {
        database.inTransaction(() -> sql.stepWaits(escalation, by.toMillis()));
    }

    private void add(long escalation, NewPage page) {
        long dueAt = page.kind().equals(NewPage.ROUND) ? now() + ROUND_NOTE_AFTER.toMillis() : now();
        sql.addPage(stream, escalation, page, now(), dueAt);
    }

    // --- pages

    /** A page that is due, now the caller's. Those of an escalation that has to end are dropped instead. Empty while paused. */
    public Optional<PendingPage> claimPage() {
        return database.inRepairableTransaction(() -> {
            Optional<PendingPage> claimed = claimAny();
            while (claimed.isPresent() && isDropped(claimed.get())) {
                claimed = claimAny();
            }
            return claimed;
        });
    }

    private Optional<PendingPage> claimAny() {
        return sql.claimPage(stream, now(), leaseUntil()).map(sql::page);
    }

    /** That it is over is said to whoever was notified, whatever came after. */
    private boolean isDropped(PendingPage page) {
        if (page.kind().equals(NewPage.OVER)) {
            return false;
        }
        String why = sql.standing(page.escalationId()).dropsPagesFor();
        return why != null && sql.pageOver(page.id(), "dropped", why, now()) > 0;
    }

    /** The means took it. */
    public void accepted(PendingPage page) {
        database.inTransaction(() -> {
            if (sql.accepted(page.id(), now()) > 0) {
                Optional.ofNullable(sql.standing(page.escalationId()).endedFor())
                        .ifPresent(why -> ended(page.escalationId(), why));
            }
        });
    }

    /** @return when it is tried again; null where that was its last try */
    public Instant failed(PendingPage page, String why) {
        boolean wasLast = page.tries() + 1 >= MOST_TRIES;
        Instant dueAt = clock.instant().plus(FIRST_RETRY.multipliedBy(1L << page.tries()));
        database.inTransaction(() -> {
            if (wasLast) {
                sql.pageOver(page.id(), "failed", cut(why), now());
            } else {
                sql.pageAgain(page.id(), page.tries(), cut(why), dueAt.toEpochMilli());
            }
        });
        return wasLast ? null : dueAt;
    }

    /** It is not sent, because the person got too many. */
    public void capped(PendingPage page) {
        database.inTransaction(() -> sql.pageOver(page.id(), "capped", null, now()));
    }

    /** It is not sent: the file has no such contact any more. */
    public void dropped(PendingPage page, String why) {
        database.inTransaction(() -> sql.pageOver(page.id(), "dropped", cut(why), now()));
    }

    /** How many pages the same means took for the same person within that time, with those that are being sent since before this one. */
    public long acceptedWithin(PendingPage page, Duration time) {
        return database.read(() -> sql.acceptedAfter(stream, page.person(), page.means(), now() - time.toMillis())
                + sql.beingSentBefore(page.id(), now()));
    }

    /** How many pages of that person and means were capped since the last one that was taken. */
    public long cappedSinceLastAccepted(String person, String means) {
        return database.read(() -> sql.cappedSinceLastAccepted(stream, person, means));
    }

    // --- for people

    /** Those that have not ended, the oldest first. */
    public List<EscalationRow> running() {
        return database.read(() -> sql.allRunning(stream));
    }

    /** What came of an escalation's pages, in the order in which they were to be sent. */
    public List<PageRow> pages(long escalation) {
        return database.read(() -> sql.pagesOf(escalation));
    }

    /** What came of an escalation's steps, in order. */
    public List<EscalationRecord.Step> steps(long escalation) {
        return database.read(() -> sql.stepsOf(escalation));
    }

    /** No step follows, and no page that waits is sent. False where no escalation of that ticket runs. */
    public boolean stop(long issue, String by) {
        return database.inTransaction(() -> {
            List<Long> stopped = sql.stop(stream, issue, cut(by));
            stopped.forEach(escalation -> sql.dropPages(escalation, "stopped", now()));
            return !stopped.isEmpty();
        });
    }

    /** Nothing begins, no step is taken and no page is sent until {@link #resume}. */
    public void pause() {
        database.inTransaction(() -> sql.pause(stream, now()));
    }

    public void resume() {
        database.inTransaction(() -> sql.resume(stream, now()));
    }

    public Optional<Instant> pausedSince() {
        return database.read(() -> sql.pausedSince(stream)).map(Instant::ofEpochMilli);
    }

    /** Whom a running escalation of that ticket has notified, and since when: no groups. */
    public Map<String, Instant> notified(long issue) {
        return database.read(() -> sql.notified(stream, issue)).stream()
                .collect(Collectors.toMap(NotifiedPerson::person, NotifiedPerson::since));
    }

    // --- for the auditor

    /** Those that ran out of steps with nobody having acknowledged, of which the operator was not notified. */
    public List<EscalationRow> unreportedExhausted(Duration toAnswer) {
        return database.read(() -> sql.unreportedExhausted(stream, now() - toAnswer.toMillis()));
    }

    public void reportedExhausted(List<EscalationRow> escalations) {
        database.inTransaction(() -> escalations.forEach(escalation -> sql.reportedExhausted(escalation.id())));
    }

    /**
     * Numbers of tickets whose escalation is stuck: none began, or a step or a page is due since before that time. None while paused, nor
     * where that ended after that time.
     */
    public List<Long> stuck(Instant dueBefore) {
        return database.read(() -> sql.stuck(stream, dueBefore.toEpochMilli()));
    }

    private static String cut(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST_WHY
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST_WHY)) + "…";
    }

    private long now() {
        return clock.millis();
    }

    private long leaseUntil() {
        return clock.instant().plus(LEASE).toEpochMilli();
    }
}
