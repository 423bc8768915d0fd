package dev.mackerelredmine.store;

/** An alert that Mackerel has and that gets no ticket while it has this status, and why. */
public record LeftAlone(String org, String alertKey, String status, String why) {}
