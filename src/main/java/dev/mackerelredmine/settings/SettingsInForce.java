package dev.mackerelredmine.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;

/** Which settings have a value, and where each stands: the first place that has it counts. */
public final class SettingsInForce {

    private static final List<String> FILES = List.of(LocalSettings.FILE, "application.properties");
    private static final String MASKED = "(secret)";

    private final Settings settings;
    private final Path folder;
    private final Map<String, String> environment;
    private final Properties system;

    /** @param settings not checked: those that are wrong are shown, too */
    public SettingsInForce(Settings settings) {
        this(settings, Path.of(""), System.getenv(), System.getProperties());
    }

    SettingsInForce(Settings settings, Path folder, Map<String, String> environment, Properties system) {
        this.settings = settings;
        this.folder = folder;
        this.environment = environment;
        this.system = system;
    }

    public static SettingsInForce of(CamelContext context) {
        Settings settings = new Settings();
        settings.setCamelContext(context);
        return new SettingsInForce(settings);
    }

    /** In the order of the table of settings. */
    public List<SettingInForce> all() {
        Map<String, Properties> files = Map.of(FILES.get(0), read(FILES.get(0)), FILES.get(1), read(FILES.get(1)));
        Stream<String> fields = settings.redmine().field().keySet().stream().map(number -> "redmine.field." + number);
        return Stream.concat(SettingNames.ALL.stream(), fields)
                .flatMap(name -> settings.text(name).stream().map(value -> inForce(name, value, files)))
                .toList();
    }

    /** What is wrong with them, a line each. */
    public List<String> problems() {
        return new SettingsCheck(settings, settings.getCamelContext().getPropertiesComponent()).problems();
    }

    private SettingInForce inForce(String name, String value, Map<String, Properties> files) {
        boolean isSecret = SettingNames.SECRETS.contains(name);
        String file = SettingRow.fileOf(name);
        String from = stated(name, files)
                .or(() -> isSecret && stated(file, files).isPresent() ? Optional.of(file) : Optional.empty())
                .orElse("default");
        return new SettingInForce(name, isSecret ? MASKED : value, from);
    }

    private Optional<String> stated(String name, Map<String, Properties> files) {
        String variable = environment.get(SettingNames.variable(name));
        if (variable != null && !SettingNames.isAddressOfKubernetes(variable)) {
            return Optional.of("environment");
        }
        if (system.getProperty(name) != null) {
            return Optional.of("system property");
        }
        return FILES.stream().filter(file -> files.get(file).containsKey(name)).findFirst();
    }

    private Properties read(String name) {
        return SettingsText.properties(folder.resolve(name));
    }
}
