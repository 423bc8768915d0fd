package dev.mackerelredmine.store;

/**
 * How far an escalation has come.
 *
 * @param startsAt from when its steps count, in milliseconds since 1970
 */
public record ReachedStep(long startsAt, int round, int step) {}
