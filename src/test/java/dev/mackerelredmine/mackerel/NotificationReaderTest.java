package dev.mackerelredmine.mackerel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("fast")
class NotificationReaderTest {
    private final NotificationReader reader = new NotificationReader();

    @ParameterizedTest(name = "{0}")
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
            fixture                   | type             | status   | open  | alarm host | monitor
            host-warning              | host             | warning  | true  | web1       | CPU %
            host-critical             | host             | critical | true  | web1       | CPU %
            host-ok                   | host             | ok       | false | web1       | CPU %
            connectivity-critical     | connectivity     | critical | true  | db1        | connectivity
            service-critical          | service          | critical | true  | Shop       | Orders waiting
            service-ok                | service          | ok       | false | Shop       | Orders waiting
            external-critical         | external         | critical | true  | ''         | https://www.example.com/
            external-service-critical | external         | critical | true  | Shop       | Shop front page
            check-critical            | check            | critical | true  | web1       | log of the shop
            unknown                   | check            | unknown  | true  | batch1     | procs
            expression-warning        | expression       | warning  | true  | ''         | Load of the shop
            expression-manual-close   | expression       | ok       | false | ''         | Load of the shop
            anomaly-detection-warning | anomalyDetection | warning  | true  | web1       | Unusual web hosts
            query-critical            | query            | critical | true  | ''         | HTTP latency
            monitor-deleted           | host             | ok       | false | db1        | Disk %
            original                  |                  | critical | true  | app01      | CPU %
            original-in-body          |                  | critical | true  | app01      | CPU %
            original-in-body-base64   |                  | critical | true  | app01      | CPU %
            in-eventbridge            |                  | critical | true  | Shop       | Orders waiting
            shape-2014                |                  | critical | true  | web1       | connectivity
            shape-2017                |                  | warning  | true  | web1       | unicorn
            alert-without-event       | host             | critical | true  | web1       | CPU %
            emoji-japanese            | check            | critical | true  | 受付サーバー１ | 決済ログ監視 🚨
            lone-surrogate            | check            | critical | true  | web1       | log � of the shop
            """)
    void reads_an_alert_of_every_shape(
            String fixture, String type, String status, boolean isOpen, String alarmHost, String monitor) {
        Notification notification = reader.read(TestAlerts.fixture(fixture));

        assertThat(notification.event()).isEqualTo("alert");
        assertThat(notification.type()).isEqualTo(type);
        assertThat(notification.alert().status()).hasToString(status);
        assertThat(notification.alert().isOpen()).isEqualTo(isOpen);
        assertThat(notification.alarmHost()).isEqualTo(alarmHost);
        assertThat(notification.alert().monitorName()).isEqualTo(monitor);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "sample, sample",
        "host-status, hostStatus",
        "host-register, hostRegister",
        "host-retire, hostRetire",
        "monitor-create, monitorCreate",
        "monitor-update, monitorUpdate",
        "monitor-delete, monitorDelete",
        "future-event, incidentReview"
    })
    void reads_a_notification_of_every_other_kind(String fixture, String event) {
        Notification notification = reader.read(TestAlerts.fixture(fixture));

        assertThat(notification.event()).isEqualTo(event);
        assertThat(notification.alert()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"alert-group-warning, warning, true", "alert-group-ok, ok, false"})
    void reads_a_group_of_alerts_as_an_alert_whose_monitor_is_the_groups_setting(
            String fixture, String status, boolean isOpen) {
        Notification notification = reader.read(TestAlerts.fixture(fixture));

        assertThat(notification.event()).isEqualTo("alertGroup");
        assertThat(notification.alert().id()).isEqualTo("2bjALpS6kZt");
        assertThat(notification.alert().status()).hasToString(status);
        assertThat(notification.alert().isOpen()).isEqualTo(isOpen);
        assertThat(notification.alert().openedAt()).isEqualTo(1795132830);
        assertThat(notification.alert().monitorName()).isEqualTo("Everything of the shop");
    }

    @Test
    void reads_a_group_of_alerts_without_a_status_as_no_alert() {
        String group = "{\"event\":\"alertGroup\",\"alertGroup\":{\"id\":\"2bjALpS6kZt\"}}";

        assertThat(reader.readText(group).alert()).isNull();
    }

    @ParameterizedTest
    @MethodSource
    void reads_its_own_text_as_the_same_notification(String fixture) {
        Notification notification = reader.read(TestAlerts.fixture(fixture));

        assertThat(reader.readText(notification.json())).isEqualTo(notification);
        assertThat(reader.readKept(notification.json())).isEqualTo(notification);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"event\":\"sample\",\"json\":{\"not\":\"ours\"}}",
                "{\"event\":\"alert\",\"alert\":{\"status\":\"ok\"},\"metric\":{\"name\":\"n\",\"x\":1.50}}"
            })
    void reads_what_it_kept_as_what_came_in(String body) {
        Notification notification = reader.readText(body);

        assertThat(notification.json()).isEqualTo(body);
        assertThat(reader.readKept(body)).isEqualTo(notification);
    }

    static Stream<String> reads_its_own_text_as_the_same_notification() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/mackerel"))) {
            List<String> names =
                    files.map(file -> file.getFileName().toString()).sorted().toList();
            return names.stream().map(name -> name.replace(".json", ""));
        }
    }

    @Test
    void reads_every_field_of_an_alert() {
        assertThat(reader.read(TestAlerts.fixture("host-ok")).alert())
                .isEqualTo(new Alert(
                        "2bj7ZsQ4bYh",
                        AlertStatus.OK,
                        false,
                        "monitor",
                        "https://mackerel.io/orgs/example/alerts/2bj7ZsQ4bYh",
                        1795132800L,
                        1795134300L,
                        1795134300L,
                        1795132800296L,
                        "CPU %",
                        "cpu.user.percentage",
                        new BigDecimal("12"),
                        new BigDecimal("90"),
                        new BigDecimal("70"),
                        ">",
                        3L,
                        null));
    }

    @Test
    void reads_every_field_beside_the_alert() {
        Notification notification = reader.read(TestAlerts.fixture("external-service-critical"));

        assertThat(notification.orgName()).isEqualTo("example");
        assertThat(notification.message()).isEqualTo("HTTP request failed - status is 503");
        assertThat(notification.service())
                .isEqualTo(new Service("2mNbYc4rT8s", "Shop", "the shop that customers see", "2cGz1XwPq3k"));
        assertThat(notification.imageUrl()).isEqualTo("https://mackerel.io/embed/public/2bj8TfA7wHc.png");
        assertThat(notification.memo()).isEqualTo("checked from outside every minute");
        assertThat(notification.user()).isNull();
    }

    @Test
    void reads_a_host_with_its_roles() {
        String shop = "https://mackerel.io/orgs/example/services/Shop";

        assertThat(reader.read(TestAlerts.fixture("host-warning")).host())
                .isEqualTo(new Host(
                        "3gHQxw8tP1a",
                        "web1",
                        "https://mackerel.io/orgs/example/hosts/3gHQxw8tP1a",
                        "working",
                        "front of the shop",
                        false,
                        List.of(new Role("Shop: web", "Shop", shop, "web", shop + "#role=web"))));
    }

    @Test
    void reads_the_person_who_closed_an_alert() {
        assertThat(reader.read(TestAlerts.fixture("expression-manual-close")).user())
                .isEqualTo(new User("2cGz2Kd7vNa", "hanako@example.com"));
    }

    @Test
    void reads_an_alert_group_whose_status_is_in_capitals() {
        assertThat(reader.read(TestAlerts.fixture("alert-group-ok")).alertGroup())
                .isEqualTo(new AlertGroup(
                        "2bjALpS6kZt",
                        AlertStatus.OK,
                        "https://mackerel.io/orgs/example/alert-groups/2bjALpS6kZt",
                        1795132830L,
                        1795134330L));
    }

    @Test
    void leaves_what_is_absent_null() {
        Notification notification = reader.readText("{\"alert\": {\"status\": \"ok\"}}");

        assertThat(notification)
                .hasAllNullFieldsOrPropertiesExcept("event", "alert", "json")
                .extracting(Notification::alert)
                .hasAllNullFieldsOrPropertiesExcept("status", "isOpen")
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"roles\": null}", "{\"roles\": [null]}"})
    void gives_a_host_without_roles_an_empty_list(String host) {
        assertThat(reader.readText("{\"host\": " + host + "}").host().roles()).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "'\"host\": {\"name\": \"web1\"}, \"service\": {\"name\": \"Shop\"}', web1",
        "'\"host\": {\"name\": \"\"}, \"service\": {\"name\": \"Shop\"}', Shop",
        "'\"host\": {}, \"service\": {\"name\": \"Shop\"}', Shop",
        "'\"host\": {}, \"service\": {}', ''",
    })
    void names_the_host_and_else_the_service_as_the_alarm_host(String fields, String alarmHost) {
        assertThat(reader.readText("{" + fields + "}").alarmHost()).isEqualTo(alarmHost);
    }

    @Test
    void reads_an_alert_from_before_alerts_had_ids() {
        Notification notification = reader.read(TestAlerts.fixture("original"));

        assertThat(notification.alert().id()).isNull();
        assertThat(notification.alert().url()).isEqualTo("[alert url]");
        assertThat(notification.alert().createdAt()).isEqualTo(1513500000000L);
    }

    @Test
    void reads_an_alert_from_before_notifications_named_the_organization() {
        assertThat(reader.read(TestAlerts.fixture("shape-2014")).orgName()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"event\": null}", "{\"event\": \"\", \"user\": null}"})
    void accepts_a_notification_that_does_not_say_what_it_is(String body) {
        assertThat(reader.readText(body).event()).isEmpty();
    }

    @Test
    void accepts_fields_that_nobody_knows_yet() {
        TestAlerts alert = TestAlerts.critical().with("grade", List.of(1, 2)).withTop("json", "not ours");

        assertThat(alert.notification().json()).isEqualTo(alert.json());
    }

    @Test
    void takes_the_last_of_two_fields_of_one_name() {
        assertThat(reader.readText("{\"event\": \"sample\", \"event\": \"hostRetire\"}")
                        .event())
                .isEqualTo("hostRetire");
    }

    @ParameterizedTest(name = "isOpen {0} and status {1}: {2}")
    @CsvSource({
        "true,      ok,       true",
        "false,     critical, false",
        "'\"True\"',  critical, true",
        "'\"true\"',  critical, true",
        "'\"TRUE\"',  critical, true",
        "'\"False\"', critical, false",
        "'\"false\"', critical, false",
        "null,      critical, true",
        "null,      unknown,  true",
        "null,      ok,       false"
    })
    void reads_whether_an_alert_is_open(String isOpen, String status, boolean expected) {
        String body = "{\"alert\": {\"status\": \"%s\", \"isOpen\": %s}}".formatted(status, isOpen);

        assertThat(reader.readText(body).alert().isOpen()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"Critical, CRITICAL", "WARNING, WARNING", "unknown, UNKNOWN", "oK, OK"})
    void reads_a_status_in_any_case(String word, AlertStatus status) {
        assertThat(TestAlerts.critical().status(word).notification().alert().status())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"100", "1.95", "1.50", "-3", "0.1", "12345678901234567890.123456789", "1E+5"})
    void keeps_numbers_as_they_were_sent(String number) {
        Notification notification =
                reader.readText("{\"alert\":{\"status\":\"ok\",\"metricValue\":%s,\"other\":%1$s}}".formatted(number));

        assertThat(notification.alert().metricValue()).hasToString(number);
        assertThat(notification.json()).contains("\"metricValue\":" + number + ",\"other\":" + number + "}");
    }

    @Test
    void reads_numbers_that_come_as_strings_or_with_a_fraction() {
        Alert alert = TestAlerts.critical()
                .with("metricValue", "5")
                .with("openedAt", "1795132800")
                .with("closedAt", 1795132800.9)
                .notification()
                .alert();

        assertThat(alert.metricValue()).isEqualTo(new BigDecimal("5"));
        assertThat(alert.openedAt()).isEqualTo(1795132800L);
        assertThat(alert.closedAt()).isEqualTo(1795132800L);
    }

    @Test
    void reads_strings_that_come_as_numbers() {
        assertThat(TestAlerts.critical().with("id", 7).notification().alert().id())
                .isEqualTo("7");
    }

    @Test
    void keeps_the_whole_notification_as_one_line() {
        assertThat(reader.read(TestAlerts.fixture("future-event")).json())
                .isEqualTo("{\"orgName\":\"example\",\"event\":\"incidentReview\","
                        + "\"incident\":{\"id\":\"2bjAZs5Qm7R\",\"grade\":0.001,\"tags\":[\"a\",null,{\"b\":true}]},"
                        + "\"user\":{\"id\":\"2cGz2Kd7vNa\",\"screenName\":\"hanako@example.com\"},\"imageUrl\":null}");
    }

    @Test
    void escapes_control_characters_in_what_it_keeps() {
        assertThat(reader.readText("{\"event\":\"sample\",\"message\":\"a\\u0000b\\nc\\u001b\"}")
                        .json())
                .isEqualTo("{\"event\":\"sample\",\"message\":\"a\\u0000b\\nc\\u001B\"}");
    }

    @Test
    void replaces_half_a_surrogate_pair_and_keeps_whole_ones() {
        Notification notification = reader.readText("{\"event\":\"\\ude00\",\"memo\":\"\\ud83d\\ude00 😀 \\ud83d\"}");

        assertThat(notification.event()).isEqualTo("�");
        assertThat(notification.memo()).isEqualTo("😀 😀 �");
        assertThat(notification.json()).isEqualTo("{\"event\":\"�\",\"memo\":\"😀 😀 �\"}");
    }

    @Test
    void keeps_the_last_of_two_fields_whose_names_become_the_same() {
        Notification notification = reader.readText("{\"event\":\"sample\",\"\\ud83d\":1,\"other\":2,\"\\ude00\":3}");

        assertThat(notification.json()).isEqualTo("{\"event\":\"sample\",\"�\":3,\"other\":2}");
        assertThat(reader.readText(notification.json())).isEqualTo(notification);
    }

    @Test
    void keeps_japanese_and_emoji_whole() {
        assertThat(reader.read(TestAlerts.fixture("emoji-japanese")).memo()).isEqualTo("当番へ連絡: 👩‍💻 開発チーム「決済」");
    }

    @Test
    void keeps_of_an_envelope_only_what_was_in_it() {
        String plain = reader.read(TestAlerts.fixture("original")).json();

        assertThat(List.of("original-in-body", "original-in-body-base64"))
                .allSatisfy(name ->
                        assertThat(reader.read(TestAlerts.fixture(name)).json()).isEqualTo(plain));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"body\": {\"event\": \"sample\"}}",
                "{\"body\": \"{\\\"event\\\": \\\"sample\\\"}\", \"isBase64Encoded\": null}",
                "{\"body\": \"eyJldmVudCI6InNhbXBsZSJ9\", \"isBase64Encoded\": \"true\"}",
                "{\"detail-type\": \"x\", \"detail\": {\"event\": \"sample\"}}",
                "{\"detail-type\": \"x\", \"detail\": {\"body\": {\"body\": {\"event\": \"sample\"}}}}"
            })
    void opens_envelopes_of_all_sorts_up_to_three_deep(String body) {
        assertThat(reader.readText(body).event()).isEqualTo("sample");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"event\": \"comment\"", "\"alert\": {\"status\": \"ok\"}"})
    void takes_a_body_inside_a_notification_for_a_field_and_not_for_an_envelope(String field) {
        String notification = "{" + field.replace(": ", ":") + ",\"body\":\"well done\"}";

        assertThat(reader.readText(notification).json()).isEqualTo(notification);
    }

    @Test
    void reads_past_a_byte_order_mark() {
        assertThat(reader.read("\uFEFF{\"event\": \"sample\"}".getBytes(UTF_8)).event())
                .isEqualTo("sample");
    }

    @Test
    void reads_a_hundred_levels_of_nesting() {
        String deep = "{\"event\":\"e\",\"x\":" + "[".repeat(99) + "]".repeat(99) + "}";

        assertThatCode(() -> reader.readText(deep)).doesNotThrowAnyException();
    }

    @Test
    void reads_a_number_of_a_thousand_digits() {
        BigDecimal huge = new BigDecimal("1e999");

        assertThat(TestAlerts.critical()
                        .metricValue(huge)
                        .notification()
                        .alert()
                        .metricValue())
                .isEqualTo(huge);
    }

    // --- what policies go by

    @Test
    void knows_the_services_of_a_host_by_its_roles_each_once() {
        Notification notification = TestAlerts.critical()
                .host("web1")
                .role("Shop", "web")
                .role("Shop", "cache")
                .role("Payment", "web")
                .notification();

        assertThat(notification.serviceNames()).containsExactly("Shop", "Payment");
        assertThat(notification.roleNames()).containsExactly("Shop: web", "Shop: cache", "Payment: web");
    }

    @Test
    void knows_the_service_of_a_service() {
        Notification notification = TestAlerts.critical().service("Shop").notification();

        assertThat(notification.serviceNames()).containsExactly("Shop");
        assertThat(notification.roleNames()).isEmpty();
    }

    @Test
    void knows_no_service_and_no_role_where_there_is_none() {
        Notification notification = TestAlerts.critical().without("host").notification();

        assertThat(notification.serviceNames()).isEmpty();
        assertThat(notification.roleNames()).isEmpty();
    }

    @Test
    void knows_the_roles_of_the_time_when_they_had_only_a_full_name() {
        Notification notification = reader.read(TestAlerts.fixture("shape-2014"));

        assertThat(notification.serviceNames()).isEmpty();
        assertThat(notification.roleNames()).isNotEmpty().allMatch(role -> role.contains(": "));
    }
}
