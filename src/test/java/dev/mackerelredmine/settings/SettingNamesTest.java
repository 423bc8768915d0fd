package dev.mackerelredmine.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("fast")
class SettingNamesTest {

    static final List<String> ALL = SettingNames.ALL;

    @ParameterizedTest
    @CsvSource({
        "redmine.url, REDMINE_URL",
        "redmine.custom-field.alert-id, REDMINE_CUSTOM_FIELD_ALERT_ID",
        "store.password, STORE_PASSWORD"
    })
    void knows_each_settings_variable(String property, String variable) {
        assertThat(SettingNames.variable(property)).isEqualTo(variable);
    }

    @Test
    void names_a_setting_by_property_and_variable() {
        assertThat(SettingNames.both("server.max-body-size")).isEqualTo("server.max-body-size (SERVER_MAX_BODY_SIZE)");
    }

    @Test
    void has_for_each_secret_a_setting_that_names_its_file() {
        assertThat(ALL).containsAll(SettingNames.SECRETS);
        assertThat(ALL.stream().filter(name -> name.endsWith("-file")))
                .containsExactlyInAnyOrderElementsOf(
                        SettingNames.SECRETS.stream().map(SettingRow::fileOf).toList());
    }

    @Test
    void names_no_setting_twice() {
        assertThat(ALL).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({
        "REDMINE_API_KEY, redmine.apikey",
        "REDMINE_APIKEYS, redmine.apikey",
        "REDMINE_PROJCT, redmine.project",
        "REDMINE_TRAKCER, redmine.tracker",
        "REDMINE_ASSIGNEE, redmine.assigned",
        "REDMINE_URI, redmine.url",
        "REDMINE_HOSTS, redmine.host",
        "REDMINE_CUSTOM_FIELDS_LEVEL, redmine.custom-field.level",
        "REDMINE_CUSTOMFIELD_HOST, redmine.custom-field.host",
        "REDMINE_CUSTOM_FIELD_ALERTID, redmine.custom-field.alert-id",
        "GATE_APIKEY, gate.api-key",
        "TICKET_LANGUGE, ticket.language",
        "SERVER_PROT, server.port",
        "STORE_URI, store.url"
    })
    void sees_in_a_near_miss_the_setting_that_was_meant(String variable, String property) {
        assertThat(SettingNames.isSlip(variable, "some")).isTrue();
        assertThat(SettingNames.nearest(variable)).contains(property);
    }

    @ParameterizedTest
    @FieldSource("ALL")
    void takes_no_settings_own_variable_for_a_slip(String property) {
        assertThat(SettingNames.isSlip(SettingNames.variable(property), "some")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Kubernetes, for a service that is called redmine
                "REDMINE_PORT",
                "REDMINE_SERVICE_HOST",
                "REDMINE_SERVICE_PORT",
                "REDMINE_SERVICE_PORT_HTTP",
                "REDMINE_PORT_3000_TCP",
                "REDMINE_PORT_3000_TCP_ADDR",
                "REDMINE_PORT_3000_TCP_PORT",
                "REDMINE_PORT_3000_TCP_PROTO",
                "REDMINE_WEB_SERVICE_HOST",
                // Redmine itself, on the same machine
                "REDMINE_HOME",
                "REDMINE_USER",
                "REDMINE_UID",
                "REDMINE_GID",
                "REDMINE_ENV",
                "REDMINE_DB",
                "REDMINE_DB_HOST",
                "REDMINE_DB_PASSWORD",
                "REDMINE_LANG",
                "REDMINE_TZ",
                "REDMINE_VERSION",
                "REDMINE_SECRET_KEY_BASE",
                // others
                "REDMINE",
                "PATH",
                "GATE_SERVICE_HOST",
                "STORE_SERVICE_PORT_HTTP",
                "SERVER_PORT_80_TCP_ADDR",
                "LOG_DIRECTORY"
            })
    void leaves_foreign_variables_alone(String variable) {
        assertThat(SettingNames.isSlip(variable, "some")).isFalse();
    }

    @Test
    void leaves_alone_what_kubernetes_sets_by_its_value() {
        assertThat(SettingNames.isSlip("STORE_URI", "tcp://10.0.0.1:80")).isFalse();
        assertThat(SettingNames.isStranger("REDMINE_PORT", "tcp://10.0.0.1:3000"))
                .isFalse();
        assertThat(SettingNames.isStranger("REDMINE_PORT_3000_TCP_ADDR", "10.0.0.1"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"REDMINE_HOME", "TICKET_FOO", "LOG_DIRECTORY"})
    void knows_a_stranger_that_has_a_prefix_of_ours(String variable) {
        assertThat(SettingNames.isStranger(variable, "some")).isTrue();
    }

    @Test
    void takes_a_variable_for_a_slip_only_where_the_one_that_was_meant_is_not_set() {
        assertThat(SettingsCheck.slips(Map.of("GATE_APIKEY", "a"))).containsExactly("GATE_APIKEY");
        assertThat(SettingsCheck.slips(Map.of("GATE_APIKEY", "a", "GATE_API_KEY", "b")))
                .isEmpty();
    }

    @Test
    void knows_every_setting_that_there_is() {
        assertThat(SettingNames.unknown(ALL)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redmine.api-key",
                "redmine.urls",
                "delivery.retries",
                "server.prot",
                "management.users",
                "store.file",
                "redmine.URL"
            })
    void knows_no_other_setting_of_ours(String property) {
        assertThat(SettingNames.unknown(List.of(property))).containsExactly(property);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "camel.main.name",
                "quarkus.http.port",
                "redmine",
                "redmine-address",
                "my.redmine.url",
                "storefront.url"
            })
    void leaves_foreign_properties_alone(String property) {
        assertThat(SettingNames.unknown(List.of(property))).isEmpty();
    }

    @Test
    void names_unknown_settings_in_their_order() {
        assertThat(SettingNames.unknown(List.of("store.b", "redmine.url", "redmine.z", "store.a")))
                .containsExactly("redmine.z", "store.a", "store.b");
    }
}
