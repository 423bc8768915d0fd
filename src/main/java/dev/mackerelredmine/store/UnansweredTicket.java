package dev.mackerelredmine.store;

import dev.mackerelredmine.ticket.TicketState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A critical ticket that nobody has, and of which the operator was not notified.
 *
 * @param since since when, in milliseconds since 1970
 * @param unansweredAfter what the policy says, in milliseconds; null where it says nothing
 * @param askedAt when its journals were asked for last, in milliseconds since 1970; or null
 */
public record UnansweredTicket(long id, long issue, String state, long since, Long unansweredAfter, Long askedAt) {

    /** When it is to be said; empty: never. */
    public Optional<Instant> due(Duration otherwise) {
        Duration after = unansweredAfter == null ? otherwise : Duration.ofMillis(unansweredAfter);
        return after.isZero() ? Optional.empty() : Optional.of(begun().plus(after));
    }

    public Instant begun() {
        return Instant.ofEpochMilli(since);
    }

    /** Whether its journals were asked for at that time or later. */
    public boolean isAskedSince(Instant time) {
        return askedAt != null && askedAt >= time.toEpochMilli();
    }

    public String subject() {
        TicketState.Names names =
                state == null ? null : TicketRow.read(state, TicketState.class).names();
        return names == null || names.subject() == null ? "" : names.subject();
    }
}
