package dev.mackerelredmine.store;

/** A row of {@link InboxSql#alertsOfHost}: an alert of a host, and what is known of its ticket, as JSON. */
record AlertOfHost(String alertKey, String state) {}
