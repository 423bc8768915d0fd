package dev.mackerelredmine;

import dev.mackerelredmine.camel.RouteFolder;
import dev.mackerelredmine.cli.CallersFolder;
import dev.mackerelredmine.cli.Version;
import dev.mackerelredmine.settings.Settings;
import dev.mackerelredmine.store.Backlog;
import dev.mackerelredmine.store.Deliveries;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Says at start, on one screen, what runs, where it listens and delivers, and what to try next. */
final class Welcome {

    private static final List<String> EXAMPLES =
            List.of("src/test/resources/mackerel/host-critical.json", "examples/host-critical.json");

    private final Settings settings;
    private final Deliveries deliveries;

    Welcome(Settings settings, Deliveries deliveries) {
        this.settings = settings;
        this.deliveries = deliveries;
    }

    String text() {
        Backlog backlog = deliveries.backlog();
        StringBuilder text =
                new StringBuilder("mackerel-redmine ").append(Version.text()).append(" is running.\n\n");
        line(text, "Webhook", webhook() + "   (paste its public address into Mackerel: Channels, Webhook)");
        line(text, "Senders", settings.senders().toString());
        line(
                text,
                "Tickets",
                settings.isPreview()
                        ? "PREVIEW: worked out and shown at " + management("/preview") + ", nothing is sent"
                        : "to " + settings.address() + ", project "
                                + settings.redmine().project());
        line(
                text,
                "Store",
                settings.store().url() + ", " + backlog.waiting() + " waiting to be delivered, " + backlog.parked()
                        + " parked");
        line(text, "Routes", RouteFolder.used());
        line(text, "Health", management("/observe/health"));
        text.append('\n');
        tryIt().ifPresent(command -> line(text, "Try it", command));
        if (settings.isPreview()) {
            line(text, "Look", "curl " + login() + management("/preview"));
            line(text, "Deliver", "set REDMINE_URL, REDMINE_APIKEY and REDMINE_PROJECT, and start again");
        }
        return text.toString();
    }

    /** A command that works as it is printed; none where a post has to show a key, or has to come from somewhere else. */
    private Optional<String> tryIt() {
        return settings.keys().isEmpty() && settings.senders().areAny()
                ? example()
                        .map(file -> "curl " + (hasTls() ? "-k " : "")
                                + "-H 'Content-Type: application/json' --data-binary @" + quoted(file) + " "
                                + webhook())
                : Optional.empty();
    }

    private String login() {
        return settings.text("management.user")
                .map(user -> "-u " + quoted(user) + " ")
                .orElse("");
    }

    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    private static void line(StringBuilder text, String title, String what) {
        text.append(String.format("  %-9s%s%n", title, what));
    }

    private String webhook() {
        return url(hasTls() ? "https" : "http", "server", "/mackerel");
    }

    private String management(String path) {
        return url("http", "management", path);
    }

    /** Its certificate is for another name than is shown here. */
    private boolean hasTls() {
        return settings.file("server.tls.certificate").isPresent();
    }

    private String url(String scheme, String server, String path) {
        String host = settings.text(server + ".host").orElse("");
        return scheme + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":"
                + settings.text(server + ".port").orElse("") + path;
    }

    /** In the sources, beside the jar, or wherever it was unpacked. */
    private static Optional<String> example() {
        return Stream.concat(EXAMPLES.stream().map(Path::of), besideTheJar().stream())
                .filter(Files::isRegularFile)
                .map(CallersFolder::seenFromThere)
                .map(Path::toString)
                .findFirst();
    }

    private static Optional<Path> besideTheJar() {
        return Optional.ofNullable(Welcome.class.getProtectionDomain().getCodeSource())
                .map(source -> Path.of(source.getLocation().getPath()).resolveSibling(EXAMPLES.get(1)));
    }
}
