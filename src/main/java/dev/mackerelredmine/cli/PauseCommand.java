package dev.mackerelredmine.cli;

import dev.mackerelredmine.operate.OperateJson;
import dev.mackerelredmine.operate.Operations;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Holds deliveries. */
@Command(
        name = "pause",
        description = {
            "Delivers nothing any more, until resume: for a while in which Redmine is to be left alone. What Mackerel posts is taken and"
                    + " kept meanwhile. What is under way is finished. All services on the store obey, also after a restart.",
            "People are still notified of tickets that nobody has (escalations pause holds that). The operator is notified after an"
                    + " hour, and each day.",
            "Ends with 0, also when deliveries were paused already; with 1 when there is no store; with 2 when the command line or a"
                    + " setting has to be corrected."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class PauseCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Prints JSON instead of a sentence.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        return Beside.withStore(spec, (settings, store) -> {
            Operations operations = Beside.operations(store);
            boolean isNew = operations.pause(Caller.name());
            PauseAnswer answer = new PauseAnswer(operations.held().orElse(null), isNew);
            return Beside.print(spec, json ? OperateJson.of(answer) : answer.said(settings.zone()), 0);
        });
    }
}
