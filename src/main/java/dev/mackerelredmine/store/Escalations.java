package dev.mackerelredmine.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Escalations and their pages. Nothing of an escalation is in memory: each step and each page is a row, claimed under a lease. The state of
 * the ticket is read in the transaction that claims, so that nothing is sent after an acknowledgement, a recovery or a closing was stored.
 */
public final class Escalations {

    Escalations() {}

    // --- beginning and end

    /** Open tickets with a policy, of which an alert fires, that nobody has acknowledged, and that have no running escalation. */
    public List<EscalatableTicket> toBegin() {
        throw new UnsupportedOperationException();
    }

    /**
     * Does nothing where the ticket has a running escalation by now, or needs none any more.
     *
     * @param policy the snapshot
     * @param startsAt from when the steps count
     * @param firstDueAt when the first step is due
     */
    public void begin(EscalatableTicket ticket, String policy, Instant startsAt, Instant firstDueAt) {
        throw new UnsupportedOperationException();
    }

    /**
     * Ends those whose ticket is acknowledged, closed, gone, or of which no alert fires any more. Pages that were not sent are dropped. Where
     * the alert recovered, each person and means that took a page gets one of the kind {@code over}.
     */
    public void endSettled() {
        throw new UnsupportedOperationException();
    }

    // --- steps

    /** A running one whose step is due, now the caller's. Empty while paused. */
    public Optional<RunningEscalation> claimStep() {
        throw new UnsupportedOperationException();
    }

    /**
     * Ends the claim of a step.
     *
     * @param pages to be sent at once; none: the step was skipped
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
        throw new UnsupportedOperationException();
    }

    // --- pages

    /** A page that is due, now the caller's. Those of an escalation that has to end are dropped instead. Empty while paused. */
    public Optional<PendingPage> claimPage() {
        throw new UnsupportedOperationException();
    }

    /** The means took it. */
    public void accepted(PendingPage page) {
        throw new UnsupportedOperationException();
    }

    /** @return when it is tried again; null where that was its last try */
    public Instant failed(PendingPage page, String why) {
        throw new UnsupportedOperationException();
    }

    /** It is not sent, because the person got too many. */
    public void capped(PendingPage page) {
        throw new UnsupportedOperationException();
    }

    /** It is not sent: the file has no such contact any more. */
    public void dropped(PendingPage page, String why) {
        throw new UnsupportedOperationException();
    }

    /** How many pages the means took for that person within that time. */
    public long acceptedWithin(String person, String means, Duration time) {
        throw new UnsupportedOperationException();
    }

    /** How many pages of that person and means were capped since the last one that was taken. */
    public long cappedSinceLastAccepted(String person, String means) {
        throw new UnsupportedOperationException();
    }

    // --- for people

    /** Those that have not ended, the oldest first. */
    public List<EscalationRow> running() {
        throw new UnsupportedOperationException();
    }

    /** No step follows, and no page that waits is sent. False where no escalation of that ticket runs. */
    public boolean stop(long issue, String by) {
        throw new UnsupportedOperationException();
    }

    /** Nothing begins, no step is taken and no page is sent until {@link #resume}. */
    public void pause() {
        throw new UnsupportedOperationException();
    }

    public void resume() {
        throw new UnsupportedOperationException();
    }

    public Optional<Instant> pausedSince() {
        throw new UnsupportedOperationException();
    }

    // --- for the auditor

    /** Those that ran out of steps with nobody having acknowledged, of which the operator was not notified. */
    public List<EscalationRow> unreportedExhausted() {
        throw new UnsupportedOperationException();
    }

    public void reportedExhausted(List<EscalationRow> escalations) {
        throw new UnsupportedOperationException();
    }

    /** Numbers of tickets whose escalation is stuck: none began, or a step or a page is due since before that time. */
    public List<Long> stuck(Instant dueBefore) {
        throw new UnsupportedOperationException();
    }
}
