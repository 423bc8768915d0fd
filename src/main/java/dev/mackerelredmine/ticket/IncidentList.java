package dev.mackerelredmine.ticket;

import java.time.Instant;
import java.util.List;

/**
 * What an incident's ticket lists.
 *
 * @param since when the first of them opened
 * @param total how many alerts belong to it
 * @param firing how many of them fire
 * @param members those that are listed, the worst first
 * @param isStale whether the ticket lists something else
 * @param notBefore when it may be written next
 */
public record IncidentList(
        Instant since, int total, int firing, List<IncidentMember> members, boolean isStale, Instant notBefore) {

    public IncidentList {
        members = List.copyOf(members);
    }
}
