package dev.mackerelredmine.figures;

/**
 * An alert from its opening to its end, as far as figures need it. Times are milliseconds since 1970, or {@link #NEVER}.
 *
 * @param alert the store's number of it
 * @param subject the store's number of what it is about: the same problem has the same one
 * @param severity the highest that it had: 1 warning, 2 unknown, 3 critical
 * @param byHand whether it was closed by what a person did
 * @param ticketAt when it got its ticket
 * @param acknowledgedAt when a person first had its ticket; before its opening where somebody had the ticket already that it came to
 * @param verdict what people say of its ticket; null: nothing
 */
public record Opening(
        long alert,
        long subject,
        long openedAt,
        int severity,
        long closedAt,
        boolean byHand,
        long ticketAt,
        long acknowledgedAt,
        String verdict) {

    public static final long NEVER = -1;

    /** What an alert that is over before is: short. */
    static final long SHORT = 5 * 60 * 1000L;

    boolean isClosed() {
        return closedAt != NEVER;
    }

    boolean hasTicket() {
        return ticketAt != NEVER;
    }

    boolean isAcknowledged() {
        return acknowledgedAt != NEVER;
    }

    /** Whether a person took its ticket for its sake: what was taken before says nothing about how long that takes. */
    boolean isAcknowledgedSinceItOpened() {
        return acknowledgedAt >= openedAt;
    }

    /** How long it lasted, or lasts by now. Mackerel's clock is not ours: never less than nothing. */
    long life(long now) {
        return Math.max(0, (isClosed() ? closedAt : now) - openedAt);
    }

    boolean isShort() {
        return isClosed() && life(closedAt) < SHORT;
    }

    /** Whether there was time to acknowledge it, or somebody did all the same. */
    boolean couldBeAcknowledged(long now) {
        return isAcknowledged() || life(now) >= SHORT;
    }
}
