package dev.mackerelredmine.escalation;

import java.time.Instant;
import java.util.Optional;

/** Who is on call when. */
public interface Rota {

    /** The name of whoever is on call at that time, as Redmine shows it; empty where nobody is. */
    Optional<String> onCall(Instant at);
}
