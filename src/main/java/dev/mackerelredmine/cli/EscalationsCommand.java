package dev.mackerelredmine.cli;

import dev.mackerelredmine.settings.Settings;
import dev.mackerelredmine.store.EscalationRow;
import dev.mackerelredmine.store.Escalations;
import dev.mackerelredmine.store.Store;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the escalations that run, and stops one, or holds all of them. */
@Command(
        name = "escalations",
        description = {
            "Shows who will be notified of which ticket, and stops that: for one ticket, or for all until they are resumed.",
            "The running service follows within a second. If none runs, the command takes effect at the next start.",
            "Ends with 0; with 1 when no escalation of the ticket runs; with 2 when the command line or a setting is wrong."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND")
public final class EscalationsCommand implements Callable<Integer> {

    private static final int NOTHING_STOPPED = 1;
    private static final Pattern TICKET = Pattern.compile("#?(\\d{1,18})");

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "say what is to be done: list, stop, pause or resume");
    }

    @Command(
            name = "list",
            description = "Shows the escalations that run, and whether they are paused.",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class)
    int list() throws Exception {
        return withStore(
                (settings, escalations) -> print(paused(settings, escalations) + table(settings, escalations)));
    }

    @Command(
            name = "stop",
            description =
                    "From now on notifies nobody of this ticket. A new escalation begins only if somebody takes the ticket and gives it back.",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class)
    int stop(
            @Parameters(paramLabel = "TICKET", description = "The ticket's number in Redmine: 42 or #42") String ticket)
            throws Exception {
        Matcher number = TICKET.matcher(ticket);
        if (!number.matches()) {
            throw new ParameterException(
                    spec.commandLine().getSubcommands().get("stop"),
                    ticket + " is no ticket: write its number, 42 or #42");
        }
        long issue = Long.parseLong(number.group(1));
        return withStore((settings, escalations) -> {
            boolean isStopped = escalations.stop(issue, Caller.name());
            print(
                    isStopped
                            ? "Nobody is notified of ticket #" + issue + " any more.\n"
                            : "No escalation of ticket #" + issue + " runs, so there is nothing to stop.\n");
            return isStopped ? 0 : NOTHING_STOPPED;
        });
    }

    @Command(
            name = "pause",
            description =
                    "Notifies nobody of any ticket until they are resumed. The operator is notified after an hour.",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class)
    int pause() throws Exception {
        return withStore((settings, escalations) -> {
            escalations.pause();
            return print("Escalations are paused. To go on: mackerel-redmine escalations resume\n");
        });
    }

    @Command(
            name = "resume",
            description = "Ends the pause. Steps that were due meanwhile are taken now.",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class)
    int resume() throws Exception {
        return withStore((settings, escalations) -> {
            escalations.resume();
            return print("Escalations go on.\n");
        });
    }

    private int withStore(BiFunction<Settings, Escalations, Integer> work) throws Exception {
        try (CommandCamel camel = CommandCamel.start()) {
            Settings settings = camel.bean(Settings.class);
            try (Store store = camel.store()) {
                if (!store.openBeside()) {
                    return print("There is no store yet, so nothing escalates.\n");
                }
                return work.apply(settings, store.escalations());
            }
        }
    }

    private static String paused(Settings settings, Escalations escalations) {
        Optional<Instant> since = escalations.pausedSince();
        return since.map(time -> "Paused since "
                        + time.atZone(settings.zone()).toLocalDateTime().withNano(0) + ".\n\n")
                .orElse("");
    }

    private static String table(Settings settings, Escalations escalations) {
        List<EscalationRow> running = escalations.running();
        return running.isEmpty() ? "No escalation runs.\n" : EscalationsTable.text(running, settings.zone());
    }

    private int print(String text) {
        PrintWriter out = spec.commandLine().getOut();
        out.print(text);
        out.flush();
        return 0;
    }
}
