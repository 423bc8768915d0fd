package dev.mackerelredmine.trends;

import dev.mackerelredmine.figures.Opening;
import dev.mackerelredmine.figures.Selection;
import dev.mackerelredmine.figures.Subject;
import dev.mackerelredmine.store.AlertList;
import dev.mackerelredmine.store.SelectedAlert;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The answer of {@code /api/trends/alerts}, which {@code /openapi.yaml} describes, and the same as a table. @param total how many there are */
record AlertsJson(
        TrendsJson.Days period, TrendsJson.Filtered filter, Selected selection, long total, List<Alert> alerts) {

    /** Null: no matter. */
    record Selected(String figure, Long problem, String verdict, String weekday, Integer hour) {
        static Selected of(Selection selection) {
            return new Selected(
                    selection.counted().toString(),
                    selection.problem() == 0 ? null : selection.problem(),
                    selection.verdict().isEmpty() ? null : selection.verdict(),
                    selection.weekday() == null ? null : AlertsQuestion.word(selection.weekday()),
                    selection.hour());
        }
    }

    record Alert(
            String org,
            String id,
            String monitor,
            String metric,
            String host,
            List<String> services,
            List<String> roles,
            String severity,
            Instant openedAt,
            Instant ticketAt,
            Instant acknowledgedAt,
            Instant closedAt,
            boolean isClosedByHand,
            Long ticket,
            String verdict) {

        static Alert of(SelectedAlert alert) {
            Subject subject = alert.subject();
            Opening opening = alert.opening();
            return new Alert(
                    subject.org(),
                    alert.alertKey(),
                    subject.monitor(),
                    subject.metric(),
                    subject.host(),
                    subject.services(),
                    subject.roles(),
                    TrendsQuestion.severity(opening.severity()),
                    Instant.ofEpochMilli(opening.openedAt()),
                    instant(opening.ticketAt()),
                    instant(opening.acknowledgedAt()),
                    instant(opening.closedAt()),
                    opening.byHand(),
                    alert.issue(),
                    opening.verdict());
        }

        private static Instant instant(long millis) {
            return millis == Opening.NEVER ? null : Instant.ofEpochMilli(millis);
        }

        List<?> row() {
            return Csv.row(
                    org,
                    id,
                    monitor,
                    metric,
                    host,
                    String.join("; ", services),
                    String.join("; ", roles),
                    severity,
                    openedAt,
                    ticketAt,
                    acknowledgedAt,
                    closedAt,
                    isClosedByHand,
                    ticket,
                    verdict);
        }
    }

    static AlertsJson of(AlertsQuestion question, AlertList list) {
        return new AlertsJson(
                TrendsJson.Days.of(question.trends().period()),
                TrendsJson.Filtered.of(question.trends().filter()),
                Selected.of(question.selection()),
                list.total(),
                list.alerts().stream().map(Alert::of).toList());
    }

    static String csv(AlertList list) {
        List<List<?>> rows = new ArrayList<>();
        rows.add(Csv.row(
                "org",
                "alert",
                "monitor",
                "metric",
                "host",
                "services",
                "roles",
                "severity",
                "opened",
                "ticket made",
                "acknowledged",
                "closed",
                "closed by hand",
                "ticket",
                "verdict"));
        list.alerts().stream().map(Alert::of).map(Alert::row).forEach(rows::add);
        return Csv.of(rows);
    }
}
