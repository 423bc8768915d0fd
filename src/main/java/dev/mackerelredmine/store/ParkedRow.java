package dev.mackerelredmine.store;

/**
 * A row of {@link OperateSql#parked}: an alert that Redmine would not take. Times are milliseconds since 1970.
 *
 * @param issue Redmine's number of its ticket, or null
 * @param project in which its ticket was to be, or null where the policy did not say
 * @param events how many of its events are not delivered
 * @param nextAt when it, or another that is parked for the same reason, is tried next; or null
 */
public record ParkedRow(
        long id,
        String org,
        String alertKey,
        String problemKey,
        Long issue,
        String project,
        String reason,
        long parkedAt,
        boolean urgent,
        long events,
        Long nextAt) {}
