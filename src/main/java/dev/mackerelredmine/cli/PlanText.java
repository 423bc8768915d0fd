package dev.mackerelredmine.cli;

import dev.mackerelredmine.escalation.Durations;
import dev.mackerelredmine.escalation.EscalationFile;
import dev.mackerelredmine.escalation.EscalationPolicy;
import dev.mackerelredmine.escalation.Plan;
import dev.mackerelredmine.escalation.Recipient;
import dev.mackerelredmine.explain.Lines;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Who would be notified by each policy, when, by what, and who is left out. Contacts are not shown: an address may be a secret. */
final class PlanText {

    private final ZoneId zone;
    private final Set<LocalDate> holidays;

    PlanText(ZoneId zone, Set<LocalDate> holidays) {
        this.zone = zone;
        this.holidays = holidays;
    }

    /** @param asked when a ticket needs an escalation */
    String text(EscalationFile file, Instant asked) {
        Lines lines = new Lines(zone);
        file.policies().values().forEach(policy -> {
            Plan plan = Plan.of(file, policy, asked, holidays);
            lines.title("Policy " + policy.name() + ", if a ticket needs it at " + lines.time(asked) + " (times of "
                    + zone + ")");
            lines.line("hours", policy.hours() == null ? "always" : policy.hours());
            lines.line("starts", lines.time(plan.start()));
            lines.line("rounds", rounds(policy));
            lines.block(table(plan, lines).text("  ").stripTrailing());
            lines.line(
                    "again",
                    policy.againAfter() == null
                            ? null
                            : "once more, " + Durations.text(policy.againAfter())
                                    + " after an acknowledgement without an update since");
        });
        return lines.toString();
    }

    private static String rounds(EscalationPolicy policy) {
        return policy.repeat() == 0
                ? "1"
                : policy.repeat() + 1 + ", each " + Durations.text(policy.repeatAfter())
                        + " after the last step of the one before";
    }

    private static Table table(Plan plan, Lines lines) {
        Table table = new Table("round", "step", "time", "who", "by");
        for (Plan.Step step : plan.steps()) {
            String round = Integer.toString(step.round());
            String number = Integer.toString(step.step() + 1);
            Map<String, String> who = byPerson(step.who().recipients());
            who.forEach((person, by) -> table.row(round, number, lines.time(step.at()), person, by));
            String nobody = who.isEmpty() ? "nobody: " : "left out: ";
            step.who().leftOut().forEach(why -> table.row(round, number, lines.time(step.at()), nobody + why, ""));
        }
        return table;
    }

    private static Map<String, String> byPerson(List<Recipient> recipients) {
        return recipients.stream()
                .collect(Collectors.groupingBy(
                        recipient -> (recipient.isGroup() ? "group " : "") + recipient.person(),
                        LinkedHashMap::new,
                        Collectors.mapping(Recipient::means, Collectors.joining(", "))));
    }
}
