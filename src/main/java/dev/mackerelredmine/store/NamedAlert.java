package dev.mackerelredmine.store;

/** A row of alertsNamed.sql: an alert, why it is parked, and what went wrong last with its problem, or null. */
record NamedAlert(long id, String org, String parked, String failure) {}
