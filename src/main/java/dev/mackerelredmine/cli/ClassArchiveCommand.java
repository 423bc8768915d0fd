package dev.mackerelredmine.cli;

import dev.mackerelredmine.settings.SettingsException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** For who installs: the service makes its class archive by itself, but only after its first start. */
@Command(
        name = "class-archive",
        description = {
            "Makes the class archive, a file with which the service starts with less CPU. It takes about 20 seconds. The running"
                    + " service makes it by itself. This command is for packages and images, so that the first start is fast, too.",
            "Ends with 0, also when it is there already; with 1 when it cannot be made; with 2 when it was not started by"
                    + " bin/mackerel-redmine."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class ClassArchiveCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--where", description = "Only prints the file's path, whether it is there or not.")
    private boolean where;

    @Override
    public Integer call() throws Exception {
        ClassArchive archive = ClassArchive.ofThisStart()
                .orElseThrow(() -> new SettingsException(List.of(
                        "it is not known where the class archive is to be: start bin/mackerel-redmine class-archive, without an archive in"
                                + " JAVA_OPTS")));
        Path file = archive.file();
        PrintWriter out = spec.commandLine().getOut();
        if (where) {
            out.println(file);
        } else {
            if (!Files.exists(file)) {
                archive.make();
            }
            out.println("The next start uses " + file + " (" + Files.size(file) + " bytes).");
        }
        out.flush();
        return 0;
    }
}
