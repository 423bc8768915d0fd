package dev.mackerelredmine.cli;

import dev.mackerelredmine.operate.OperateJson;
import dev.mackerelredmine.operate.Operations;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What {@code pause} and {@code resume} have in common: one act, and how deliveries stand after it. */
abstract class PausesCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Prints JSON instead of a sentence.")
    private boolean json;

    /** @return whether it changed anything */
    abstract boolean act(Operations operations, String by);

    @Override
    public Integer call() throws Exception {
        return Beside.withStore(spec, (settings, store) -> {
            Operations operations = Beside.operations(store);
            boolean changed = act(operations, Caller.name());
            PauseAnswer answer = new PauseAnswer(operations.currentPause().orElse(null), changed);
            return Beside.print(spec, json ? OperateJson.of(answer) : answer.said(settings.zone()), 0);
        });
    }
}
