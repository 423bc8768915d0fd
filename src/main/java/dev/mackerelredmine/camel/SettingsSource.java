package dev.mackerelredmine.camel;

import dev.mackerelredmine.settings.LocalSettings;
import dev.mackerelredmine.settings.SettingsException;
import dev.mackerelredmine.settings.SettingsText;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.impl.DefaultCamelContext;

/** Has Camel read the settings: which files, in UTF-8, and without what Kubernetes sets. */
public final class SettingsSource {

    private static final String FILE = "file:";

    /** A setting that the first does not have is as the second says. */
    public static final String LOCATIONS = FILE + LocalSettings.FILE + ";optional=true," + FILE
            + "application.properties;optional=true,classpath:application.properties";

    private SettingsSource() {}

    /**
     * To be called before Camel reads them.
     *
     * @throws SettingsException where a file of these locations cannot be read as settings
     */
    static void readBy(CamelContext camelContext, String locations) {
        Stream.of(locations.split(","))
                .filter(location -> location.startsWith(FILE))
                .map(location -> Path.of(location.substring(FILE.length()).replaceFirst(";.*", "")))
                .forEach(SettingsText::properties);
        // Camel's own default is Latin-1.
        ((PropertiesComponent) camelContext.getPropertiesComponent()).setEncoding(StandardCharsets.UTF_8.name());
        WithoutKubernetes.readProperties(camelContext);
    }

    /** Where settings are read as the service reads them, and nothing else is. */
    public static CamelContext alone() {
        DefaultCamelContext context = new DefaultCamelContext();
        readBy(context, LOCATIONS);
        context.getPropertiesComponent().setLocation(LOCATIONS);
        context.build();
        return context;
    }
}
