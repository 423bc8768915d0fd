package dev.mackerelredmine.store;

/** A row of previewed.sql: what came in during a preview. */
record PreviewedEvent(long receivedAt, String kind, String channel, String notification) {}
