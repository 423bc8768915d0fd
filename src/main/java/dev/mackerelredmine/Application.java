package dev.mackerelredmine;

import dev.mackerelredmine.store.StoreException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.main.Main;

/**
 * Starts Camel with the routes and settings in the working folder, or else those inside the jar.
 * Exits with 2 and one plain message where a person has to mend something first.
 */
public final class Application {

    private static final int MEND_FIRST = 2;
    private static final int WARNS_OF_UNSAFE = 24;

    private Application() {}

    public static void main(String... arguments) throws Exception {
        System.exit(run(List.of(arguments)));
    }

    private static int run(List<String> arguments) throws Exception {
        if (!arguments.isEmpty() && !arguments.equals(List.of("run"))) {
            return refuse("there is no command \"" + String.join(" ", arguments) + "\". Usage: mackerel-redmine [run]");
        }
        if (!Charset.defaultCharset().equals(StandardCharsets.UTF_8)) {
            return refuse(
                    "this Java reads and writes " + Charset.defaultCharset()
                            + ", in which Japanese is lost. Add -Dfile.encoding=UTF-8 after \"java\", or start bin/mackerel-redmine, which does.");
        }
        return start();
    }

    private static int start() throws Exception {
        if (Runtime.version().feature() >= WARNS_OF_UNSAFE) {
            // Netty works without it as well, and the warnings at each start are nothing that an operator can mend.
            System.setProperty("io.netty.noUnsafe", "true");
        }
        Main main = new Main(Application.class);
        main.setDefaultPropertyPlaceholderLocation(
                "file:application.properties;optional=true,classpath:application.properties");
        main.configure().withRoutesIncludePattern(routes());
        try {
            return main.run(new String[0]);
        } catch (Exception failure) {
            Optional<String> toMend = whatToMend(failure);
            if (toMend.isEmpty()) {
                throw failure;
            }
            return refuse(toMend.get());
        }
    }

    /** Which routes run: those in the working folder, else those inside the jar. */
    static String routes() {
        return Files.isDirectory(Path.of("routes")) ? "file:routes/*.camel.yaml" : "classpath:routes/*.camel.yaml";
    }

    private static Optional<String> whatToMend(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .filter(cause -> cause instanceof SettingsException || cause instanceof StoreException)
                .map(Throwable::getMessage)
                .findFirst();
    }

    private static int refuse(String message) {
        System.err.println("mackerel-redmine cannot start:");
        Arrays.stream(message.split(System.lineSeparator())).forEach(line -> System.err.println("  " + line));
        return MEND_FIRST;
    }
}
