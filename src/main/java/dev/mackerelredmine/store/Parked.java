package dev.mackerelredmine.store;

/**
 * What is parked: an alert, or an action after the change of a ticket.
 *
 * @param alertKey of which alert
 * @param parked why
 * @param urgent whether the operator is to know it at once: a critical alert has no ticket, the first for this reason
 */
public record Parked(long id, String org, String alertKey, String parked, boolean urgent) {}
