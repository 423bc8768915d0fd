package dev.mackerelredmine.cli;

import dev.mackerelredmine.camel.Routes;
import dev.mackerelredmine.explain.Explanation;
import dev.mackerelredmine.mackerel.NotificationReader;
import dev.mackerelredmine.settings.Settings;
import dev.mackerelredmine.store.Store;
import dev.mackerelredmine.store.StoreOptions;
import dev.mackerelredmine.ticket.Lifecycle;
import dev.mackerelredmine.ticket.write.TicketWriter;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;

/**
 * Camel for the time of a command: the service's own routes and settings, but no port, no store and no delivery, so that it
 * works beside a running service. Its log goes to standard error, and holds warnings only.
 */
public final class CommandCamel implements AutoCloseable {

    /** Where all calls stand, and the beans that they need. */
    public static final List<String> SHARED =
            List.of("beans/1-all", "engine/errors", "engine/redmine", "engine/redmine-http");

    private final Main main;

    private CommandCamel(Main main) {
        this.main = main;
    }

    /** Files of routes/ that the command needs in addition to those in which all beans and calls stand. */
    static CommandCamel start(String... files) throws Exception {
        return start(Map.of(), files);
    }

    /** @param settings that count before all others */
    static CommandCamel start(Map<String, String> settings, String... files) throws Exception {
        System.setProperty("mackerel-redmine.log.target", "SYSTEM_ERR");
        System.setProperty("mackerel-redmine.log.level", "WARN");
        Main main = Routes.withoutPorts(withShared(files));
        settings.forEach(main::addOverrideProperty);
        Routes.start(main);
        return new CommandCamel(main);
    }

    CamelContext context() {
        return main.getCamelContext();
    }

    <T> T bean(Class<T> type) {
        return main.getCamelContext().getRegistry().findSingleByType(type);
    }

    /** Not open yet. */
    Store store() {
        return new Store(bean(StoreOptions.class), bean(NotificationReader.class));
    }

    Explanation explanation() {
        return new Explanation(
                main.getCamelContext(), bean(Settings.class), bean(Lifecycle.class), bean(TicketWriter.class));
    }

    @Override
    public void close() {
        main.stop();
    }

    private static String[] withShared(String... files) {
        return Stream.concat(SHARED.stream(), Stream.of(files)).toArray(String[]::new);
    }
}
