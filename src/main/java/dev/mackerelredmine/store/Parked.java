package dev.mackerelredmine.store;

/**
 * What is put aside: an alert, or what was to be done besides of one.
 *
 * @param alertKey of which alert
 * @param parked why
 */
public record Parked(long id, String org, String alertKey, String parked) {}
