package dev.mackerelredmine.store;

/**
 * An alert that became a line of an incident, and that the incident's ticket never listed.
 *
 * @param id the store's number of the alert
 * @param isLeased whether it is being delivered now
 */
record UnlistedLine(long id, boolean isLeased) {}
