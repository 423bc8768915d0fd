package dev.mackerelredmine.cli;

import dev.mackerelredmine.store.EscalationRow;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The escalations that run as a table: of which ticket, by which policy, what comes next, and when. */
final class EscalationsTable {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private record Row(String ticket, String policy, String round, String step, String next, String state) {}

    private EscalationsTable() {}

    static String text(List<EscalationRow> escalations, ZoneId zone) {
        List<Row> rows = Stream.concat(
                        Stream.of(new Row("ticket", "policy", "round", "step", "next at", "state")),
                        escalations.stream().map(escalation -> row(escalation, zone)))
                .toList();
        int policy = rows.stream().mapToInt(row -> row.policy.length()).max().orElseThrow();
        String format = "%-8s %-" + policy + "s  %-5s %-4s %-19s  %s%n";
        StringBuilder text = new StringBuilder();
        rows.forEach(
                row -> text.append(format.formatted(row.ticket, row.policy, row.round, row.step, row.next, row.state)));
        return text.toString();
    }

    private static Row row(EscalationRow escalation, ZoneId zone) {
        boolean hasNext = escalation.dueAt() != null;
        return new Row(
                "#" + escalation.issue(),
                escalation.policyName(),
                Integer.toString(escalation.round()),
                Integer.toString(escalation.step() + 1),
                hasNext ? TIME.format(Instant.ofEpochMilli(escalation.dueAt()).atZone(zone)) : "-",
                state(escalation, hasNext));
    }

    private static String state(EscalationRow escalation, boolean hasNext) {
        if (escalation.stoppedBy() != null) {
            return "stopped by " + escalation.stoppedBy();
        }
        return hasNext ? "runs" : "out of steps, and nobody has acknowledged";
    }
}
