package dev.mackerelredmine.settings;

import dev.mackerelredmine.text.TextFormat;
import dev.mackerelredmine.text.Texts;
import dev.mackerelredmine.ticket.text.Language;
import dev.mackerelredmine.webhook.gate.Senders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.spi.PropertiesComponent;

/**
 * All settings, read and checked once at start: everything that is wrong is said at once, by property and by variable.
 * With no Redmine to deliver to it is a preview: all is worked out, and nothing is sent.
 */
public final class Settings implements CamelContextAware {

    private static final List<String> ADDRESS = List.of("redmine.url", "redmine.ip", "redmine.host");
    private static final Duration WHILE_IT_ESCALATES = Duration.ofSeconds(10);
    private final Instant started = Instant.now();
    private CamelContext camelContext;
    private Secrets secrets;
    private final Map<Class<?>, Record> sections = new ConcurrentHashMap<>();

    @Override
    public void setCamelContext(CamelContext camelContext) {
        this.camelContext = camelContext;
    }

    @Override
    public CamelContext getCamelContext() {
        return camelContext;
    }

    /** Refuses settings that cannot work, and gives the routes what follows from them: Redmine's address, secrets that stand in files. */
    public void check() {
        List<String> problems = new SettingsCheck(this, properties()).problems();
        if (!problems.isEmpty()) {
            throw new SettingsException(problems, problems.stream().allMatch(secrets()::mayPass));
        }
        properties().addPropertiesFunction(new EnvironmentVariables());
        properties().addOverrideProperty("redmine-address", address());
        properties().addOverrideProperty("redmine-or-preview", isPreview() ? "preview" : "redmine");
        properties()
                .addOverrideProperty(
                        "mackerel-may-post", Boolean.toString(senders().includeMackerel()));
        properties()
                .addOverrideProperty(
                        "mackerel-is-asked", Boolean.toString(mackerel().isAsked()));
        properties()
                .addOverrideProperty(
                        "escalation-is-on", Boolean.toString(escalation().isOn()));
        properties()
                .addOverrideProperty(
                        "redmine-poll-interval",
                        watchInterval(escalation().isOn()).toMillis() + "ms");
        file("redmine.ca").ifPresent(ca -> properties().addOverrideProperty("redmine-tls", "#bean:redmineTls"));
        secrets().ofFiles().forEach(properties()::addOverrideProperty);
    }

    public boolean isPreview() {
        return isDemo()
                || Stream.concat(ADDRESS.stream(), Stream.of("redmine.apikey", "redmine.project"))
                        .allMatch(name -> text(name).isEmpty());
    }

    /** A preview in which people work, too: what they do is made up. */
    public boolean isDemo() {
        return properties().resolveProperty("is-demo").isPresent();
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

    public boolean limitsRequests() {
        return redmine().maxRequestsPerSecond() > 0;
    }

    /** Of the gate; none where everybody may post. */
    public List<String> keys() {
        return items("gate.api-key");
    }

    /** As gate.allow says. Without it Mackerel alone; but on loopback, without a proxy, everybody: that is this machine. */
    public Senders senders() {
        List<String> proxies = items("gate.trusted-proxies");
        boolean isAlone = !listensBeyondLoopback() && proxies.isEmpty();
        List<String> unset = List.of(isAlone ? Senders.ANY : Senders.MACKEREL);
        return new Senders(text("gate.allow").isPresent() ? items("gate.allow") : unset, proxies);
    }

    private List<String> items(String setting) {
        return text(setting).stream()
                .flatMap(list -> Stream.of(list.split(",", -1)))
                .map(String::strip)
                .toList();
    }

    boolean listensBeyondLoopback() {
        return !SettingsCheck.isLoopback(server().host());
    }

    /** The HTTP Basic credentials for a proxy in front of Redmine; null where it does not ask. */
    public String proxyLogin() {
        return text("redmine.proxy-user")
                .map(user -> "Basic "
                        + Base64.getEncoder()
                                .encodeToString((user + ":" + required("redmine.proxy-password"))
                                        .getBytes(StandardCharsets.UTF_8)))
                .orElse(null);
    }

    public Texts texts() {
        return texts(ticket().language());
    }

    /** The same in a language that a reader asks for. */
    public Texts texts(Language language) {
        TextFormat format = redmine().textFormat();
        return new Texts(Path.of("texts"), language.toString(), format.templates(), format::escape);
    }

    /** Since when these are in force. */
    public Instant started() {
        return started;
    }

    /** Of the times that people write and read. */
    public ZoneId zone() {
        return Objects.requireNonNullElseGet(ticket().timeZone(), ZoneId::systemDefault);
    }

    /** The values of redmine.field.12, by number. */
    private Map<Long, String> fieldDefaults() {
        Map<Long, String> defaults = new TreeMap<>();
        for (String name : SettingNames.fieldDefaults(
                properties().loadProperties(all -> true).stringPropertyNames())) {
            text(name).ifPresent(value -> defaults.put(SettingNames.numberOfField(name), value));
        }
        return defaults;
    }

    SettingValues values() {
        return new SettingValues(this::text, this::fieldDefaults);
    }

    public RedmineSettings redmine() {
        return section(RedmineSettings.class);
    }

    public TicketSettings ticket() {
        return section(TicketSettings.class);
    }

    public DeliverySettings delivery() {
        return section(DeliverySettings.class);
    }

    public GateSettings gate() {
        return section(GateSettings.class);
    }

    public MackerelSettings mackerel() {
        return section(MackerelSettings.class);
    }

    public NotifySettings notifySettings() {
        return section(NotifySettings.class);
    }

    public IncidentSettings incident() {
        return section(IncidentSettings.class);
    }

    public EscalationSettings escalation() {
        return section(EscalationSettings.class);
    }

    ServerSettings server() {
        return section(ServerSettings.class);
    }

    public ManagementSettings management() {
        return section(ManagementSettings.class);
    }

    public StoreSettings store() {
        return section(StoreSettings.class);
    }

    public ReportSettings report() {
        return section(ReportSettings.class);
    }

    public LogSettings log() {
        return section(LogSettings.class);
    }

    /** Made once, when it is first asked for. */
    private <T extends Record> T section(Class<T> type) {
        return type.cast(sections.computeIfAbsent(type, asked -> values().of(type)));
    }

    /** The value of a setting; a blank one counts as none. */
    public Optional<String> text(String name) {
        return SettingNames.SECRETS.contains(name)
                ? secrets().value(name)
                : properties().resolveProperty(name).map(String::strip).filter(value -> !value.isEmpty());
    }

    /** Read once, because a look-up may be a request to somebody, and a file may be there at start only. */
    Secrets secrets() {
        if (secrets == null) {
            secrets = new Secrets(camelContext);
        }
        return secrets;
    }

    public Optional<SettingFile> file(String name) {
        return text(name).map(file -> new SettingFile(name, file));
    }

    public String required(String name) {
        return text(name).orElseThrow(() -> new SettingsException(List.of(SettingNames.both(name) + " is not set")));
    }

    /** How often Redmine is asked what people did. */
    public Duration watchInterval(boolean escalates) {
        Duration interval = redmine().pollInterval();
        return escalates && interval.compareTo(WHILE_IT_ESCALATES) > 0 ? WHILE_IT_ESCALATES : interval;
    }

    private PropertiesComponent properties() {
        return camelContext.getPropertiesComponent();
    }
}
