package dev.mackerelredmine.store;

import dev.mackerelredmine.incident.Span;
import java.time.Instant;

/** A row of {@link IncidentSql#incidentsNear}. */
record SpanRow(long alertId, long firstAt, long lastAt) {

    Span span() {
        return new Span(alertId, Instant.ofEpochMilli(firstAt), Instant.ofEpochMilli(lastAt));
    }
}
