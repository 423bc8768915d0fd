package dev.mackerelredmine.webhook;

import dev.mackerelredmine.settings.SettingNames;
import dev.mackerelredmine.settings.Settings;
import dev.mackerelredmine.settings.SettingsException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The ports that the service opens. Camel only logs one that it cannot open, and runs on without it: so they are tried first. */
public final class Ports {

    private final Settings settings;

    public Ports(Settings settings) {
        this.settings = settings;
    }

    /** Refuses ports that cannot be had; not when the routes are loaded again, because then they are open. */
    public void check() {
        if (settings.getCamelContext().isStarted()) {
            return;
        }
        List<String> problems = Stream.of("server", "management")
                .flatMap(it -> problem(it).stream())
                .toList();
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
    }

    private Optional<String> problem(String server) {
        String host = settings.required(server + ".host");
        int port = Integer.parseInt(settings.required(server + ".port"));
        // Bound, but not listening: a post that came in now would be taken, and dropped.
        try (Socket probe = new Socket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getByName(host), port));
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("nothing can be opened on " + host + ":" + port + " (" + e.getMessage()
                    + "): is it in use, or not this machine's? Free it, or set " + SettingNames.both(server + ".host")
                    + " or " + SettingNames.both(server + ".port"));
        }
    }
}
