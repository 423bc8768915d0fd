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
 * @param changes how often it changed until it was read
 * @param notBefore when it may be written next
 */
public record IncidentList(
        Instant since, int total, int firing, List<IncidentMember> members, long changes, Instant notBefore) {

    public IncidentList {
        members = List.copyOf(members);
    }
}
