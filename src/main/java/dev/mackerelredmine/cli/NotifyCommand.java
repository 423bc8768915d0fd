package dev.mackerelredmine.cli;

import dev.mackerelredmine.camel.EscalationFiles;
import dev.mackerelredmine.camel.Means;
import dev.mackerelredmine.camel.StepFailures;
import dev.mackerelredmine.escalation.EscalationFile;
import dev.mackerelredmine.escalation.Person;
import dev.mackerelredmine.paging.message.Page;
import dev.mackerelredmine.paging.message.PageText;
import dev.mackerelredmine.settings.NearestName;
import dev.mackerelredmine.settings.SettingNames;
import dev.mackerelredmine.settings.Settings;
import dev.mackerelredmine.settings.SettingsException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.camel.Exchange;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tries whether a person can be reached. */
@Command(
        name = "notify",
        description = "Tries whether a person can be reached.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class NotifyCommand {

    private static final String REDMINE = "redmine";
    private static final int NOT_TAKEN = 1;

    @Spec
    private CommandSpec spec;

    @Command(
            name = "test",
            description = {
                "Sends one message, marked as a test, through routes/notify.camel.yaml to a person of escalation.file. It uses neither"
                        + " the store nor Redmine, and works beside a running service.",
                "Ends with 0 when the message was accepted (by Slack, the mail server, ...); with 1 when it was not; with 2 when the"
                        + " file, a setting or the command line is wrong."
            },
            mixinStandardHelpOptions = true,
            versionProvider = Version.class)
    int test(
            @Parameters(paramLabel = "PERSON", description = "A name under people in escalation.file.") String name,
            @Option(
                            names = "--by",
                            paramLabel = "MEANS",
                            required = true,
                            description = "The way to notify, such as slack.")
                    String means)
            throws Exception {
        if (means.equals(REDMINE)) {
            throw new ParameterException(
                    spec.subcommands().get("test"),
                    "a page by redmine is a note on a ticket, and a test has none: it is not sent that way");
        }
        try (CommandCamel camel = CommandCamel.start("beans/6-notify", "notify", "service/page")) {
            Settings settings = camel.bean(Settings.class);
            EscalationFile file = file(settings);
            requireMeans(means, Means.of(camel.context()));
            String contact = contact(file, name, means);
            String text = camel.bean(PageText.class).of("test", null, 0, 0);
            String id = "test-" + UUID.randomUUID();
            Exchange sent = send(camel, new Page(id, "test", name, means, contact, text, null, 0, 0));
            return sent.getException() == null
                    ? print(means + " took the test page for " + name, 0)
                    : print(
                            means + " did not take the test page for " + name + ": "
                                    + StepFailures.said(sent, sent.getException(), ""),
                            NOT_TAKEN);
        }
    }

    private static Exchange send(CommandCamel camel, Page page) {
        return camel.context()
                .createProducerTemplate()
                .send("direct:notify", exchange -> exchange.getMessage().setBody(page));
    }

    private static void requireMeans(String means, Set<String> known) {
        if (!known.contains(means)) {
            throw new SettingsException(List.of("routes/notify.camel.yaml has no means called " + means
                    + NearestName.question(means, known) + " (There are " + String.join(", ", known) + ".)"));
        }
    }

    private static EscalationFile file(Settings settings) {
        if (!settings.escalation().isOn()) {
            throw new SettingsException(List.of(SettingNames.both("escalation.file")
                    + " is not set: the file that says who is notified, such as escalation.yaml"));
        }
        return EscalationFiles.read(settings);
    }

    private static String contact(EscalationFile file, String name, String means) {
        Person person = file.people().get(name);
        if (person == null) {
            throw new SettingsException(List.of("people in escalation.file has nobody called " + name
                    + NearestName.question(name, file.people().keySet())));
        }
        String contact = person.contacts().get(means);
        if (contact == null) {
            throw new SettingsException(List.of(name + " has no contact for " + means + " in escalation.file"));
        }
        return contact;
    }

    private int print(String text, int exitCode) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(text);
        out.flush();
        return exitCode;
    }
}
