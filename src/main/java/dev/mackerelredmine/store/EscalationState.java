package dev.mackerelredmine.store;

import java.util.Locale;

/** How an escalation stands: one of these, wherever it is shown. */
public enum EscalationState {
    /** A step is due, or will be. */
    RUNS,
    /** All steps were taken, and nobody has answered. */
    EXHAUSTED,
    /** A person stopped it. */
    STOPPED,
    /** Its alert was too old when its ticket came, so nobody is notified. */
    TOO_OLD,
    /** Nobody has to answer any more. */
    ENDED;

    /** Null stands for what there is not, as in {@link EscalationRow}. */
    static EscalationState of(String endedFor, String stoppedBy, Long alertAge, Long dueAt) {
        if (endedFor != null) {
            return ENDED;
        }
        if (stoppedBy != null) {
            return STOPPED;
        }
        if (alertAge != null) {
            return TOO_OLD;
        }
        return dueAt == null ? EXHAUSTED : RUNS;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
