package dev.mackerelredmine.cli;

import dev.mackerelredmine.camel.Routes;
import dev.mackerelredmine.camel.ShutdownWatchdog;
import java.util.concurrent.Callable;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import picocli.CommandLine.Command;

/** The service: all routes, both ports, the store. */
@Command(
        name = "run",
        description =
                "Runs the service: takes Mackerel's posts and delivers them. mackerel-redmine without a command does the same.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class RunCommand implements Callable<Integer> {

    private static final int WARNS_OF_UNSAFE = 24;

    /** Netty's pages of 8 KB, doubled six times. By default each port takes 4 MB at once. */
    private static final String BUFFERS_OF_512_KB = "6";

    @Override
    public Integer call() throws Exception {
        Main main = camel();
        ShutdownWatchdog.watch(main);
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void afterStart(BaseMainSupport started) {
                ClassArchive.ofThisStart().ifPresent(ClassArchive::makeInBackground);
            }
        });
        return Routes.run(main);
    }

    /** With all routes, not started yet. */
    static Main camel() {
        prepareNetty();
        return Routes.camel(Routes.ALL);
    }

    /** Before anything listens. */
    static void prepareNetty() {
        if (Runtime.version().feature() >= WARNS_OF_UNSAFE) {
            // Netty works without it as well, and the warnings at each start are nothing that an operator can correct.
            System.setProperty("io.netty.noUnsafe", "true");
        }
        System.setProperty("io.netty.allocator.maxOrder", BUFFERS_OF_512_KB);
    }
}
