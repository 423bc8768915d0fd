package dev.mackerelredmine.store;

/**
 * An incident, for whoever looks back. Times are milliseconds since 1970.
 *
 * @param issue Redmine's number of its ticket, or null
 * @param name that the policy gave it
 * @param members how many alerts belong to it
 * @param firstAt when the first of them opened
 * @param overAt null: it is not over
 */
public record PastIncident(Long issue, String name, long members, long firstAt, Long overAt) {}
