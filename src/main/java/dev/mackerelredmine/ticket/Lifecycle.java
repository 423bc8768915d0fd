package dev.mackerelredmine.ticket;

import dev.mackerelredmine.redmine.LookUpFirstException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Decides what an alert's ticket needs next. */
public final class Lifecycle {

    private final Duration settle;
    private final Clock clock;

    public Lifecycle(Duration settle) {
        this(settle, Clock.systemUTC());
    }

    Lifecycle(Duration settle, Clock clock) {
        this.settle = settle;
        this.clock = clock;
    }

    public TicketAction next(AlertHistory history) {
        if (history.ticket().issue() != null) {
            return TicketAction.NOTHING;
        }
        return history.ticket().begun() == null ? TicketAction.CREATE : TicketAction.LOOK_UP;
    }

    /**
     * Whether "there is no such ticket" can be believed: a request that timed out may still be running in Redmine,
     * so it counts only when {@code redmine.settle} has passed. Until then the alert waits.
     */
    public void believeNotFound(AlertHistory history) throws LookUpFirstException {
        Instant settled = history.ticket().begun().plus(settle);
        if (clock.instant().isBefore(settled)) {
            throw new LookUpFirstException(
                    "alert " + history.key()
                            + ": an earlier try to create its ticket may still be under way in Redmine",
                    null,
                    settled,
                    false);
        }
    }
}
