package dev.mackerelredmine.store;

import dev.mackerelredmine.people.Act;
import dev.mackerelredmine.people.WhoIsOnIt;
import java.util.Optional;

/**
 * A running escalation to whose ticket a person did something since that did not end it.
 *
 * @param issue Redmine's number
 * @param policy its snapshot, as JSON
 * @param takenIn the newest journal of a person that was known before
 * @param newest the one that is known now
 * @param people who is on the ticket, as JSON; or null
 */
public record TouchedEscalation(long id, long issue, String policy, long takenIn, long newest, String people) {

    /** To whom the ticket was given meanwhile. */
    public Optional<Act> handOver() {
        WhoIsOnIt known = people == null ? WhoIsOnIt.NOBODY : TicketRow.read(people, WhoIsOnIt.class);
        return Optional.ofNullable(known.handOver()).filter(act -> act.journal() > takenIn);
    }
}
