package dev.mackerelredmine.cli;

import dev.mackerelredmine.operate.Operations;
import picocli.CommandLine.Command;

/** Holds deliveries. */
@Command(
        name = "pause",
        description = {
            "Stops deliveries to Redmine until resume, for instance during maintenance. What Mackerel posts meanwhile is accepted and"
                    + " stored. A delivery that has begun is finished. The pause is for all services on the store, and lasts over a"
                    + " restart.",
            "Escalations still notify people (escalations pause stops that). The operator is notified after an hour, and then each day.",
            "Ends with 0, also when deliveries were paused already; with 1 when there is no store; with 2 when the command line or a"
                    + " setting is wrong."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class PauseCommand extends PausesCommand {

    @Override
    boolean act(Operations operations, String by) {
        return operations.pause(by);
    }
}
