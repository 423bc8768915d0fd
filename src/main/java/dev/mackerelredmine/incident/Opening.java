package dev.mackerelredmine.incident;

import java.time.Instant;

/**
 * The opening of an alert, by which {@link Grouping} decides whether an incident begins.
 *
 * @param alert the store's number of the alert
 * @param problem the store's number of its problem
 * @param at by Mackerel's clock
 */
public record Opening(long alert, long problem, Instant at) {}
