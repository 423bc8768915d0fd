package dev.mackerelredmine.webhook.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mackerelredmine.settings.Settings;
import dev.mackerelredmine.settings.SettingsCheck;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may post, by what the settings say; SendersGateTest has it done. */
@Tag("fast")
class SendersTest {

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
    }

    @AfterEach
    void stop() throws Exception {
        context.close();
    }

    private SendersTest with(String name, String value) {
        properties.setProperty(name, value);
        return this;
    }

    private Senders senders() {
        Settings settings = new Settings();
        settings.setCamelContext(context);
        return settings.senders();
    }

    private List<Class<?>> checks(boolean asksForAKey) {
        MackerelAddresses mackerel = new MackerelAddresses(Path.of("not", "there"), () -> {});
        return senders()
                .checks(mackerel, asksForAKey)
                .<Class<?>>map(Object::getClass)
                .toList();
    }

    // --- without gate.allow

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.2", "::1", "localhost"})
    void are_any_of_this_machine_on_loopback(String host) {
        assertThat(with("server.host", host).senders()).hasToString("any");
        assertThat(senders().includeMackerel()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "10.0.0.5", "name.invalid"})
    void are_mackerel_beyond_loopback(String host) {
        assertThat(with("server.host", host).senders()).hasToString("mackerel");
        assertThat(senders().includeMackerel()).isTrue();
    }

    @Test
    void are_mackerel_behind_a_trusted_proxy() {
        assertThat(with("gate.trusted-proxies", "127.0.0.1, ::1").senders())
                .hasToString("mackerel, through 127.0.0.1, ::1");
    }

    // --- with it

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            any                                        | false
            mackerel                                   | true
            192.0.2.0/24                               | false
            192.0.2.0/24, mackerel, 2001:db8::/32, ::1 | true
            """)
    void are_whom_the_setting_names_wherever_it_listens(String allow, boolean includeMackerel) {
        with("gate.allow", allow);
        for (String host : List.of("127.0.0.1", "0.0.0.0")) {
            assertThat(with("server.host", host).senders()).hasToString(allow);
            assertThat(unreadable(this)).isEmpty();
            assertThat(senders().includeMackerel()).isEqualTo(includeMackerel);
        }
    }

    // --- what is asked of a post

    @Test
    void are_asked_nothing_of_where_any_may_post_with_a_key() {
        assertThat(with("gate.allow", "any").checks(true)).isEmpty();
    }

    @Test
    void must_not_come_through_a_proxy_where_none_is_known_and_no_key_is_asked_for() {
        assertThat(with("gate.allow", "any").checks(false)).containsExactly(ProxyCheck.class);
        assertThat(with("gate.allow", "mackerel").checks(false)).containsExactly(ProxyCheck.class, AddressCheck.class);
    }

    @Test
    void may_come_through_a_proxy_that_is_known() {
        assertThat(with("gate.trusted-proxies", "127.0.0.1").checks(false)).containsExactly(AddressCheck.class);
        assertThat(with("gate.allow", "any").checks(false)).isEmpty();
    }

    // --- what cannot be read

    private static List<String> unreadable(SendersTest settings) {
        Senders senders = settings.senders();
        return Stream.concat(senders.unreadable().stream(), senders.unreadableProxies().stream())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Mackerel",
                "ANY",
                "all",
                "*",
                "localhost",
                "10.0.0.1/8",
                "0.0.0.0/0",
                "::/0",
                "10.1",
                "1.2.3.4-9"
            })
    void are_not_guessed(String item) {
        for (String setting : List.of("gate.allow", "gate.trusted-proxies")) {
            properties.clear();
            assertThat(unreadable(with(setting, "192.0.2.1," + item))).containsExactly(item);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {",", "192.0.2.1,", "192.0.2.1,,192.0.2.2", "192.0.2.1;192.0.2.2", "192.0.2.1 192.0.2.2"})
    void are_separated_by_commas(String list) {
        assertThat(unreadable(with("gate.allow", list))).isNotEmpty();
    }

    @Test
    void are_any_only_alone() {
        assertThat(unreadable(with("gate.allow", "any, mackerel"))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"any", "mackerel"})
    void are_words_that_no_proxy_is(String word) {
        assertThat(unreadable(with("gate.trusted-proxies", word))).hasSize(1);
    }

    @Test
    void are_checked_with_all_other_settings() {
        with("gate.allow", "x").with("gate.trusted-proxies", "y").with("server.port", "z");
        Settings settings = new Settings();
        settings.setCamelContext(context);

        assertThat(new SettingsCheck(settings, context.getPropertiesComponent()).problems())
                .hasSize(3);
    }
}
