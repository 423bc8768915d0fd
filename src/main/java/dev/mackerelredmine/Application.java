package dev.mackerelredmine;

import dev.mackerelredmine.camel.ConfigurationErrors;
import dev.mackerelredmine.cli.BackupCommand;
import dev.mackerelredmine.cli.CheckCommand;
import dev.mackerelredmine.cli.ClassArchiveCommand;
import dev.mackerelredmine.cli.ConfigCommand;
import dev.mackerelredmine.cli.DemoCommand;
import dev.mackerelredmine.cli.EscalationsCommand;
import dev.mackerelredmine.cli.ExplainCommand;
import dev.mackerelredmine.cli.InitCommand;
import dev.mackerelredmine.cli.NotifyCommand;
import dev.mackerelredmine.cli.ParkedCommand;
import dev.mackerelredmine.cli.PauseCommand;
import dev.mackerelredmine.cli.ReplayCommand;
import dev.mackerelredmine.cli.ReportCommand;
import dev.mackerelredmine.cli.ResumeCommand;
import dev.mackerelredmine.cli.RotaCommand;
import dev.mackerelredmine.cli.RunCommand;
import dev.mackerelredmine.cli.StatusCommand;
import dev.mackerelredmine.cli.TrainingRunCommand;
import dev.mackerelredmine.cli.Version;
import dev.mackerelredmine.settings.SettingsException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line. Exits with 2 and one plain message where a person has to correct something first. */
@Command(
        name = "mackerel-redmine",
        description = "Makes Redmine tickets of Mackerel's alerts.",
        synopsisSubcommandLabel = "[COMMAND]",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            RunCommand.class,
            InitCommand.class,
            CheckCommand.class,
            ExplainCommand.class,
            ReplayCommand.class,
            StatusCommand.class,
            ParkedCommand.class,
            PauseCommand.class,
            ResumeCommand.class,
            ConfigCommand.class,
            EscalationsCommand.class,
            RotaCommand.class,
            NotifyCommand.class,
            ReportCommand.class,
            DemoCommand.class,
            BackupCommand.class,
            ClassArchiveCommand.class,
            TrainingRunCommand.class
        },
        footer = {
            "",
            "Settings are in local.properties and application.properties of the working folder, or in environment",
            "variables: redmine.url is REDMINE_URL. Without a Redmine it runs as a preview: it shows tickets and sends nothing.",
            "",
            "Exit codes: 0 all is well, 1 something is wrong, 2 a setting or the command line is wrong."
        })
public final class Application {

    private static final int CORRECT_FIRST = 2;
    private static final int START_AGAIN = 1;

    private Application() {}

    public static void main(String... arguments) {
        System.exit(arguments.length == 0 ? run() : commandLine().execute(arguments));
    }

    /** The service, without picocli: no class archive takes its classes, because they are too old, and they are a tenth of a start. */
    private static int run() {
        if (!readsUtf8()) {
            return CORRECT_FIRST;
        }
        try {
            return new RunCommand().call();
        } catch (Exception e) {
            return refuseToStart(e);
        }
    }

    static CommandLine commandLine() {
        return new CommandLine(new Application())
                .setExecutionStrategy(Application::execute)
                .setParameterExceptionHandler((failure, arguments) -> refuseArguments(failure))
                .setExecutionExceptionHandler((failure, command, parsed) -> refuseToStart(failure));
    }

    private static int execute(ParseResult parsed) {
        Integer helped = CommandLine.executeHelpRequest(parsed);
        if (helped != null) {
            return helped;
        }
        return readsUtf8() ? new RunLast().execute(parsed) : CORRECT_FIRST;
    }

    private static boolean readsUtf8() {
        boolean isUtf8 = Charset.defaultCharset().equals(StandardCharsets.UTF_8);
        if (!isUtf8) {
            refuse(
                    "this Java reads and writes " + Charset.defaultCharset()
                            + ", in which Japanese is lost. Add -Dfile.encoding=UTF-8 after \"java\", or start bin/mackerel-redmine, which does.");
        }
        return isUtf8;
    }

    private static int refuseArguments(ParameterException failure) {
        CommandLine command = failure.getCommandLine();
        System.err.println("mackerel-redmine: " + whatIsWrong(failure));
        command.usage(System.err);
        return CORRECT_FIRST;
    }

    private static String whatIsWrong(ParameterException failure) {
        if (!(failure instanceof UnmatchedArgumentException unmatched)) {
            return failure.getMessage();
        }
        String first = unmatched.getUnmatched().get(0);
        List<String> near = unmatched.getSuggestions();
        CommandLine command = unmatched.getCommandLine();
        if (!unmatched.isUnknownOption() && command.getSubcommands().isEmpty()) {
            return command.getCommandName() + " takes no \"" + first + "\"";
        }
        return "there is no " + (unmatched.isUnknownOption() ? "option " : "command ") + "\"" + first + "\""
                + (near.isEmpty() ? "" : ": is " + String.join(" or ", near) + " meant?");
    }

    private static int refuseToStart(Exception failure) {
        Optional<RuntimeException> mistake = ConfigurationErrors.in(failure);
        if (mistake.isEmpty()) {
            failure.printStackTrace();
            return START_AGAIN;
        }
        int code = refuse(mistake.get().getMessage());
        return mistake.get() instanceof SettingsException settings && settings.mayPass() ? START_AGAIN : code;
    }

    private static int refuse(String message) {
        System.err.println("mackerel-redmine cannot start:");
        Arrays.stream(message.split(System.lineSeparator())).forEach(line -> System.err.println("  " + line));
        return CORRECT_FIRST;
    }
}
