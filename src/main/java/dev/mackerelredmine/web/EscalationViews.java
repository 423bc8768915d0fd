package dev.mackerelredmine.web;

import dev.mackerelredmine.escalation.NotReached;
import dev.mackerelredmine.store.EscalationRecord;
import dev.mackerelredmine.store.EscalationRow;
import dev.mackerelredmine.store.EscalationState;
import dev.mackerelredmine.web.AlertView.Escalation;
import dev.mackerelredmine.web.AlertView.EscalationStep;
import dev.mackerelredmine.web.AlertView.Sent;
import java.time.Instant;

/** Puts together what is known of an escalation. */
final class EscalationViews {

    private EscalationViews() {}

    static Escalation view(EscalationRecord known) {
        EscalationRow row = known.escalation();
        boolean runs = row.standing() == EscalationState.RUNS;
        return new Escalation(
                row.policyName(),
                Instant.ofEpochMilli(row.startsAt()),
                row.endedAt() == null ? null : Instant.ofEpochMilli(row.endedAt()),
                row.standing().toString(),
                row.standing() == EscalationState.STOPPED ? row.stoppedBy() : row.endedFor(),
                row.acknowledgedBy(),
                row.round(),
                row.step() + 1,
                runs ? Instant.ofEpochMilli(row.dueAt()) : null,
                known.steps().stream()
                        .map(step -> new EscalationStep(
                                step.time(), step.round(), step.step() + 1, NotReached.inEnglish(step.why())))
                        .toList(),
                known.pages().stream()
                        .map(page -> new Sent(
                                page.time(), page.kind(), page.person(), page.means(), page.state(), page.why()))
                        .toList());
    }
}
