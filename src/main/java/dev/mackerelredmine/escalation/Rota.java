package dev.mackerelredmine.escalation;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;

/** Who is on call when. */
public interface Rota {

    /** The name of whoever is on call at that time, as Redmine shows it; empty where nobody is. */
    Optional<String> onCall(Instant at);

    /** All whom it may name, as far as it knows; others may be on call later. */
    default Set<String> people() {
        return Set.of();
    }

    /** Until when that holds; it may hold for longer. A rota that does not know is asked again for each minute. */
    default Instant holdsUntil(Instant at) {
        return at.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
    }
}
