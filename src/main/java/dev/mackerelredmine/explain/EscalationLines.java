package dev.mackerelredmine.explain;

import dev.mackerelredmine.escalation.NotReached;
import dev.mackerelredmine.store.EscalationRecord;
import dev.mackerelredmine.store.EscalationRow;
import dev.mackerelredmine.store.PageRow;
import java.time.Instant;
import java.util.Comparator;
import java.util.stream.Stream;

/** Puts into words whom an escalation notified, by what, and what came of it. */
final class EscalationLines {

    private final Lines text;

    /** Something that was done. */
    private record Entry(Instant time, String what) {}

    EscalationLines(Lines text) {
        this.text = text;
    }

    void show(EscalationRecord known) {
        EscalationRow escalation = known.escalation();
        text.title("Escalation by " + escalation.policyName() + ", from " + time(escalation.startsAt()));
        Stream<Entry> steps = known.steps().stream()
                .map(step -> new Entry(
                        step.time(), place(step.round(), step.step()) + ": " + NotReached.inEnglish(step.why())));
        Stream<Entry> pages = known.pages().stream().map(page -> new Entry(page.time(), page(page)));
        Stream.concat(steps, pages)
                .sorted(Comparator.comparing(Entry::time))
                .forEach(entry -> text.line(text.time(entry.time()), entry.what()));
        text.line("now", standing(escalation));
    }

    private static String page(PageRow page) {
        String why = page.why() == null ? "" : ": " + page.why();
        return "-> " + page.kind() + " to " + page.person() + " by " + page.means() + ", " + page.state() + why;
    }

    private String standing(EscalationRow escalation) {
        return switch (escalation.standing()) {
            case ENDED -> escalation.endedFor() + " (" + time(escalation.endedAt()) + ")";
            case STOPPED -> "stopped by " + escalation.stoppedBy();
            case TOO_OLD -> "its alert was too old to notify anybody, and nobody has answered";
            case EXHAUSTED -> "all steps were taken, and nobody has answered";
            case RUNS -> place(escalation.round(), escalation.step()) + " is due at " + time(escalation.dueAt());
        };
    }

    private static String place(int round, int step) {
        return "round " + round + ", step " + (step + 1);
    }

    private String time(long millis) {
        return text.time(Instant.ofEpochMilli(millis));
    }
}
