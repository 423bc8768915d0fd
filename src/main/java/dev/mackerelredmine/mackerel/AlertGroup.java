package dev.mackerelredmine.mackerel;

/**
 * A group of alerts, of which Mackerel tells neither the members nor whether it is open. What is absent is null.
 *
 * @param createdAt in seconds since 1970 (an alert's are milliseconds), as {@code closedAt}
 */
public record AlertGroup(String id, AlertStatus status, String url, Long createdAt, Long closedAt) {}
