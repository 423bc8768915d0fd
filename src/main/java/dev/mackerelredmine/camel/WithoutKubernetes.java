package dev.mackerelredmine.camel;

import dev.mackerelredmine.settings.SettingNames;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.CamelContext;
import org.apache.camel.component.properties.DefaultPropertiesParser;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.component.properties.PropertiesLookup;

/**
 * Reads properties as Camel does, but ignores what Kubernetes sets under the name of a setting: for a service that is called
 * {@code server} it sets {@code SERVER_PORT=tcp://10.0.0.1:80}. Such a setting has the value that it has without that variable.
 */
public final class WithoutKubernetes extends DefaultPropertiesParser {

    private WithoutKubernetes(PropertiesComponent properties) {
        super(properties);
    }

    static void readProperties(CamelContext camelContext) {
        PropertiesComponent properties = (PropertiesComponent) camelContext.getPropertiesComponent();
        properties.setPropertiesParser(new WithoutKubernetes(properties));
    }

    /** The variables of settings that are ignored. */
    public static List<String> ignored(Map<String, String> environment) {
        return SettingNames.ALL.stream()
                .map(SettingNames::variable)
                .filter(variable -> SettingNames.isAddressOfKubernetes(environment.getOrDefault(variable, "")))
                .sorted()
                .toList();
    }

    @Override
    public String parseProperty(String key, String value, PropertiesLookup properties) {
        boolean isIgnored = value != null
                && SettingNames.ALL.contains(key)
                && SettingNames.isAddressOfKubernetes(value)
                && value.equals(System.getenv(SettingNames.variable(key)));
        return super.parseProperty(key, isIgnored ? withoutVariable(key, properties) : value, properties);
    }

    /** Of null Camel would make the variable's value again; what is empty counts as not set. */
    private static String withoutVariable(String key, PropertiesLookup properties) {
        return Objects.requireNonNullElse(properties.lookup(key, null), "");
    }
}
