package dev.mackerelredmine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.mackerelredmine.check.Finding;
import dev.mackerelredmine.check.RedmineCheck;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says whether Redmine is set up as the settings want it. */
@Command(
        name = "check",
        description = {
            "Asks Redmine whether it is set up as the settings want it, and says what to mend. It changes nothing,"
                    + " and works beside a running service.",
            "Ends with 0 when nothing is wrong, with 1 when something is, with 2 when the settings cannot work."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Application.Version.class)
final class CheckCommand implements Callable<Integer> {

    private static final int SOMETHING_WRONG = 1;

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Prints JSON instead of a table.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        List<Finding> findings;
        try (CommandCamel camel = CommandCamel.start()) {
            refusePreview(camel.bean(Settings.class));
            findings = camel.bean(RedmineCheck.class).findings();
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(json ? json(findings) : new FindingsTable(Ansi.AUTO).text(findings));
        out.flush();
        return findings.stream().anyMatch(Finding::isWrong) ? SOMETHING_WRONG : 0;
    }

    private static void refusePreview(Settings settings) {
        if (settings.isPreview()) {
            throw new SettingsException(List.of("no Redmine is set, so there is none to check: set "
                    + SettingNames.both("redmine.url") + ", " + SettingNames.both("redmine.apikey") + " and "
                    + SettingNames.both("redmine.project")));
        }
    }

    private static String json(List<Finding> findings) throws JsonProcessingException {
        return JsonMapper.builder()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .build()
                        .writeValueAsString(findings)
                + "\n";
    }
}
