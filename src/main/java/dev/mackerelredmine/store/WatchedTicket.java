package dev.mackerelredmine.store;

import dev.mackerelredmine.people.WhoIsOnIt;
import java.time.Instant;

/**
 * What is known of who is on a ticket.
 *
 * @param issue Redmine's number of it
 * @param project Redmine's number of its project, or null
 * @param seenUpdated when it was changed last, by Redmine's clock, as its journals were read last; or null
 * @param seenSettled whether nothing more can come under that second
 * @param verdict what people say of it, or null
 * @param fires whether an alert of it fires
 * @param inIncident Redmine's number of the incident's ticket that it is shown with, or null
 * @param inIncidentBy by what: parent, relation or note; or null
 * @param otherParent Redmine's number of its parent, where that is no incident's ticket that is known; or null
 */
public record WatchedTicket(
        long id,
        long issue,
        Long project,
        boolean isOpen,
        Long seenUpdated,
        Long seenJournal,
        Long seenFirst,
        Long seenLast,
        boolean seenSettled,
        String people,
        Long firstAcknowledgedAt,
        Long unansweredAfter,
        String verdict,
        boolean fires,
        Long inIncident,
        String inIncidentBy,
        Long otherParent) {

    public WhoIsOnIt whoIsOnIt() {
        return people == null ? WhoIsOnIt.NOBODY : TicketRow.read(people, WhoIsOnIt.class);
    }

    public WatchedTicket inProject(long other) {
        return new WatchedTicket(
                id,
                issue,
                other,
                isOpen,
                seenUpdated,
                seenJournal,
                seenFirst,
                seenLast,
                seenSettled,
                people,
                firstAcknowledgedAt,
                unansweredAfter,
                verdict,
                fires,
                inIncident,
                inIncidentBy,
                otherParent);
    }

    /** Whether we opened it again since its journals were read: until they are, nobody has it. */
    public boolean isToBeRead() {
        return people != null && seenUpdated == null;
    }

    /** Whether all that is there of it is known, where it was changed last at that time. */
    public boolean isKnown(Instant updated) {
        return seenSettled && seenUpdated != null && seenUpdated == updated.toEpochMilli();
    }
}
