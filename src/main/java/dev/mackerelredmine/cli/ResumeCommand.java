package dev.mackerelredmine.cli;

import dev.mackerelredmine.operate.OperateJson;
import dev.mackerelredmine.operate.Operations;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lets deliveries go on. */
@Command(
        name = "resume",
        description = {
            "Goes on with deliveries after pause: what came in meanwhile is delivered now.",
            "Ends with 0, also when deliveries were not paused; with 1 when there is no store; with 2 when the command line or a"
                    + " setting has to be corrected."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class ResumeCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Prints JSON instead of a sentence.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        return Beside.withStore(spec, (settings, store) -> {
            Operations operations = Beside.operations(store);
            boolean wasPaused = operations.resume(Caller.name());
            PauseAnswer answer = new PauseAnswer(operations.held().orElse(null), wasPaused);
            return Beside.print(spec, json ? OperateJson.of(answer) : answer.said(settings.zone()), 0);
        });
    }
}
