package dev.mackerelredmine.reconcile;

/**
 * The result of a poll.
 *
 * @param kept how many alerts of which something was kept
 * @param leftAlone how many open alerts get no ticket, because they are not sent to our channel
 * @param waiting how many new alerts wait for the next polls
 * @param isWhole whether all was seen and nothing is left over
 */
public record Reconciled(int kept, int leftAlone, int waiting, boolean isWhole) {

    public static final Reconciled NOTHING = new Reconciled(0, 0, 0, false);

    /** Whether there is something to deliver. */
    public boolean hasKept() {
        return kept > 0;
    }
}
