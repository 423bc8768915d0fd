package dev.mackerelredmine.operate;

import dev.mackerelredmine.store.ParkedRow;
import java.time.Instant;
import java.util.stream.Collectors;

/**
 * An alert that Redmine would not take.
 *
 * @param alert its organization and Mackerel's id, as org/id
 * @param problem in one line
 * @param ticket Redmine's number, or null where it has none
 * @param project in which its ticket was to be, or null where the policy did not say
 * @param since when it was parked first, for whatever reason
 * @param urgent whether it is critical, and has no ticket
 * @param events how many of its events are not delivered
 * @param nextTry when it, or another that is parked for the same reason, is tried next; or null
 */
public record ParkedAlert(
        String alert,
        String problem,
        Long ticket,
        String project,
        String reason,
        Instant since,
        boolean urgent,
        long events,
        Instant nextTry) {

    static ParkedAlert of(ParkedRow row) {
        return new ParkedAlert(
                row.org() + "/" + row.alertKey(),
                row.problemKey().lines().filter(part -> !part.isBlank()).collect(Collectors.joining(" / ")),
                row.issue(),
                row.project(),
                row.reason(),
                Instant.ofEpochMilli(row.parkedAt()),
                row.urgent(),
                row.events(),
                row.nextAt() == null ? null : Instant.ofEpochMilli(row.nextAt()));
    }
}
