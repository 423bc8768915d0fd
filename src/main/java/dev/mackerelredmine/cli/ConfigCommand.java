package dev.mackerelredmine.cli;

import dev.mackerelredmine.camel.SettingsSource;
import dev.mackerelredmine.operate.OperateJson;
import dev.mackerelredmine.settings.SettingInForce;
import dev.mackerelredmine.settings.SettingsException;
import dev.mackerelredmine.settings.SettingsInForce;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.camel.CamelContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says which settings are in force. */
@Command(
        name = "config",
        description = {
            "Shows the settings that have a value, and where each comes from. If several places have one, the first of these wins:"
                    + " environment, system property, local.properties, application.properties, default. Secrets are not shown.",
            "A service that is started with the same environment takes these values. A running service keeps those of its start.",
            "Ends with 0; with 2 when a setting is wrong (it is shown all the same)."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class ConfigCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Prints JSON instead of a table.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        try (CamelContext context = SettingsSource.alone()) {
            SettingsInForce inForce = SettingsInForce.of(context);
            List<SettingInForce> settings = inForce.all();
            Beside.print(spec, json ? OperateJson.of(settings) : table(settings), 0);
            List<String> problems = inForce.problems();
            if (!problems.isEmpty()) {
                throw new SettingsException(problems);
            }
        }
        return 0;
    }

    private static String table(List<SettingInForce> settings) {
        Table table = new Table("setting", "value", "from");
        settings.forEach(setting -> table.row(setting.name(), setting.value(), setting.from()));
        return table.text("");
    }
}
