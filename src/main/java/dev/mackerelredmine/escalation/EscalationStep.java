package dev.mackerelredmine.escalation;

import java.time.Duration;
import java.util.List;

/**
 * One step of an escalation policy.
 *
 * @param at how long after the escalation's start
 * @param whom who is notified
 * @param by by which means, such as {@code slack}
 */
public record EscalationStep(Duration at, List<Target> whom, List<String> by) {

    public EscalationStep {
        whom = List.copyOf(whom);
        by = List.copyOf(by);
    }
}
