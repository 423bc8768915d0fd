package dev.mackerelredmine.cli;

import dev.mackerelredmine.camel.EscalationFiles;
import dev.mackerelredmine.escalation.EscalationFile;
import dev.mackerelredmine.explain.Explanation;
import dev.mackerelredmine.explain.RecordLines;
import dev.mackerelredmine.mackerel.Notification;
import dev.mackerelredmine.mackerel.NotificationReader;
import dev.mackerelredmine.mackerel.UnreadableNotificationException;
import dev.mackerelredmine.settings.Settings;
import dev.mackerelredmine.settings.SettingsException;
import dev.mackerelredmine.store.AlertRecord;
import dev.mackerelredmine.store.Store;
import dev.mackerelredmine.ticket.AlertHistory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what a notification would do, or what was done for an alert, and why. */
@Command(
        name = "explain",
        description = {
            "FILE: shows what a notification would do if it came in now: how it is read, what the policy decides, and what would be"
                    + " sent to Redmine. --alert: shows what came in for an alert, what was done, and why. --escalation: shows who"
                    + " would be notified, when, and how.",
            "It works beside a running service, reads Redmine if one is set, and writes nothing.",
            "Ends with 0; with 1 when the notification cannot be read, there is no such alert, or the policy fails; with 2 when the"
                    + " escalation file is wrong."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class ExplainCommand implements Callable<Integer> {

    /** How a person may name an alert, to each command. */
    static final String NAMES_OF_AN_ALERT = "Mackerel's id, ORG/ID, its address, or #42 for ticket 42.";

    private static final int SOMETHING_WRONG = 1;

    @Spec
    private CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private Subject subject;

    /** One of the three. */
    private static final class Subject {

        @Parameters(paramLabel = "FILE", description = "A notification as Mackerel posts it; - is standard input.")
        private String file;

        @Option(names = "--alert", paramLabel = "ID", description = "An alert in the store: " + NAMES_OF_AN_ALERT)
        private String alert;

        @ArgGroup(exclusive = false, multiplicity = "1")
        private Escalation escalation;
    }

    /** The third of the three. */
    private static final class Escalation {

        @Option(
                names = "--escalation",
                paramLabel = "FILE",
                required = true,
                description = "A file such as escalation.yaml. Neither the store nor Redmine is asked.")
        private Path file;

        @Option(
                names = "--at",
                paramLabel = "TIME",
                description =
                        "As if a ticket needed an escalation then, instead of now: a date and time (2026-12-31T03:00,"
                                + " with +09:00 or Z where it is not of ticket.time-zone).")
        private String at;
    }

    @Override
    public Integer call() throws Exception {
        try (CommandCamel camel = CommandCamel.start("command/*", "policy")) {
            Settings settings = camel.bean(Settings.class);
            if (subject.escalation != null) {
                return escalation(settings);
            }
            NotificationReader reader = camel.bean(NotificationReader.class);
            try (Store store = camel.store()) {
                boolean hasStore = store.openBeside();
                Explanation explanation = camel.explanation();
                return subject.alert == null
                        ? file(explanation, reader, hasStore ? store : null)
                        : alert(explanation, settings, hasStore ? store : null);
            }
        }
    }

    private int file(Explanation explanation, NotificationReader reader, Store store) throws IOException {
        Notification notification;
        try {
            notification = reader.read(bytes());
        } catch (UnreadableNotificationException e) {
            return print(
                    "Mackerel would be answered 400, and nothing would be kept: " + e.getMessage() + "\n",
                    SOMETHING_WRONG);
        }
        if (notification.alert() == null) {
            return print(explanation.ofOther(notification), 0);
        }
        AlertHistory history = store == null
                ? AlertHistory.alone(notification, Instant.now())
                : store.inbox().dryRun(notification);
        return print(
                explanation.ofNotification(notification, history), explanation.policyFails() ? SOMETHING_WRONG : 0);
    }

    private byte[] bytes() throws IOException {
        if (subject.file.equals("-")) {
            return System.in.readAllBytes();
        }
        Path path = CallersFolder.resolve(Path.of(subject.file));
        if (!Files.isReadable(path) || Files.isDirectory(path)) {
            throw new SettingsException(List.of("there is no file " + path.toAbsolutePath() + " that can be read"));
        }
        return Files.readAllBytes(path);
    }

    private int alert(Explanation explanation, Settings settings, Store opened) {
        List<AlertRecord> records =
                opened == null ? List.of() : opened.histories().records(subject.alert);
        if (records.isEmpty()) {
            String leftAlone = opened == null
                    ? ""
                    : RecordLines.leftAlone(opened.mackerelPolls().leftAloneNamed(subject.alert));
            if (!leftAlone.isEmpty()) {
                return print(leftAlone, 0);
            }
            String store = settings.store().url();
            String preview = settings.isPreview()
                    ? " No Redmine is set for this command: if the service has one, give the command the service's environment.\n"
                    : "\n";
            return print("There is no alert " + subject.alert + " in " + store + "." + preview, SOMETHING_WRONG);
        }
        records.forEach(alert -> print(explanation.ofAlert(alert), 0));
        return explanation.policyFails() ? SOMETHING_WRONG : 0;
    }

    private int escalation(Settings settings) {
        Instant now = Instant.now();
        String at = subject.escalation.at;
        Instant asked = at == null
                ? now
                : new Since(settings.zone(), now)
                        .time(at)
                        .orElseThrow(() -> new ParameterException(
                                spec.commandLine(), "--at is a date and time such as 2026-12-31T03:00, not " + at));
        EscalationFile file = EscalationFiles.read(CallersFolder.resolve(subject.escalation.file), settings);
        return print(new PlanText(settings.zone(), settings.ticket().holidays()).text(file, asked), 0);
    }

    private int print(String text, int exitCode) {
        PrintWriter out = spec.commandLine().getOut();
        out.print(text);
        out.flush();
        return exitCode;
    }
}
