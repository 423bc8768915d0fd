package dev.mackerelredmine.store;

import com.fasterxml.jackson.annotation.JsonInclude;

/** What was kept: the answer to Mackerel. {@code alert} is the alert's id, absent for what is no alert. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Receipt(String event, String alert) {}
