package dev.mackerelredmine.settings;

import dev.mackerelredmine.paging.message.WebhookSigner;
import dev.mackerelredmine.text.Texts;
import dev.mackerelredmine.text.TextsException;
import dev.mackerelredmine.ticket.text.TicketText;
import dev.mackerelredmine.webhook.gate.Senders;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.spi.PropertiesComponent;

/** Finds everything that is wrong with the settings, and says it by property and by variable; never a secret's value. */
public final class SettingsCheck {

    /** Nothing that has to be written otherwise in a web address. */
    private static final String KEY = "[A-Za-z0-9._~-]{20,128}";

    private static final String NO_ADDRESS =
            " is not a web address: it must begin with http:// or https://, and have no user, query or fragment";

    private static final int BYTES_OF_A_KEY = 32;

    /** SQLite knows other places, in memory for one, that are gone when the service stops. */
    private static final String SQLITE_FILE = "jdbc:sqlite:(?!file:)[^:?].*";

    /** User and password have settings of their own: the address is shown and logged. */
    private static final String POSTGRESQL_DATABASE =
            "jdbc:postgresql://[^/?@\\s]+/[^/?@\\s]+(\\?(?!(.*&)?(user|[^&=]*password)=).*)?";

    private final Settings settings;
    private final PropertiesComponent properties;
    private final List<String> problems = new ArrayList<>();

    public SettingsCheck(Settings settings, PropertiesComponent properties) {
        this.settings = settings;
        this.properties = properties;
    }

    /** A line each. */
    public List<String> problems() {
        checkNames();
        Map<String, String> values = settings.values().problems();
        problems.addAll(settings.secrets().problems().values());
        checkRedmine();
        values.forEach((name, problem) -> problems.add(SettingNames.both(name) + " " + problem));
        problems.addAll(senderProblems(settings.senders()));
        checkKeys();
        tryOutTexts(values);
        checkStore();
        checkTls();
        checkManagement();
        checkMackerel();
        checkNotify();
        return problems;
    }

    private void checkNames() {
        Properties all = properties.loadProperties(name -> true);
        for (String unknown : SettingNames.unknown(all.stringPropertyNames())) {
            problems.add(SettingTable.renamed(unknown)
                    .map(now -> unknown + " (in application.properties) is now called " + now)
                    .orElseGet(
                            () -> "there is no setting " + unknown + " (in application.properties)" + meant(unknown)));
        }
        problems.addAll(renamed(System.getenv().keySet()));
        slips(System.getenv()).forEach(variable -> problems.add("there is no setting " + variable + meant(variable)));
    }

    /** Variables by the names that their settings had in earlier releases. */
    static List<String> renamed(Set<String> variables) {
        return SettingTable.oldNames().stream()
                .filter(old -> variables.contains(SettingNames.variable(old)))
                .map(old -> SettingNames.variable(old) + " is now called "
                        + SettingNames.variable(SettingTable.renamed(old).orElseThrow()))
                .toList();
    }

    /** The variables that must have been meant for a setting whose own variable is not set. */
    static List<String> slips(Map<String, String> environment) {
        return environment.entrySet().stream()
                .filter(it -> SettingNames.isSlip(it.getKey(), it.getValue()))
                .map(Map.Entry::getKey)
                .filter(variable -> !environment.containsKey(
                        SettingNames.variable(SettingNames.nearest(variable).orElseThrow())))
                .sorted()
                .toList();
    }

    private static String meant(String name) {
        return SettingNames.nearest(name)
                .map(near -> ": is " + SettingNames.both(near) + " meant?")
                .orElse("");
    }

