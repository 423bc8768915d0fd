package dev.mackerelredmine.redmine.check;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the settings want of Redmine, by their names, in their order; one without value is empty. The key is not among them.
 *
 * @param addressSetting the setting in which the address stands
 * @param address Redmine's base URL
 */
public record Wanted(String addressSetting, String address, Map<String, String> settings) {

    static final String KEY = "redmine.apikey";
    static final String PROJECT = "redmine.project";
    static final String TRACKER = "redmine.tracker";
    static final String STATUS = "redmine.status";
    static final String CLOSED_STATUS = "redmine.closed-status";
    static final String REOPENED_STATUS = "redmine.reopened-status";
    static final String ASSIGNED = "redmine.assigned";
    static final String ALERT_ID_FIELD = "redmine.custom-field.alert-id";

    Optional<String> value(String setting) {
        return Optional.ofNullable(settings.get(setting)).filter(value -> !value.isEmpty());
    }

    /** Whether a ticket is given to whoever is on call then, who is no name of Redmine's. */
    boolean assignsOnCall() {
        return value(ASSIGNED).filter(name -> name.startsWith("on-call:")).isPresent();
    }

    /** The settings whose names begin so. */
    List<String> names(String beginning) {
        return settings.keySet().stream()
                .filter(name -> name.startsWith(beginning))
                .toList();
    }
}
