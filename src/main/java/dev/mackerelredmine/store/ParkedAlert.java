package dev.mackerelredmine.store;

/** An alert that is put aside, and why. */
public record ParkedAlert(long id, String org, String alertKey, String parked) {}
