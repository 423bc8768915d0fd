package dev.mackerelredmine.reconcile;

import dev.mackerelredmine.mackerel.AlertStatus;
import dev.mackerelredmine.mackerelapi.ApiAlert;
import dev.mackerelredmine.mackerelapi.ApiLog;
import dev.mackerelredmine.ticket.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What became of an alert, by its logs: the changes of its status, the oldest first. */
final class Life {

    private final List<ApiLog> changes;

    private Life(List<ApiLog> changes) {
        this.changes = changes;
    }

    /** @param logs in any order. Where the last of them is not what the alert is now, or there is none, the alert itself is believed */
    static Life of(ApiAlert alert, List<ApiLog> logs) {
        List<ApiLog> changes = new ArrayList<>(logs.stream()
                .sorted(Comparator.comparingLong(ApiLog::createdAt))
                .toList());
        ApiLog last = changes.isEmpty() ? null : changes.get(changes.size() - 1);
        if (last == null || last.status() != alert.status()) {
            long at = alert.closedAt() != null ? alert.closedAt() : last == null ? alert.openedAt() : last.createdAt();
            changes.add(new ApiLog(null, alert.status(), "monitoring", alert.value(), null, at));
        }
        return new Life(changes);
    }

    /** The same from after this time on. */
    Life after(Instant time) {
        return new Life(
                changes.stream().filter(change -> change.at().isAfter(time)).toList());
    }

    boolean isEmpty() {
        return changes.isEmpty();
    }

    ApiLog last() {
        return changes.get(changes.size() - 1);
    }

    AlertStatus highest() {
        return worst().status();
    }

    private ApiLog worst() {
        return changes.stream()
                .max(Comparator.<ApiLog>comparingInt(change -> Severity.of(change.status()))
                        .thenComparingLong(ApiLog::createdAt))
                .orElseThrow();
    }

    /** The same with its worst moment alone. */
    Life worstOnly() {
        return new Life(List.of(worst()));
    }

    /** What a ticket says of it: the worst, and what it is now. A repetition of a status is none. */
    List<ApiLog> netEffect() {
        ApiLog worst = worst();
        ApiLog last = last();
        return worst.status() == last.status() ? List.of(worst) : List.of(worst, last);
    }
}
