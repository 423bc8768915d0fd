package dev.mackerelredmine.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.mackerelredmine.camel.EscalationFiles;
import dev.mackerelredmine.camel.PolicyCheck;
import dev.mackerelredmine.camel.Routes;
import dev.mackerelredmine.escalation.EscalationCheck;
import dev.mackerelredmine.reconcile.MackerelCheck;
import dev.mackerelredmine.redmine.check.Finding;
import dev.mackerelredmine.redmine.check.RedmineCheck;
import dev.mackerelredmine.settings.MackerelSettings;
import dev.mackerelredmine.settings.SettingNames;
import dev.mackerelredmine.settings.Settings;
import dev.mackerelredmine.settings.SettingsException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
            "Asks Redmine whether it has what the settings name, and whether the bot user may do what it must, and says what to"
                    + " correct. Also reads the files of routes/, and runs the policy on sample alerts. It changes nothing, and works"
                    + " beside a running service.",
            "Ends with 0 when nothing is wrong, with 1 when something is, with 2 when the settings cannot work."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class CheckCommand implements Callable<Integer> {

    private static final int SOMETHING_WRONG = 1;

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Prints JSON instead of a table.")
    private boolean json;

    @Option(
            names = "--ticket",
            description =
                    "Creates one ticket that says that it is a test, changes it, writes a note and closes it, and checks after each"
                            + " step what Redmine did.")
    private boolean ticket;

    @Override
    public Integer call() throws Exception {
        List<Finding> findings = new ArrayList<>();
        try (CommandCamel camel = CommandCamel.start("policy")) {
            Routes.checkAll(camel.context());
            findings.add(new PolicyCheck(camel.context()).finding());
            findings.addAll(ofRedmine(camel));
            findings.addAll(ofMackerel(camel));
            findings.addAll(ofEscalation(camel));
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(json ? json(findings) : new FindingsTable(Ansi.AUTO).text(findings));
        out.flush();
        return findings.stream().anyMatch(Finding::isWrong) ? SOMETHING_WRONG : 0;
    }

    private List<Finding> ofRedmine(CommandCamel camel) {
        if (camel.bean(Settings.class).isPreview()) {
            String howTo = "set " + SettingNames.both("redmine.url") + ", " + SettingNames.both("redmine.apikey")
                    + " and " + SettingNames.both("redmine.project");
            if (ticket) {
                throw new SettingsException(List.of("no Redmine is set that could take a test ticket: " + howTo));
            }
            return List.of(Finding.note("Redmine", "none is set, so nothing was asked. To deliver, " + howTo));
        }
        RedmineCheck check = camel.bean(RedmineCheck.class);
        try (Progress progress = new Progress(spec.commandLine().getErr())) {
            return check.findings(ticket, progress::says);
        }
    }

    private static List<Finding> ofMackerel(CommandCamel camel) {
        Settings settings = camel.bean(Settings.class);
        MackerelSettings mackerel = settings.mackerel();
        return mackerel.isAsked()
                ? MackerelCheck.of(
                                mackerel,
                                Routes.webhookPaths(camel.context()),
                                settings.ticket().closesAlerts())
                        .findings()
                : List.of();
    }

    private static List<Finding> ofEscalation(CommandCamel camel) {
        Settings settings = camel.bean(Settings.class);
        if (settings.escalation().file() == null) {
            return List.of();
        }
        Path file = Path.of(settings.escalation().file());
        EscalationCheck check =
                new EscalationCheck(EscalationFiles.readerOfCommand(settings), Instant.now(), settings.zone());
        List<Finding> findings = new ArrayList<>(check.findings(file));
        Set<String> names = check.inRedmine(file);
        if (!settings.isPreview() && !names.isEmpty()) {
            findings.add(camel.bean(RedmineCheck.class).members("escalation.file, means redmine", names));
        }
        return findings;
    }

    private static String json(List<Finding> findings) throws JsonProcessingException {
        return JsonMapper.builder()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .build()
                        .writeValueAsString(findings)
                + "\n";
    }
}
