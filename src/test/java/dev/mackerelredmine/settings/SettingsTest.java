package dev.mackerelredmine.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mackerelredmine.Beans;
import dev.mackerelredmine.FreePort;
import dev.mackerelredmine.TestCertificate;
import dev.mackerelredmine.camel.SettingsSource;
import dev.mackerelredmine.mackerel.NotificationReader;
import dev.mackerelredmine.mackerel.TestAlerts;
import dev.mackerelredmine.redmine.IssueSearch;
import dev.mackerelredmine.redmine.NewIssue;
import dev.mackerelredmine.redmine.NewIssue.CustomFieldValue;
import dev.mackerelredmine.redmine.RedmineNames;
import dev.mackerelredmine.redmine.RedmineOutcomes;
import dev.mackerelredmine.store.Store;
import dev.mackerelredmine.ticket.AlertHistory;
import dev.mackerelredmine.ticket.AlertKey;
import dev.mackerelredmine.ticket.Change;
import dev.mackerelredmine.ticket.Membership;
import dev.mackerelredmine.ticket.Ticket;
import dev.mackerelredmine.ticket.policy.Policy;
import dev.mackerelredmine.webhook.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("service")
class SettingsTest {

    private DefaultCamelContext context;
    private Properties properties;

    @BeforeEach
    void start() {
        context = new DefaultCamelContext();
        properties = new Properties();
        PropertiesComponent component = (PropertiesComponent) context.getPropertiesComponent();
        component.setEnvironmentVariableMode(PropertiesComponent.ENVIRONMENT_VARIABLES_MODE_NEVER);
        component.setLocation("file:application.properties");
        component.setOverrideProperties(properties);
        with("server.port", Integer.toString(FreePort.next()));
        with("management.port", Integer.toString(FreePort.next()));
    }

    @AfterEach
    void stop() throws Exception {
        context.close();
    }

    private SettingsTest with(String name, String value) {
        properties.setProperty(name, value);
        return this;
    }

    @Test
    void what_a_file_of_one_line_does_not_name_has_its_default(@TempDir Path folder) throws IOException {
        Files.writeString(
                folder.resolve("application.properties"),
                "ticket.language=ja\ncamel.component.http.connect-timeout=7s\n");
        PropertiesComponent component = (PropertiesComponent) context.getPropertiesComponent();
        component.setLocation(SettingsSource.LOCATIONS.replace("file:", "file:" + folder + "/"));

        assertThat(component.resolveProperty("ticket.language")).contains("ja");
        assertThat(component.resolveProperty("redmine.settle-time")).contains("60s");
        Properties ofCamel = component.loadProperties(name -> name.startsWith("camel.component.http."));
        assertThat(ofCamel.getProperty("camel.component.http.connect-timeout")).isEqualTo("7s");
        assertThat(ofCamel.getProperty("camel.component.http.automatic-retries-disabled"))
                .isEqualTo("true");
    }

    /** All that is needed to deliver to a Redmine. */
    private SettingsTest delivering() {
        return with("redmine.url", "https://redmine.example.jp")
                .with("redmine.apikey", "s3cret")
                .with("redmine.project", "alert");
    }

    private Settings settings() {
        Settings settings = new Settings();
        settings.setCamelContext(context);
        return settings;
    }

    private Settings checked() {
        Settings settings = settings();
        settings.check();
        return settings;
    }

    private List<String> problems() {
        SettingsException refused =
                catchThrowableOfType(SettingsException.class, () -> settings().check());
        return refused == null ? List.of() : Arrays.asList(refused.getMessage().split(System.lineSeparator()));
    }

    private List<String> portProblems() {
        SettingsException refused = catchThrowableOfType(SettingsException.class, () -> new Ports(settings()).check());
        return refused == null ? List.of() : Arrays.asList(refused.getMessage().split(System.lineSeparator()));
    }

    // --- preview, or delivering

    @Test
    void is_a_preview_when_nothing_is_set() {
        assertThat(checked().isPreview()).isTrue();
    }

    @Test
    void takes_a_blank_setting_for_none() {
        with("redmine.url", "  ").with("redmine.apikey", "").with("redmine.project", "\t");

        assertThat(checked().isPreview()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"redmine.tracker", "redmine.assigned", "redmine.status", "redmine.priority.critical"})
    void is_a_preview_when_only_what_a_ticket_looks_like_is_set(String setting) {
        assertThat(with(setting, "Alert").checked().isPreview()).isTrue();
    }

    @Test
    void delivers_when_address_key_and_project_are_set() {
        Settings settings = delivering().checked();

        assertThat(settings.isPreview()).isFalse();
        assertThat(settings.address()).isEqualTo("https://redmine.example.jp");
        assertThat(settings.apikey()).isEqualTo("s3cret");
    }