    private void checkRedmine() {
        if (settings.isPreview()) {
            return;
        }
        boolean hasUrl = settings.text("redmine.url").isPresent();
        boolean hasIp = settings.text("redmine.ip").isPresent();
        if (!hasUrl && !hasIp) {
            problems.add(SettingNames.both("redmine.url") + " is not set: Redmine's address. (Or "
                    + SettingNames.both("redmine.ip") + " and " + SettingNames.both("redmine.host") + ".)");
        }
        if (hasUrl && (hasIp || settings.text("redmine.host").isPresent())) {
            problems.add("set either " + SettingNames.both("redmine.url") + ", or " + SettingNames.both("redmine.ip")
                    + " and " + SettingNames.both("redmine.host") + ", not both");
        }
        boolean hasPath = !hasUrl && settings.text("redmine.ip").orElse("").contains("/");
        if ((hasUrl || hasIp) && (hasPath || !isWebAddress(settings.address()))) {
            problems.add(SettingNames.both(hasUrl ? "redmine.url" : "redmine.ip") + " is not "
                    + (hasUrl
                            ? "a web address: it must begin with http:// or https://, and have no user, query or fragment (a user and password for a proxy"
                                    + " in front of Redmine are redmine.proxy-user and redmine.proxy-password)"
                            : "an address: it must be an IP address, with :port where it is needed"));
        }
        if (isSet("redmine.proxy-user") != isSet("redmine.proxy-password")) {
            problems.add("set both " + SettingNames.both("redmine.proxy-user") + " and "
                    + SettingNames.both("redmine.proxy-password") + ", or none of them");
        }
        if (settings.text("redmine.proxy-user")
                .filter(user -> user.contains(":"))
                .isPresent()) {
            problems.add(SettingNames.both("redmine.proxy-user")
                    + " has a colon in it, which HTTP Basic does not allow in a user name");
        }
        require("redmine.apikey", "the API key of the bot user, who becomes the author of the tickets");
        require("redmine.project", "the identifier or number of the tickets' project");
    }

    private static List<String> senderProblems(Senders senders) {
        return Stream.concat(
                        senders.unreadable().stream()
                                .map(item ->
                                        noAddress("gate.allow", item) + "; mackerel is possible, too, or any alone"),
                        senders.unreadableProxies().stream().map(item -> noAddress("gate.trusted-proxies", item)))
                .toList();
    }

    private static String noAddress(String setting, String item) {
        return SettingNames.both(setting) + " has \"" + item + "\", which is neither an address nor a network such as"
                + " 192.0.2.10, 10.0.0.0/8, 2001:db8::/32 (its address is the network's first)";
    }

    /** The message does not say which key is wrong, or its length: that would help to guess it. */
    private void checkKeys() {
        if (!settings.keys().stream().allMatch(key -> key.matches(KEY))) {
            problems.add(SettingNames.both("gate.api-key")
                    + " has a key that is not 20 to 128 characters long, or has characters"
                    + " other than ASCII letters, digits and - . _ ~ (several keys are separated by commas)");
        }
        if (settings.keys().isEmpty() && settings.listensBeyondLoopback()) {
            problems.add(
                    SettingNames.both("gate.api-key") + " is not set, and " + SettingNames.both("server.host") + " is "
                            + settings.required("server.host")
                            + ": anybody who reaches it could post. Set a key, for instance this"
                            + " new one, and put it into the webhook's address in Mackerel, https://mackerel:KEY@HOST/mackerel: "
                            + newKey());
        }
    }

    private void checkMackerel() {
        if (!isWebAddress(settings.text("mackerel.url").orElse(""))) {
            problems.add(SettingNames.both("mackerel.url") + NO_ADDRESS);
        }
        if (isSet("mackerel.apikey")) {
            return;
        }
        Stream.of("mackerel.channel-url", "mackerel.heartbeat-service")
                .filter(this::isSet)
                .forEach(name -> problems.add(needsKey(name)));
        if (settings.mackerel().memo()) {
            problems.add(needsKey("mackerel.memo"));
        }
        if (settings.ticket().closesAlerts()) {
            problems.add(needsKey("ticket.close-closes-alert"));
        }
    }

    /** None of the secrets is shown. */
    private void checkNotify() {
        if (!isWebAddress(settings.text("notify.phone.url").orElse(""))) {
            problems.add(SettingNames.both("notify.phone.url") + NO_ADDRESS);
        }
        if (settings.text("notify.slack.url")
                .filter(url -> !isWebAddress(url.replaceFirst("\\?.*", "")))
                .isPresent()) {
            problems.add(SettingNames.both("notify.slack.url") + " is not an address that begins with https://");
        }
        if (settings.text("notify.webhook.secret")
                .filter(secret -> !WebhookSigner.isSecret(secret))
                .isPresent()) {
            problems.add(SettingNames.both("notify.webhook.secret")
                    + " is not a secret as Standard Webhooks has it (whsec_ and 24 to 64 bytes in Base64), such as this new one: "
                    + WebhookSigner.newSecret());
        }
    }

    private static String needsKey(String name) {
        return SettingNames.both(name) + " is set, but has no effect without " + SettingNames.both("mackerel.apikey");
    }

