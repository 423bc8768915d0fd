package dev.mackerelredmine.store;

/**
 * A page that is due, and now the caller's. The contact is not kept: it is as the file says when the page is sent.
 *
 * @param id the same for each try
 * @param policy the snapshot of the escalation's policy, as JSON
 * @param state what is known of the ticket, as JSON
 * @param tries how often it failed
 * @param isHeld whether it was held back, because the person had got too many
 * @param leaseUntil until when it is the caller's
 * @param headline the newest notification of the highest severity of an alert of the ticket, as JSON; null where none is known
 */
public record PendingPage(
        long id,
        long escalationId,
        String policy,
        long issue,
        String state,
        String kind,
        int round,
        int step,
        String person,
        String means,
        boolean isGroup,
        int tries,
        boolean isHeld,
        long leaseUntil,
        String headline) {

    boolean isOver() {
        return kind.equals(NewPage.OVER);
    }
}
