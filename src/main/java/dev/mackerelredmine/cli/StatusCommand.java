package dev.mackerelredmine.cli;

import dev.mackerelredmine.explain.Lines;
import dev.mackerelredmine.operate.OperateJson;
import dev.mackerelredmine.operate.State;
import dev.mackerelredmine.operate.Status;
import dev.mackerelredmine.operate.StatusReader;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says on one screen how the service is. */
@Command(
        name = "status",
        description = {
            "Shows the state of the service on one screen: what waits, what is parked, whether Redmine answers, and which critical"
                    + " tickets nobody has answered. It changes nothing. It asks the running service, at its management port, whether"
                    + " Redmine is away and how fast it answers.",
            "The state is the first of these that applies: unreachable (the service does not answer), preview, redmine-away, paused,"
                    + " stuck (an alert waits for longer than delivery.stuck-after), channel-suspended, parked, ok.",
            "Ends with 0 when the state is ok; with 1 when it is another; with 2 when the command line or a setting is wrong."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class StatusCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Prints JSON instead of lines.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        return Beside.withStore(spec, (settings, store) -> {
            Status status = new StatusReader(
                            store,
                            new ManagementPort(settings.management()),
                            StatusReader.Rules.of(settings),
                            InstantSource.system())
                    .read();
            String text = json ? OperateJson.of(status) : new StatusLines(new Lines(settings.zone())).text(status);
            return Beside.print(spec, text, status.state() == State.OK ? 0 : Beside.SOMETHING_WRONG);
        });
    }
}
