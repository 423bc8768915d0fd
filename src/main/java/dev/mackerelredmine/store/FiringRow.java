package dev.mackerelredmine.store;

/**
 * A row of {@link IncidentSql#firingOf}.
 *
 * @param at since when
 */
record FiringRow(String status, long at) {}
