package dev.mackerelredmine.ticket;

import java.time.Instant;

/**
 * What an alert's ticket reports of the alert.
 *
 * @param newest the last of the alert's changes that it reports
 * @param headline the newest of those of the highest severity: what the ticket is about
 * @param resends how often Mackerel said the same again since the last note
 * @param notedAt when a note, or the creation, last reported anything
 * @param madeAnew whether the ticket was deleted once, and created again
 */
public record Reported(Change newest, Change headline, int resends, Instant notedAt, boolean madeAnew) {}
