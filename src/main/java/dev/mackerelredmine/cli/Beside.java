package dev.mackerelredmine.cli;

import dev.mackerelredmine.operate.Operations;
import dev.mackerelredmine.operate.RefusedActException;
import dev.mackerelredmine.settings.SettingNames;
import dev.mackerelredmine.settings.Settings;
import dev.mackerelredmine.settings.SettingsException;
import dev.mackerelredmine.store.Store;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What commands share that work on the store of a service, beside it or without it. */
final class Beside {

    static final int SOMETHING_WRONG = 1;

    /** What a command does with the store, and its exit code. */
    @FunctionalInterface
    interface Work {
        int on(Settings settings, Store store);
    }

    private Beside() {}

    /** @throws SettingsException where no Redmine is set, so that this is not what the service delivers from */
    static int withStore(CommandSpec spec, Work work) throws Exception {
        try (CommandCamel camel = CommandCamel.start()) {
            Settings settings = camel.bean(Settings.class);
            refusePreview(settings);
            try (Store store = camel.store()) {
                if (!store.openBeside()) {
                    PrintWriter err = spec.commandLine().getErr();
                    err.println("There is no store yet: has the service ever run with these settings?");
                    err.flush();
                    return SOMETHING_WRONG;
                }
                return work.on(settings, store);
            }
        } catch (RefusedActException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    static Operations operations(Store store) {
        return new Operations(store, InstantSource.system());
    }

    static void refusePreview(Settings settings) {
        if (settings.isPreview()) {
            throw new SettingsException(List.of("no Redmine is set, so nothing is delivered: set "
                    + SettingNames.both("redmine.url") + ", " + SettingNames.both("redmine.apikey") + " and "
                    + SettingNames.both("redmine.project") + " as the service has them"));
        }
    }

    static int print(CommandSpec spec, String text, int exitCode) {
        PrintWriter out = spec.commandLine().getOut();
        out.print(text.endsWith("\n") ? text : text + "\n");
        out.flush();
        return exitCode;
    }
}
