package dev.mackerelredmine.escalation;

import java.time.Duration;
import java.util.List;

/**
 * One policy of escalation.yaml.
 *
 * @param hours when an escalation may start, as {@code Mon-Fri 09:00-18:00 Asia/Tokyo}; null: always
 * @param repeat how many rounds follow the first
 * @param repeatAfter how long after a round's last step the next round starts
 * @param againAfter when an acknowledged ticket without an update since is escalated once more; null: never
 */
public record EscalationPolicy(
        String name, String hours, List<EscalationStep> steps, int repeat, Duration repeatAfter, Duration againAfter) {

    public EscalationPolicy {
        steps = List.copyOf(steps);
    }
}
