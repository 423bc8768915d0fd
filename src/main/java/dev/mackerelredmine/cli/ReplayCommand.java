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
            "Delivers alerts once more that got no ticket, after you have corrected the reason: a policy that skipped them, a preview."
                    + " The running service delivers them. If none runs, they are delivered at its next start.",
            "For parked alerts, parked retry is enough.",
            "What a ticket already says is not written again. An alert without a ticket gets it from all of its notifications, also"
                    + " those that came in during a preview.",
            "Ends with 0, also when there is nothing to replay; with 2 when the command line or a setting is wrong."
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
                description = "One alert, or all alerts of a ticket: " + ExplainCommand.NAMES_OF_AN_ALERT)
        private String alert;

        @Option(
                names = "--since",
                paramLabel = "TIME",
                description = "Alerts without a ticket, or parked, for which a notification came in since then:"
                        + " how long ago (30m, 2h, 3d), a date (2026-11-20), or a date and time (2026-11-20T09:00,"
                        + " with +09:00 or Z if it is not in ticket.time-zone).")
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
                                + " is not a time: write how long ago (30m, 2h, 3d), a date (2026-11-20), or a date and time"
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
