package dev.mackerelredmine.cli;

import dev.mackerelredmine.store.EscalationRow;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** The escalations that run as a table: of which ticket, by which policy, which step comes next, and when. */
final class EscalationsTable {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private EscalationsTable() {}

    static String text(List<EscalationRow> escalations, ZoneId zone) {
        Table table = new Table("ticket", "policy", "round", "step", "next at", "state");
        escalations.forEach(escalation -> table.row(
                "#" + escalation.issue(),
                escalation.policyName(),
                Integer.toString(escalation.round()),
                Integer.toString(escalation.step() + 1),
                escalation.dueAt() == null
                        ? "-"
                        : TIME.format(Instant.ofEpochMilli(escalation.dueAt()).atZone(zone)),
                state(escalation)));
        return table.text("");
    }

    private static String state(EscalationRow escalation) {
        if (escalation.stoppedBy() != null) {
            return "stopped by " + escalation.stoppedBy();
        }
        if (escalation.alertAge() != null) {
            return "its alert was too old, and nobody was notified";
        }
        return escalation.dueAt() == null ? "out of steps, and nobody has acknowledged" : "runs";
    }
}
