package dev.mackerelredmine.cli;

import dev.mackerelredmine.operate.Operations;
import picocli.CommandLine.Command;

/** Lets deliveries go on. */
@Command(
        name = "resume",
        description = {
            "Ends the pause of deliveries. What came in meanwhile is delivered now.",
            "Ends with 0, also when deliveries were not paused; with 1 when there is no store; with 2 when the command line or a"
                    + " setting is wrong."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class ResumeCommand extends PausesCommand {

    @Override
    boolean act(Operations operations, String by) {
        return operations.resume(by);
    }
}
