package dev.mackerelredmine.store;

import dev.mackerelredmine.incident.Opening;
import java.time.Instant;

/** A row of {@link IncidentSql#aloneNear}. */
record OpeningRow(long alert, long problem, long openedAt) {

    Opening opening() {
        return new Opening(alert, problem, Instant.ofEpochMilli(openedAt));
    }
}
