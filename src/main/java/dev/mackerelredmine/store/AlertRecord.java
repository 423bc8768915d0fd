package dev.mackerelredmine.store;

import dev.mackerelredmine.figures.Opening;
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
 * @param delivery how far its delivery is
 * @param acknowledgedAt when a person had its ticket first, as figures count it, in milliseconds since 1970: {@link Opening#NEVER}, before its
 *     opening where somebody had the ticket already; null of an incident, which figures do not count
 * @param incident the alert that stands for the incident to which it belongs, or did before a person took it out; null where there is none
 * @param members of an alert that stands for an incident, the worst first; else empty
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
        Delivery delivery,
        Long acknowledgedAt,
        AlertKey incident,
        List<IncidentAlert> members) {

    /** Why Redmine will not take it; or null. */
    public String parked() {
        return delivery.parked();
    }

    /** Whether something came in that is not delivered. */
    public boolean waits() {
        return !unreported.changes().isEmpty();
    }

    /**
     * How far the delivery of it, and of all alerts of its problem, is. Times are milliseconds since 1970.
     *
     * @param parked why Redmine will not take the alert, or null
     * @param parkedAt since when; or null
     * @param failure what went wrong at the last try, or null
     * @param tries how often in a row that went wrong
     * @param waitingSince since when the oldest event waits; null where all are delivered
     * @param nextAt when it is tried next; of a parked one, when the next is that is parked for the same reason; null: not before something happens
     * @param leaseUntil until when somebody is believed to deliver it
     */
    public record Delivery(
            String parked, Long parkedAt, String failure, int tries, Long waitingSince, Long nextAt, long leaseUntil) {

        public boolean isUnderWay(Instant now) {
            return leaseUntil > now.toEpochMilli();
        }
    }

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
