package dev.mackerelredmine.escalation;

import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who is on call when. */
public interface Rota {

    /** The name of whoever is on call at that time, as Redmine shows it; empty where nobody is. */
    Optional<String> onCall(Instant at);

    /**
     * Why what it is made of, such as a calendar, is not there or not new: one sentence each, without a full stop.
     *
     * @param zone of the times in them
     */
    default List<String> failures(ZoneId zone) {
        return List.of();
    }

    /** Where two people have the same time from now on, and which of them is on call: as {@link #failures}. */
    default List<String> overlaps(Instant now, ZoneId zone) {
        return List.of();
    }

    /** All whom it may name, as far as it knows; others may be on call later. */
    default Set<String> people() {
        return Set.of();
    }

    /** Until when that holds; it may hold for longer. A rota that does not know is asked again for each minute. */
    default Instant holdsUntil(Instant at) {
        return at.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
    }
}
