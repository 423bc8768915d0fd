package dev.mackerelredmine.store;

import dev.mackerelredmine.mackerel.Alert;
import dev.mackerelredmine.mackerel.AlertStatus;
import dev.mackerelredmine.ticket.Change;
import dev.mackerelredmine.ticket.Severity;
import java.math.BigDecimal;
import java.util.Set;

/**
 * What the events of an alert say, taken in one after the other in whatever order they came. Times are milliseconds since 1970.
 *
 * @param seq the place of the last one taken in
 * @param statusAt since when it has its status
 * @param closedAt null while it is not over
 * @param byHand whether it was closed by what a person did: closed it, or took away what it is about
 * @param value the metric when it opened, and the threshold that this crossed; both null where there are none
 */
public record AlertLife(
        long seq,
        long openedAt,
        int severity,
        long statusAt,
        Long closedAt,
        boolean byHand,
        Double value,
        Double threshold) {

    /** All other words, also those to come, say what a person did. */
    private static final Set<String> MONITOR_DID = Set.of("monitor", "monitoring");

    private static final long MILLIS = 1000;

    static AlertLife of(Change change) {
        long at = change.at().toEpochMilli();
        Alert alert = change.notification().alert();
        boolean isOver = alert.status() == AlertStatus.OK;
        Double value = isOver ? null : number(alert.metricValue());
        return new AlertLife(
                change.seq(),
                alert.openedAt() == null ? at : Math.min(at, alert.openedAt() * MILLIS),
                Severity.of(alert.status()),
                at,
                isOver ? (Long) at : null,
                isOver && isByHand(change),
                value,
                value == null ? null : threshold(alert));
    }

    AlertLife with(AlertLife next) {
        AlertLife newest = next.statusAt >= statusAt ? next : this;
        AlertLife opening = value != null ? this : next;
        return new AlertLife(
                Math.max(seq, next.seq),
                Math.min(openedAt, next.openedAt),
                Math.max(severity, next.severity),
                newest.statusAt,
                newest.closedAt,
                newest.byHand,
                opening.value,
                opening.threshold);
    }

    private static boolean isByHand(Change change) {
        String trigger = change.notification().alert().trigger();
        return change.notification().user() != null || trigger != null && !MONITOR_DID.contains(trigger);
    }

    private static Double threshold(Alert alert) {
        return number(alert.status() == AlertStatus.CRITICAL ? alert.criticalThreshold() : alert.warningThreshold());
    }

    private static Double number(BigDecimal number) {
        return number == null ? null : (Double) number.doubleValue();
    }
}
