package dev.mackerelredmine.mackerel;

/** The service that a notification is about; Mackerel sends no link to it. What is absent is null. */
public record Service(String id, String name, String memo, String orgId) {}