    @Test
    void gives_the_routes_an_address_to_which_nothing_can_be_sent_in_a_preview() {
        checked();

        assertThat(context.resolvePropertyPlaceholders("{{redmine-address}}")).isEqualTo("http://redmine.invalid");
    }

    @ParameterizedTest(name = "only {0}")
    @CsvSource(delimiter = '|', textBlock = """
            redmine.url     | redmine.apikey redmine.project
            redmine.ip      | redmine.apikey redmine.project
            redmine.apikey  | redmine.url redmine.project
            redmine.project | redmine.url redmine.apikey
            redmine.host    | redmine.url redmine.apikey redmine.project
            """)
    void names_all_that_a_partly_set_redmine_lacks(String set, String missing) {
        with(set, set.equals("redmine.url") ? "https://redmine.example.jp" : "10.0.0.4");

        assertThat(problems()).extracting(problem -> problem.split(" ")[0]).containsExactly(missing.split(" "));
        assertThat(problems())
                .allSatisfy(
                        problem -> assertThat(problem).matches("redmine\\.(\\w+) \\(REDMINE_\\w+\\) is not set: .+"));
    }

    // --- Redmine's address

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "https://redmine.example.jp, https://redmine.example.jp",
        "https://redmine.example.jp/, https://redmine.example.jp",
        "http://10.0.0.4:3000/redmine//, http://10.0.0.4:3000/redmine",
        "http://[fd00::4]:3000, http://[fd00::4]:3000"
    })
    void takes_redmines_address_without_a_slash_at_its_end(String url, String address) {
        assertThat(delivering().with("redmine.url", url).checked().address()).isEqualTo(address);
        assertThat(context.resolvePropertyPlaceholders("{{redmine-address}}")).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redmine.example.jp",
                "10.0.0.4:3000",
                "ftp://redmine.example.jp",
                "https://",
                "https:redmine.example.jp",
                "https://user:s3cret@redmine.example.jp",
                "https://redmine.example.jp?key=s3cret",
                "https://redmine.example.jp#s3cret",
                "https://redmine example.jp"
            })
    void refuses_what_is_no_url_and_does_not_repeat_it(String url) {
        assertThat(delivering().with("redmine.url", url).problems())
                .singleElement()
                .asString()
                .isEqualTo(
                        "redmine.url (REDMINE_URL) is not a web address: it must begin with http:// or https://, and have no user, query or fragment"
                                + " (a user and password for a proxy in front of Redmine are redmine.proxy-user and"
                                + " redmine.proxy-password)");
    }

    private SettingsTest deliveringByIp(String ip) {
        return with("redmine.ip", ip).with("redmine.apikey", "s3cret").with("redmine.project", "alert");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "10.0.0.4, http://10.0.0.4",
        "10.0.0.4:3000, http://10.0.0.4:3000",
        "[fd00::4]:3000, http://[fd00::4]:3000"
    })
    void reaches_an_ip_address_by_plain_http(String ip, String address) {
        deliveringByIp(ip).with("redmine.host", "redmine.example.jp");

        assertThat(checked().address()).isEqualTo(address);
        assertThat(context.resolvePropertyPlaceholders("{{redmine-address}}")).isEqualTo(address);
    }

    @Test
    void needs_no_host_beside_an_ip_address() {
        assertThat(deliveringByIp("10.0.0.4").problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://10.0.0.4",
                "https://10.0.0.4",
                "10.0.0.4/redmine",
                "10.0.0.4:port",
                "10.0.0.4?x",
                "user@10.0.0.4",
                "fd00::4"
            })
    void refuses_what_is_no_ip_address(String ip) {
        assertThat(deliveringByIp(ip).problems())
                .containsExactly(
                        "redmine.ip (REDMINE_IP) is not an address: it must be an IP address, with :port where it is needed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"redmine.ip", "redmine.host"})
    void refuses_two_ways_to_say_where_redmine_is(String other) {
        assertThat(delivering().with(other, "10.0.0.4").problems())
                .containsExactly(
                        "set either redmine.url (REDMINE_URL), or redmine.ip (REDMINE_IP) and redmine.host (REDMINE_HOST), not both");
    }

    // --- names

    @Test
    void refuses_a_setting_that_does_not_exist() {
        assertThat(with("delivery.tries", "3").problems())
                .containsExactly("there is no setting delivery.tries (in application.properties)");
    }

    @Test
    void names_the_setting_that_was_meant() {
        assertThat(with("redmine.api-key", "s3cret").problems())
                .containsExactly(
                        "there is no setting redmine.api-key (in application.properties): is redmine.apikey (REDMINE_APIKEY) meant?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"camel.main.description", "my.own.property", "redmine"})
    void leaves_settings_of_others_alone(String name) {
        assertThat(with(name, "x").problems()).isEmpty();
    }

    // --- values

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redmine.custom-field.monitor",
                "redmine.custom-field.level",
                "redmine.custom-field.host",
                "redmine.custom-field.alert-id",
                "redmine.max-concurrency",
                "server.max-body-size"
            })
    void refuses_what_is_no_number(String name) {
        assertThat(with(name, "eleven").problems())
                .containsExactly(SettingNames.both(name) + " is \"eleven\", not a number from 1 up");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "+1", "1.5", "1e3", "0x10", "１", "1 000", "9999999999"})
    void takes_only_whole_numbers_from_1_up(String value) {
        assertThat(with("redmine.max-concurrency", value).problems()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "server.port, http",
        "server.port, 0",
        "server.port, 65536",
        "server.port, 999999999",
        "management.port, 65536"
    })
    void refuses_what_is_no_port(String name, String value) {
        assertThat(with(name, value).problems())
                .containsExactly(SettingNames.both(name) + " is \"" + value + "\", not a number from 1 to 65535");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "8080", "65535"})
    void takes_ports(String value) {
        assertThat(with("server.port", value).problems()).isEmpty();
        assertThat(with("management.port", value).with("server.port", "8888").problems())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "mackerel.channel-url,https://alerts.example.jp/mackerel",
        "mackerel.heartbeat-service,Ops",
        "mackerel.memo,true",
        "ticket.close-closes-alert,always",
        "ticket.close-closes-alert,when-orphaned"
    })
    void says_what_does_nothing_without_a_key_of_mackerel(String name, String value) {
        assertThat(with(name, value).problems())
                .singleElement()
                .asString()
                .startsWith(name)
                .endsWith(" is set, but has no effect without mackerel.apikey (MACKEREL_APIKEY)");
        assertThat(with("mackerel.apikey", "k").problems()).isEmpty();
    }

    @Test
    void keeps_what_is_for_the_operator_off_the_port_that_all_may_reach() {
        assertThat(with("server.port", "8888").with("management.port", "8888").problems())
                .containsExactly(
                        "management.port (MANAGEMENT_PORT) is the same as server.port (SERVER_PORT): the management port"
                                + " must be another one");
    }

    @Test
    void names_every_port_that_cannot_be_had() throws Exception {
        try (ServerSocket inUse = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String port = Integer.toString(inUse.getLocalPort());
            with("server.port", port).with("management.port", port);

            assertThat(portProblems())
                    .hasSize(2)
                    .allSatisfy(
                            problem -> assertThat(problem).startsWith("nothing can be opened on 127.0.0.1:" + port));
            assertThat(portProblems().get(0)).endsWith("set server.host (SERVER_HOST) or server.port (SERVER_PORT)");
            assertThat(portProblems().get(1))
                    .endsWith("set management.host (MANAGEMENT_HOST) or management.port (MANAGEMENT_PORT)");
        }
    }

    @Test
    void leaves_the_ports_to_the_service_that_opens_them() throws Exception {
        try (ServerSocket inUse = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThat(with("server.port", Integer.toString(inUse.getLocalPort()))
                            .problems())
                    .isEmpty();
        }
    }

    @Test
    void does_not_try_the_ports_of_a_service_that_runs() throws Exception {
        try (ServerSocket own = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            with("server.port", Integer.toString(own.getLocalPort()));
            context.start();

            assertThat(portProblems()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", " 10 ", "999999999"})
    void takes_whole_numbers(String value) {
        assertThat(with("redmine.max-concurrency", value).problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redmine.connect-timeout",
                "redmine.response-timeout",
                "redmine.settle-time",
                "delivery.initial-backoff",
                "delivery.max-backoff",
                "delivery.poll-interval",
                "store.retention"
            })
    void refuses_what_is_no_time(String name) {
        assertThat(with(name, "soon").problems())
                .containsExactly(SettingNames.both(name)
                        + " is \"soon\", not a time longer than zero, such as 500ms, 30s, 5m, 1h, 7d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0s", "5", "-5s", "5 minutes", "1.5s", "5s3m", "s", "５s", "1h1d", "9999999999s"})
    void takes_no_other_way_to_write_a_time(String value) {
        assertThat(with("redmine.settle-time", value).problems()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"400d", "500ms", "30s", "5m", "1h", "1h30m", "1m30s500ms", "999999999h"})
    void takes_times(String value) {
        assertThat(with("redmine.settle-time", value).problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "none", "Textile", "commonmark"})
    void refuses_a_text_format_that_there_is_not(String value) {
        assertThat(with("redmine.text-format", value).problems())
                .containsExactly("redmine.text-format (REDMINE_TEXT_FORMAT) is \"" + value
                        + "\", not one of common_mark, markdown, textile");
    }

    @ParameterizedTest
    @ValueSource(strings = {"common_mark", "markdown", "textile"})
    void takes_each_text_format(String value) {
        assertThat(with("redmine.text-format", value).problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "JSON", "ecs"})
    void refuses_a_form_of_the_log_that_there_is_not(String value) {
        assertThat(with("log.format", value).problems())
                .containsExactly("log.format (LOG_FORMAT) is \"" + value + "\", not one of plain, json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "json"})
    void takes_each_form_of_the_log(String value) {
        assertThat(with("log.format", value).problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fr", "JA", "english"})
    void refuses_a_language_that_there_is_not(String value) {
        assertThat(with("ticket.language", value).problems())
                .containsExactly("ticket.language (TICKET_LANGUAGE) is \"" + value + "\", not one of en, ja");
    }

    @ParameterizedTest
    @ValueSource(strings = {"JST", "Tokyo", "9", "+9:00:00:00"})
    void refuses_what_is_no_time_zone(String value) {
        assertThat(with("ticket.time-zone", value).problems())
                .containsExactly("ticket.time-zone (TICKET_TIME_ZONE) is \"" + value
                        + "\", not a time zone such as Asia/Tokyo, UTC, +09:00");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tomorrow", "2026-12-32", "2026-12-31;2027-01-01", "2026-12-31,,"})
    void refuses_what_are_no_holidays(String value) {
        assertThat(with("ticket.holidays", value).problems())
                .containsExactly("ticket.holidays (TICKET_HOLIDAYS) is \"" + value
                        + "\", not dates such as 2026-12-31,2027-01-01");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2026-12-31", "2026-12-31, 2027-01-01"})
    void takes_days_for_holidays(String value) {
        assertThat(with("ticket.holidays", value).problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Asia/Tokyo", "UTC", "+09:00"})
    void takes_a_time_zone_or_the_machines(String value) {
        assertThat(with("ticket.time-zone", value).problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "data/store.db",
                "jdbc:h2:mem:",
                "jdbc:sqlite:",
                "jdbc:sqlite::memory:",
                "jdbc:sqlite:?cache=shared",
                "jdbc:sqlite::resource:store.db",
                "jdbc:sqlite:file:store.db?mode=memory",
                "jdbc:postgresql:mackerel",
                "jdbc:postgresql://db.example.jp",
                "jdbc:postgresql://db.example.jp/",
                "jdbc:postgresql://db.example.jp/?ssl=true",
                "jdbc:postgresql://me:s3cret@db.example.jp/mackerel",
                "jdbc:postgresql://db.example.jp/mackerel?user=me",
                "jdbc:postgresql://db.example.jp/mackerel?password=s3cret",
                "jdbc:postgresql://db.example.jp/mackerel?ssl=true&sslpassword=s3cret",
                "postgresql://db.example.jp/mackerel"
            })
    void refuses_a_store_that_is_no_file_of_sqlite_and_no_database_of_postgresql(String value) {
        assertThat(with("store.url", value).problems())
                .singleElement()
                .asString()
                .satisfies(problem -> assertThat(problem)
                        .startsWith("store.url (STORE_URL) is neither the address of a SQLite file")
                        .doesNotContain("s3cret"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://db.example.jp/mackerel",
                "jdbc:postgresql://10.0.0.5:5433/mackerel?sslmode=verify-full&currentSchema=alerts",
                "jdbc:postgresql://[::1]:5432/mackerel",
                "jdbc:postgresql://db1:5432,db2:5432/mackerel?targetServerType=primary"
            })
    void takes_a_store_in_a_database_of_postgresql(String value) {
        assertThat(with("store.url", value).problems()).isEmpty();
    }

    @Test
    void refuses_nothing_of_the_settings_that_it_comes_with() {
        assertThat(problems()).isEmpty();
    }

    // --- the gate

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3cret-9-characters",
                "s3cret-0123456789-0123456789,short",
                "s3cret-0123456789-0123456789,",
                "s3cret 0123456789-0123456789",
                "s3cret/0123456789-0123456789",
                "s3cret@0123456789-0123456789",
                "s3cret%200123456789-0123456789",
                "s3cret:0123456789-0123456789",
                "s3cret-ｓｅｃｒｅｔ-0123456789"
            })
    void refuses_a_key_that_is_short_or_has_to_be_written_otherwise_in_an_address(String keys) {
        assertThat(with("gate.api-key", keys).problems())
                .singleElement()
                .asString()
                .startsWith("gate.api-key (GATE_API_KEY) has a key that is not 20 to 128 characters long")
                .doesNotContain("s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"20-characters-in-all", "a_key.of~all-the-Characters , an0ther-key-0123456789"})
    void takes_keys(String keys) {
        assertThat(with("gate.api-key", keys).with("server.host", "0.0.0.0").problems())
                .isEmpty();
    }

    @Test
    void refuses_a_key_that_is_too_long_for_a_header_of_aws() {
        assertThat(with("gate.api-key", "k".repeat(128)).problems()).isEmpty();
        assertThat(with("gate.api-key", "k".repeat(129)).problems()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
    void refuses_to_listen_beyond_loopback_without_a_key_and_suggests_a_new_one(String host) {
        String one = keyProblem(host);
        String other = keyProblem(host);

        assertThat(one).startsWith("gate.api-key (GATE_API_KEY) is not set, and server.host (SERVER_HOST) is " + host);
        assertThat(one).isNotEqualTo(other);
        assertThat(with("gate.api-key", one.substring(one.lastIndexOf(' ') + 1)).problems())
                .isEmpty();
    }

    private String keyProblem(String host) {
        List<String> problems = with("server.host", host).problems();
        assertThat(problems).hasSize(1);
        return problems.get(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.2", "::1", "localhost"})
    void needs_no_key_on_loopback(String host) {
        assertThat(with("server.host", host).problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "gate.rate,     -1",
        "gate.rate,     fast",
        "gate.burst,    0",
        "gate.burst,    many",
        "gate.quota,    0",
        "gate.quota,    1.5"
    })
    void refuses_a_plan_that_is_no_number(String name, String value) {
        assertThat(with(name, value).problems())
                .singleElement()
                .asString()
                .startsWith(SettingNames.both(name) + " is \"" + value + "\", not a number from ");
    }

    @Test
    void takes_a_plan_without_limits() {
        assertThat(with("gate.rate", "0").with("gate.quota", "").problems()).isEmpty();
    }

    // --- all at once

    @Test
    void says_the_new_name_of_a_setting_that_was_renamed() {
        assertThat(with("delivery.look-every", "1s").problems())
                .containsExactly(
                        "delivery.look-every (in application.properties) is now called delivery.poll-interval");
    }

    @Test
    void says_the_new_name_of_a_variable_that_was_renamed() {
        assertThat(SettingsCheck.renamed(Set.of("DELIVERY_LOOK_EVERY", "DELIVERY_STUCK_AFTER")))
                .containsExactly("DELIVERY_LOOK_EVERY is now called DELIVERY_POLL_INTERVAL");
    }

    @Test
    void says_at_once_all_that_is_wrong() {
        with("redmine.url", "redmine.example.jp")
                .with("redmine.ip", "10.0.0.4")
                .with("redmine.projekt", "alert")
                .with("server.port", "http")
                .with("redmine.settle-time", "soon")
                .with("redmine.text-format", "html")
                .with("store.url", "data");

        assertThat(problems())
                .extracting(problem -> problem.replaceFirst("^(there is no setting |set either )", "")
                        .split(" ")[0])
                .containsExactly(
                        "redmine.projekt",
                        "redmine.url",
                        "redmine.url",
                        "redmine.apikey",
                        "redmine.project",
                        "redmine.text-format",
                        "redmine.settle-time",
                        "server.port",
                        "store.url");
    }

    @Test
    void says_each_thing_once_when_it_is_checked_again() {
        Settings settings = with("server.port", "http").settings();

        for (int check = 1; check <= 2; check++) {
            assertThat(catchThrowableOfType(SettingsException.class, settings::check))
                    .hasMessageNotContaining(System.lineSeparator());
        }
    }

    @Test
    void never_says_a_secret() {
        with("redmine.apikey", "s3cret-key")
                .with("store.password", "s3cret-password")
                .with("gate.api-key", "s3cret-that-is/no-key")
                .with("gate.api-keys", "s3cret-slip")
                .with("redmine.url", "https://me:s3cret@redmine.example.jp")
                .with("redmine.apikeys", "s3cret-slip")
                .with("store.pasword", "s3cret-slip")
                .with("store.url", "jdbc:postgresql://db?password=s3cret");

        assertThat(problems())
                .hasSizeGreaterThan(3)
                .noneSatisfy(problem -> assertThat(problem).contains("s3cret"));
    }

    // --- who may see what is on the management port

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.2", "localhost", "::1"})
    void asks_for_no_login_from_this_machine_alone(String host) {
        assertThat(with("management.host", host).problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "10.0.0.5", "no-such-host.invalid"})
    void asks_for_a_login_where_others_reach_it(String host) {
        assertThat(with("management.host", host).problems())
                .containsExactly("management.host (MANAGEMENT_HOST) is " + host
                        + ", which other machines can reach: set management.user (MANAGEMENT_USER)"
                        + " and management.password (MANAGEMENT_PASSWORD), or leave it at 127.0.0.1");
        assertThat(with("management.user", "operator")
                        .with("management.password", "s3cret")
                        .problems())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "management.user, management.password",
        "management.password, management.user",
        "management.reader.user, management.reader.password",
        "management.reader.password, management.reader.user"
    })
    void refuses_half_a_login(String set, String missing) {
        assertThat(with(set, "operator").problems())
                .contains(SettingNames.both(missing) + " is not set, but is needed together with "
                        + SettingNames.both(set));
    }

    @Test
    void refuses_a_user_that_http_basic_does_not_know() {
        with("management.user", "ops:operator").with("management.password", "s3cret");

        assertThat(problems())
                .containsExactly(
                        "management.user (MANAGEMENT_USER) has a colon in it, which HTTP Basic does not allow in a user name");
    }

    @Test
    void refuses_a_login_that_may_only_read_without_one_that_may_act() {
        with("management.reader.user", "watcher").with("management.reader.password", "s3cret");

        assertThat(problems())
                .containsExactly(
                        "management.reader.user (MANAGEMENT_READER_USER) is a second login, and the first is missing: set"
                                + " management.user (MANAGEMENT_USER) and management.password (MANAGEMENT_PASSWORD)");
    }

    @Test
    void refuses_two_logins_of_one_name() {
        with("management.user", "operator").with("management.password", "s3cret");
        with("management.reader.user", "operator").with("management.reader.password", "other");

        assertThat(problems())
                .containsExactly("management.reader.user (MANAGEMENT_READER_USER) is the same as management.user"
                        + " (MANAGEMENT_USER): the reader must have another name");
    }

    // --- TLS

    @ParameterizedTest
    @CsvSource({"server.tls.certificate, server.tls.key", "server.tls.key, server.tls.certificate"})
    void refuses_a_certificate_without_a_key_and_a_key_without_a_certificate(String set, String missing) {
        assertThat(with(set, "/etc/ssl/a.pem").problems())
                .containsExactly(SettingNames.both(missing) + " is not set, but is needed together with "
                        + SettingNames.both(set));
    }

    @Test
    void takes_a_certificate_with_its_key(@TempDir Path folder) throws Exception {
        TestCertificate pair = TestCertificate.in(folder);

        with("server.tls.certificate", pair.certificate().toString())
                .with("server.tls.key", pair.key().toString());

        assertThat(problems()).isEmpty();
    }

    @Test
    void refuses_files_that_cannot_be_used_for_tls() {
        with("server.tls.certificate", "/none/a.pem").with("server.tls.key", "/none/b.pem");

        assertThat(problems())
                .containsExactly(
                        "server.tls.certificate (SERVER_TLS_CERTIFICATE) names /none/a.pem, which is not there");
    }

    @Test
    void refuses_an_authority_that_is_none() {
        delivering().with("redmine.ca", "/none/ca.pem");

        assertThat(problems()).containsExactly("redmine.ca (REDMINE_CA) names /none/ca.pem, which is not there");
    }

    @Test
    void refuses_an_authority_for_a_redmine_without_tls(@TempDir Path folder) throws Exception {
        delivering()
                .with("redmine.url", "http://redmine.example.jp")
                .with("redmine.ca", TestCertificate.signed(folder).authority().toString());

        assertThat(problems())
                .containsExactly(
                        "redmine.ca (REDMINE_CA) is only for a Redmine that is reached by https, but redmine.url (REDMINE_URL)"
                                + " does not begin with https");
    }

    // --- secrets in files of their own

    @TempDir
    Path secrets;

    static final List<String> SECRETS = SettingNames.SECRETS;

    private String file(String content) throws IOException {
        return Files.writeString(secrets.resolve("a secret"), content).toString();
    }

    private static String named(String secret, String file) {
        return SettingNames.both(secret + "-file") + " names " + file + ", which ";
    }

    @ParameterizedTest
    @FieldSource("SECRETS")
    void may_stand_in_a_file_of_its_own(String secret) throws IOException {
        with(secret + "-file", file("s3cret\n"));

        assertThat(settings().text(secret)).contains("s3cret");
    }

    @Test
    void in_a_file_are_as_good_as_others() throws IOException {
        delivering().with("redmine.apikey", " ").with("redmine.apikey-file", file("s3cret"));

        assertThat(checked().apikey()).isEqualTo("s3cret");
    }

    @Test
    void in_a_file_are_there_for_a_route_as_others_are() throws IOException {
        delivering().with("redmine.apikey", "").with("redmine.apikey-file", file("s3cret"));

        checked();

        assertThat(context.resolvePropertyPlaceholders("{{redmine.apikey}}")).isEqualTo("s3cret");
    }

    @Test
    void in_a_file_may_be_checked_twice_as_camel_does_at_start() throws IOException {
        delivering().with("redmine.apikey", "").with("redmine.apikey-file", file("s3cret"));

        checked();

        assertThat(checked().apikey()).isEqualTo("s3cret");
    }

    @Test
    void in_a_file_are_read_once() throws IOException {
        delivering().with("redmine.apikey", "").with("redmine.apikey-file", file("s3cret"));
        Settings settings = checked();

        Files.delete(secrets.resolve("a secret"));

        assertThat(settings.apikey()).isEqualTo("s3cret");
    }

    @ParameterizedTest
    @FieldSource("SECRETS")
    void are_refused_where_they_are_set_twice(String secret) throws IOException {
        with(secret, "s3cret").with(secret + "-file", file("another"));

        assertThat(problems())
                .contains("set either " + SettingNames.both(secret) + " or " + SettingNames.both(secret + "-file")
                        + ", not both");
    }

    @Test
    void name_a_file_that_is_not_there() {
        delivering().with("redmine.apikey", "").with("redmine.apikey-file", "/run/secrets/redmine");

        assertThat(problems()).containsExactly(named("redmine.apikey", "/run/secrets/redmine") + "is not there");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"empty, '', is empty", "blank, ' \n\n', is empty"})
    void refuse_a_file_without_a_secret(String kind, String content, String why) throws IOException {
        String file = file(content);

        assertThat(with("store.password-file", file).problems()).containsExactly(named("store.password", file) + why);
    }

    @Test
    void refuse_a_file_of_several_lines() throws IOException {
        String file = file("s3cret\nanother\n");

        assertThat(with("store.password-file", file).problems())
                .containsExactly(named("store.password", file) + "has several lines: only the secret may be in it");
    }

    @Test
    void refuse_a_file_that_is_no_text() throws IOException {
        Path file = Files.write(secrets.resolve("keys.p12"), new byte[] {(byte) 0x80, (byte) 0xff});

        assertThat(with("store.password-file", file.toString()).problems())
                .containsExactly(named("store.password", file.toString()) + "is not a text in UTF-8");
    }

    @Test
    void refuse_a_folder() {
        assertThat(with("store.password-file", secrets.toString()).problems())
                .containsExactly(named("store.password", secrets.toString()) + "is not a file that can be read");
    }

    /** From root nothing is hidden but what Linux lets nobody read. */
    @Test
    void refuse_a_file_that_may_not_be_read() throws IOException {
        Path hidden = Path.of(file("s3cret"));
        Files.setPosixFilePermissions(hidden, Set.of());
        Path file = Files.isReadable(hidden) ? Path.of("/proc/sys/vm/drop_caches") : hidden;

        assertThat(with("store.password-file", file.toString()).problems())
                .containsExactly(named("store.password", file.toString()) + "may not be read by this user");
    }

    @Test
    void do_not_show_a_secret_that_was_put_where_its_file_belongs() {
        assertThat(with("redmine.apikey-file", "0123456789abcdef").problems())
                .contains(named("redmine.apikey", "a file in the working folder") + "is not there")
                .noneSatisfy(problem -> assertThat(problem).contains("0123456789abcdef"));
    }

    @Test
    void may_be_what_camel_looks_up_elsewhere() {
        delivering().with("redmine.apikey", "{{elsewhere}}").with("elsewhere", "s3cret");

        assertThat(checked().apikey()).isEqualTo("s3cret");
    }

    /** Camel itself takes what follows the colon for a default value. */
    @Test
    void are_refused_where_the_part_for_aws_is_needed_and_not_there() {
        delivering().with("redmine.apikey", "{{aws-elsewhere:redmine#apikey}}");

        assertThat(problems())
                .containsExactly(
                        "redmine.apikey (REDMINE_APIKEY) cannot be looked up: that takes the part for AWS (mackerel-redmine-aws),"
                                + " to be unpacked over this installation");
    }

    @Test
    void are_refused_where_a_look_up_leads_to_nothing() {
        delivering().with("redmine.apikey", "s3cret{{elsewhere}}");

        assertThat(problems())
                .containsExactly(
                        "redmine.apikey (REDMINE_APIKEY) cannot be looked up: it has {{...}} in it, for which there is no value");
    }

    // --- what is made of them

    private static final RedmineNames NAMES = new RedmineNames(new RedmineOutcomes());

    private static AlertHistory history() {
        return new AlertHistory(
                1,
                new AlertKey("example", "2bjA"),
                null,
                List.of(new Change(1, TestAlerts.OPENED, TestAlerts.critical().notification())),
                Set.of(),
                Ticket.NONE,
                Ticket.NONE,
                null,
                Membership.NONE);
    }

    @Test
    void fills_the_custom_fields_that_are_set() {
        with("redmine.custom-field.monitor", "11")
                .with("redmine.custom-field.level", "22")
                .with("redmine.custom-field.host", "33")
                .with("redmine.custom-field.alert-id", "44");

        Settings settings = checked();
        NewIssue issue = Beans.ticketWriter(settings, Beans.ticketText(settings), NAMES)
                .creation(history(), Policy.of("alert"), false, null)
                .issue();

        assertThat(issue.customFields())
                .containsExactly(
                        new CustomFieldValue(11, "CPU %"),
                        new CustomFieldValue(22, "critical"),
                        new CustomFieldValue(33, "web1"),
                        new CustomFieldValue(44, "2bjA"));
    }

    @Test
    void fills_a_custom_field_by_its_number_where_neither_the_policy_nor_the_alert_does() {
        with("redmine.custom-field.monitor", "11")
                .with("redmine.field.11", "no monitor")
                .with("redmine.field.12", "Tokyo")
                .with("redmine.field.13", "3");
        Policy policy = new Policy(
                "alert",
                null,
                null,
                null,
                null,
                null,
                List.of(),
                null,
                Map.of(13L, List.of("a", "b")),
                null,
                null,
                null,
                null);

        Settings settings = checked();
        NewIssue issue = Beans.ticketWriter(settings, Beans.ticketText(settings), NAMES)
                .creation(history(), policy, false, null)
                .issue();

        assertThat(issue.customFields())
                .containsExactly(
                        new CustomFieldValue(11, "CPU %"),
                        new CustomFieldValue(12, "Tokyo"),
                        new CustomFieldValue(13, List.of("a", "b")));
    }

    @Test
    void wants_both_user_and_password_of_a_proxy_or_none() {
        assertThat(delivering().with("redmine.proxy-user", "gateway").problems())
                .singleElement()
                .asString()
                .contains("redmine.proxy-password (REDMINE_PROXY_PASSWORD)");
    }

    @Test
    void tells_where_the_login_of_a_proxy_goes_that_stands_in_the_address() {
        assertThat(delivering()
                        .with("redmine.url", "https://gateway:pass@redmine.example.jp")
                        .problems())
                .singleElement()
                .asString()
                .contains("redmine.proxy-user");
    }

    @Test
    void knows_no_field_without_a_number() {
        assertThat(with("redmine.field.monitor", "x").problems()).hasSize(1);
    }

    @Test
    void writes_in_the_text_format_that_is_set() {
        with("redmine.text-format", "textile");

        Settings settings = checked();
        NewIssue issue = Beans.ticketWriter(settings, Beans.ticketText(settings), NAMES)
                .creation(history(), Policy.of("alert"), false, null)
                .issue();

        assertThat(issue.description()).startsWith("|_. Status at first |_. CRITICAL |");
    }

    @Test
    void writes_in_the_language_and_time_zone_that_are_set() {
        with("ticket.language", "ja").with("ticket.time-zone", "+09:00");

        Settings settings = checked();
        NewIssue issue = Beans.ticketWriter(settings, Beans.ticketText(settings), NAMES)
                .creation(history(), Policy.of("alert"), false, null)
                .issue();

        assertThat(issue.description()).contains("| 発生日時 | 2026-11-20 09:00:00 +09:00 |");
    }

    @Test
    void finds_tickets_by_the_alert_id_field_that_is_set() {
        assertThat(Beans.issueSearch(checked()).hasAlertIdField()).isFalse();

        IssueSearch search =
                Beans.issueSearch(with("redmine.custom-field.alert-id", "44").checked());

        assertThat(search.byAlertId(new IssueSearch.Identity("2bjA", "m", null)))
                .startsWith("f[]=cf_44&");
    }

    @Test
    void keeps_what_came_in_during_a_preview_from_what_is_delivered(@TempDir Path folder) throws Exception {
        with("store.url", "jdbc:sqlite:" + folder.resolve("store.db"));
        try (Store store = new Store(Beans.storeOptions(checked()), new NotificationReader())) {
            store.open();
            store.inbox().keep(TestAlerts.critical().notification(), null);
        }

        try (Store store = new Store(Beans.storeOptions(delivering().checked()), new NotificationReader())) {
            store.open();
            assertThat(store.deliveries().backlog().waiting()).isZero();
        }
    }

    @Test
    void needs_no_check_before_it_says_whether_it_is_a_preview() {
        assertThatCode(() -> settings().isPreview()).doesNotThrowAnyException();
    }

    @Test
    void leave_a_delivery_to_whoever_began_it_for_longer_where_requests_may_take_longer() {
        assertThat(settings().redmine().lease()).isEqualTo(Duration.ofSeconds(60 + 7 * 35));

        with("redmine.response-timeout", "2m");

        assertThat(settings().redmine().lease()).isEqualTo(Duration.ofSeconds(60 + 7 * 125));
    }
}
