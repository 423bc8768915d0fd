package dev.mackerelredmine.cli;

import dev.mackerelredmine.settings.Settings;
import dev.mackerelredmine.store.Replayable;
import dev.mackerelredmine.store.Replays;
import dev.mackerelredmine.store.Store;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Has alerts delivered once more, after what stood in their way was corrected. */
@Command(
        name = "replay",
        description = {
            "Has alerts delivered once more, after the cause was corrected: a policy, a project, a right in Redmine."
                    + " The running service delivers them; without one, the next that starts.",
            "Those that are parked are listed, and had delivered once more, by the command parked.",
            "What a ticket says already is not written again. An alert without a ticket is worked out anew from all of its"
                    + " events, also what came in during a preview.",
            "Ends with 0, also when there is nothing to replay; with 2 when the command line or a setting has to be corrected."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class ReplayCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private Which which;

    @Option(names = "--dry-run", description = "Shows which alerts these are, and changes nothing.")
    private boolean dryRun;

    /** One of the two. */
    private static final class Which {

        @Option(
                names = "--alert",
                paramLabel = "ID",
                description = "One alert, or all of a ticket: " + ExplainCommand.NAMES_OF_AN_ALERT)
        private String alert;

        @Option(
                names = "--since",
                paramLabel = "TIME",
                description = "The alerts of which something came in since then, and that have no ticket or are parked."
                        + " How long ago (30m, 2h, 3d), a date (2026-11-20), or a date and time (2026-11-20T09:00,"
                        + " with +09:00 or Z where it is not of ticket.time-zone).")
        private String since;
    }

    @Override
    public Integer call() throws Exception {
        try (CommandCamel camel = CommandCamel.start()) {
            Settings settings = camel.bean(Settings.class);
            Beside.refusePreview(settings);
            Instant since = since(settings);
            try (Store store = camel.store()) {
                if (!store.openBeside()) {
                    return print("There is no store yet, so there is nothing to replay.\n");
                }
                return replay(store.replays(), since);
            }
        }
    }

    private Instant since(Settings settings) {
        if (which.since == null) {
            return null;
        }
        return new Since(settings.zone(), Instant.now())
                .time(which.since)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "--since " + which.since
                                + " is no time: write how long ago (30m, 2h, 3d), a date (2026-11-20), or a date and time"
                                + " (2026-11-20T09:00)"));
    }

    private int replay(Replays replays, Instant since) {
        List<Replayable> alerts = alerts(replays, since);
        if (alerts.isEmpty()) {
            return print("There is no such alert in the store: nothing to replay.\n");
        }
        if (!dryRun) {
            replays.replay(alerts, Caller.name());
        }
        return print(ReplayTable.text(alerts) + "\n" + sum(alerts.size()));
    }

    private List<Replayable> alerts(Replays replays, Instant since) {
        if (which.alert != null) {
            return replays.ofAlert(which.alert);
        }
        return replays.since(since);
    }

    private String sum(int alerts) {
        return dryRun
                ? "Alerts that would be replayed: " + alerts + ". Nothing was changed.\n"
                : "Alerts to be delivered: " + alerts + ", by the running service now, or else by the next start.\n";
    }

    private int print(String text) {
        PrintWriter out = spec.commandLine().getOut();
        out.print(text);
        out.flush();
        return 0;
    }
}
