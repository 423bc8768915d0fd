package dev.mackerelredmine.cli;

import dev.mackerelredmine.explain.Lines;
import dev.mackerelredmine.operate.ParkedAlert;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Parked alerts as tables, below the reason for which they are. */
final class ParkedTable {

    private ParkedTable() {}

    static String text(List<ParkedAlert> alerts, ZoneId zone) {
        Map<String, List<ParkedAlert>> byReason = alerts.stream()
                .collect(Collectors.groupingBy(
                        alert -> alert.reason().replaceAll("\\s+", " "), LinkedHashMap::new, Collectors.toList()));
        return byReason.entrySet().stream()
                .map(each -> each.getKey() + "\n" + table(each.getValue(), new Lines(zone)))
                .collect(Collectors.joining("\n"));
    }

    private static String table(List<ParkedAlert> alerts, Lines times) {
        Table table = new Table("alert", "ticket", "project", "since", "next try", "events", "problem");
        alerts.forEach(alert -> table.row(
                alert.alert(),
                alert.ticket() == null ? "none" : "#" + alert.ticket(),
                alert.project() == null ? "-" : alert.project(),
                times.time(alert.since()),
                alert.nextTry() == null ? "-" : times.time(alert.nextTry()),
                Long.toString(alert.events()),
                alert.problem()));
        return table.text("  ");
    }
}
