package dev.mackerelredmine.cli;

import dev.mackerelredmine.store.Replayable;
import java.util.List;
import java.util.stream.Stream;

/** The alerts that are delivered anew as a table: which, of which problem, with which ticket, and why. */
final class ReplayTable {

    private record Row(String alert, String problem, String ticket, String what) {

        static Row of(Replayable alert) {
            String ticket = alert.issue() == null ? "none" : "#" + alert.issue();
            return new Row(alert.org() + "/" + alert.alertKey(), alert.problem(), ticket, alert.what());
        }
    }

    private ReplayTable() {}

    static String text(List<Replayable> alerts) {
        List<Row> rows = Stream.concat(
                        Stream.of(new Row("alert", "problem", "ticket", "why, or what is to be done")),
                        alerts.stream().map(Row::of))
                .toList();
        int alert = rows.stream().mapToInt(row -> row.alert.length()).max().orElseThrow();
        int problem = rows.stream().mapToInt(row -> row.problem.length()).max().orElseThrow();
        String format = "%-" + alert + "s  %-" + problem + "s  %-7s %s%n";
        StringBuilder text = new StringBuilder();
        rows.forEach(row -> text.append(format.formatted(row.alert, row.problem, row.ticket, row.what)));
        return text.toString();
    }
}
