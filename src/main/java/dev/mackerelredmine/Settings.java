package dev.mackerelredmine;

import dev.mackerelredmine.mackerel.NotificationReader;
import dev.mackerelredmine.redmine.IssueSearch;
import dev.mackerelredmine.redmine.RedmineNames;
import dev.mackerelredmine.store.Backoff;
import dev.mackerelredmine.store.Store;
import dev.mackerelredmine.ticket.Lifecycle;
import dev.mackerelredmine.ticket.TextFormat;
import dev.mackerelredmine.ticket.TicketFields;
import dev.mackerelredmine.ticket.TicketWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.spi.PropertiesComponent;
import org.apache.camel.util.TimeUtils;

/**
 * All settings, read and checked once at start: everything that is wrong is said at once, by property and by variable.
 * With no Redmine to deliver to it is a preview: all is worked out, and nothing is sent.
 */
public final class Settings implements CamelContextAware {

    private static final List<String> ADDRESS = List.of("redmine.url", "redmine.ip", "redmine.host");
    private static final List<String> NUMBERS = List.of(
            "redmine.custom-field.monitor",
            "redmine.custom-field.level",
            "redmine.custom-field.host",
            "redmine.custom-field.alert-id",
            "redmine.max-concurrency",
            "server.port",
            "server.max-body-size",
            "management.port");
    private static final List<String> DURATIONS = List.of(
            "redmine.connect-timeout",
            "redmine.response-timeout",
            "redmine.settle",
            "delivery.first-retry",
            "delivery.longest-retry",
            "delivery.look-every");

    private static final int LAST_PORT = 65535;

    /** SQLite knows other places, in memory for one, that are gone when the service stops. */
    private static final String SQLITE_FILE = "jdbc:sqlite:(?!file:)[^:?].*";

    private final List<String> problems = new ArrayList<>();
    private final Instant started = Instant.now();
    private CamelContext camelContext;

    @Override
    public void setCamelContext(CamelContext camelContext) {
        this.camelContext = camelContext;
    }

    @Override
    public CamelContext getCamelContext() {
        return camelContext;
    }

    /** Refuses settings that cannot work, and gives the routes the address that follows from redmine.ip. */
    public void check() {
        problems.clear();
        checkNames();
        checkRedmine();
        NUMBERS.forEach(this::checkNumber);
        DURATIONS.forEach(this::checkDuration);
        checkTextFormat();
        checkStore();
        if (problems.isEmpty() && !camelContext.isStarted()) {
            checkPort("server");
            checkPort("management");
        }
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
        properties().addOverrideProperty("redmine-address", address());
    }

    public boolean isPreview() {
        return Stream.concat(ADDRESS.stream(), Stream.of("redmine.apikey", "redmine.project"))
                .allMatch(name -> text(name).isEmpty());
    }

    /** Redmine's base URL, without a slash at its end. */
    public String address() {
        if (isPreview()) {
            return "http://redmine.invalid";
        }
        return text("redmine.url")
                .map(url -> url.replaceAll("/+$", ""))
                .orElseGet(() -> "http://" + required("redmine.ip"));
    }

    public String apikey() {
        return required("redmine.apikey");
    }

    public static Store store(Settings settings, NotificationReader reader) {
        String stream = settings.isPreview() ? "preview " + settings.started : "redmine";
        Backoff backoff =
                new Backoff(settings.duration("delivery.first-retry"), settings.duration("delivery.longest-retry"));
        return new Store(
                settings.required("store.url"),
                settings.text("store.user").orElse(null),
                settings.text("store.password").orElse(null),
                stream,
                backoff,
                reader);
    }

    public static Lifecycle lifecycle(Settings settings) {
        return new Lifecycle(settings.duration("redmine.settle"));
    }

    public static IssueSearch issueSearch(Settings settings) {
        return new IssueSearch(settings.number("redmine.custom-field.alert-id"));
    }

    public static TicketWriter ticketWriter(Settings settings, RedmineNames names) {
        TicketFields fields = new TicketFields(
                settings.number("redmine.custom-field.monitor"),
                settings.number("redmine.custom-field.level"),
                settings.number("redmine.custom-field.host"),
                settings.number("redmine.custom-field.alert-id"));
        return new TicketWriter(
                TextFormat.of(settings.required("redmine.text-format")).orElseThrow(), fields, names);
    }

    /** The value of a setting; a blank one counts as none. */
    Optional<String> text(String name) {
        return properties().resolveProperty(name).map(String::strip).filter(value -> !value.isEmpty());
    }

