package dev.mackerelredmine.store;

/**
 * For what alerts are parked.
 *
 * @param reason as it is said of one of them
 * @param since since when the first of them is, in milliseconds since 1970
 */
public record ParkedReason(String reason, long alerts, long since) {}