    private static String newKey() {
        byte[] bytes = new byte[BYTES_OF_A_KEY];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
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
        if (!isSet(name)) {
            problems.add(SettingNames.both(name) + " is not set: " + meaning);
        }
    }

    /** A secret that is set, but could not be read, counts as set. */
    private boolean isSet(String name) {
        return settings.text(name).isPresent() || settings.secrets().problems().containsKey(name);
    }

    /** A template that fails is found now, and not at the first alert. Without a valid format, language and time zone none can be tried. */
    private void tryOutTexts(Map<String, String> wrong) {
        if (Stream.of("redmine.text-format", "ticket.language", "ticket.time-zone")
                .anyMatch(wrong::containsKey)) {
            return;
        }
        try {
            Texts texts = settings.texts();
            if (texts.mayBeEdited()) {
                new TicketText(texts, settings.redmine().textFormat(), settings.zone()).tryOut();
            }
        } catch (TextsException e) {
            problems.add(e.getMessage());
        }
    }

    private void checkStore() {
        String url = settings.text("store.url").orElse("");
        if (!url.matches(SQLITE_FILE) && !url.matches(POSTGRESQL_DATABASE)) {
            problems.add(SettingNames.both("store.url")
                    + " is neither the address of a SQLite file, such as jdbc:sqlite:data/mackerel-redmine.db, nor that of a"
                    + " PostgreSQL database, such as jdbc:postgresql://db.example.jp/mackerel (its user and"
                    + " password go into " + SettingNames.both("store.user") + " and "
                    + SettingNames.both("store.password") + ")");
        }
    }

    private void checkTls() {
        checkPair("server.tls.certificate", "server.tls.key");
        settings.file("server.tls.certificate")
                .ifPresent(certificate ->
                        settings.file("server.tls.key").ifPresent(key -> tryOut(() -> Pem.pair(certificate, key))));
        settings.file("redmine.ca").ifPresent(ca -> tryOut(() -> Pem.certificates(ca)));
        if (isSet("redmine.ca") && !settings.isPreview() && !settings.address().startsWith("https:")) {
            problems.add(SettingNames.both("redmine.ca") + " is only for a Redmine that is reached by https, but "
                    + SettingNames.both("redmine.url") + " does not begin with https");
        }
    }

    private boolean checkPair(String one, String other) {
        boolean hasOne = isSet(one);
        if (hasOne != isSet(other)) {
            problems.add(SettingNames.both(hasOne ? other : one) + " is not set, but is needed together with "
                    + SettingNames.both(hasOne ? one : other));
        }
        return hasOne;
    }

    private void tryOut(Runnable use) {
        try {
            use.run();
        } catch (SettingsException e) {
            problems.add(e.getMessage());
        }
    }

    /** With one port for both, Camel would make one server, and whoever can post could read what is for the operator. */
    private void checkManagement() {
        boolean hasLogin = checkPair("management.user", "management.password");
        String host = settings.text("management.host").orElse("");
        if (!hasLogin && !isLoopback(host)) {
            problems.add(SettingNames.both("management.host") + " is " + host + ", which other machines can reach: set "
                    + SettingNames.both("management.user") + " and " + SettingNames.both("management.password")
                    + ", or leave it at 127.0.0.1");
        }
        for (String name : List.of("management.user", "management.reader.user")) {
            if (settings.text(name).filter(user -> user.contains(":")).isPresent()) {
                problems.add(
                        SettingNames.both(name) + " has a colon in it, which HTTP Basic does not allow in a user name");
            }
        }
        checkReader(hasLogin);
        if (settings.text("management.port").equals(settings.text("server.port"))) {
            problems.add(SettingNames.both("management.port") + " is the same as " + SettingNames.both("server.port")
                    + ": the management port must be another one");
        }
    }

    private void checkReader(boolean hasLogin) {
        if (checkPair("management.reader.user", "management.reader.password")) {
            if (!hasLogin) {
                problems.add(SettingNames.both("management.reader.user")
                        + " is a second login, and the first is missing: set " + SettingNames.both("management.user")
                        + " and " + SettingNames.both("management.password"));
            } else if (settings.text("management.reader.user").equals(settings.text("management.user"))) {
                problems.add(SettingNames.both("management.reader.user") + " is the same as "
                        + SettingNames.both("management.user") + ": the reader must have another name");
            }
        }
    }

    static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
