package dev.mackerelredmine.store;

import dev.mackerelredmine.people.WhoIsOnIt;
import dev.mackerelredmine.ticket.AlertHistory;
import dev.mackerelredmine.ticket.AlertKey;
import dev.mackerelredmine.ticket.Change;
import java.time.Instant;
import java.util.List;

/**
 * All that is known of an alert, for whoever asks.
 *
 * @param fromPreview whether it came in during a preview, so that it has no ticket in Redmine
 * @param problem in one line
 * @param unreported what its ticket does not show yet, with what is known of that ticket
 * @param people who is on its ticket, as far as Redmine was read
 * @param events all that came in, in the order of arrival
 * @param steps what was done, in order
 * @param pauses of deliveries, while something of it was or could have been delivered, the oldest first
 * @param escalations of its ticket, the oldest first
 * @param parked why Redmine will not take it, or null
 * @param parkedUntil when the next of those that are parked for the same reason is tried, in milliseconds since 1970; or null
 * @param failure what went wrong at the last try, or null
 */
public record AlertRecord(
        AlertKey key,
        boolean fromPreview,
        String problem,
        AlertHistory unreported,
        WhoIsOnIt people,
        List<Change> events,
        List<Step> steps,
        List<Pause> pauses,
        List<EscalationRecord> escalations,
        String parked,
        Long parkedUntil,
        String failure) {

    /**
     * Something that was done.
     *
     * @param at in milliseconds since 1970
     * @param issue Redmine's number of the ticket, or null
     * @param upTo the place of the last event that it took in; zero where it took in none
     * @param person who did it; null: the service
     */
    public record Step(long at, Long issue, long upTo, String action, String why, String person) {

        public Instant time() {
            return Instant.ofEpochMilli(at);
        }
    }
}
