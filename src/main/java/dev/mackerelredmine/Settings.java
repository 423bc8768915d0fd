package dev.mackerelredmine;

import dev.mackerelredmine.check.RedmineCheck;
import dev.mackerelredmine.check.Wanted;
import dev.mackerelredmine.mackerel.AlertStatus;
import dev.mackerelredmine.mackerel.NotificationReader;
import dev.mackerelredmine.observe.RedmineRequests;
import dev.mackerelredmine.observe.StepCounter;
import dev.mackerelredmine.redmine.IssueSearch;
import dev.mackerelredmine.redmine.RedmineBreaker;
import dev.mackerelredmine.redmine.RedmineNames;
import dev.mackerelredmine.redmine.WholeAnswer;
import dev.mackerelredmine.settings.DeliverySettings;
import dev.mackerelredmine.settings.GateSettings;
import dev.mackerelredmine.settings.LogSettings;
import dev.mackerelredmine.settings.ManagementSettings;
import dev.mackerelredmine.settings.RedmineSettings;
import dev.mackerelredmine.settings.ServerSettings;
import dev.mackerelredmine.settings.SettingValues;
import dev.mackerelredmine.settings.StoreSettings;
import dev.mackerelredmine.settings.TicketSettings;
import dev.mackerelredmine.store.Backoff;
import dev.mackerelredmine.store.DatabaseClock;
import dev.mackerelredmine.store.Deliveries;
import dev.mackerelredmine.store.Inbox;
import dev.mackerelredmine.store.ParkedAlerts;
import dev.mackerelredmine.store.Store;
import dev.mackerelredmine.store.StoreAddress;
import dev.mackerelredmine.store.StoreOptions;
import dev.mackerelredmine.store.Tickets;
import dev.mackerelredmine.text.Texts;
import dev.mackerelredmine.ticket.FieldPolicy;
import dev.mackerelredmine.ticket.Lifecycle;
import dev.mackerelredmine.ticket.LifecycleRules;
import dev.mackerelredmine.ticket.OfficeHours;
import dev.mackerelredmine.ticket.Policy;
import dev.mackerelredmine.ticket.RefusedFields;
import dev.mackerelredmine.ticket.Sentences;
import dev.mackerelredmine.ticket.TextFormat;
import dev.mackerelredmine.ticket.TicketAction;
import dev.mackerelredmine.ticket.TicketFields;
import dev.mackerelredmine.ticket.TicketText;
import dev.mackerelredmine.ticket.TicketWriter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.spi.PropertiesComponent;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;

/**
 * All settings, read and checked once at start: everything that is wrong is said at once, by property and by variable.
 * With no Redmine to deliver to it is a preview: all is worked out, and nothing is sent.
 */
public final class Settings implements CamelContextAware {

