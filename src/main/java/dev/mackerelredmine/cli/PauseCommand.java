package dev.mackerelredmine.cli;

import dev.mackerelredmine.operate.Operations;
import picocli.CommandLine.Command;

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
public final class PauseCommand extends PausesCommand {

    @Override
    boolean act(Operations operations, String by) {
        return operations.pause(by);
    }
}
