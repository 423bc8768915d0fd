package dev.mackerelredmine.cli;

import dev.mackerelredmine.camel.EscalationFiles;
import dev.mackerelredmine.escalation.EscalationFile;
import dev.mackerelredmine.escalation.Rota;
import dev.mackerelredmine.escalation.Turn;
import dev.mackerelredmine.explain.Lines;
import dev.mackerelredmine.settings.SettingNames;
import dev.mackerelredmine.settings.Settings;
import dev.mackerelredmine.settings.SettingsException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Says who is on call when. */
@Command(
        name = "rota",
        description = {
            "Shows who is on call, and when, for each rota of escalation.file. It fetches the calendars first. It uses neither the store"
                    + " nor Redmine, and works beside a running service.",
            "Ends with 0; with 2 when the file, a setting or the command line is wrong."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class RotaCommand implements Callable<Integer> {

    private static final int MOST_DAYS = 366;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--days",
            paramLabel = "DAYS",
            defaultValue = "14",
            description = "How many days are shown, from now on. Without it: $${DEFAULT-VALUE} days.")
    private int days;

    @Override
    public Integer call() throws Exception {
        if (days < 1 || days > MOST_DAYS) {
            throw new ParameterException(spec.commandLine(), "--days is a number from 1 to " + MOST_DAYS);
        }
        try (CommandCamel camel = CommandCamel.start()) {
            Settings settings = camel.bean(Settings.class);
            if (settings.escalation().file() == null) {
                throw new SettingsException(List.of(SettingNames.both("escalation.file")
                        + " is not set: the file that says who is notified, such as escalation.yaml"));
            }
            PrintWriter out = spec.commandLine().getOut();
            out.print(text(EscalationFiles.read(settings), Instant.now(), settings.zone()));
            out.flush();
        }
        return 0;
    }

    private String text(EscalationFile file, Instant now, ZoneId zone) {
        if (file.rotas().isEmpty()) {
            return "The file has no rotas.\n";
        }
        Lines lines = new Lines(zone);
        file.rotas().forEach((name, rota) -> {
            lines.title("Rota " + name + " (times of " + zone + ")");
            lines.block(table(rota, now, lines).text("  ").stripTrailing());
            Stream.concat(rota.failures(zone).stream(), rota.overlaps(now, zone).stream())
                    .forEach(problem -> lines.line("note", problem));
        });
        return lines.toString();
    }

    private Table table(Rota rota, Instant now, Lines lines) {
        Table table = new Table("from", "to", "person");
        Turn.of(rota, now, now.plus(Duration.ofDays(days)))
                .forEach(turn -> table.row(
                        lines.time(turn.from()),
                        lines.time(turn.to()),
                        turn.person().orElse("nobody")));
        return table;
    }
}
