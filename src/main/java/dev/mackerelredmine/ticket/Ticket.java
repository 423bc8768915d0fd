package dev.mackerelredmine.ticket;

import dev.mackerelredmine.mackerel.AlertStatus;
import java.util.List;

/**
 * What is known of a ticket.
 *
 * @param id the store's number, or null where there is none yet
 * @param issue Redmine's number, or null while it is not known to exist
 * @param pendingWrite what was sent with an outcome that is not known yet, or null
 * @param isGone whether it was deleted in Redmine
 * @param mayHaveDuplicate whether its creation was sent twice, so that Redmine may have made two
 * @param replaces the number of the alert's earlier ticket, on which Redmine does not take the change; or null
 * @param others the statuses of the other alerts that belong to it
 */
public record Ticket(
        Long id,
        Long issue,
        PendingWrite pendingWrite,
        TicketState state,
        boolean isGone,
        boolean mayHaveDuplicate,
        Long replaces,
        List<AlertStatus> others) {

    public static final Ticket NONE = new Ticket(null, null, null, TicketState.NONE, false, false, null, List.of());

    public Ticket {
        others = List.copyOf(others);
    }

    public boolean stands() {
        return issue != null && !isGone;
    }

    int othersFiring() {
        return (int) others.stream().filter(status -> status != AlertStatus.OK).count();
    }
}