    private static final List<String> ADDRESS = List.of("redmine.url", "redmine.ip", "redmine.host");
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);
    private static final int REQUESTS_IN_A_LEASE = 7;
    private static final Duration LONGEST_PROBE_WAIT = Duration.ofSeconds(30);
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
        file("redmine.ca").ifPresent(ca -> properties().addOverrideProperty("redmine-tls", "#bean:redmineTls"));
        secrets().ofFiles().forEach(properties()::addOverrideProperty);
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

    public boolean limitsRequests() {
        return redmine().maxRequestsPerSecond() > 0;
    }

    public static Store store(Settings settings, NotificationReader reader) {
        String stream = settings.isPreview() ? "preview " + settings.started : "redmine";
        Backoff backoff = new Backoff(
                settings.delivery().initialBackoff(), settings.delivery().maxBackoff());
        StoreOptions options = new StoreOptions(
                settings.storeAddress(), stream, settings.ticket().noteHostEvents(), backoff, settings.lease());
        Store store = new Store(options, reader);
        store.onStep(new StepCounter(settings.meters())::count);
        store.queueActionsAfter(action -> TicketAction.CHANGES_OF_TICKETS.contains(action)
                && !settings.isPreview()
                && TicketChanges.areWanted(settings.camelContext));
        return store;
    }

    private StoreAddress storeAddress() {
        return new StoreAddress(store().url(), store().user(), store().secret());
    }

    public static Inbox inbox(Store store) {
        return store.inbox();
    }

    public static Deliveries deliveries(Store store) {
        return store.deliveries();
    }

    public static ParkedAlerts parkedAlerts(Store store) {
        return store.parked();
    }

    public static Tickets tickets(Store store) {
        return store.tickets();
    }

    /** Of the gate; none where everybody may post. */
    List<String> keys() {
        return text("gate.api-key").stream()
                .flatMap(keys -> Stream.of(keys.split(",", -1)))
                .map(String::strip)
                .toList();
    }

    Senders senders() {
        return new Senders(this);
    }

    boolean listensBeyondLoopback() {
        return !SettingsCheck.isLoopback(server().host());
    }

    public static RedmineRequests redmineRequests(Settings settings) {
        return new RedmineRequests(
                settings::meters, URI.create(settings.address()).getPath());
    }

    /** How requests to Redmine are made: counted, and each with an end. */
    public static HttpClientConfigurer redmineClient(Settings settings, RedmineRequests requests) {
        WholeAnswer whole = new WholeAnswer(settings.longestRequest());
        return client -> {
            client.addExecInterceptorFirst("whole answers", whole);
            requests.configureHttpClient(client);
        };
    }

    /** From its beginning to the end of its answer. */
    private Duration longestRequest() {
        return redmine().connectTimeout().plus(redmine().responseTimeout());
    }

    /** What a proxy in front of Redmine is told who we are by, in the words of HTTP Basic; null where it does not ask. */
    public String proxyLogin() {
        return text("redmine.proxy-user")
                .map(user -> "Basic "
                        + Base64.getEncoder()
                                .encodeToString((user + ":" + required("redmine.proxy-password"))
                                        .getBytes(StandardCharsets.UTF_8)))
                .orElse(null);
    }

    /** For Redmine alone: with redmine.ca its authorities are trusted, and no others. */
    public static SSLContextParameters redmineTls(Settings settings) {
        SSLContextParameters tls = new SSLContextParameters();
        settings.file("redmine.ca").ifPresent(ca -> {
            TrustManagersParameters trusted = new TrustManagersParameters();
            trusted.setTrustManager(Pem.trusting(ca));
            tls.setTrustManagers(trusted);
        });
        return tls;
    }

    MeterRegistry meters() {
        return meters(camelContext);
    }

    /** Those that Camel shows; in a command, or where they are switched off, some that nobody sees. */
    static MeterRegistry meters(CamelContext camelContext) {
        MeterRegistry shown = camelContext.getRegistry().findSingleByType(MeterRegistry.class);
        return shown == null ? new SimpleMeterRegistry() : shown;
    }

    /** A minute in which clocks may differ, and enough for seven requests that all take as long as they may. */
    Duration lease() {
        return CLOCKS_DIFFER.plus(longestRequest().multipliedBy(REQUESTS_IN_A_LEASE));
    }

    /** Redmine's return is to be noticed soon, however long a single problem waits. */
    public static RedmineBreaker redmineBreaker(Settings settings) {
        Duration longest = settings.delivery().maxBackoff();
        return new RedmineBreaker(
                settings.delivery().initialBackoff(),
                longest.compareTo(LONGEST_PROBE_WAIT) < 0 ? longest : LONGEST_PROBE_WAIT);
    }

    Sentences sentences() {
        return new Sentences(texts(redmine().textFormat()).words(), zone());
    }

    public static Lifecycle lifecycle(Settings settings) {
        return new Lifecycle(new LifecycleRules(
                settings.redmine().settleTime(),
                settings.ticket().reopenWindow(),
                settings.ticket().closeOnRecovery(),
                settings.ticket().resendNoteInterval(),
                settings.ticket().alertGroups(),
                settings.redmine().closedStatus(),
                settings.redmine().reopenedStatus(),
                settings.ticket().fieldPolicy().status(),
                settings.redmine().customField().level(),
                settings.remembers()));
    }

    public static OfficeHours officeHours(Settings settings) {
        return new OfficeHours(settings.ticket().holidays());
    }

    public static IssueSearch issueSearch(Settings settings) {
        return new IssueSearch(settings.redmine().customField().alertId());
    }

    public static TicketText ticketText(Settings settings) {
        TextFormat format = settings.redmine().textFormat();
        return new TicketText(settings.texts(format), format, settings.zone());
    }

    public static TicketChanges ticketChanges(Settings settings, TicketText text) {
        return new TicketChanges(settings.address(), text, settings.camelContext);
    }

    private Texts texts(TextFormat format) {
        return new Texts(Path.of("texts"), ticket().language().toString(), format.templates(), format::escape);
    }

    /** Of the times that people write and read. */
    ZoneId zone() {
        return Objects.requireNonNullElseGet(ticket().timeZone(), ZoneId::systemDefault);
    }

    public static TicketWriter ticketWriter(Settings settings, TicketText text, RedmineNames names) {
        RedmineSettings.CustomField fields = settings.redmine().customField();
        TicketSettings.FieldPolicies policies = settings.ticket().fieldPolicy();
        return new TicketWriter(
                text,
                new TicketFields(fields.monitor(), fields.level(), fields.host(), fields.alertId()),
                new FieldPolicy.OfFields(
                        policies.status(),
                        policies.priority(),
                        policies.assignee(),
                        policies.subject(),
                        policies.level()),
                settings.redmine().closedStatus(),
                Arrays.stream(AlertStatus.values()).collect(Collectors.toMap(Function.identity(), settings::policy)),
                Map.copyOf(settings.redmine().field()),
                names,
                new RefusedFields());
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

    /** What a policy starts from. A preview may do without a project. */
    private Policy policy(AlertStatus status) {
        return new Policy(
                Objects.requireNonNullElse(redmine().project(), "-"),
                redmine().tracker(),
                redmine().status(),
                text("redmine.priority." + status).orElse(null),
                redmine().assigned(),
                null,
                List.of(),
                null,
                null);
    }

    /** Where a function has no store but the one that it makes for each event, its handler says so. */
    private boolean remembers() {
        return properties()
                .resolveProperty("store-remembers")
                .map(Boolean::parseBoolean)
                .orElse(true);
    }

    public static RedmineCheck redmineCheck(Settings settings) {
        DatabaseClock clock = new DatabaseClock(settings.storeAddress());
        return new RedmineCheck(
                settings.wanted(),
                settings.camelContext,
                clock.isOfAServer() ? Optional.of(clock::ahead) : Optional.empty());
    }

    private Wanted wanted() {
        Map<String, String> ofRedmine = new LinkedHashMap<>();
        SettingNames.ALL.stream()
                .filter(name -> name.startsWith("redmine.") && !SettingNames.SECRETS.contains(name))
                .forEach(name -> ofRedmine.put(name, text(name).orElse("")));
        redmine().field().forEach((number, value) -> ofRedmine.put("redmine.field." + number, value));
        return new Wanted(text("redmine.url").isPresent() ? "redmine.url" : "redmine.ip", address(), ofRedmine);
    }

    SettingValues values() {
        return new SettingValues(this::text, this::fieldDefaults);
    }

    RedmineSettings redmine() {
        return section(RedmineSettings.class);
    }

    TicketSettings ticket() {
        return section(TicketSettings.class);
    }

    DeliverySettings delivery() {
        return section(DeliverySettings.class);
    }

    GateSettings gate() {
        return section(GateSettings.class);
    }

    ServerSettings server() {
        return section(ServerSettings.class);
    }

    ManagementSettings management() {
        return section(ManagementSettings.class);
    }

    StoreSettings store() {
        return section(StoreSettings.class);
    }

    LogSettings log() {
        return section(LogSettings.class);
    }

    /** Made once, when it is first asked for. */
    private <T extends Record> T section(Class<T> type) {
        return type.cast(sections.computeIfAbsent(type, asked -> values().of(type)));
    }

    /** The value of a setting; a blank one counts as none. */
    Optional<String> text(String name) {
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

    Optional<SettingFile> file(String name) {
        return text(name).map(file -> new SettingFile(name, file));
    }

    String required(String name) {
        return text(name).orElseThrow(() -> new SettingsException(List.of(SettingNames.both(name) + " is not set")));
    }

    private PropertiesComponent properties() {
        return camelContext.getPropertiesComponent();
    }
}
