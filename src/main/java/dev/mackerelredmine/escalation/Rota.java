package dev.mackerelredmine.escalation;

import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Who is on call when. */
public interface Rota {

    /** The name of whoever is on call at that time, as Redmine shows it; empty where nobody is. */
    Optional<String> onCall(Instant at);

    /**
     * What is wrong with what it is made of, such as a calendar that cannot be fetched: one sentence each, without a full stop.
     *
     * @param zone of the times in them
     */
    default List<String> problems(Instant now, ZoneId zone) {
        return List.of();
    }

    /** Until when that holds; it may hold for longer. A rota that does not know is asked again for each minute. */
    default Instant holdsUntil(Instant at) {
        return at.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
    }
}
