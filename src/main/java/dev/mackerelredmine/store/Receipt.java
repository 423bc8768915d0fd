package dev.mackerelredmine.store;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What was kept: the answer to Mackerel.
 *
 * @param alert the alert's id, absent for what is no alert
 * @param isNew whether it is the first that came in of the alert
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Receipt(
        String event, String alert, @JsonIgnore boolean isNew) {}
