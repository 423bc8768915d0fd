package dev.mackerelredmine.redmine;

/** That two issues have to do with each other. */
public record Relation(long issue, long other) {}
