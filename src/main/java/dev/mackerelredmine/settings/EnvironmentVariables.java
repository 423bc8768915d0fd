package dev.mackerelredmine.settings;

import java.util.List;
import org.apache.camel.component.properties.EnvPropertiesFunction;

/**
 * What a route gets by {@code {{env:NAME}}}. One that is not set is for a person to correct, as a setting is. So is one that holds what
 * Camel would resolve once more, because Camel shows what it cannot resolve, and it may be a password.
 */
final class EnvironmentVariables extends EnvPropertiesFunction {

    private static final String PLACEHOLDER = "{{";

    @Override
    public String apply(String nameAndDefault) {
        String value = super.apply(nameAndDefault);
        if (value == null) {
            throw refused(nameAndDefault, "is not set");
        }
        if (value.contains(PLACEHOLDER)) {
            throw refused(nameAndDefault, "must not hold " + PLACEHOLDER);
        }
        return value;
    }

    private static SettingsException refused(String nameAndDefault, String why) {
        String name = nameAndDefault.replaceFirst(":.*", "");
        return new SettingsException(List.of("the environment variable " + name + ", which a route uses, " + why));
    }
}
