package dev.mackerelredmine.cli;

import dev.mackerelredmine.settings.SettingNames;
import dev.mackerelredmine.settings.Settings;
import dev.mackerelredmine.settings.SettingsException;
import dev.mackerelredmine.store.Store;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Copies the store while the service runs. */
@Command(
        name = "backup",
        description = {
            "Copies the store, as it is at this moment, into a new file. The service may run meanwhile.",
            "Ends with 0; with 2 when the file exists already or cannot be written, or there is no store."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class BackupCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The new file.")
    private Path file;

    @Override
    public Integer call() throws Exception {
        Path copy = CallersFolder.resolve(file);
        try (CommandCamel camel = CommandCamel.start()) {
            Settings settings = camel.bean(Settings.class);
            try (Store store = camel.store()) {
                if (!store.openToCopy()) {
                    throw new SettingsException(
                            List.of("there is no store at " + settings.store().url()
                                    + ": run this where the service runs, or set " + SettingNames.both("store.url")));
                }
                store.backUp(copy);
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println("The store is copied to " + copy.toAbsolutePath() + " (" + Files.size(copy) + " bytes).");
        out.flush();
        return 0;
    }
}
