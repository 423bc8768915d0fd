package dev.mackerelredmine.operate;

import java.time.Duration;
import java.util.List;

/**
 * Which parked alerts are meant: those that match every part. Null, or an empty list, matches all.
 *
 * @param alerts names of alerts, as a person has them: Mackerel's id, org/id, its address, or # and the number of its ticket
 * @param problem the problem's name contains this
 * @param project in which the ticket was to be, exactly
 * @param reason for which it is parked contains this
 * @param longerThan it has been parked for longer
 */
public record ParkedFilter(List<String> alerts, String problem, String project, String reason, Duration longerThan) {

    public static final ParkedFilter ALL = new ParkedFilter(List.of(), null, null, null, null);

    public ParkedFilter {
        alerts = alerts == null ? List.of() : List.copyOf(alerts);
    }

    public static ParkedFilter of(List<String> alerts) {
        return new ParkedFilter(alerts, null, null, null, null);
    }
}
