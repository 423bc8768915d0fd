package dev.mackerelredmine.camel;

import java.util.concurrent.TimeUnit;
import org.apache.camel.main.Main;

/**
 * Ends the process when what is under way has had its time (camel.main.shutdown-timeout). Camel gives up by then, and yet waits for the
 * thread of a request that nobody answers, as long as redmine.response-timeout. What is cut off so is looked up at the next start, as
 * after a crash.
 */
public final class ShutdownWatchdog {

    private static final int STOPPED_BY_SIGTERM = 143;
    private static final long TO_END_BY_ITSELF = TimeUnit.SECONDS.toMillis(1);

    private ShutdownWatchdog() {}

    public static void watch(Main main) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> begin(main), "stop"));
    }

    /** Not in the hook itself: Java waits for each hook before it ends. */
    private static void begin(Main main) {
        if (main.getCamelContext() == null) {
            return;
        }
        long seconds = main.getCamelContext().getShutdownStrategy().getTimeout();
        Thread watch = new Thread(() -> end(TimeUnit.SECONDS.toMillis(seconds) + TO_END_BY_ITSELF), "stop-in-time");
        watch.setDaemon(true);
        watch.start();
    }

    private static void end(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException nobodyDoes) {
            return;
        }
        System.err.println(
                "mackerel-redmine was stopped while a request to Redmine was not answered: at the next start it is looked up");
        Runtime.getRuntime().halt(STOPPED_BY_SIGTERM);
    }
}
