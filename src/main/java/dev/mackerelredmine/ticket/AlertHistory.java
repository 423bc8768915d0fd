package dev.mackerelredmine.ticket;

import dev.mackerelredmine.mackerel.Alert;
import dev.mackerelredmine.mackerel.AlertStatus;
import dev.mackerelredmine.mackerel.Notification;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One alert's changes that its ticket does not show yet, in the order in which they happened, and what is known of that ticket.
 *
 * @param alert the store's number of the alert
 */
public record AlertHistory(long alert, AlertKey key, Ticket ticket, List<Notification> changes) {

    public AlertHistory {
        changes =
                changes.stream().sorted(Comparator.comparing(AlertHistory::at)).toList();
    }

    /** What the ticket is to say: the newest change for the worse or between faults; where there is none, the newest change. */
    public Notification headline() {
        return newest(changes.stream()
                        .filter(change -> change.alert().status() != AlertStatus.OK)
                        .toList())
                .or(() -> newest(changes))
                .orElseThrow();
    }

    private static Optional<Notification> newest(List<Notification> changes) {
        return changes.isEmpty() ? Optional.empty() : Optional.of(changes.get(changes.size() - 1));
    }

    /** Seconds since 1970. Where Mackerel does not say when (before 2025), the order of arrival stands, because sorting is stable. */
    private static long at(Notification change) {
        Alert alert = change.alert();
        boolean saysWhenClosed = alert.status() == AlertStatus.OK && alert.closedAt() != null;
        Long at = saysWhenClosed ? alert.closedAt() : alert.statusChangedAt();
        return at == null ? 0 : at;
    }
}
