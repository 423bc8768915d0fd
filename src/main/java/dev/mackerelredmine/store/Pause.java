package dev.mackerelredmine.store;

/**
 * That people held deliveries. Times are milliseconds since 1970.
 *
 * @param resumedAt when they went on; null: they are paused
 * @param resumedBy null: they are paused
 */
public record Pause(long pausedAt, String pausedBy, Long resumedAt, String resumedBy) {}
