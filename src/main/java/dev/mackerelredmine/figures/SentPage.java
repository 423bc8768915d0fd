package dev.mackerelredmine.figures;

/**
 * A page that somebody got.
 *
 * @param subject the store's number of what its alert is about
 * @param severity the highest of its ticket's alerts
 * @param at when its means took it, in milliseconds since 1970
 * @param rota by which rota its person was notified; empty: by name
 */
public record SentPage(long subject, int severity, long at, String rota) {}
