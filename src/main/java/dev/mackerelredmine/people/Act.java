package dev.mackerelredmine.people;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.mackerelredmine.redmine.Issue.Named;
import java.time.Instant;

/**
 * Something that was done to a ticket.
 *
 * @param journal Redmine's number of it, which grows with time
 * @param by who did it
 * @param at when, in seconds since 1970, by Redmine's clock
 * @param to to whom it was given, where it is a hand-over; else null
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Act(long journal, How how, Named by, long at, Named to) {

    public Instant time() {
        return Instant.ofEpochSecond(at);
    }
}
