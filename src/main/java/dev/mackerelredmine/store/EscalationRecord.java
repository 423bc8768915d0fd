package dev.mackerelredmine.store;

import java.time.Instant;
import java.util.List;

/**
 * All that is known of an escalation, for whoever asks.
 *
 * @param steps what came of each, in order
 * @param pages in the order in which they were to be sent
 */
public record EscalationRecord(EscalationRow escalation, List<Step> steps, List<PageRow> pages) {

    /**
     * A step that was taken, or skipped.
     *
     * @param round from 1
     * @param step from 0
     * @param at in milliseconds since 1970
     * @param why who is notified, or why it was skipped
     */
    public record Step(int round, int step, long at, String why) {

        public Instant time() {
            return Instant.ofEpochMilli(at);
        }
    }
}
