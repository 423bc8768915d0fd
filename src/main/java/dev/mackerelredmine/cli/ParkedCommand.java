package dev.mackerelredmine.cli;

import dev.mackerelredmine.operate.Done;
import dev.mackerelredmine.operate.OperateJson;
import dev.mackerelredmine.operate.Operations;
import dev.mackerelredmine.operate.ParkedAlert;
import dev.mackerelredmine.operate.ParkedFilter;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows the alerts that Redmine would not take, has them delivered once more, or drops them. */
@Command(
        name = "parked",
        description = {
            "Lists the alerts that are parked because Redmine refuses them as they are, delivers them once more after you have corrected"
                    + " the cause, or drops them.",
            "The running service delivers them. If none runs, they are delivered at its next start. Who retried or dropped an alert is"
                    + " recorded: explain --alert shows it.",
            "Ends with 0; with 1 when no such alert is parked, or one was skipped because it is being delivered; with 2 when the command"
                    + " line or a setting is wrong."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND")
public final class ParkedCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "say what is to be done: list, retry or drop");
    }

    @Command(
            name = "list",
            description = "Lists the parked alerts, and why they are parked. Without a filter, all.",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class)
    int list(
            @Mixin ParkedOptions which,
            @Option(names = "--json", description = "Prints JSON instead of a table.") boolean json)
            throws Exception {
        return Beside.withStore(spec, (settings, store) -> {
            ParkedFilter filter = which.filter(settings.zone());
            List<ParkedAlert> alerts = Beside.operations(store).parked(filter);
            if (json) {
                return Beside.print(spec, OperateJson.of(alerts), 0);
            }
            String text = alerts.isEmpty()
                    ? which.meansAll() ? "No alert is parked." : "No such alert is parked."
                    : ParkedTable.text(alerts, settings.zone()) + "\nParked alerts: " + alerts.size();
            return Beside.print(spec, text, 0);
        });
    }

    @Command(
            name = "retry",
            description =
                    "Delivers parked alerts once more: now, or after a pause. They are also tried again by themselves, and at each start.",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class)
    int retry(
            @Mixin ParkedOptions which,
            @Option(names = "--all", description = "All that are parked.") boolean all,
            @Option(names = "--json", description = "Prints JSON instead of a table.") boolean json)
            throws Exception {
        return act(
                "retry",
                which,
                all,
                json,
                (operations, filter) -> operations.retry(filter, Caller.name()),
                "Alerts to be delivered: ");
    }

    @Command(
            name = "drop",
            description =
                    "Drops parked alerts: what came in for them so far gets no ticket and no note. Later notifications are delivered.",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class)
    int drop(
            @Mixin ParkedOptions which,
            @Option(names = "--all", description = "All that are parked.") boolean all,
            @Option(
                            names = "--reason",
                            required = true,
                            paramLabel = "TEXT",
                            description = "Why you drop them. It is recorded with your name.")
                    String reason,
            @Option(names = "--json", description = "Prints JSON instead of a table.") boolean json)
            throws Exception {
        return act(
                "drop",
                which,
                all,
                json,
                (operations, filter) -> operations.drop(filter, reason, Caller.name()),
                "Dropped alerts: ");
    }

    private int act(
            String name,
            ParkedOptions which,
            boolean all,
            boolean json,
            BiFunction<Operations, ParkedFilter, Done> act,
            String sum)
            throws Exception {
        if (which.meansAll() != all) {
            throw new ParameterException(
                    spec.subcommands().get(name),
                    all ? "--all stands alone: leave it out, or the rest" : "say which alerts, or --all");
        }
        return Beside.withStore(spec, (settings, store) -> {
            Done done = act.apply(Beside.operations(store), which.filter(settings.zone()));
            boolean isWrong = !done.busy().isEmpty() || done.done().isEmpty() && !all;
            int exitCode = isWrong ? Beside.SOMETHING_WRONG : 0;
            return Beside.print(spec, json ? OperateJson.of(done) : said(done, sum, settings.zone()), exitCode);
        });
    }

    private static String said(Done done, String sum, ZoneId zone) {
        String text = done.done().isEmpty()
                ? "No such alert is parked.\n"
                : ParkedTable.text(done.done(), zone) + "\n" + sum + done.done().size() + "\n";
        return done.busy().isEmpty()
                ? text
                : text + "\n" + ParkedTable.text(done.busy(), zone) + "\nLeft, because they are being delivered: "
                        + done.busy().size() + ". Look again in a minute.\n";
    }
}
