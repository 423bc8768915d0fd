package dev.mackerelredmine.store;

/** A row of {@link ReplaySql#previewed}: what came in during a preview. */
record PreviewedEvent(long receivedAt, String kind, String channel, String notification) {}
