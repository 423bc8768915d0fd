package dev.mackerelredmine.cli;

import dev.mackerelredmine.report.ReportException;
import dev.mackerelredmine.report.Week;
import dev.mackerelredmine.report.WeeklyReport;
import dev.mackerelredmine.settings.SettingNames;
import dev.mackerelredmine.settings.Settings;
import dev.mackerelredmine.settings.SettingsException;
import dev.mackerelredmine.store.Store;
import dev.mackerelredmine.ticket.text.Sentences;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Writes the report of a week. */
@Command(
        name = "report",
        description = {
            "Writes the report of a week to a page of Redmine's wiki, to an HTML file, or both. It works beside a running service.",
            "Ends with 0; with 1 when Redmine does not take it; with 2 when the command line or a setting is wrong."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class ReportCommand implements Callable<Integer> {

    private static final int NOT_WRITTEN = 1;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--week",
            paramLabel = "WEEK",
            description = "The week (ISO 8601), such as 2026-W48; may be the current one. Without it: the last week.")
    private String week;

    @Option(
            names = "--wiki",
            paramLabel = "PAGE",
            description = "Page of the wiki of redmine.project. {week} in it stands for the week's name.")
    private String page;

    @Option(names = "--html", paramLabel = "FILE", description = "The file to write. An existing one is overwritten.")
    private Path file;

    @Override
    public Integer call() throws Exception {
        if (page == null && file == null) {
            throw new ParameterException(
                    spec.commandLine(), "say where it is to be written: --wiki PAGE, --html FILE or both");
        }
        try (CommandCamel camel = CommandCamel.start()) {
            Settings settings = camel.bean(Settings.class);
            if (page != null && settings.isPreview()) {
                throw new SettingsException(List.of("no Redmine is set, so there is no wiki: set "
                        + SettingNames.both("redmine.url") + ", " + SettingNames.both("redmine.apikey") + " and "
                        + SettingNames.both("redmine.project") + " as the service has them"));
            }
            Week asked = week(settings);
            try (Store store = camel.store()) {
                if (!store.openBeside()) {
                    return print("There is no store yet, so there is nothing to report.");
                }
                Sentences sentences = new Sentences(settings.texts().words(), settings.zone());
                return write(new WeeklyReport(settings, store, sentences, Clock.systemUTC()), asked);
            }
        }
    }

    private Week week(Settings settings) {
        if (week == null) {
            return Week.of(LocalDate.now(settings.zone())).before();
        }
        return Week.named(week)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "--week " + week + " is not a week: write the year and the week, as 2026-W48"));
    }

    private int write(WeeklyReport report, Week asked) throws IOException {
        try {
            if (file != null) {
                Files.writeString(file, report.html(asked));
                print("The report of " + asked + " is in " + file + ".");
            }
            if (page != null) {
                String name = page.replace("{week}", asked.toString());
                print(
                        report.writeToWiki(asked, page)
                                ? "The report of " + asked + " is on the wiki page " + name + "."
                                : "The wiki page " + name + " says the same already.");
            }
            return 0;
        } catch (ReportException e) {
            spec.commandLine().getErr().println("The report was not written: " + e.getMessage() + ".");
            return NOT_WRITTEN;
        }
    }

    private int print(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
        return 0;
    }
}