    private void checkNames() {
        Properties all = properties().loadProperties(name -> true);
        for (String unknown : SettingNames.unknown(all.stringPropertyNames())) {
            problems.add("there is no setting " + unknown + " (in application.properties)" + meant(unknown));
        }
        System.getenv().keySet().stream()
                .filter(SettingNames::isSlip)
                .sorted()
                .filter(variable ->
                        text(SettingNames.nearest(variable).orElseThrow()).isEmpty())
                .forEach(variable -> problems.add("there is no setting " + variable + meant(variable)));
    }

    private static String meant(String name) {
        return SettingNames.nearest(name)
                .map(near -> ": is " + SettingNames.both(near) + " meant?")
                .orElse("");
    }

    private void checkRedmine() {
        if (isPreview()) {
            return;
        }
        boolean hasUrl = text("redmine.url").isPresent();
        boolean hasIp = text("redmine.ip").isPresent();
        if (!hasUrl && !hasIp) {
            problems.add(SettingNames.both("redmine.url") + " is not set: Redmine's address. (Or "
                    + SettingNames.both("redmine.ip") + " and " + SettingNames.both("redmine.host") + ".)");
        }
        if (hasUrl && (hasIp || text("redmine.host").isPresent())) {
            problems.add("set either " + SettingNames.both("redmine.url") + ", or " + SettingNames.both("redmine.ip")
                    + " and " + SettingNames.both("redmine.host") + ", not both");
        }
        boolean hasPath = !hasUrl && text("redmine.ip").orElse("").contains("/");
        if ((hasUrl || hasIp) && (hasPath || !isWebAddress(address()))) {
            problems.add(SettingNames.both(hasUrl ? "redmine.url" : "redmine.ip") + " is no address: "
                    + (hasUrl
                            ? "it begins with http:// or https:// and has no user, query or fragment"
                            : "it is an IP address, with :port if it has one"));
        }
        require("redmine.apikey", "the API key of the user whose name the tickets carry");
        require("redmine.project", "the identifier or number of the tickets' project");
    }

    private static boolean isWebAddress(String url) {
        try {
            URI uri = new URI(url);
            boolean isWeb = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            return isWeb
                    && uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getQuery() == null
                    && uri.getFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private void require(String name, String meaning) {
        if (text(name).isEmpty()) {
            problems.add(SettingNames.both(name) + " is not set: " + meaning);
        }
    }

    private void checkNumber(String name) {
        boolean isPort = name.endsWith(".port");
        text(name)
                .filter(value -> !value.matches("[1-9]\\d{0,8}") || isPort && Integer.parseInt(value) > LAST_PORT)
                .ifPresent(value -> problems.add(SettingNames.both(name) + " is \"" + value + "\", not a number from 1 "
                        + (isPort ? "to " + LAST_PORT : "up")));
    }

    private void checkDuration(String name) {
        if (text(name).isEmpty() || !isDuration(required(name))) {
            problems.add(SettingNames.both(name) + " is \"" + text(name).orElse("")
                    + "\", not a time such as 500ms, 30s, 5m, 1h");
        }
    }

    private static boolean isDuration(String value) {
        return value.matches("(\\d{1,9}h)?(\\d{1,9}m)?(\\d{1,9}s)?(\\d{1,9}ms)?") && !value.isEmpty();
    }

    private void checkTextFormat() {
        if (text("redmine.text-format").flatMap(TextFormat::of).isEmpty()) {
            problems.add(SettingNames.both("redmine.text-format") + " is \""
                    + text("redmine.text-format").orElse("") + "\", not one of common_mark, markdown, textile");
        }
    }

    /** Camel only logs a port that it cannot open, and runs on without it. */
    private void checkPort(String server) {
        String host = required(server + ".host");
        int port = Integer.parseInt(required(server + ".port"));
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getByName(host))) {
            probe.getLocalPort();
        } catch (IOException e) {
            problems.add("nothing can be opened on " + host + ":" + port + " (" + e.getMessage()
                    + "): is it in use, or not this machine's? Free it, or set " + SettingNames.both(server + ".host")
                    + " or " + SettingNames.both(server + ".port"));
        }
    }

    private void checkStore() {
        if (!text("store.url").orElse("").matches(SQLITE_FILE)) {
            problems.add(SettingNames.both("store.url")
                    + " is no jdbc:sqlite: address of a file, such as jdbc:sqlite:data/mackerel-redmine.db");
        }
    }

    private String required(String name) {
        return text(name).orElseThrow(() -> new SettingsException(List.of(SettingNames.both(name) + " is not set")));
    }

    private Long number(String name) {
        return text(name).map(Long::valueOf).orElse(null);
    }

    private Duration duration(String name) {
        return Duration.ofMillis(TimeUtils.toMilliSeconds(required(name)));
    }

    private PropertiesComponent properties() {
        return camelContext.getPropertiesComponent();
    }
}
