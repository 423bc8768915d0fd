package dev.mackerelredmine.incident;

import java.time.Duration;
import java.time.Instant;

/**
 * From the first opening of an incident's members to the last.
 *
 * @param incident the store's number of the incident
 */
public record Span(long incident, Instant first, Instant last) {

    /** Whether an alert that opened then belongs to it. */
    boolean takes(Instant opened, GroupingRules rules) {
        Span with = with(opened);
        boolean isNear = !opened.isBefore(first.minus(rules.window())) && !opened.isAfter(last.plus(rules.window()));
        return isNear && Duration.between(with.first, with.last).compareTo(rules.maxAge()) <= 0;
    }

    public Span with(Instant opened) {
        return new Span(incident, opened.isBefore(first) ? opened : first, opened.isAfter(last) ? opened : last);
    }
}
