package dev.mackerelredmine.store;

import dev.mackerelredmine.escalation.Schedule.Place;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Escalations. Nothing of one is in memory: each step is a row, claimed under a lease. The state of the ticket is read in the transaction that
 * claims, so that no step is taken after an acknowledgement, a recovery or a closing was stored.
 */
public final class Escalations {

    /** For how long a step or a page is left to whoever claimed it, and did not report since. */
    public static final Duration LEASE = Duration.ofMinutes(2);

    private static final Duration UNTIL_INCIDENT_HAS_ITS_TICKET = Duration.ofMinutes(1);
    private static final Place FIRST = new Place(1, 0);

    private final Database database;
    private final String stream;
    private final Pages pages;
    private final Clock clock;
    private final EscalationSql sql;

    Escalations(Database database, String stream, Pages pages, Clock clock) {
        this.database = database;
        this.stream = stream;
        this.pages = pages;
        this.clock = clock;
        this.sql = database.sql(EscalationSql.class);
    }

    /** At a start. @param leasedUpTo what another has claimed for longer than that is left to it */
    void makeDue(long leasedUpTo) {
        sql.freeSteps(stream, leasedUpTo);
    }

    // --- beginning and end

    /**
     * Open tickets with a policy, of which an alert fires, and that have no running escalation: those that nobody has acknowledged, and those
     * about which whoever has them is to be asked anew. For a while one waits for the ticket of its incident, so that nobody is notified twice.
     */
    public List<EscalatableTicket> toBegin() {
        return database.read(() -> sql.toBegin(
                stream, clock.instant().minus(UNTIL_INCIDENT_HAS_ITS_TICKET).toEpochMilli()));
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
                sql.addStepOf(ticket.ticketId(), now(), StoredText.reason(why));
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
            pages.drop(escalation.id(), why);
            pages.ended(escalation.id(), why);
        }
    }

    // --- once more

    /** Tickets that escalate by this policy, and that somebody took before any escalation of them began. */
    public List<EscalatableTicket> takenBefore(String policy) {
        return database.read(() -> sql.takenBefore(stream, policy));
    }

    /** It counts as one whose escalation has ended with that: so it is looked at again, as those. */
    public void endAtOnce(EscalatableTicket ticket, String policy, String person) {
        String why = EscalationStanding.acknowledgedBy(person);
        database.inTransaction(() -> sql.addEnded(stream, ticket, policy, why, now()));
    }

    /** Those that an acknowledgement ended, and that are to be looked at again. None while paused. */
    public List<QuietEscalation> quiet() {
        return database.read(
                () -> sql.allQuiet(stream, now()).stream().map(sql::quiet).toList());
    }

    /** Nothing comes of it where another looked first. @param next when it is looked at again; null: never */
    public void pollLater(QuietEscalation escalation, Instant next) {
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

    /** It is taken in, by one of those that poll at once. @param newPages to be sent at once */
    public void takenIn(TouchedEscalation escalation, List<NewPage> newPages) {
        database.inTransaction(() -> {
            if (sql.takenIn(escalation) > 0) {
                newPages.forEach(page -> pages.addAsTurn(escalation.id(), page));
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
     * @param newPages to be sent at once, but for what is said of a round; none: the step was skipped
     * @param why for whoever asks: who is notified, or why it was skipped
     * @param nextRound of the step that comes next
     * @param nextDueAt null: there is none
     */
    public void stepDone(
            RunningEscalation escalation,
            List<NewPage> newPages,
            String why,
            int nextRound,
            int nextStep,
            Instant nextDueAt) {
        Long dueAt = nextDueAt == null ? null : (Long) nextDueAt.toEpochMilli();
        database.inTransaction(() -> {
            if (sql.stepDone(escalation, nextRound, nextStep, dueAt) > 0) {
                sql.addStep(escalation, now(), StoredText.reason(why));
                newPages.forEach(page -> pages.add(escalation.id(), page));
            }
        });
    }

    /** Ends the claim of a step, which is due later by so much, as are those after it. */
    public void stepWaits(RunningEscalation escalation, Duration by) {
        database.inTransaction(() -> sql.stepWaits(escalation, by.toMillis()));
    }

    // --- for people

    /** Those that have not ended, the oldest first. */
    public List<EscalationRow> running() {
        return database.read(() -> sql.allRunning(stream));
    }

    /** What came of an escalation's steps, in order. */
    public List<EscalationRecord.Step> steps(long escalation) {
        return database.read(() -> sql.stepsOf(escalation));
    }

    /** No step follows, and no page that waits is sent. False where no escalation of that ticket runs. */
    public boolean stop(long issue, String by) {
        return database.inTransaction(() -> {
            List<Long> stopped = sql.stop(stream, issue, StoredText.reason(by));
            stopped.forEach(escalation -> pages.drop(escalation, "stopped"));
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

    private long now() {
        return clock.millis();
    }

    private long leaseUntil() {
        return clock.instant().plus(LEASE).toEpochMilli();
    }
}
