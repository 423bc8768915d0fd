package dev.mackerelredmine.store;

/** A row of {@link OpeningSql#named}. @param issue null: it has no ticket */
record NamedOpening(String alertKey, Long issue) {}
